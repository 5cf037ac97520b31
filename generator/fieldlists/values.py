"""Values of field lists as what the type of their field makes of them: lists often write "8" and "yes" where 8 and true are meant."""

from __future__ import annotations

import re

from generator.ir import ListOf, Literal, MapOf, OneOf, Ref, Scalar, TypeRef
from generator.native.values import YES_NO
from generator.read import nodes
from generator.read.json_text import JsonValue, Number, dump_json, json_text, parse_json
from generator.read.nodes import Node

_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")


def real_value(node: Node, type_: TypeRef) -> str | None:
    """The JSON text of a value of a type; None where it is none."""
    if isinstance(node, nodes.Scalar):
        plain = json_text(node)
        return plain if node.plain and plain == "null" else _of_text(node, type_)
    if isinstance(node, nodes.Sequence):
        lists = [part for part in _parts(type_) if isinstance(part, ListOf)]
        if lists:
            items = [real_value(item, lists[0].item) for item in node.items]
            return None if None in items else f"[{', '.join(map(str, items))}]"
    return json_text(node) if _admits(type_, parse_json(json_text(node))) else None


def _of_text(node: nodes.Scalar, type_: TypeRef) -> str | None:
    found = (_of_part(node, part) for part in _parts(type_))
    return next((value for value in found if value is not None), None)


def _of_part(node: nodes.Scalar, type_: TypeRef) -> str | None:
    if isinstance(type_, Scalar) and type_.kind == "string":
        return _string(node.text)
    text = node.text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    match type_:
        case Scalar(kind="boolean"):
            return dump_json(YES_NO[text]) if text in YES_NO else None
        case Scalar(kind="integer"):
            return text if _INTEGER.fullmatch(text) else None
        case Scalar(kind="number"):
            return text if _NUMBER.fullmatch(text) else None
        case Literal(values):
            said = {_plain(value): value for value in reversed(values)}
            return said.get(node.text) or said.get(text)
        case Scalar(kind="any") | Ref():
            return json_text(node)
        case ListOf() | MapOf() | Scalar(kind="object"):
            try:
                value = parse_json(text)
            except ValueError:
                return None
            return dump_json(value) if _admits(type_, value) else None
        case _:
            return None


def _string(text: str) -> str:
    """A text as JSON; one in double quotes is JSON already."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return dump_json(parse_json(text))
        except ValueError:
            pass
    return dump_json(text)


def _plain(value: str) -> str:
    """A JSON value as it would be written without quotes."""
    data = parse_json(value)
    plain = isinstance(data, str) and not isinstance(data, Number)
    return str(data) if plain else value


def _parts(type_: TypeRef) -> tuple[TypeRef, ...]:
    """The members of a type, texts last: what can be a number is one."""
    members = type_.members if isinstance(type_, OneOf) else (type_,)
    return tuple(sorted(members, key=lambda part: part == Scalar("string")))


def _admits(type_: TypeRef, value: JsonValue) -> bool:
    """Whether a list or an object is of a type."""
    for part in _parts(type_):
        match part:
            case ListOf():
                fits = isinstance(value, list)
            case MapOf() | Scalar(kind="object"):
                fits = isinstance(value, dict)
            case Ref() | Scalar(kind="any"):
                fits = True
            case _:
                fits = False
        if fits:
            return True
    return False


def is_match(pattern: str, text: str) -> bool:
    """Whether a text matches a pattern, as far as Python can tell."""
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return False
