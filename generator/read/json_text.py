"""JSON text of values: `1`, `1.0`, `true` and `"1"` stay four values, and numbers keep their digits."""

from __future__ import annotations

import json
from typing import TypeAlias, assert_never

from generator.patterns import late
from generator.read.nodes import MAX_DEPTH, Mapping, Node, Scalar, Sequence

# The core schema of YAML 1.2, chapter 10.3.2: what a word without quotes means there. All else is text: on, no, 2020-01-01, .inf.
_WORDS = {
    word: text
    for text in ("null", "true", "false")
    for word in (text, text.title(), text.upper())
} | {"": "null", "~": "null"}
MAX_JSON_DEPTH = MAX_DEPTH  # so that no value of a file is too deep for its readers
_NUMBER = late(
    r"([-+]?)(?:0x([0-9a-fA-F]{1,64})|0o([0-7]{1,64})|([0-9]*)(?:(\.)([0-9]*))?([eE][-+]?[0-9]+)?)"
)


class Number(str):
    """A JSON number as it is written."""

    __slots__ = ()


JsonValue: TypeAlias = (
    "None | bool | str | Number | list[JsonValue] | dict[str, JsonValue]"
)


def json_text(node: Node) -> str:
    """The JSON text of a YAML or JSON value: quoted text is a string, a plain word means what YAML 1.2 says."""
    match node:
        case Scalar(text, plain):
            return (_plain(text) if plain else "") or json.dumps(
                text, ensure_ascii=False
            )
        case Sequence(items):
            return "[" + ", ".join(map(json_text, items)) + "]"
        case Mapping(entries):
            return (
                "{"
                + ", ".join(
                    f"{json.dumps(key.text, ensure_ascii=False)}: {json_text(value)}"
                    for key, value in entries
                )
                + "}"
            )
        case _:
            assert_never(node)


def _plain(text: str) -> str:
    """The JSON text of a plain word that is null, a truth value or a number; otherwise nothing."""
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBER.fullmatch(text)
    if not match:
        return ""
    sign, hexadecimal, octal, whole, point, fraction, exponent = match.groups(
        default=""
    )
    if hexadecimal or octal:
        return (
            "" if sign else str(int(hexadecimal, 16) if hexadecimal else int(octal, 8))
        )
    if not whole and not fraction:
        return ""
    number = (
        (whole.lstrip("0") or "0") + (f".{fraction or 0}" if point else "") + exponent
    )
    return "-" + number if sign == "-" else number


def parse_json(text: str) -> JsonValue:
    """The value of a JSON text. Raises ValueError for what is no JSON, and for what is nested too deeply to be written and read."""
    try:
        value: JsonValue = json.loads(
            text, parse_int=Number, parse_float=Number, parse_constant=_no_constant
        )
        deep = _depth(value) > MAX_JSON_DEPTH
    except RecursionError:
        deep = True
    if deep:
        raise ValueError("the value is nested too deeply")
    return value


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _depth(value: JsonValue) -> int:
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 0


def canonical(text: str) -> str:
    """The one spelling of a JSON text in the intermediate schema. Raises ValueError as `parse_json` does, and for half surrogate pairs."""
    out = dump_json(parse_json(text))
    if any("\ud800" <= character <= "\udfff" for character in out):
        raise ValueError("half of a surrogate pair is no character")
    return out


def dump_json(value: JsonValue) -> str:
    """The JSON text of a value, on one line."""
    match value:
        case Number():
            return str(value)
        case list():
            return "[" + ", ".join(map(dump_json, value)) + "]"
        case dict():
            return (
                "{"
                + ", ".join(
                    f"{dump_json(key)}: {dump_json(item)}"
                    for key, item in value.items()
                )
                + "}"
            )
        case _:
            return json.dumps(value, ensure_ascii=False)
