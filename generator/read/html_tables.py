"""HTML tables inside markdown: the same `Table` blocks as pipe tables give, with the places of their cells.

The header is the last row of `<thead>`, or else a first row of `<th>` or of bold cells; a table with neither has empty header
cells. `colspan` and `rowspan` are spread over the grid; a row that is one cell over the whole width is a caption, and left out.
Cells, rows and sections may stay open, as HTML allows. What cells hold becomes markdown: see html_cells.py.

A table inside a cell describes the parts of what its row describes: it goes to `Table.nested`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from html.parser import HTMLParser
from typing import Any

from generator.light import record
from generator.read.blocks import Cell, Table
from generator.read.html_cells import CellText, Place, holds

_EDGE = re.compile(r"<table(?=[\s>/]|$)|</table\s*>", re.IGNORECASE)
_MOST = 100  # columns of a table
_DEEPEST = 20  # tables in each other; what is deeper is left out
_SPACE = " \t\n\r\f"


def find_tables(lines: Sequence[str]) -> dict[Place, Place]:
    """Where each table begins, and where it ends (behind `</table>`). Tables that never end are not in it."""
    found: dict[Place, Place] = {}
    open_tables: list[Place] = []
    for number, line in enumerate(lines):
        if "<" not in line:
            continue
        for match in _EDGE.finditer(line):
            if match[0][1] != "/":
                open_tables.append((number, match.start()))
            elif open_tables:
                found[open_tables.pop()] = number, match.end()
    return found


def parse_table(lines: Sequence[str], begin: Place, end: Place) -> Table:
    """The table that stands between two places of a file's lines."""
    last = lines[end[0]][: end[1]]
    if begin[0] == end[0]:
        text = last[begin[1] :]
    else:
        middle = lines[begin[0] + 1 : end[0]]
        text = "\n".join([lines[begin[0]][begin[1] :], *middle, last])
    parser = _Parser(begin)
    parser.feed(text)
    parser.close()
    return parser.finish()


def parse_text(text: str) -> str:
    """The markdown of a piece of HTML that holds text: what a cell would hold, with lines instead of `<br>`. Tables stay as they are."""
    parser = _Parser((0, 0))
    table = _Table((0, 0))
    parser.tables.append(table)
    parser.open_cell("td", {})
    parser.feed(text)
    parser.close()
    if parser.tables != [table] or sum(map(len, table.rows)) != 1:
        return text
    return table.rows[0][0].text.markdown().replace("<br>", "\n")


@record(slots=True)
class _Cell:
    place: Place
    text: CellText = field(default_factory=CellText)
    heads: bool = False
    columns: int = 1
    rows: int = 1
    nested: list[_Table] = field(default_factory=list)


@record(slots=True)
class _Table:
    """A table while it is read: its rows, and for each whether it stands in `<thead>`."""

    place: Place
    rows: list[list[_Cell]] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)
    in_head: bool = False
    row_open: bool = False
    cell: _Cell | None = None


