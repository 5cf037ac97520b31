"""Rows with more or fewer cells than their header: what is meant, where that is certain, and a finding where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from generator.diagnostics import SourceSpan
from generator.dialect.model import Dialect
from generator.ir import references
from generator.patterns import late
from generator.read.blocks import Cell
from generator.read.inline import plain_text
from generator.typeexpr import TypeSyntaxError, parse_type

Complain = Callable[[Cell, str, str], None]
Row = Sequence[Cell]

_NAME = late(r"[\w$@.\-]+(?:\[\])?[?*]?\Z")
_OPENING = {")": "(", "]": "[", "}": "{"}


def fit(
    row: Row,
    width: int,
    columns: dict[str, int],
    dialect: Dialect,
    complain: Complain,
) -> Sequence[Row]:
    """The rows that a written row is, which has another number of cells than its header."""
    surplus = columns.get(dialect.surplus, -1) if len(row) > width else -1
    if surplus >= 0:  # a bar in that cell is not escaped: its parts belong together
        end = surplus + len(row) - width + 1
        text = " | ".join(cell.text for cell in row[surplus:end]).strip()
        return [(*row[:surplus], row[surplus]._replace(text=text), *row[end:])]
    if len(row) < width and row and not dialect.short_rows:
        message = f"the row has {len(row)} of {width} cells"
        complain(row[-1], "short-row", message)
    elif any(cell.text for cell in row[width:]):
        return _shorten(row, width, columns, dialect, complain)
    return [row]


def _shorten(
    row: Row,
    width: int,
    columns: dict[str, int],
    dialect: Dialect,
    complain: Complain,
) -> Sequence[Row]:
    """The rows of a line that has too many cells. Some are missing their line break, some a backslash before a bar."""
    if parts := _split_merged(row, width, columns, dialect):
        names = ", ".join(f'"{plain_text(p[columns["name"]].text)}"' for p in parts)
        message = f"{len(parts)} rows stand on one line: {names}"
        complain(parts[1][0], "merged-rows", message)
        return parts
    joined: Row = _join_open(row)
    if len(joined) != width:
        joined = _join_types(row, width, columns.get("type", -1), dialect)
    if len(joined) == width:
        cell = next(new for new, old in zip(joined, row, strict=False) if new != old)
        complain(cell, "unescaped-bar", f"bars part this cell: {cell.text}")
        return [joined]
    message = f"the row has {len(row)} cells, its header {width}: the text from here on is dropped"
    complain(row[width], "long-row", message)
    return [row]


def _split_merged(
    row: Row, width: int, columns: dict[str, int], dialect: Dialect
) -> list[Row]:
    """The rows that stand on one line: each has a name, written as the first is, and a type. Empty: it is something else."""
    name, type_ = columns.get("name", -1), columns.get("type", -1)
    if name < 0 or type_ < 0 or width < 2:
        return []
    for step in (width, width + 1):  # `| a | … | b | … |` and `| a | … | | b | … |`
        if step > width and any(cell.text for cell in row[width::step]):
            continue
        parts = [row[at : at + width] for at in range(0, len(row), step)]
        marked = row[name].text.startswith("`")
        if all(
            len(part) == width
            and part[name].text.startswith("`") == marked
            and _NAME.match(plain_text(part[name].text))
            and _is_type(part[type_], dialect)
            for part in parts
        ):
            return parts
    return []


_JOINED = 20  # cells that a type with bars in it is parted into, at most


def _join_open(row: Row) -> list[Cell]:
    """The row with cells joined to the next ones until their brackets, quotes and code spans are closed."""
    cells: list[Cell] = []
    at = 0
    while at < len(row):
        cell, end = row[at], at + 1
        while end < min(len(row), at + _JOINED) and _is_open(cell.text):
            cell, end = _join(cell, row[end - 1], row[end]), end + 1
        if _is_open(cell.text):
            cell, end = row[at], at + 1
        cells.append(cell)
        at = end
    return cells


def _join_types(row: Row, width: int, at: int, dialect: Dialect) -> Row:
    """The row with its type and the cells behind it in one, where all of them are types."""
    end = at + len(row) - width + 1
    if at < 0 or not all(_is_type(cell, dialect) for cell in row[at:end]):
        return row
    cell = row[at]
    for last, more in zip(row[at : end - 1], row[at + 1 : end], strict=True):
        cell = _join(cell, last, more)
    return (*row[:at], cell, *row[end:])


def _join(cell: Cell, last: Cell, more: Cell) -> Cell:
    """The cell, which `last` ends, with the next one behind it. The bar stands as free as in the line."""
    near = more.column - last.column - len(last.text) == 1
    return cell._replace(text=f"{cell.text}{'|' if near else ' | '}{more.text}")


def _is_open(text: str) -> bool:
    """Whether a bracket, a quote or a code span begins in a text and does not end there."""
    if text.count("`") % 2:
        return True
    plain = re.sub(r"`[^`]*`|\\.", "", text)
    if plain.count('"') % 2:
        return True
    opened: list[str] = []
    for char in re.sub(r'"[^"]*"', "", plain):
        if char in "([{":
            opened.append(char)
        elif opened and _OPENING.get(char) == opened[-1]:
            opened.pop()
    return bool(opened)


def _is_type(cell: Cell, dialect: Dialect) -> bool:
    """Whether a cell can be nothing but a type: all its words are known, or links, up to a `;`."""
    text = cell.text.partition(";")[0].rstrip()
    if not text or text in dialect.silent:
        return False
    try:
        type_ = parse_type(text, dialect.words, SourceSpan("", 1))
    except TypeSyntaxError:
        return False
    return all(ref.url for ref in references(type_))
