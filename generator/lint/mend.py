"""What a line of an overlay would say so that a finding goes: as much as the finding itself shows, and never more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from generator.diagnostics import Diagnostic
from generator.ir import (
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Fact,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Schema,
    TypeRef,
    one_of,
)
from generator.light import NamedTuple
from generator.overlay.edit import OVERLAY
from generator.overlay.pattern import Pattern
from generator.print_ir.types import print_type
from generator.read import nodes
from generator.read.json_text import json_text, parse_json
from generator.read.nodes import Mapping, Node, Sequence
from generator.typewords import merge_literals

ITEM, VALUE = "item", "value"  # steps into a type


class Mend(NamedTuple):
    """A field must no longer be there, or takes one more type: `adds`, at the end of the way `path` into its type."""

    model: Model
    field: Field
    path: tuple[str, ...] = ()
    adds: TypeRef | None = None


class Found(NamedTuple):
    """What a rule finds, and what would mend it, where one line does."""

    diagnostic: Diagnostic
    mend: Mend | None = None


class MendLine(NamedTuple):
    """A line of an overlay: of a field of a model (a key), `verb: value`, and the findings that it mends."""

    model: str
    field: str
    verb: str
    value: str
    findings: tuple[Diagnostic, ...]


def mend_value(
    model: Model, field: Field, value: Node, node: Node, of_values: bool
) -> Mend | None:
    """What would allow a node of an example that stands in the value of a field. `of_values`: the docs list values there, not a type."""
    path = _path(value, node)
    adds = _shown(node, of_values)
    if path is None or adds is None or _widen(field.type, path, adds) is None:
        return None
    return Mend(model, field, path, adds)


def decided(field: Field) -> frozenset[str]:
    """The verbs of the overlay that changed a field."""

    def verbs(fact: Fact) -> list[str]:
        return str(parse_json(fact.value)).split(", ")

    return frozenset(v for f in field.facts if f.kind == OVERLAY for v in verbs(f))


def mend_lines(
    found: Iterable[tuple[Diagnostic, Mend]], schema: Schema
) -> list[MendLine]:
    """One line for each field and verb, in the order of the models and fields."""
    grouped: dict[tuple[str, str, bool], list[tuple[Diagnostic, Mend]]] = {}
    for diagnostic, mend in found:
        key = mend.model.key, mend.field.name, mend.adds is None
        grouped.setdefault(key, []).append((diagnostic, mend))
    models = [d for d in schema.definitions if isinstance(d, Model)]
    keys = [(m.key, f.name, v) for m in models for f in m.fields for v in (True, False)]
    lines = []
    for key in dict.fromkeys(keys):
        rows = grouped.get(key)
        if rows and _names_one(rows[0][1], schema):
            line = _line([mend for _, mend in rows], tuple(d for d, _ in rows))
            lines += [line] if line else []
    return lines


def _line(mends: list[Mend], findings: tuple[Diagnostic, ...]) -> MendLine | None:
    model, field, _, adds = mends[0]
    if adds is None:
        return MendLine(model.key, field.name, "require", "false", findings)

    def widen(type_: TypeRef | None, mend: Mend) -> TypeRef | None:
        assert mend.adds is not None
        return None if type_ is None else _widen(type_, mend.path, mend.adds)

    first: TypeRef | None = field.type
    type_ = reduce(widen, mends, first)
    if type_ is None:
        return None
    return MendLine(model.key, field.name, "retype", print_type(type_), findings)


def _names_one(mend: Mend, schema: Schema) -> bool:
    """Whether a line can name the field, and nothing else: names may hold signs that mean something to an overlay."""
    if "rename" in decided(mend.field):
        return False  # the line would need the name that it has no longer
    pattern = Pattern(f"{mend.model.key}.{mend.field.name}")
    named = [
        (d.key, f.name)
        for d in schema.definitions
        if isinstance(d, Model)
        for f in d.fields
        if pattern.names_field(d, f)
    ]
    one = named == [(mend.model.key, mend.field.name)]
    return one and not any(map(pattern.names, schema.definitions))


def _path(value: Node, node: Node) -> tuple[str, ...] | None:
    """The steps from a value to a node in it."""
    if value is node:
        return ()
    inside: Iterable[Node] = ()
    step = ITEM
    if isinstance(value, Sequence):
        inside = value.items
    elif isinstance(value, Mapping):
        inside, step = (part for _, part in value.entries), VALUE
    for part in inside:
        rest = _path(part, node)
        if rest is not None:
            return (step, *rest)
    return None


def _shown(node: Node, of_values: bool) -> TypeRef | None:
    """The type of a value as far as it tells it: an object does not tell of which model it is, an empty list not what it holds."""
    if isinstance(node, Sequence):
        items = [_shown(item, False) for item in node.items]
        known = tuple(item for item in items if item is not None)
        return ListOf(_union(known)) if items and len(known) == len(items) else None
    if not isinstance(node, nodes.Scalar):
        return None
    text = json_text(node)
    if text == "null":
        return NULL
    if of_values:
        return Literal((text,))
    if text in ("true", "false"):
        return BOOLEAN
    if text[0] == '"':
        return STRING
    return INTEGER if float(text).is_integer() else NUMBER


def _widen(type_: TypeRef, path: tuple[str, ...], adds: TypeRef) -> TypeRef | None:
    """The type that takes another one, too, at the end of a way into it; None: there is no such way."""
    if not path:
        return _union((type_, adds))
    match type_, path[0]:
        case ListOf(item), "item":
            inner = _widen(item, path[1:], adds)
            return None if inner is None else ListOf(inner)
        case MapOf(value), "value":
            inner = _widen(value, path[1:], adds)
            return None if inner is None else MapOf(inner)
        case OneOf(members), _:
            wider = [_widen(member, path, adds) for member in members]
            if sum(one is not None for one in wider) == 1:
                pairs = zip(wider, members, strict=True)
                return _union(tuple(new or old for new, old in pairs))
    return None


def _union(members: tuple[TypeRef, ...]) -> TypeRef:
    """One of these; a number may be an integer, null stands last."""
    union = merge_literals(members)
    if not isinstance(union, OneOf):
        return union
    parts = union.members
    if NUMBER in parts:
        numbers = ("integer", "number")
        parts = tuple(
            p for p in parts if p == NUMBER or getattr(p, "kind", "") not in numbers
        )
    return one_of((*(p for p in parts if p != NULL), *(p for p in parts if p == NULL)))
