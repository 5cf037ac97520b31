"""Fields that have a heading each, with lines of facts below it, instead of a row in a table: they are made a table's rows.

## Required Inputs                    what the required cell says

### <a name="input_rows"></a> rows    the name, by the dialect's `entry-heading`

Description: How many rows there are  a cell, by the dialect's `entry-line`

Type: `number`
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from generator.dialect.model import Dialect, fold
from generator.light import record
from generator.read.blocks import (
    Block,
    Cell,
    Fence,
    Heading,
    Item,
    Page,
    Paragraph,
    Table,
)
from generator.read.inline import plain_text

_COLUMNS = ("name", "type", "required", "default", "description")


@record(slots=True)
class _Entry:
    cells: dict[str, Cell]
    open: str = ""  # the column that text belongs to

    def add(self, text: str, line: int) -> None:
        cell = self.cells.get(self.open)
        if cell is None:
            self.cells[self.open] = Cell(text, line, 1)
        else:
            last = cell.text.rpartition("\n")[2]
            items = text.startswith("- ") and last.startswith("- ")
            joined = (cell.text + ("\n" if items else "\n\n") + text).lstrip()
            place = cell.line if cell.text else line
            self.cells[self.open] = Cell(joined, place, cell.column)


@record(slots=True)
class _Folder:
    """Walks over the blocks of a page. `place`: where the table is to stand among the blocks that are kept."""

    dialect: Dialect
    kept: list[Block] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    group: Heading | None = None
    place: int = 0
    entry: _Entry | None = None

    def read(self, block: Block) -> None:
        assert self.dialect.entry_heading is not None
        if isinstance(block, Heading):
            match = self.dialect.entry_heading.search(block.text)
            self.entry = self.begin(block, match["name"]) if match else None
            if match is None:
                self.group = block
                self.kept.append(block)
        elif self.entry is None or isinstance(block, Table):
            self.kept.append(block)
        else:
            self.read_fact(block, self.entry)

    def begin(self, heading: Heading, name: str) -> _Entry:
        column = heading.column + heading.text.find(name)
        entry = _Entry({"name": Cell(name, heading.line, column)})
        group = self.group
        if group is not None:
            mark = fold(plain_text(group.text))
            if mark in self.dialect.required:
                entry.cells["required"] = Cell(mark, group.line, group.column)
        if not self.entries:
            self.place = len(self.kept)
        self.entries.append(entry)
        return entry

    def read_fact(self, block: Block, entry: _Entry) -> None:
        match block:
            case Paragraph(text, line):
                pattern = self.dialect.entry_line
                found = pattern.match(text) if pattern else None
                if found is None:
                    entry.add(text, line)
                    return
                column = self.dialect.columns.get(fold(found["column"]), "")
                entry.open = column
                rest = text[found.end() :]
                entry.cells[column] = Cell(rest.strip(), line, 1 + found.end())
            case Item(text, line):
                entry.add(f"- {text}", line)
            case Fence(_, text, line):
                entry.add(text, line)


def gather_entries(page: Page, dialect: Dialect) -> Page:
    """The page with all entries that state a type as the rows of one table, in the place of the first."""
    folder = _Folder(dialect)
    for block in page.blocks:
        folder.read(block)
    rows = [entry.cells for entry in folder.entries if "type" in entry.cells]
    if not rows:
        return page
    table = _table(rows, dialect)
    at = folder.place
    return page._replace(blocks=(*folder.kept[:at], table, *folder.kept[at:]))


def _table(rows: Iterable[dict[str, Cell]], dialect: Dialect) -> Table:
    """A table with the heads that the dialect has for its columns."""
    rows = list(rows)
    line = rows[0]["name"].line
    heads = {column: word for word, column in reversed(list(dialect.columns.items()))}
    header = tuple(Cell(heads.get(column, column), line, 1) for column in _COLUMNS)
    filled = (
        tuple(row.get(column, Cell("", row["name"].line, 1)) for column in _COLUMNS)
        for row in rows
    )
    return Table(header, tuple(filled), line)
