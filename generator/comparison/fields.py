"""Which field of a model has become which, and what has changed of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.casing import split_words
from generator.comparison.change import Difference
from generator.comparison.constraints import compare_facts
from generator.comparison.types import Types
from generator.ir import Field, Scalar
from generator.light import NamedTuple

_ENOUGH = 4  # points for a guess
_ALIKE = 0.8  # of two texts, from where on one is a new wording of the other


class FieldPair(NamedTuple):
    """A field before and after; one of them is None where it is new or gone. `guess`: why we think that it was renamed."""

    old: Field | None
    new: Field | None
    guess: str = ""


def match_fields(
    old: Sequence[Field], new: Sequence[Field], types: Types
) -> list[FieldPair]:
    """The fields of two models in pairs: by name, then by the key that is sent, then by a guess. New order, what is gone at the end."""
    became: dict[str, tuple[Field, str]] = {}  # name of the new field → old, guess
    names = {field.name: field for field in old}
    for field in new:
        if field.name in names:
            became[field.name] = names.pop(field.name), ""
    keys = {field.key: field for field in names.values()}
    for field in new:
        if field.name not in became and field.key in keys:
            became[field.name] = keys[field.key], ""
            names.pop(keys.pop(field.key).name)
    come = [field for field in new if field.name not in became]
    for one, two, why in _guess(list(names.values()), come, (old, new), types):
        became[two.name] = one, why
        names.pop(one.name)
    pairs = []
    for field in new:
        one_, why = became.get(field.name, (None, ""))
        pairs.append(FieldPair(one_, field, why))
    return pairs + [FieldPair(field, None) for field in names.values()]


def _guess(
    gone: list[Field],
    come: list[Field],
    all_: tuple[Sequence[Field], Sequence[Field]],
    types: Types,
) -> Iterator[tuple[Field, Field, str]]:
    """Renamed fields: of the same type, each with more points for the other than for any third."""
    rated = {
        (one.name, two.name): _rate(one, two, all_)
        for one in gone
        for two in come
        if types.same(one.type, two.type)
    }
    for one in gone:
        for two in come:
            rate, why = rated.get((one.name, two.name), (0, ""))
            rivals = [
                other
                for (a, b), (other, _) in rated.items()
                if (a == one.name) != (b == two.name)
            ]
            if rate >= _ENOUGH and rate > max(rivals, default=0):
                yield one, two, why


def _rate(
    one: Field, two: Field, all_: tuple[Sequence[Field], Sequence[Field]]
) -> tuple[int, str]:
    """Points for two fields of the same type being the same, and what they are for."""
    rate, reasons = 1, ["the type is the same"]
    if not isinstance(one.type, Scalar):
        rate += 1  # many fields are strings
    if _neighbours(one, all_[0]) == _neighbours(two, all_[1]):
        rate += 1
        reasons.append("so is the position")
    if one.description and one.description == two.description:
        rate += 3
        reasons.append("so is the description")
    elif one.description and _are_alike(one.description, two.description):
        rate += 2
        reasons.append("the description is nearly so")
    a, b = ([word.lower() for word in split_words(f.name)] for f in (one, two))
    if a == b:
        rate += 3
        reasons.append("the name has the same words")
    elif set(a) & set(b):
        rate += 1
        reasons.append("the names have a word in common")
    return rate, ", ".join(reasons)


def _neighbours(field: Field, fields: Sequence[Field]) -> tuple[str, str]:
    """The names of the fields around it."""
    names = ["", *(f.name for f in fields), ""]
    index = names.index(field.name, 1)
    return names[index - 1], names[index + 1]


def _are_alike(one: str, two: str) -> bool:
    from difflib import SequenceMatcher  # 15 ms to import, and only renames need it

    matcher = SequenceMatcher(None, one[:500], two[:500], autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def compare_field(old: Field, new: Field, types: Types) -> Iterator[Difference]:
    """What has changed of a field, but for its name."""
    if old.key != new.key:
        if old.name == new.name:
            yield Difference("key-changed", old.key, new.key)
    elif old.name != new.name:
        yield Difference("field-respelled", old.name, new.name)
    if old.required != new.required:
        yield Difference(f"field-became-{'required' if new.required else 'optional'}")
    yield from types.compare(old.type, new.type)
    yield from compare_facts(old, new)
    if old.default != new.default:
        word = (
            "added"
            if old.default is None
            else "removed" if new.default is None else "changed"
        )
        yield Difference(f"default-{word}", old.default or "", new.default or "")
    yield from compare_texts(
        (old.description, old.deprecated), (new.description, new.deprecated)
    )
    if old.examples != new.examples:
        yield Difference(
            "examples-changed", "\n".join(old.examples), "\n".join(new.examples)
        )


def compare_texts(
    old: tuple[str, str | None], new: tuple[str, str | None]
) -> Iterator[Difference]:
    """The description of something, and why it is deprecated (None: it is not)."""
    before, after = old[1], new[1]
    if before is None and after is not None:
        yield Difference("deprecated", new=after)
    elif before is not None and after is None:
        yield Difference("undeprecated", old=before)
    elif before != after:
        yield Difference("advice-changed", before or "", after or "")
    if old[0] != new[0]:
        yield Difference("description-changed", old[0], new[0])


def order_of(
    pairs: Sequence[tuple[str, str]], old: Sequence[str]
) -> tuple[list[str], list[str]] | None:
    """The names of what is in both, before and after, where their order differs. `pairs`: (old, new) name in the new order."""
    became = dict(pairs)
    before = [became[name] for name in old if name in became]
    after = [new for _, new in pairs]
    return None if before == after else (before, after)
