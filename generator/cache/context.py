"""What the definitions of a schema know of each other: as much as it takes to resolve and render one page of it without the rest."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from generator.cache.codec import brief, decode, encode
from generator.diagnostics import SourceSpan
from generator.ir import (
    NULL,
    UNTOLD,
    Alias,
    Definition,
    Enum,
    EnumValue,
    Field,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    Schema,
    TypeRef,
    references,
)
from generator.light import NamedTuple

_NOWHERE = SourceSpan("", 1)
_SINGLE = (Scalar, Ref)  # types that hold no other: most


class Context(NamedTuple):
    """`rows`: key → its stub as lists, and whether a page documents it, in the order of the schema.

    `lent`: files whose definitions others have parts of. `inspected`: models whose fields the outputs of others look at, to tell the
    members of a union apart. `whole`: pages may not be looked at alone, since what one says of a definition depends on others.
    """

    rows: dict[str, list[Any]]
    lent: frozenset[str]
    inspected: frozenset[str]
    whole: bool

    def name(self, key: str) -> str:
        """What the docs call a definition."""
        return str(self.rows[key][0][2])

    def file(self, key: str) -> str:
        """Where a definition stands."""
        return str(self.rows[key][0][3][0])

    def stub(self, key: str) -> Definition:
        """A definition as others see it."""
        found: Definition = decode(self.rows[key][0])
        return found

    def renew(self, definitions: Iterable[Definition]) -> bool:
        """Let others see the definitions as they are now. Returns whether there is anything new to see."""
        changed = False
        for definition in definitions:
            row, stub = self.rows[definition.key], _stub(definition, self.inspected)
            known, row[0] = row[0], json.loads(encode(brief(stub)))
            changed = changed or known != row[0]
        return changed

    def data(self) -> list[Any]:
        """All of it as JSON can hold it."""
        rows = list(self.rows.values())
        return [rows, sorted(self.lent), sorted(self.inspected), self.whole]


NOTHING = Context({}, frozenset(), frozenset(), True)
"""What is known where pages may not be looked at alone."""


def describe_context(
    schema: Schema, pages: Collection[tuple[str, SourceSpan]]
) -> Context:
    """The context of a resolved schema. `pages`: names and places of the definitions that stand on its pages."""
    seen, rows, lent = inspected(schema), dict[str, list[Any]](), set[str]()
    for d in schema.definitions:
        own = (d.name, d.span) in pages
        lent.update(_lenders(d))
        if not own:
            lent.add(d.span.file)
        rows[d.key] = [brief(_stub(d, seen)), own]
    return Context(rows, frozenset(lent), frozenset(seen), False)


def read_context(data: Any) -> Context:
    """What `Context.data` gave."""
    rows, lent, seen, whole = data
    by_key = {row[0][1]: row for row in rows}
    return Context(by_key, frozenset(lent), frozenset(seen), whole)


def is_entangled(definition: Definition) -> bool:
    """Whether a definition as read says something of others, or leaves others to say what it is."""
    if isinstance(definition, Model):
        return bool(definition.bases or definition.options)
    return isinstance(definition, Alias) and definition.type == UNTOLD


def _lenders(definition: Definition) -> list[str]:
    """The other files that parts of a definition stand in."""
    if not isinstance(definition, Model):
        return []
    own, parts = definition.span.file, (*definition.fields, *definition.patterned)
    return [file for part in parts if (file := part.span.file) != own]


def inspected(schema: Schema) -> set[str]:
    """The models that are members of unions, also through lists, maps and aliases."""
    aliases = {d.key: d.type for d in schema.definitions if isinstance(d, Alias)}
    todo = [
        ref.name
        for definition in schema.definitions
        for type_ in types_of(definition)
        if type_.__class__ not in _SINGLE
        for union in _unions(type_)
        for ref in references(union)
    ]
    found: set[str] = set()
    while todo:
        key = todo.pop()
        if key not in found:
            found.add(key)
            todo += [ref.name for ref in references(aliases.get(key, NULL))]
    return found


def _unions(type_: TypeRef) -> Iterator[TypeRef]:
    """The unions in a type that are more than a type or null. What stands in one is found with it."""
    while isinstance(type_, (ListOf, MapOf)):
        type_ = type_.item if isinstance(type_, ListOf) else type_.value
    if isinstance(type_, OneOf):
        if sum(m != NULL for m in type_.members) > 1:
            yield type_
            return
        for member in type_.members:
            yield from _unions(member)


def types_of(definition: Definition) -> Iterator[TypeRef]:
    """All types that a definition names."""
    if isinstance(definition, Alias):
        yield definition.type
    elif isinstance(definition, Model):
        for field in (*definition.fields, *definition.patterned):
            yield field.type
        yield from (*definition.bases, *definition.options)
        if definition.rest is not None:
            yield definition.rest


def _stub(d: Definition, seen: Collection[str]) -> Definition:
    """The definition without what only its own text shows."""
    others: dict[str, Any] = {"anchors": d.anchors, "scope": d.scope, "facts": d.facts}
    match d:
        case Enum():
            values = tuple([EnumValue(v.value, v.name) for v in d.values])
            return Enum(d.key, d.name, d.span, values, d.open, **others)
        case Alias():
            return Alias(d.key, d.name, d.span, d.type, url=d.url, **others)
        case Model():
            fields = [
                Field(f.name, f.type, _NOWHERE, f.required, wire=f.wire)
                for f in (d.fields if d.key in seen else ())
            ]
            others |= {"bases": d.bases, "options": d.options, "closed": d.closed}
            return Model(d.key, d.name, d.span, tuple(fields), notes=d.notes, **others)
