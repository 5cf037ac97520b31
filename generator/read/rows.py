"""Rows of pipe tables: a line becomes cells with their places, a delimiter row becomes a number of columns (GFM, "Tables")."""

from __future__ import annotations

import re

from generator.read.blocks import Cell

_BAR = re.compile(
    r"(?<!\\)\|"
)  # as GitHub reads it: a backslash before the bar escapes it, even a second backslash, even in code
_RULE = re.compile(r":?-+:?")
_new = tuple.__new__  # half the cost of Cell(…), and a page has thousands of cells


def split_row(
    line: str, number: int, start: int = 0, shift: int = 0
) -> tuple[Cell, ...]:
    """The cells of the table row that begins at `start` in `line`, the `number`th of the file.

    `shift` is by how many characters `line` is longer than the line of the file (tabs before `start` made into spaces).
    """
    rest = line[start:] if start else line
    escaped = "\\|" in rest
    parts = _BAR.split(rest) if escaped else rest.split("|")
    cells: list[Cell] = []
    column = start + 1 - shift
    last = len(parts) - 1
    for index, part in enumerate(parts):
        text = part.strip()
        if not text:
            if last and (
                index == 0 or index == last
            ):  # what stands outside the outer bars
                column += len(part) + 1
                continue
            pad = 1 if part else 0
        elif part.startswith(text, 1):
            pad = 1
        else:
            pad = len(part) - len(part.lstrip())
        if escaped:
            text = text.replace("\\|", "|")
        cells.append(_new(Cell, (text, number, column + pad)))
        column += len(part) + 1
    return tuple(cells) or (Cell("", number, start + 2 - shift),)  # a lone bar


def count_columns(text: str) -> int:
    """How many columns the delimiter row `text` has (`--- | :-: | -:`), or 0 if it is none."""
    if text.strip("|:- \t") or (text[0] == "-" and text[1:2] in ("", " ", "\t")):
        return 0
    parts = text.strip().split("|")
    if not parts[0].strip():
        del parts[0]
    if parts and not parts[-1].strip():
        del parts[-1]
    return len(parts) if all(_RULE.fullmatch(part.strip()) for part in parts) else 0
