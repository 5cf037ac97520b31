"""What the YAML parser complains about, in plain English and at the right place."""

from __future__ import annotations

import re
from typing import Any

from generator.read.nodes import InvalidText

_NO_CHARACTER = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

# The parser's words (libyaml's; PyYAML's own differ a little) → what is wrong, and how to mend it.
_QUOTE = "put the whole value in quotes"
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a `: ` stands where no key can be",
        f"{_QUOTE} if it holds `: `, or mend the indentation",
    ),
    (
        "expected key",
        "this is neither a key nor the rest of the value before it",
        f"{_QUOTE}, or mend the indentation",
    ),
    (
        "expected <block end>",
        "this is neither a key nor the rest of the value before it",
        f"{_QUOTE}, or mend the indentation",
    ),
    (
        "expected '-' indicator",
        "a list item is expected here",
        "begin the line with `- `, or mend the indentation",
    ),
    (
        "sequence entries are not allowed",
        "a list cannot begin in the line of its key",
        "begin a new line before `- `, or quote the value",
    ),
    (
        "could not find expected ':'",
        "the line above is no `key: value`",
        "add the colon, or indent the text under its key",
    ),
    (
        "comment or line break",
        "a `|` or `>` before a text begins a block of lines",
        _QUOTE,
    ),
    (
        "comment or a line break",
        "a `|` or `>` before a text begins a block of lines",
        _QUOTE,
    ),
    (
        "chomping or indentation indicators",
        "a `|` or `>` before a text begins a block of lines",
        _QUOTE,
    ),
    (
        "',' or ']'",
        "a list in brackets goes on here without `,` or `]`",
        "close the bracket, or quote what holds brackets or commas",
    ),
    (
        "',' or '}'",
        "a mapping in braces goes on here without `,` or `}`",
        "close the brace, or quote what holds braces or commas",
    ),
    (
        "unexpected end of stream",
        "a quote is opened and never closed",
        "close the quote",
    ),
    (
        "unexpected document indicator",
        "a quote is opened and never closed",
        "close the quote",
    ),
    (
        "unknown escape character",
        "an unknown escape in double quotes",
        "write the backslash twice, or use single quotes",
    ),
    (
        "Unicode character escape code",
        "an escape of no character in double quotes",
        "write the character itself",
    ),
    (
        "node content",
        "a value is missing here",
        "write the value, or quote it if it begins with a special character",
    ),
    (
        "undefined tag handle",
        "a word with `!` is a tag, and fieldgen does not read it",
        _QUOTE,
    ),
)


def explain(error: Exception, text: str) -> InvalidText:
    """The parser's error as one of ours."""
    bad = _NO_CHARACTER.search(text)
    if bad and not hasattr(error, "problem_mark"):
        code = ord(bad[0])
        hint = (
            f"write it as \\x{code:02x} in double quotes"
            if code < 0x100
            else "leave it out"
        )
        return InvalidText(
            f"the character U+{code:04X} cannot stand in YAML",
            hint,
            *_place(text, bad.start()),
        )
    mark: Any = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    line, column = _inside(text, mark.line, mark.column) if mark is not None else (1, 1)
    message, hint = _meaning(problem, text, mark)
    return InvalidText(message, hint, line, column)


def _meaning(problem: str, text: str, mark: Any) -> tuple[str, str]:
    if "cannot start any token" in problem:
        character = _character(text, mark.line, mark.column)
        if character == "\t":
            return "a tab indents this line", "use spaces"
        return f"no value can begin with {character}", _QUOTE
    for words, message, hint in _MEANINGS:
        if words in problem:
            return message, hint
    return problem, ""


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def _character(text: str, line: int, column: int) -> str:
    return _lines(text)[line][column : column + 1]


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    before = _lines(text[:offset])
    return len(before), len(before[-1]) + 1


def _inside(text: str, line: int, column: int) -> tuple[int, int]:
    """Line and column, from 1; the end of the last line with text for places behind the end, as libyaml puts them."""
    lines = _lines(text)
    if line < len(lines) and (line < len(lines) - 1 or lines[-1]):
        return line + 1, column + 1
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    return len(lines), len(lines[-1]) + 1
