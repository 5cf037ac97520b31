"""Random schemas as a target gets them: the keys of a model are distinct, and no alias stands for itself."""

from __future__ import annotations

from dataclasses import replace

from generator.ir import (
    STRING,
    Alias,
    Definition,
    Field,
    Model,
    Ref,
    Schema,
    TypeRef,
    change_types,
    map_type,
)


def distinct(schema: Schema) -> Schema:
    """The schema without fields whose key an earlier field has; aliases name only aliases above them."""
    below = {d.key for d in schema.definitions if isinstance(d, Alias)}
    out: list[Definition] = []
    for definition in schema.definitions:
        if isinstance(definition, Alias):
            definition = _cut(definition, frozenset(below))
        if isinstance(definition, Model):
            fields: dict[str, Field] = {}
            for field in definition.fields:
                fields.setdefault(field.key, field)
            patterned = {field.name: field for field in definition.patterned}
            definition = replace(
                definition,
                fields=tuple(fields.values()),
                patterned=tuple(patterned.values()),
            )
        below.discard(definition.key)
        out.append(definition)
    return Schema(schema.source, tuple(out))


def _cut(alias: Alias, below: frozenset[str]) -> Definition:
    def change(ref: Ref) -> TypeRef:
        return STRING if ref.name in below else ref

    return change_types(alias, lambda type_: map_type(type_, change))
