"""YAML text of plain values, in block style: every reader of YAML 1.1 and of YAML 1.2 gets the same texts out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from generator.light import NamedTuple
from generator.read.hostile import HOSTILE
from generator.read.json_text import JsonValue, Number

# What YAML 1.1 or 1.2 reads as null, a truth value, a number, a date, a merge key or a default key where it has no quotes.
_MEANS_MORE = re.compile(
    r"""
    ~ | null | Null | NULL | = | <<
  | y | Y | n | N | yes | Yes | YES | no | No | NO | true | True | TRUE | false | False | FALSE | on | On | ON | off | Off | OFF
  | 0o[0-7]+
  | [-+]? (?: 0b[01_]+ | 0x[0-9a-fA-F_]+ | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)? | [0-9][0-9_]* )
  | [-+]? (?: [0-9][0-9_]*\.[0-9_]* | \.[0-9][0-9_]* | [0-9]+ ) (?:[eE][-+]?[0-9]+)?
  | [-+]? \.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
  | [0-9]{4}-[0-9]{2}-[0-9]{2}
  | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?:[Tt]|[ ]+) [0-9]{1,2}:[0-9]{2}:[0-9]{2} (?:\.[0-9]*)? (?:[ ]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(
    r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^\s\-]))(?:[^\s:#]|:(?=\S)|(?<=\S)\#|[ ]+(?=[^\s#]))*"
)
_UNSHOWN = re.compile(HOSTILE.pattern[:-1] + "\t\n\ud800-\udfff]")
_NO_BLOCK = re.compile(
    HOSTILE.pattern[:-1] + "\ud800-\udfff]|^[\t]|^[ \t]+$", re.MULTILINE
)
_ESCAPED = re.compile(_UNSHOWN.pattern[:-1] + '"\\\\]')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n"}
_LONG = 100  # characters from which a text that needs quotes stands in a block
_LONG_KEY = 100  # libyaml takes keys of up to 1,024 characters without a question mark


class Flow(NamedTuple):
    """A JSON value that stands on one line."""

    value: JsonValue


Tree: TypeAlias = "bool | str | Number | Flow | list[Tree] | dict[str, Tree]"


def yaml_text(tree: dict[str, Tree]) -> str:
    """The YAML text of a mapping. Half surrogate pairs, which no UTF-8 file can hold, become U+FFFD."""
    return "\n".join(_mapping(tree, "")) + "\n"


def yaml_key(text: str) -> str:
    """A text as a key of a mapping, on one line."""
    plain = _PLAIN.fullmatch(text) and not _MEANS_MORE.fullmatch(text)
    return text if plain and not _UNSHOWN.search(text) else _quoted(text)


def yaml_scalar(text: str, indent: str) -> str:
    """A text as the value of a key, on one line or as a block of lines at `indent`."""
    return _text(text, indent)


def _mapping(tree: dict[str, Tree], indent: str) -> Iterator[str]:
    for key, value in tree.items():
        match value:
            case list() if value:
                if not indent:
                    yield ""  # air between the kinds
                yield f"{indent}{key}:"
                yield from _items(value, indent + "  ")
            case _:
                yield f"{indent}{key}: {_inline(value, indent + '  ')}"


def _items(items: list[Tree], indent: str) -> Iterator[str]:
    for number, item in enumerate(items):
        if number and len(indent) == 2 and isinstance(item, dict):
            yield ""  # air between definitions
        if isinstance(item, dict) and item:
            lines = _mapping(item, indent + "  ")
            yield f"{indent}- {next(lines).lstrip(' ')}"
            yield from lines
        else:
            yield f"{indent}- {_inline(item, indent + '  ')}"


def _inline(value: Tree, indent: str) -> str:
    """What stands behind a colon or a hyphen: one line, or a block of lines at `indent`."""
    match value:
        case Number():
            return str(value)
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value, indent)
        case Flow(json_value):
            return _flow(json_value)
        case _:
            return "[]" if isinstance(value, list) else "{}"


def _text(text: str, indent: str) -> str:
    shown = not _UNSHOWN.search(text)
    if shown and _PLAIN.fullmatch(text) and not _MEANS_MORE.fullmatch(text):
        return text
    if ("\n" in text or len(text) > _LONG) and _fits_block(text):
        return _block(text, indent)
    if shown and "'" not in text and ('"' in text or "\\" in text):
        return f"'{text}'"
    return _quoted(text)


def _fits_block(text: str) -> bool:
    """Whether a block of lines can hold the text: nothing to escape, and no white space at its ends that a reader could take for layout."""
    return (
        not text.startswith((" ", "\n"))
        and not text.endswith("\n\n")
        and not _NO_BLOCK.search(text)
    )


def _block(text: str, indent: str) -> str:
    lines = text.removesuffix("\n").split("\n")
    return "\n".join(
        [
            "|" if text.endswith("\n") else "|-",
            *(indent + line if line else "" for line in lines),
        ]
    )


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _escape(match[0]), text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    )


def _flow(value: JsonValue) -> str:
    match value:
        case Number():
            return str(value)
        case str():
            return _quoted(value)
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case dict():
            pairs = ((_quoted(key), _flow(item)) for key, item in value.items())
            return (
                "{"
                + ", ".join(
                    f"{'? ' if len(key) > _LONG_KEY else ''}{key}: {item}"
                    for key, item in pairs
                )
                + "}"
            )
        case _:
            return "null" if value is None else "true" if value else "false"
