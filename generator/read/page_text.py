"""Text in cells and lines of a field-table page that fieldgen writes, and back: whatever the text is, it comes back as it was.

| Text | In a cell |
| --- | --- |
| line break | `<br>` |
| `<br>`, `<br/>` | `<br >`, `<br />`: one space more |
| bar | `\\|`; backslashes before a bar are `&#x005C;` |
| what cannot be seen, white space at the ends | `&#x….;` with four or more capital digits |
| `&` of such an entity | `&#x0026;` |

Everything else is markdown and stays as it is.
"""

from __future__ import annotations

import re

from generator.light import NamedTuple
from generator.read.hostile import HOSTILE

_OURS = re.compile(r"&#x([0-9A-F]{4,6});")
_AMPERSAND = re.compile(r"&(?=#x[0-9A-F]{4,6};)")
_HIDDEN = re.compile(HOSTILE.pattern[:-1] + "\t]")
_HALF = re.compile("[\ud800-\udfff]")
_ENDS = re.compile(r"\A\s|\s\Z")
_BEFORE_BAR = re.compile(r"(?<!\\)\\++(?=\|)")
_BREAK = re.compile(r"<br( *)(/?)>")
_WIDE_BREAK = re.compile(r"<br ( *)(/?)>")
_TICKS = re.compile("`+")


def encode_line(text: str) -> str:
    """A text without hidden characters, and without white space at its ends; line breaks and bars stay."""
    text = _HALF.sub("\ufffd", _AMPERSAND.sub("&#x0026;", text))
    return _ENDS.sub(_entities, _HIDDEN.sub(_entities, text))


def encode_cell(text: str) -> str:
    """A text as a cell of a table, on one line."""
    if text.isalnum():
        return text
    text = _BREAK.sub(r"<br \1\2>", encode_line(text))
    return _BEFORE_BAR.sub(_entities, text).replace("|", r"\|").replace("\n", "<br>")


def decode_line(text: str) -> str:
    """What `encode_line` has encoded."""
    return _OURS.sub(_character, text) if "&#x" in text else text


def decode_cell(text: str) -> str:
    """What `encode_cell` has encoded."""
    text = text.replace(r"\|", "|").replace("<br>", "\n")
    return decode_line(_WIDE_BREAK.sub(r"<br\1\2>", text))


def code(text: str) -> str:
    """A text as inline code in a cell."""
    inner = encode_cell(text) or " "
    runs = {len(run) for run in _TICKS.findall(inner)}
    ticks = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    pad = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{ticks}{pad}{inner}{pad}{ticks}"


class Code(NamedTuple):
    """Inline code in a cell: its text, where that begins, and where the code begins and ends."""

    text: str
    offset: int
    begin: int
    end: int


def codes(cell: str) -> list[Code]:
    """The inline code of a cell as it is written."""
    runs = [match.span() for match in _TICKS.finditer(cell)]
    next_run: dict[int, tuple[int, int]] = {}  # its length → the next such run
    closing: dict[int, tuple[int, int]] = {}
    for begin, end in reversed(runs):
        if end - begin in next_run:
            closing[begin] = next_run[end - begin]
        next_run[end - begin] = begin, end
    found: list[Code] = []
    for begin, end in runs:
        if begin in closing and (not found or begin >= found[-1].end):
            inner, after = closing[begin]
            found.append(Code(_inner(cell[end:inner]), end, begin, after))
    return found


def _inner(inner: str) -> str:
    if not inner.strip(" "):
        return ""
    if inner[0] == inner[-1] == " ":
        inner = inner[1:-1]
    return decode_cell(inner)


def _entities(match: re.Match[str]) -> str:
    return "".join(f"&#x{ord(character):04X};" for character in match[0])


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if number < 0x110000 else match[0]
