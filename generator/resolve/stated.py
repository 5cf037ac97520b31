"""One field and the facts of its description: what becomes part of its type, and what contradicts its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.ir import (
    ANY,
    NULL,
    Alias,
    Definition,
    Enum,
    Fact,
    Field,
    ListOf,
    Literal,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    is_nullable,
    one_of,
    without_null,
)
from generator.prose import Found
from generator.read.json_text import dump_json, parse_json

Report = Callable[[Diagnostic], None]
# What each limit is on; the higher one of two lower limits is the stricter one.
_LOWER = {
    "minimum": "value",
    "exclusiveMinimum": "value",
    "minLength": "length",
    "minItems": "items",
}
_UPPER = {
    "maximum": "value",
    "exclusiveMaximum": "value",
    "maxLength": "length",
    "maxItems": "items",
}


def kind_of(type_: TypeRef, by_key: Mapping[str, Definition]) -> tuple[str, str]:
    """What kind of values a type has, as rules know it, and of a list that of its items."""
    kind, items = _kind(type_, by_key)
    return kind, _kind(items, by_key)[0] if items else ""


def _kind(
    type_: TypeRef, by_key: Mapping[str, Definition]
) -> tuple[str, TypeRef | None]:
    """The kind of a type and, unread, its items: a list may be one of such lists."""
    match type_:
        case Scalar(kind):
            return kind, None
        case ListOf(item):
            return "list", item
        case MapOf():
            return "object", None
        case Literal():
            return "enum", None
        case Ref(key):
            known = by_key.get(key)
            if isinstance(known, Alias) and not isinstance(known.type, Ref):
                inner = _kind(known.type, by_key)
                return ("enum", None) if inner[0] in ("string", "enum") else inner
            return ("enum" if isinstance(known, Enum) else "object"), None
        case OneOf(members):
            rest = without_null(type_)
            if not isinstance(rest, OneOf):
                return _kind(rest, by_key)
            kinds = {_kind(member, by_key)[0] for member in members}
            return ("enum" if kinds <= {"enum", "string", "null"} else "other"), None


class Stated:
    """A field that takes facts one after the other."""

    def __init__(
        self, field: Field, by_key: Mapping[str, Definition], report: Report
    ) -> None:
        self.now = field
        self.by_key = by_key
        self.report = report
        self.facts: list[Fact] = list(field.facts)

    def field(self) -> Field:
        """The field with what it has taken."""
        return replace(self.now, facts=tuple(self.facts))

    def add(self, found: Found, fact: Fact) -> None:
        """Take a fact, or report that the field's columns say otherwise."""
        match found.kind:
            case "enum" | "const":
                taken = self.limit(found, fact)
            case "default":
                taken = self.default(fact)
            case "nullable":
                taken = self.nullable(fact)
            case "deprecated":
                taken = self.deprecate(str(parse_json(found.value)))
            case "examples":
                taken = self.show(fact)
            case "format" if not fact.on:
                taken = self.form(fact)
            case _:
                taken = self.state(fact)
        if taken:
            self.facts.append(fact)

    def clash(self, fact: Fact, words: str) -> None:
        """Report that two sentences contradict each other."""
        self.complain(fact, f'"{words}"')

    def complain(self, fact: Fact, said: str) -> bool:
        name = self.now.name
        message = f'"{fact.words}" contradicts what else is said of "{name}": {said}'
        place = self.now.span
        self.report(
            Diagnostic(fact.span, "contradicting-facts", message, related=(place,))
        )
        return False

    def limit(self, found: Found, fact: Fact) -> bool:
        """Narrow the type to values."""
        listed = parse_json(found.value) if found.kind == "enum" else None
        values = (
            tuple(map(dump_json, listed))
            if isinstance(listed, list)
            else (found.value,)
        )
        known = self.values(self.now.type)
        if known is not None:
            if (
                not set(values) & set(known)
                or found.kind == "const"
                and values[0] not in known
            ):
                return self.complain(fact, f"its values are {_shown(known)}")
            return False
        if not fact.on and self.now.default not in (None, "null", *values):
            return self.complain(fact, f"its default is {self.now.default}")
        new = narrow(self.now.type, values)
        if new is None:
            return False
        self.now = replace(self.now, type=new)
        return True

    def values(self, type_: TypeRef) -> tuple[str, ...] | None:
        """The values that a type lists already, or its items."""
        match type_:
            case Literal(values, open=False):
                return values
            case ListOf(item):
                return self.values(item)
            case OneOf():
                rest = without_null(type_)
                return None if isinstance(rest, OneOf) else self.values(rest)
            case Ref(key):
                known = self.by_key.get(key)
                if isinstance(known, Enum) and not known.open:
                    return tuple(value.value for value in known.values)
        return None

    def default(self, fact: Fact) -> bool:
        old, values = self.now.default, self.values(self.now.type)
        if old is not None:
            if _same(old, fact.value) or old == "null":
                return old != "null"  # null: the docs' way to say that there is none
            return self.complain(fact, f"its default is {old}")
        value = fact.value
        if values is not None and not isinstance(self.now.type, ListOf):
            alike = [v for v in values if v.strip('"') == value.strip('"')]
            if not alike:
                return self.complain(fact, f"its values are {_shown(values)}")
            value = alike[0]
        self.now = replace(self.now, default=value)
        return True

    def nullable(self, fact: Fact) -> bool:
        if self.now.type == ANY or is_nullable(self.now.type):
            return self.now.type != ANY
        if fact.on:
            return False
        self.now = replace(self.now, type=one_of((self.now.type, NULL)))
        return True

    def deprecate(self, reason: str) -> bool:
        self.now = replace(self.now, deprecated=self.now.deprecated or reason)
        return True

    def show(self, fact: Fact) -> bool:
        """Set the examples, where no column has some."""
        shown = parse_json(fact.value)
        if self.now.examples or not isinstance(shown, list):
            return False
        texts = (v if isinstance(v, str) else dump_json(v) for v in shown)
        self.now = replace(self.now, examples=tuple(map(str, texts)))
        return True

    def form(self, fact: Fact) -> bool:
        """Set the format of a string; of other types it stays a fact."""
        word = str(parse_json(fact.value))
        parts = (
            self.now.type.members
            if isinstance(self.now.type, OneOf)
            else (self.now.type,)
        )
        texts = [p for p in parts if isinstance(p, Scalar) and p.kind == "string"]
        if not texts:
            return self.state(fact)
        known = {part.format for part in texts} - {""}
        if known:
            same = any(each.startswith(word) or word.startswith(each) for each in known)
            return same or self.complain(fact, f"its format is {min(known)}")
        new = tuple(
            replace(part, format=word) if part in texts else part for part in parts
        )
        self.now = replace(self.now, type=one_of(new))
        return True

    def state(self, fact: Fact) -> bool:
        """A fact beside the type: of two limits the stricter one counts."""
        if fact.kind == "requiredIf" and self.now.required:
            return False
        for index, other in enumerate(self.facts):
            if other.on != fact.on:
                continue
            if other.kind == fact.kind:
                if fact.kind in _LOWER | _UPPER and _stricter(fact, other):
                    self.facts[index] = fact
                return False
            if _crossed(fact, other) or _crossed(other, fact):
                return self.complain(fact, f"{other.kind} is {other.value}")
        return True


