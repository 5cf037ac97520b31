"""Rows of pipe tables: a line becomes cells with their places, a delimiter row becomes a number of columns (GFM, "Tables")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias, overload

from generator.patterns import late
from generator.read.blocks import Cell

Row: TypeAlias = tuple[Cell, ...]
Line: TypeAlias = tuple[str, int, int, int]
"""A line that is a row, as `split_row` takes it."""

_BAR = late(
    r"(?<!\\)\|"
)  # as GitHub reads it: a backslash before the bar escapes it, even a second backslash, even in code
_RULE = re.compile(r":?-+:?")
_CELL = r"\s*+([^|]*+)(?<!\\)\|"
_WIDEST = 20  # columns; patterns of wider rows take too long to be compiled
_new = tuple.__new__  # half the cost of Cell(…), and a page has thousands of cells


class Rows(Sequence[Row]):
    """The rows of a pipe table. Their lines are split when cells are asked for: who reads rows that are plain needs none (see `plain_row`)."""

    __slots__ = ("_cells", "lines")

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._cells: list[Row] | None = None

    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if self._cells is not None:
            return self._cells[index]
        if isinstance(index, int):
            return split_row(*self.lines[index])
        return [split_row(*line) for line in self.lines[index]]

    def __iter__(self) -> Iterator[Row]:
        if self._cells is None:
            self._cells = [split_row(*line) for line in self.lines]
        return iter(self._cells)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@lru_cache(maxsize=_WIDEST)
def plain_row(width: int) -> re.Pattern[str] | None:
    """What matches a line between bars that has so many cells, none of them with a bar in it: a group for each, from its text up to the bar. None: too many."""
    if width > _WIDEST:
        return None
    return re.compile(rf"\|{_CELL * width}\s*+\Z")


def split_row(line: str, number: int, start: int = 0, shift: int = 0) -> Row:
    """The cells of the table row that begins at `start` in `line`, the `number`th of the file.

    `shift` is by how many characters `line` is longer than the line of the file (tabs before `start` made into spaces).
    """
    rest = line[start:] if start else line
    escaped = "\\|" in rest
    parts = _BAR.split(rest) if escaped else rest.split("|")
    column = start + 1 - shift
    if len(parts) > 1:  # what stands outside the outer bars is no cell
        if not parts[-1].strip():
            del parts[-1]
        if not parts[0].strip():
            column += len(parts.pop(0)) + 1
    cells: list[Cell] = []
    for part in parts:
        text = part.strip()
        pad = part.find(text) if text else bool(part)
        if escaped:
            text = text.replace("\\|", "|")
        cells.append(_new(Cell, (text, number, column + pad)))
        column += len(part) + 1
    return tuple(cells) or (Cell("", number, start + 2 - shift),)  # a lone bar


@lru_cache(maxsize=64)
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
