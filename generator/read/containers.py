"""Block quotes and list items: what a line must begin with to stand in them (CommonMark 5)."""

from __future__ import annotations

from generator.patterns import late

SPACES = late(" *")
MAX_DEPTH = 100  # of nested boxes; deeper marks are text, so that `>>>>…` costs nothing

_MARKER = late(r"(?:[-+*]|([0-9]{1,9})[.)])(?= |$)")
_PREFIX = late(r"(?:[ \t]*+(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))*+[ \t]*+")


class Box:
    """An open block quote (`width` 0) or list item (`width`: by how much its content is indented).

    `fresh`: nothing was read in it. `hollow`: it began with a blank line and nothing has followed.
    `tab`: it is no list item but a tab or note of MkDocs, whose content is indented as one.
    """

    __slots__ = ("fresh", "hollow", "tab", "width")

    def __init__(self, width: int, hollow: bool = False, tab: bool = False) -> None:
        self.width = width
        self.hollow = hollow
        self.tab = tab
        self.fresh = not tab


def expand_tabs(line: str) -> str:
    """`line` with the tabs before its text made into spaces, four columns each. Other tabs are kept."""
    found = _PREFIX.match(line)
    end = found.end() if found else 0
    prefix = line[:end]
    return prefix.expandtabs(4) + line[end:] if "\t" in prefix else line


def dedent(line: str) -> str:
    """`line` without the four columns that make it code."""
    width = 0
    for at, char in enumerate(line):
        width += 4 - width % 4 if char == "\t" else 1
        if width >= 4:
            return " " * (width - 4) + line[at + 1 :]
    return ""


def enter(line: str, boxes: list[Box]) -> tuple[int, int]:
    """How far into `line` the prefixes of the open boxes reach, and how many of the boxes the line is in."""
    pos = 0
    size = len(line)
    for depth, box in enumerate(boxes):
        at = SPACES.match(line, pos).end()  # type: ignore[union-attr]  # matches always
        if box.width:
            if at - pos < box.width if at < size else box.hollow:
                return pos, depth
            pos = min(pos + box.width, at)
        elif at < size and line[at] == ">" and at - pos <= 3:
            pos = at + 2 if line[at + 1 : at + 2] == " " else at + 1
        else:
            return pos, depth
    return pos, len(boxes)


def parse_marker(
    line: str, pos: int, at: int, interrupts: bool
) -> tuple[Box, int] | None:
    """The list item whose mark is at `at` (its parent's content begins at `pos`) and where its content begins, or None.

    An item that `interrupts` a paragraph must have text and, if numbered, the number 1.
    """
    marker = _MARKER.match(line, at)
    if marker is None:
        return None
    end = marker.end()
    start = SPACES.match(line, end).end()  # type: ignore[union-attr]  # matches always
    blank = start == len(line)
    if interrupts and (blank or (marker[1] and int(marker[1]) != 1)):
        return None
    if blank or start - end > 4:
        return Box(end + 1 - pos, blank), min(end + 1, len(line))
    return Box(start - pos, blank), start
