"""What the definitions of a schema know of each other: as much as it takes to resolve and render one page of it without the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from generator.cache.codec import decode, encode
from generator.ir import (
    NULL,
    UNTOLD,
    Alias,
    Definition,
    Enum,
    EnumValue,
    Field,
    Model,
    OneOf,
    Ref,
    Schema,
    TypeRef,
    references,
)


class Context(NamedTuple):
    """`rows`: key → key, name, file, stub as lists, and whether a page documents it, in the order of the schema.

    `lent`: files whose definitions others have parts of. `inspected`: models whose fields the outputs of others look at, to tell the
    members of a union apart. `whole`: pages may not be looked at alone, since what one says of a definition depends on others.
    """

    rows: dict[str, list[Any]]
    lent: frozenset[str]
    inspected: frozenset[str]
    whole: bool

    def stub(self, key: str) -> Definition:
        """A definition as others see it."""
        found: Definition = decode(self.rows[key][3])
        return found

    def renew(self, definitions: Iterable[Definition]) -> bool:
        """Let others see the definitions as they are now. Returns whether there is anything new to see."""
        changed = False
        for definition in definitions:
            row, stub = self.rows[definition.key], _stub(definition, self.inspected)
            known, row[3] = row[3], encode(stub)
            changed = changed or known != row[3]
        return changed

    def data(self) -> list[Any]:
        """All of it as JSON can hold it."""
        rows = list(self.rows.values())
        return [rows, sorted(self.lent), sorted(self.inspected), self.whole]


def describe_context(schema: Schema, read: Iterable[Definition]) -> Context:
    """The context of a resolved schema. `read`: its definitions as they stand on the pages."""
    pages = {(d.name, d.span) for d in read}
    seen, rows, lent = inspected(schema), dict[str, list[Any]](), set[str]()
    for d in schema.definitions:
        own = (d.name, d.span) in pages
        lent |= _lenders(d) | (set() if own else {d.span.file})
        rows[d.key] = [d.key, d.name, d.span.file, encode(_stub(d, seen)), own]
    whole = any(map(_is_entangled, read))
    return Context(rows, frozenset(lent), frozenset(seen), whole)


def read_context(data: Any) -> Context:
    """What `Context.data` gave."""
    rows, lent, seen, whole = data
    by_key = {row[0]: row for row in rows}
    return Context(by_key, frozenset(lent), frozenset(seen), whole)


def _is_entangled(definition: Definition) -> bool:
    """Whether a definition as read says something of others, or leaves others to say what it is."""
    if isinstance(definition, Model):
        return bool(definition.bases or definition.options)
    return isinstance(definition, Alias) and definition.type == UNTOLD


def _lenders(definition: Definition) -> set[str]:
    """The other files that parts of a definition stand in."""
    if not isinstance(definition, Model):
        return set()
    parts = (*definition.fields, *definition.patterned)
    return {part.span.file for part in parts} - {definition.span.file}


def inspected(schema: Schema) -> set[str]:
    """The models that are members of unions, also through lists, maps and aliases."""
    aliases = {d.key: d.type for d in schema.definitions if isinstance(d, Alias)}
    todo = [
        ref.name
        for definition in schema.definitions
        for type_ in types_of(definition)
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
    if isinstance(type_, OneOf) and sum(m != NULL for m in type_.members) > 1:
        yield type_
        return
    if isinstance(type_, OneOf):
        for member in type_.members:
            yield from _unions(member)
    elif not isinstance(type_, Ref):
        inner = getattr(type_, "item", None) or getattr(type_, "value", None)
        if inner is not None:
            yield from _unions(inner)


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


def _stub(definition: Definition, seen: Collection[str]) -> Definition:
    """The definition without what only its own text shows."""
    match definition:
        case Enum(values=values):
            return replace(
                definition,
                values=tuple([EnumValue(v.value, v.name) for v in values]),
                description="",
                deprecated=None,
            )
        case Alias():
            return replace(definition, description="", deprecated=None)
        case Model(fields=fields):
            kept = fields if definition.key in seen else ()
            return replace(
                definition,
                fields=tuple(
                    [
                        Field(f.name, f.type, f.span, f.required, wire=f.wire)
                        for f in kept
                    ]
                ),
                description="",
                deprecated=None,
                rest=None,
                patterned=(),
            )
