"""Members of unions that are called by a value: `### ByMail`, where the model has a field whose only value is `by_mail`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from generator.casing import wire_name
from generator.diagnostics import Diagnostic
from generator.ir import (
    ANY,
    Alias,
    Definition,
    Enum,
    Literal,
    Model,
    Ref,
    Schema,
    TypeRef,
    map_type,
    references,
)
from generator.resolve.context import Context

# Field → name of its only value → the models that have it.
_Tags: TypeAlias = dict[str, dict[str, list[Model]]]


def find_by_value(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Replace members that nothing is called by the models that such a value tells apart, where the dialect's `members-by-value` says so.

    It must be one field for all members of the union. If several models have its value, nothing tells which one is meant.
    """
    if not context.by_value:
        return schema
    named = {d.name for d in schema.definitions} | {d.key for d in schema.definitions}
    unions = {
        d.key: words
        for d in schema.definitions
        if isinstance(d, Alias) and (words := _words(d)) and not words <= named
    }
    if not unions:
        return schema
    tags = _find_tags(schema)

    def change(definition: Definition) -> Definition:
        words = unions.get(definition.key)
        fitting = [tag for tag in tags.values() if words and words <= tag.keys()]
        if not isinstance(definition, Alias) or len(fitting) != 1:
            return definition
        type_ = map_type(definition.type, lambda ref: _member(ref, fitting[0], report))
        return replace(definition, type=type_)

    return replace(schema, definitions=tuple(map(change, schema.definitions)))


def _words(alias: Alias) -> set[str]:
    """What the members of a union are called, if none of them is a link."""
    refs = list(references(alias.type))
    return set() if any(ref.url for ref in refs) else {ref.name for ref in refs}


def _find_tags(schema: Schema) -> _Tags:
    enums: dict[str, list[Enum]] = defaultdict(list)
    for definition in schema.definitions:
        if isinstance(definition, Enum):
            enums[definition.name].append(definition)
    tags: _Tags = defaultdict(lambda: defaultdict(list))
    for definition in schema.definitions:
        if not isinstance(definition, Model):
            continue
        for field in definition.fields:
            for name in _value_names(field.type, enums):
                tags[field.name][name].append(definition)
    return tags


def _value_names(type_: TypeRef, enums: dict[str, list[Enum]]) -> set[str]:
    """What the only value of a type is called: as documented, and as a class would be."""
    if isinstance(type_, Literal) and len(type_.values) == 1:
        return {_spell(type_.values[0])}
    found = enums.get(type_.name, []) if isinstance(type_, Ref) else []
    if len(found) != 1 or len(found[0].values) != 1:
        return set()
    value = found[0].values[0]
    return {_spell(value.value), value.name} - {""}


def _spell(value: str) -> str:
    return wire_name(str(json.loads(value)), "pascal")


def _member(
    ref: Ref, tag: dict[str, list[Model]], report: Callable[[Diagnostic], None]
) -> TypeRef:
    found = tag[ref.name]
    if len(found) == 1:
        return replace(ref, name=found[0].key)
    places = ", ".join(str(model.span) for model in found[:5])
    message = f'"{ref.name}" is the value of several models, and may be any of {places}'
    if ref.span:
        report(Diagnostic(ref.span, "ambiguous-reference", message))
    return ANY
