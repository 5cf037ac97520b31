"""A value of an example against a type of the schema: what contradicts it, with both places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from generator.diagnostics import SourceSpan, suggest
from generator.ir import (
    Alias,
    Definition,
    Enum,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
)
from generator.light import NamedTuple
from generator.lint.mend import Mend, mend_value
from generator.lint.remarks import Remarks, Written, has_more, read_written
from generator.lint.values import fits, is_control, is_null, is_text, is_untold
from generator.read import nodes
from generator.read.json_text import json_text
from generator.read.nodes import Mapping, Node, Sequence

_PARTIAL = re.compile(r"\bpartial\b", re.IGNORECASE)
_NULL = re.compile(r"\bnull(?:able)?\b", re.IGNORECASE)
_PATTERN = re.compile(r"[\^*{<>]|\s")  # no key, but words for one
_PATH = re.compile(r"[.\[:/]")


class Problem(NamedTuple):
    """What is wrong at a node of an example, the place in the docs that says otherwise, and what would mend it, if it is known.

    `owned`: whether it is known which field it is about.
    """

    code: str
    node: Node
    message: str
    documented: SourceSpan
    hint: str = ""
    key: str = ""  # that is missing
    name: str = ""  # of the field, or the key in a map, whose value is wrong
    mend: Mend | None = None
    owned: bool = False


class Shape(NamedTuple):
    """The keys of a model: its fields by the key that is sent and by name, and whether other keys may stand beside them."""

    fields: dict[str, Field]
    heads: frozenset[
        str
    ]  # other keys: first steps of names that are paths, and those of variants
    open: bool


def shape_of(
    model: Model, variants: Iterable[Model] = (), extends: bool = False
) -> Shape:
    """What is known of the keys of a model.

    `variants`: models of objects that are of this model, too, and may have more keys. `extends`: the docs say that it has more keys.
    """
    plain = [f for f in model.fields if not _PATTERN.search(f.name)]
    paths = [f for f in plain if _PATH.search(f.name.lstrip("@$"))]
    fields = {f.name: f for f in plain} | {f.key: f for f in plain}
    heads = {_PATH.split(f.name, maxsplit=1)[0] for f in paths}
    heads |= {f.key for variant in variants for f in variant.fields}
    is_open = (
        extends
        or model.rest is not None
        or len(plain) < len(model.fields)
        or not fields
    )
    return Shape(fields, frozenset(heads), is_open)


class Validator:
    """Holds values against types. `row`: the line of the table that documents a field, for what its type does not tell.

    `sometimes`: whether another column says when there is the field.
    """

    def __init__(
        self,
        by_key: dict[str, Definition],
        is_elided: Callable[[Node], bool],
        row: Callable[[Field], str],
        sometimes: Callable[[Field], bool],
        shape: Callable[[Model], Shape] = shape_of,
        remarks: Callable[[Model], Remarks] = lambda _: Remarks(),
    ) -> None:
        self.by_key = by_key
        self.is_elided = is_elided
        self.row = row
        self.sometimes = sometimes
        self.shape = shape
        self.remarks = remarks

    def check_model(
        self, node: Mapping, model: Model, whole: bool = True
    ) -> list[Problem]:
        """What an object has that the model does not know, and the other way round. `whole`: it must have the required keys."""
        shape = self.shape(model)
        problems: list[Problem] = []
        present = set()
        unknown = []
        for key, value in node.entries:
            present.add(key.text)
            field = shape.fields.get(key.text)
            if field is not None:
                problems += self.check_field(value, field, model, whole)
            elif not self.is_known(key.text, shape, model):
                unknown.append(key)
        if any(map(_is_quoted, problems)):
            problems += self.check_quoted(node, model)
        if unknown:
            problems.append(_unknown(unknown, model, shape))
        if not whole or self.is_elided(node) or all(map(is_control, present)):
            return problems
        remarks = self.remarks(model)
        for field in model.fields:
            if self.sometimes(field) or remarks.may_lack(field.name, present):
                continue
            if field.required and field.key not in present | {
                f.key for f in model.fields if f.name in present
            }:
                if shape.fields.get(field.key) is not field or _PATH.search(
                    field.key.lstrip("@$")
                ):
                    continue
                message = (
                    f'the example lacks "{field.name}", which {model.name} requires'
                )
                problems.append(
                    Problem(
                        "example-missing-key",
                        node,
                        message,
                        field.span,
                        key=field.key,
                        mend=Mend(model, field),
                        owned=True,
                    )
                )
        return problems

    def check_field(
        self, node: Node, field: Field, model: Model, whole: bool
    ) -> list[Problem]:
        """What is wrong with the value of a field. A row may allow null in words, and say that an object is only a part of one."""
        row = self.row(field)
        if is_null(node) and _NULL.search(row):
            return []
        whole = whole and _PARTIAL.search(row) is None
        found = self.check(node, field.type, field.name, field.span, whole)
        written = (*read_written(field.description), *self.remarks(model).written)
        if written:
            found = [p for p in found if not _is_written(p, written)]
        if has_more(field):
            found = [p for p in found if p.code != "example-unknown-key"]
        return [p if p.owned else _own(p, node, field, model) for p in found]

    def check_quoted(self, node: Mapping, model: Model) -> list[Problem]:
        """The quoted numbers of 64 bits of an object that quotes others, too. Alone they may be meant so: numbers of JSON have 53 bits."""
        found = []
        fields = self.shape(model).fields
        for key, value in node.entries:
            field = fields.get(key.text)
            match field and field.type:
                case Scalar(kind, form) if (
                    field and form.endswith("64") and is_text(value)
                ):
                    wrong = _wrong_type(value, kind, field.name, field.span)
                    found.append(_own(wrong, value, field, model))
        return found

    def is_known(self, key: str, shape: Shape, model: Model) -> bool:
        """Whether a key that is no field may stand in an object."""
        matches = (_matches(f.name, key) for f in model.patterned)
        return shape.open or key in shape.heads or is_control(key) or any(matches)

    def check(
        self,
        node: Node,
        type_: TypeRef,
        name: str,
        span: SourceSpan,
        whole: bool = True,
    ) -> list[Problem]:
        """What is wrong with the value of a key."""
        if is_untold(node):
            return []
        match type_:
            case Ref():
                return self.check_ref(node, type_, name, span, whole)
            case OneOf(members):
                return self.check_union(node, members, name, span, whole)
            case ListOf(item) if isinstance(node, Sequence):
                return [
                    problem
                    for part in node.items
                    for problem in self.check(part, item, f"{name}[]", span, whole)
                ]
            case MapOf(value) if isinstance(node, Mapping):
                return [
                    problem
                    for key, part in node.entries
                    for problem in self.check(part, value, key.text, span, whole)
                ]
            case Literal(values, is_open):
                return self.check_value(node, values, is_open, name, span)
            case Scalar(kind, form) if fits(node, kind, form):
                return []
            case _:
                return [_wrong_type(node, describe(type_, self.by_key), name, span)]

    def check_ref(
        self, node: Node, ref: Ref, name: str, span: SourceSpan, whole: bool
    ) -> list[Problem]:
        match self.by_key.get(ref.name):
            case Model() as model if isinstance(node, Mapping):
                return self.check_object(node, model, name, span, whole)
            case Model() as model:
                return [_wrong_type(node, f"an object {model.name}", name, span)]
            case Enum() as enum if enum.values:
                values = tuple(value.value for value in enum.values)
                return self.check_value(node, values, enum.open, name, enum.span)
            case Alias(type=type_):
                return self.check(node, type_, name, span, whole)
            case _:
                return []

    def check_object(
        self, node: Mapping, model: Model, name: str, span: SourceSpan, whole: bool
    ) -> list[Problem]:
        """An object where the docs want a model. Where it has no key of that, the model may be what several others have in common."""
        shape = self.shape(model)
        keys = {key.text for key, _ in node.entries if not is_control(key.text)}
        if shape.open or not keys or shape.fields.keys() & keys:
            return self.check_model(node, model, whole)
        cases = {key.casefold() for key in shape.fields}
        required = any(field.required for field in model.fields)
        if cases.isdisjoint(map(str.casefold, keys)) and not (required and whole):
            return []
        found = _wrong_type(node, f"{model.name}, which has no such key", name, span)
        near = sorted(key for key in keys if key.casefold() in cases)
        hint = suggest(near[0], tuple(shape.fields)) if near else ""
        return [found._replace(hint=hint)]

    def check_union(
        self,
        node: Node,
        members: Iterable[TypeRef],
        name: str,
        span: SourceSpan,
        whole: bool,
    ) -> list[Problem]:
        """A value must fit one member. Where several might be meant and none fits, the docs do not tell which is wrong."""
        members = tuple(members)
        found = [self.check(node, m, name, span, whole) for m in members if m.__class__]
        if not all(found):
            return []
        deeper = [problems for problems in found if not _is_outer(problems, node, name)]
        if len(deeper) == 1:
            return deeper[0]
        if deeper:
            return []
        shown = " or ".join(describe(member, self.by_key) for member in members)
        return [_wrong_type(node, shown, name, span)]

    def check_value(
        self,
        node: Node,
        values: tuple[str, ...],
        is_open: bool,
        name: str,
        span: SourceSpan,
    ) -> list[Problem]:
        text = json_text(node)
        if is_open or text in values:
            return []
        shown = ", ".join(values[:6]) + (", …" if len(values) > 6 else "")
        message = f'"{name}" of the example is {_short(node)}; documented are {shown}'
        return [Problem("example-wrong-value", node, message, span)]


def _is_quoted(problem: Problem) -> bool:
    """Whether a number or a boolean is shown in quotes."""
    wrong = problem.code == "example-wrong-type" and is_text(problem.node)
    return wrong and problem.message.endswith((" number", " integer", " boolean"))


def _is_written(problem: Problem, written: Iterable[Written]) -> bool:
    """Whether the docs say further above that such a value is written as the example has it."""
    if problem.code != "example-wrong-type":
        return False
    text = json_text(problem.node) if isinstance(problem.node, nodes.Scalar) else "{"
    kinds = {'"': "string", "t": "boolean", "f": "boolean", "{": "", "n": ""}
    kind = kinds.get(text[0], "number")
    return any(one.speaks_of(problem.name, kind) for one in written)


def _own(problem: Problem, value: Node, field: Field, model: Model) -> Problem:
    """The problem of a value as one of the field, which an overlay may mend."""
    if problem.code not in ("example-wrong-type", "example-wrong-value"):
        return problem._replace(owned=True)
    of_values = problem.code == "example-wrong-value"
    mend = mend_value(model, field, value, problem.node, of_values)
    return problem._replace(mend=mend, owned=True)


def _unknown(keys: list[nodes.Scalar], model: Model, shape: Shape) -> Problem:
    """What is said of the keys of one object that its model does not document."""
    shown = ", ".join(f'"{key.text}"' for key in keys[:5])
    if len(keys) > 5:
        shown += f" and {len(keys) - 5} more"
    word = "a key" if len(keys) == 1 else "the keys"
    message = f"the example has {word} {shown}, which {model.name} does not document"
    hint = suggest(keys[0].text, tuple(shape.fields)) if len(keys) == 1 else ""
    return Problem("example-unknown-key", keys[0], message, model.span, hint)


def _matches(pattern: str, key: str) -> bool:
    try:
        return re.search(pattern, key) is not None
    except re.error:
        return True


def _is_outer(problems: list[Problem], node: Node, name: str) -> bool:
    """Whether the value as a whole does not fit."""
    return (
        len(problems) == 1
        and problems[0].node is node
        and (problems[0].code == "example-wrong-type")
    )


def _wrong_type(node: Node, expected: str, name: str, span: SourceSpan) -> Problem:
    message = f'"{name}" of the example is {_short(node)}; documented is {expected}'
    return Problem("example-wrong-type", node, message, span, name=name)


def _short(node: Node) -> str:
    match node:
        case Mapping():
            return "an object"
        case Sequence():
            return "a list"
        case _:
            text = json_text(node)
            return text if len(text) < 40 else f"{text[:36]}…{text[-1]}"


def describe(type_: TypeRef, by_key: dict[str, Definition]) -> str:
    """A type in words."""
    match type_:
        case Scalar(kind):
            return kind
        case ListOf(item):
            return f"a list of {describe(item, by_key)}"
        case MapOf(value):
            return f"a map of {describe(value, by_key)}"
        case OneOf(members):
            return " or ".join(describe(member, by_key) for member in members)
        case Literal(values):
            return ", ".join(values)
        case Ref(name):
            found = by_key.get(name)
            return found.name if found else name
