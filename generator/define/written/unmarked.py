"""Whether fields are required that do not tell: docs that mark what is optional mean that all else is required, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.define.columns import find_columns
from generator.dialect.marks import Mark
from generator.dialect.model import Dialect
from generator.light import NamedTuple
from generator.read.blocks import Cell, Page, Table
from generator.read.inline import plain_text

_SHARE = 0.15  # of fields that prose must call optional to mean that the others are not
_TOLD = {"required", "cardinality", "optional", "place"}
_MARKS = ("required", "optional", "conditional")


class Tally(NamedTuple):
    """How many rows say that they are `optional` by a mark of their name or type or (`said`) in their description, or that they are required."""

    rows: int = 0
    optional: int = 0
    said: int = 0
    required: int = 0

    def add(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))


def are_required(tally: Tally) -> bool:
    """Whether rows that do not tell are required: some that are optional say so, and none says that it is required."""
    if tally.optional > 2 and tally.optional > 5 * tally.required:
        return True
    return not tally.required and tally.said > 2 and tally.said >= _SHARE * tally.rows


def fit_unmarked(pages: Iterable[Page], dialect: Dialect) -> Dialect:
    """The dialect of a source that people wrote, as its fields tell what is required."""
    if not dialect.hand_written or dialect.required_default:
        return dialect
    total = Tally()
    for page in pages:
        total = total.add(tally_page(page, dialect))
    return replace(dialect, required_default=True) if are_required(total) else dialect


def tally_page(page: Page, dialect: Dialect) -> Tally:
    """What the rows of a page's field tables say that have no column for it."""
    marks = [mark for mark in dialect.marks if mark.says in _MARKS]
    total = Tally()
    for block in page.blocks:
        if not isinstance(block, Table):
            continue
        columns = find_columns(block, dialect)
        if "name" not in columns or "type" not in columns:
            continue
        if not _TOLD.isdisjoint(columns):
            continue
        for row in block.rows:
            cells = {c: row[at] for c, at in columns.items() if at < len(row)}
            total = total.add(_tally_row(cells, marks))
    return total


def _tally_row(cells: dict[str, Cell], marks: Iterable[Mark]) -> Tally:
    name = plain_text(cells["name"].text).rstrip("* ") if "name" in cells else ""
    if name.endswith("?") or name.rpartition("?")[2].strip(" *[]0123456789") == "":
        return Tally(1, int("?" in name))
    for mark in marks:
        cell = cells.get(mark.column)
        if cell is None or mark.column == "name" or not mark.matches.search(cell.text):
            continue
        if mark.says != "optional":
            return Tally(1, required=int(mark.says == "required"))
        said = mark.column == "description"
        return Tally(1, int(not said), int(said))
    return Tally(1)
