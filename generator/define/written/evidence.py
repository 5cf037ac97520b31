"""What the cells of a column look like: names, values, types, numbers or prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from generator.diagnostics import SourceSpan
from generator.ir import ListOf, MapOf, OneOf, Ref, Scalar, TypeRef
from generator.read.blocks import Cell, Table
from generator.read.inline import plain_text
from generator.typeexpr import TypeSyntaxError, parse_type
from generator.typewords import Words

_NOWHERE = SourceSpan("", 0)
_NAME = re.compile(r"[\w@$/^-][\w.$@:/\[\]{}<>*^?-]*")
_REMARK = re.compile(r"\s*(?:\([^()]*\)|\[\d+\])|[*?†‡\s]+\Z")
_OPTIONAL = re.compile(r"\[([\w$@.-]+)\]\Z")  # brackets around what may be left out
_NOTE = re.compile(r"\s*\([^()]*\)\Z|\s*\\?\*+\Z(?<!\S\*\*)")
_UPPER = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_CODE = re.compile(r"`[^`]+`")
_QUOTED = re.compile(r"(['\"]).*\1")
_WORD = re.compile(r"[^\s,;]{1,60}")
_HEX = re.compile(r"0x([0-9a-fA-F]+)")
_SHIFT = re.compile(r"\(?\s*(\d+)\s*<<\s*(\d+)\s*\)?")
_INTEGER = re.compile(r"[-+]?\d+")
_NUMBER = re.compile(r"[-+]?[\d.]+")


def read_column(table: Table, index: int) -> list[Cell]:
    """The cells of a column that are there and not empty."""
    return [row[index] for row in table.rows if index < len(row) and row[index].text]


def share(items: Sequence[Cell], test: Callable[[str], object]) -> float:
    """The share of cells whose text as readers see it passes a test; 0 where there are no cells."""
    passed = sum(1 for cell in items if test(plain_text(cell.text)))
    return passed / len(items) if items else 0.0


def is_name(text: str) -> bool:
    """Whether a text can be the name of a field: no white space, but for remarks in brackets and several names below each other."""
    plain = _REMARK.sub("", _OPTIONAL.sub(r"\1", text))
    parts = re.split(r"\s*(?:\n|, | or | / )\s*", plain)
    return all(_NAME.fullmatch(part) for part in parts)


def is_key(text: str) -> bool:
    """Whether a text is a name as keys are written, and no word of a sentence: `maxSpeed`, `@id`, but not `Author`."""
    return is_name(text) and not text[:1].isupper()


def is_constant(text: str) -> bool:
    """Whether a text is written like a constant: `ALL_CAPITALS`."""
    return len(text) > 1 and bool(_UPPER.fullmatch(text))


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) or read_integer(text) is not None


def is_prose(text: str) -> bool:
    """Whether a text is some words, as sentences are."""
    return len(text.split()) > 3


def read_integer(text: str) -> int | None:
    """The integer that a value stands for: `8`, `0x8` or `1 << 3`; of two spellings beside each other the one that both give."""
    if _INTEGER.fullmatch(text):
        return int(text)
    if match := _SHIFT.fullmatch(text):
        return int(match[1]) << min(int(match[2]), 512)
    if match := _HEX.match(text):
        value = int(match[1], 16)
        rest = text[match.end() :].strip()
        shown = _SHIFT.fullmatch(rest)
        if not rest or shown and int(shown[1]) << min(int(shown[2]), 512) == value:
            return value
    return None


def is_literal(cell: Cell) -> bool:
    """Whether a cell can be a value: one word, a number, or what stands in quotes or as code, with a remark in brackets at most."""
    text = cell.text.strip()
    bare = _NOTE.sub("", text) or text
    if _CODE.fullmatch(bare) or _QUOTED.fullmatch(bare):
        return True
    plain = plain_text(bare)
    return bool(_WORD.fullmatch(plain)) or read_integer(plain_text(text)) is not None


def is_type(cell: Cell, words: Words) -> bool:
    """Whether a cell states a type: a word for one, or a link."""
    try:
        return _is_known(parse_type(cell.text, words, _NOWHERE))
    except TypeSyntaxError:
        return False


def _is_known(type_: TypeRef) -> bool:
    match type_:
        case Scalar() | ListOf() | MapOf():
            return True
        case Ref():
            return bool(type_.url) or type_.fallback is not None
        case OneOf(members):
            return any(_is_known(member) for member in members)
        case _:
            return False


def are_distinct(cells: Iterable[Cell]) -> bool:
    """Whether no text stands twice."""
    seen: set[str] = set()
    for cell in cells:
        text = plain_text(cell.text)
        if text in seen:
            return False
        seen.add(text)
    return True