class _Parser(HTMLParser):
    """Python's HTML parser feeds the tables that are open, the innermost last."""

    def __init__(self, begin: Place) -> None:
        super().__init__(convert_charrefs=False)
        self.begin = begin
        self.tables: list[_Table] = []
        self.root: _Table | None = None

    def set_cdata_mode(self, elem: str, **_: Any) -> None:
        """No tag makes the rest of the table its own: a `<title>` in docs is a word in angle brackets."""

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """`<![…` is junk here, and Python 3.11 would raise an AssertionError for some of it."""
        return self.rawdata.find(">", i) + 1 or -1

    @property
    def place(self) -> Place:
        """Where in the file the parser is."""
        line, column = self.getpos()
        return self.begin[0] + line - 1, column + (self.begin[1] if line == 1 else 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.open_table()
        elif not self.tables:
            return
        elif tag in ("thead", "tbody", "tfoot"):
            self.close_row()
            self.tables[-1].in_head = tag == "thead"
        elif tag == "tr":
            self.close_row()
            self.open_row()
        elif tag in ("td", "th"):
            self.open_cell(tag, dict(attrs))
        elif cell := self.tables[-1].cell:
            raw = self.get_starttag_text() or ""
            cell.text.open_tag(tag, dict(attrs), raw, self.place)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if holds(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.tables:
            return
        if tag == "table":
            self.close_row()
            self.tables.pop()
        elif tag in ("tr", "thead", "tbody", "tfoot"):
            self.close_row()
            self.tables[-1].in_head &= tag == "tr"
        elif tag in ("td", "th"):
            self.tables[-1].cell = None
        elif cell := self.tables[-1].cell:
            cell.text.close_tag(tag)

    def handle_data(self, data: str) -> None:
        if self.tables and (cell := self.tables[-1].cell):
            cell.text.add(data, self.place)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def open_table(self) -> None:
        table = _Table(self.place)
        if self.root is None:
            self.root = table
        elif len(self.tables) < _DEEPEST and (cell := self.tables[-1].cell):
            cell.nested.append(table)
        self.tables.append(table)

    def open_row(self) -> None:
        table = self.tables[-1]
        table.rows.append([])
        table.heads.append(table.in_head)
        table.row_open = True

    def close_row(self) -> None:
        self.tables[-1].cell = None
        self.tables[-1].row_open = False

    def open_cell(self, tag: str, attrs: dict[str, str | None]) -> None:
        table = self.tables[-1]
        if not table.row_open:
            self.open_row()
        cell = _Cell(self.place, heads=tag == "th")
        cell.columns = _span(attrs.get("colspan"))
        cell.rows = _span(attrs.get("rowspan"))
        table.rows[-1].append(cell)
        table.cell = cell

    def finish(self) -> Table:
        return _build(self.root or _Table(self.begin), ())


def _span(text: str | None) -> int:
    number = (text or "").strip(_SPACE)
    return min(int(number), _MOST) or 1 if number.isdecimal() and len(number) < 9 else 1


def _build(table: _Table, header: tuple[Cell, ...]) -> Table:
    """The block of a table. `header`: of the table that this one stands in; it counts where this one has none."""
    grid, nested = _spread(table)
    count = _count_header_rows(table)
    own = grid[count - 1] if count else ()
    width = max([len(row) for row in grid], default=0)
    line, column = table.place[0] + 1, table.place[1] + 1
    if own:
        header = own + (Cell("", line, column),) * (width - len(own))
    elif len(header) < width or not header:
        header = (Cell("", line, column),) * max(width, 1)
    rows: list[tuple[Cell, ...]] = []
    inner: list[tuple[int, Table]] = []
    for index in range(count, len(grid)):
        cells = table.rows[index]
        if not grid[index] or (len(cells) == 1 and cells[0].columns >= width > 1):
            continue
        inner += [(len(rows), _build(each, header)) for each in nested[index]]
        rows.append(grid[index])
    return Table(header, tuple(rows), header[0].line, tuple(inner))


def _count_header_rows(table: _Table) -> int:
    """How many rows the header has; the last of them names the columns."""
    count = 0
    while count < len(table.heads) and table.heads[count]:
        count += 1
    if count or not table.rows or not table.rows[0]:
        return count
    first = table.rows[0]
    return int(all(cell.heads or cell.text.is_bold() for cell in first))


def _spread(table: _Table) -> tuple[list[tuple[Cell, ...]], list[list[_Table]]]:
    """The rows with a cell for each column: what spans rows is repeated, what spans columns is followed by empty cells."""
    grid: list[tuple[Cell, ...]] = []
    nested: list[list[_Table]] = []
    hanging: dict[int, tuple[int, Cell]] = {}  # column → rows to come, and their cell
    for written in table.rows:
        row: list[Cell] = []
        for cell in written:
            _hang(row, hanging)
            made = _cell(cell)
            for index in range(min(cell.columns, _MOST - len(row))):
                if cell.rows > 1:
                    hanging[len(row)] = cell.rows - 1, made
                row.append(made if not index else made._replace(text=""))
        _hang(row, hanging)
        grid.append(tuple(row))
        nested.append([each for cell in written for each in cell.nested])
    return grid, nested


def _hang(row: list[Cell], hanging: dict[int, tuple[int, Cell]]) -> None:
    """Put in the cells that reach down from rows above."""
    while len(row) in hanging:
        column = len(row)
        rows, cell = hanging.pop(column)
        if rows > 1:
            hanging[column] = rows - 1, cell
        row.append(cell)


def _cell(cell: _Cell) -> Cell:
    text = cell.text.markdown()
    line, column = cell.text.place or cell.place
    return Cell(text, line + 1, column + 1)
