"""How the limits of a field differ: stricter, less strict, or others. Which way each kind goes stands in the tables."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from generator.comparison.change import Difference
from generator.facts import APPLIED, KINDS
from generator.ir import (
    ANY,
    Alias,
    Definition,
    Fact,
    Field,
    ListOf,
    MapOf,
    OneOf,
    Scalar,
    TypeRef,
)
from generator.read.json_text import dump_json, parse_json

# A bound and the same without its value: the two are one limit.
_BOUNDS = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
# +1: a greater value is stricter; -1: a smaller one.
_STRICTER = {
    "minimum": 1,
    "maximum": -1,
    **dict.fromkeys(("minLength", "minItems", "minProperties"), 1),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), -1),
}
_ADVICE = ("recommended", "unit")
# What the parts of the field say already, and are compared as such.
_TOLD = APPLIED

Key = tuple[str, str]


def compare_facts(
    old: Field | Definition, new: Field | Definition
) -> Iterator[Difference]:
    """The differences of what is stated of two fields or definitions beside their types."""
    one_type, two_type = _type(old), _type(new)
    required = isinstance(old, Field) and old.required, isinstance(new, Field) and new.required  # fmt: skip
    formats = {*_formats(one_type), *_formats(two_type)}
    before, after = _by_limit(old.facts, formats), _by_limit(new.facts, formats)
    for key in dict.fromkeys((*before, *after)):
        kind, on = key
        one, two = before.get(key), after.get(key)
        if kind == "format" and not on and _is_number(one_type, two_type):
            kind = "unit"  # what a number means, and not what it may be
        if kind == "requiredIf" and required[1 if one else 0]:
            continue  # that it became required or optional says it all
        if one is None or two is None or one.value != two.value or one.kind != two.kind:
            rule = _rule(kind, one, two)
            if rule:
                yield Difference(rule, _text(one), _text(two), on)


def _type(of: Field | Definition) -> TypeRef:
    return of.type if isinstance(of, Field | Alias) else ANY


def _is_number(*types: TypeRef) -> bool:
    kinds = [m for t in types for m in (t.members if isinstance(t, OneOf) else (t,))]
    numbers = (Scalar("integer"), Scalar("number"), Scalar("null"))
    return all(kind in numbers for kind in kinds)


def _formats(type_: TypeRef) -> Iterator[str]:
    """The formats inside a type, as JSON texts: facts that state them, too, are no limits beside it."""
    match type_:
        case Scalar(_, format_):
            yield dump_json(format_)
        case ListOf(inner) | MapOf(inner):
            yield from _formats(inner)
        case OneOf(members):
            for member in members:
                yield from _formats(member)


def _by_limit(facts: Sequence[Fact], formats: Container[str]) -> dict[Key, Fact]:
    """The facts by what they limit; of `minimum` and `exclusiveMinimum` the stricter one. `formats`: those that types state."""
    found: dict[Key, Fact] = {}
    exclusive = {other: kind for kind, other in _BOUNDS.items()}
    for fact in facts:
        if fact.kind in _TOLD or fact.kind not in KINDS:
            continue
        if KINDS[fact.kind].takes == "flag" and fact.value == "false":
            continue  # as if nothing were said
        if fact.kind == "format" and fact.value in formats:
            continue
        key = exclusive.get(fact.kind, fact.kind), fact.on
        other = found.get(key)
        if other is None or _compare(key[0], other, fact) > 0:
            found[key] = fact
    return found


def _rule(kind: str, old: Fact | None, new: Fact | None) -> str:
    if kind in _ADVICE:
        return "unit-changed" if kind == "unit" and old and new else "advice-changed"
    if old is None:
        return "constraint-tightened"
    if new is None:
        return "constraint-loosened"
    if kind in _STRICTER:
        order = _compare(kind, old, new)
        if not order:
            return ""  # 1 and 1.0
        return "constraint-tightened" if order > 0 else "constraint-loosened"
    if kind == "multipleOf":
        one, two = Fraction(old.value), Fraction(new.value)
        if (two / one).denominator == 1:
            return "constraint-tightened" if two != one else ""
        if (one / two).denominator == 1:
            return "constraint-loosened"
    return "constraint-changed"


def _compare(kind: str, old: Fact, new: Fact) -> int:
    """Above 0 if the new limit is stricter, below 0 if the old one is."""

    def strictness(fact: Fact) -> tuple[Decimal, bool]:
        value = Decimal(fact.value)  # as it is: a product would be rounded
        return (
            value if _STRICTER[kind] > 0 else value.copy_negate(),
            fact.kind != kind,
        )

    if kind not in _STRICTER:
        return 0
    one, two = strictness(old), strictness(new)
    return (two > one) - (two < one)


def _text(fact: Fact | None) -> str:
    if fact is None:
        return ""
    said = parse_json(fact.value)
    if fact.kind in ("unit", "requiredIf") and isinstance(said, str):
        return f"{fact.kind}: {said}"
    return f"{fact.kind}: {fact.value}"
