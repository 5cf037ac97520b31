"""Which model an object of an example is.

Models are near if they stand in the innermost section around the example that has any. Of these, the object is the one that it
contradicts least, if nearly all of its keys are fields of it. Where an object knows no model, the objects inside of it are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.ir import Model
from generator.light import NamedTuple
from generator.lint.pages import Example
from generator.lint.validate import Problem, Shape, Validator
from generator.lint.values import is_control
from generator.read.nodes import Mapping, Node
from generator.read.nodes import Sequence as ListNode

MIN_KEYS = 2  # an object with one documented key may be anything
MIN_SHARE = 0.6  # of its keys that the model must know
MAX_STEPS = 1  # further up, models must know all keys
MAX_LACK = 0.5  # of the required fields that it may lack


class Near(NamedTuple):
    """The models that an object of an example may be of. `share`: how many of its keys one must know.

    `linked`: the text above the example leads to them. What is around them, it need not say. `outer`: nothing that is nearer fits, so that
    an object must have all that one requires.
    """

    models: Sequence[Model]
    share: float
    linked: bool = False
    outer: bool = False


NOTHING_NEAR = Near((), 1.0)


class Match(NamedTuple):
    """How well an object fits a model. `problems`: what contradicts it."""

    model: Model
    problems: list[Problem]
    shared: int
    known: float  # the share of the object's keys that the model knows
    jaccard: float

    def may_be_other(self, node: Mapping) -> bool:
        """Whether the object may as well be of no model that is far from it: it has few keys, or lacks one."""
        codes = (p.code for p in self.problems if p.node is node)
        return self.shared <= MIN_KEYS or "example-missing-key" in codes

    def rank(self) -> tuple[float, ...]:
        return (len(self.problems), -self.known, -self.jaccard)


def near_models(example: Example, models: Iterable[Model]) -> Iterator[Near]:
    """The models of the sections around an example, from the innermost one that has any to those that have more."""
    here = [model for model in models if model.span.file == example.page.file]
    known = 0
    for steps, section in enumerate(example.sections):
        inside = [m for m in here if section.first <= m.span.line <= section.last]
        if len(inside) > known:
            share = MIN_SHARE if steps <= MAX_STEPS and not known else 1.0
            yield Near(inside, share, outer=known > 0)
            known = len(inside)


def find_matches(
    node: Node,
    near: Near,
    others: Sequence[Model],
    validator: Validator,
    called: str = "",
) -> Iterator[Match]:
    """The objects of a value that are near models.

    `others`: all models. `called`: the key whose value it is.
    """
    if isinstance(node, ListNode):
        for item in node.items:
            yield from find_matches(item, near, others, validator)
    if not isinstance(node, Mapping):
        return
    match = best_match(node, near, validator, called)
    if match is None:
        for key, value in node.entries:
            yield from find_matches(value, near, others, validator, key.text)
        return
    if not match.problems or not is_of_another(node, match, near, others, validator):
        yield match


def is_of_another(
    node: Mapping,
    match: Match,
    near: Near,
    others: Iterable[Model],
    validator: Validator,
) -> bool:
    """Whether a model elsewhere has more in common with an object than the near one, and contradicts it less, or as little inside."""
    bound = len(match.problems) - (match.known < 1)
    far = (m for m in others if m.name != match.model.name and m not in near.models)
    fits = (fit(node, model, validator, MIN_SHARE, "") for model in far)
    return any(
        found and len(found.problems) <= bound and found.jaccard > match.jaccard
        for found in fits
    )


def best_match(
    node: Mapping, near: Near, validator: Validator, called: str
) -> Match | None:
    """The near model that an object contradicts least, if it fits well enough; None also where two fit alike badly."""
    named = [model for model in near.models if model.name == called]
    found = []
    for model in near.models:
        share = 0 if named == [model] else near.share
        if near.linked and _wraps(node, validator.shape(model)):
            continue
        match = fit(node, model, validator, share, called)
        if match and not (near.outer and match.may_be_other(node)):
            found.append(match)
    found.sort(key=Match.rank)
    if not found:
        return None
    first = found[0]
    rival = len(found) > 1 and found[1].rank() == first.rank()
    return None if rival and first.problems else first


def _wraps(node: Mapping, shape: Shape) -> bool:
    """Whether an object has more objects than the model knows of: then it may be something around one."""
    return any(
        isinstance(value, Mapping | ListNode) and key.text not in shape.fields
        for key, value in node.entries
    )


def fit(
    node: Mapping, model: Model, validator: Validator, share: float, called: str
) -> Match | None:
    """How an object fits a model; None where it is none of its kind. `share`: see `Near`; 0: one key in common will do."""
    shape: Shape = validator.shape(model)
    keys = {key.text for key, _ in node.entries if not is_control(key.text)}
    keys |= {key.text for key, _ in node.entries if key.text in shape.fields}
    shared = len(keys & shape.fields.keys())
    if not shared and keys:  # a slip of case, in all keys
        folded = {name.casefold() for name in shape.fields}
        shared = len(keys) if folded.issuperset(map(str.casefold, keys)) else 0
    if shared and not share:
        pass
    elif shared < MIN_KEYS or shared / len(keys) < share:
        return None
    names = {field.key for field in model.fields}
    problems = validator.check_model(node, model)
    # a table may list a key and, below it, those of its object: then the object lacks nothing
    problems = [p for p in problems if not called or p.key != called]
    lacking = [p for p in problems if p.code == "example-missing-key"]
    lacking = [p for p in lacking if p.node is node]
    required = sum(field.required for field in model.fields)
    if lacking and len(lacking) > MAX_LACK * required and share:
        return None
    return Match(
        model, problems, shared, shared / len(keys), shared / len(keys | names)
    )