def narrow(type_: TypeRef, values: Sequence[str]) -> TypeRef | None:
    """The type with its strings, numbers or items of these limited to values; None where they cannot be its values."""
    match type_:
        case ListOf(item):
            inner = narrow(item, values)
            return None if inner is None else ListOf(inner)
        case OneOf(members):
            rest = without_null(type_)
            inner = None if isinstance(rest, OneOf) else narrow(rest, values)
            if inner is None:
                return None
            return one_of(tuple(inner if m == rest else m for m in members))
        case Scalar(kind, format):
            fits = all(_is_kind(value, kind) for value in values)
            texts = kind == "string" and format
            return Literal(tuple(values)) if fits and not texts else None
        case _:
            return None


def _is_kind(value: str, kind: str) -> bool:
    if kind == "any":
        return True
    if value[:1] == '"':
        return kind == "string"
    if value in ("true", "false"):
        return kind == "boolean"
    return kind in ("integer", "number")


def _shown(values: Sequence[str]) -> str:
    some = ", ".join(values[:4])
    return f"{some}, …" if len(values) > 4 else some


def _same(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other


def _number(fact: Fact) -> float:
    return float(fact.value)


def _crossed(low: Fact, high: Fact) -> bool:
    """Whether a lower limit is above an upper one of the same thing."""
    what = _LOWER.get(low.kind)
    same = what is not None and what == _UPPER.get(high.kind)
    return same and _number(low) > _number(high)


def _stricter(one: Fact, other: Fact) -> bool:
    above = _number(one) > _number(other)
    return above if one.kind in _LOWER else _number(one) < _number(other)
