"""Types as the members of a JSON Schema: finished lines of JSON text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, assert_never

from generator.ir import NULL, ListOf, Literal, MapOf, OneOf, Ref, Scalar, TypeRef
from generator.targets import json_layout
from generator.targets.json_layout import array, object_, string

_PLAIN_KEY = re.compile(r"[A-Za-z0-9._-]*")
# Kinds of scalars → what Python's json makes of such a value.
PYTHON_KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "any": object,
}


def type_members(type_: TypeRef, indent: int, loose: bool = False) -> list[str]:
    """The members of a type's schema; values of several lines end at `indent` columns.

    `loose`: enums also take other values of their kind.
    """
    match type_:
        case Scalar():
            return _scalar(type_)
        case Ref(key):
            return [f'"$ref": {_reference(key)}']
        case ListOf(item):
            items = object_(type_members(item, indent + 2, loose), indent)
            return ['"type": "array"', f'"items": {items}']
        case MapOf(inner):
            values = object_(type_members(inner, indent + 2, loose), indent)
            return ['"type": "object"', f'"additionalProperties": {values}']
        case Literal(values, is_open):
            return _literal(values, is_open, indent, loose)
        case OneOf(members):
            return _union(members, indent, loose)
        case _:
            assert_never(type_)


def _scalar(type_: Scalar) -> list[str]:
    if type_.kind == "any":
        return []
    members = [f'"type": "{type_.kind}"']
    if type_.format == "byte":
        members.append('"contentEncoding": "base64"')
    if type_.format:
        members.append(f'"format": {string(type_.format)}')
    return members


def _union(members: tuple[TypeRef, ...], indent: int, loose: bool) -> list[str]:
    if len(members) == 2 and NULL in members:
        other = members[0] if members[1] == NULL else members[1]
        if isinstance(other, Scalar) and other.kind != "any":
            _, *rest = _scalar(other)
            kinds = array([f'"{other.kind}"', '"null"'], indent)
            return [f'"type": {kinds}', *rest]
    schemas = [
        object_(type_members(member, indent + 4, loose), indent + 2)
        for member in members
    ]
    return [f'"anyOf": {array(schemas, indent)}']


def _literal(
    values: tuple[str, ...], is_open: bool, indent: int, loose: bool
) -> list[str]:
    """Documented values. `x-open`: the docs say that more may come; it keeps validators strict, unlike `loose`."""
    data = [json_layout.parse(value) for value in values]
    kinds = {_kind(value): None for value in data}
    members = [f'"type": "{next(iter(kinds))}"'] if len(kinds) == 1 else []
    if len(data) == 1 and not is_open:
        return [*members, f'"const": {json_layout.value(data[0], indent)}']
    if loose:
        closed = object_(_literal(values, False, indent + 4, False), indent + 2)
        others = [
            object_([f'"type": "{kind}"'], indent + 2)
            for kind in kinds
            if kind != "null"
        ]
        return [f'"anyOf": {array([closed, *others], indent)}']
    texts = [json_layout.value(value, indent + 2) for value in data]
    members.append(f'"enum": {array(dict.fromkeys(texts), indent)}')
    return [*members, '"x-open": true'] if is_open else members


def _kind(data: Any) -> str:
    """JSON Schema's name for the type of a value."""
    if isinstance(data, bool):
        return "boolean"
    for kind in ("string", "integer", "number", "null", "object"):
        if isinstance(data, PYTHON_KINDS[kind]):
            return kind
    return "array"


@lru_cache(maxsize=16384)
def _reference(key: str) -> str:
    """A reference to a definition: a JSON pointer, percent-encoded as part of a URL."""
    if not _PLAIN_KEY.fullmatch(key):
        from urllib.parse import quote

        key = quote(key.replace("~", "~0").replace("/", "~1"), safe="!$&'()*+,;=:@~")
    return f'"#/$defs/{key}"'
