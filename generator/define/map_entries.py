"""Maps that docs show as lists of entries: `repeated ItemsEntry` with the fields `key` and `value`, as protobuf sends them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from generator.ir import (
    Definition,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    TypeRef,
    change_types,
    one_of,
)
from generator.light import unquote


def fold_entries(
    definitions: Sequence[Definition], pattern: re.Pattern[str]
) -> list[Definition]:
    """The definitions of a page without the entries of maps; lists of entries are maps. `pattern`: the name of an entry."""
    entries: dict[str, TypeRef] = {}
    kept: list[Definition] = []
    for definition in definitions:
        value = _entry_value(definition, pattern)
        if value is None:
            kept.append(definition)
            continue
        for name in (definition.name, *definition.anchors):
            entries[name] = value
    if not entries:
        return kept
    return [change_types(d, partial(_fold, entries)) for d in kept]


def _entry_value(definition: Definition, pattern: re.Pattern[str]) -> TypeRef | None:
    if not isinstance(definition, Model) or not pattern.search(definition.name):
        return None
    types = {field.name: field.type for field in definition.fields}
    return types["value"] if types.keys() == {"key", "value"} else None


def _fold(entries: dict[str, TypeRef], type_: TypeRef) -> TypeRef:
    match type_:
        case ListOf(Ref(name, url)):
            target = unquote(url.removeprefix("#")) if url else name
            value = entries.get(target) or entries.get(name)
            return type_ if value is None else MapOf(_fold(entries, value))
        case ListOf(item):
            return ListOf(_fold(entries, item))
        case MapOf(inner):
            return MapOf(_fold(entries, inner))
        case OneOf(members):
            return one_of(tuple(_fold(entries, member) for member in members))
        case _:
            return type_
