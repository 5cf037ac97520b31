"""The columns of a table by its header, what the table is by its columns, and its rows as cells by column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from generator.define.misfits import fit
from generator.dialect.model import Dialect, fold
from generator.read.blocks import Cell, Table
from generator.read.inline import plain_text

Complain = Callable[[Cell, str, str], None]


def find_columns(table: Table, dialect: Dialect) -> dict[str, int]:
    """Which column of the dialect stands where: {column: index}; of two equal columns the first."""
    return {**_find_columns(tuple([cell.text for cell in table.header]), dialect)}


@lru_cache(maxsize=1024)
def _find_columns(header: tuple[str, ...], dialect: Dialect) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, text in enumerate(header):
        head = fold(plain_text(text))
        column = dialect.columns.get(head) or _match_head(head, dialect)
        if column:
            columns.setdefault(column, index)
    return columns


def _match_head(head: str, dialect: Dialect) -> str | None:
    """The column of a head that the dialect does not list, by its `heads`."""
    found = (column for column, pattern in dialect.heads if pattern.search(head))
    return next(found, None)


def judge(table: Table, columns: dict[str, int], dialect: Dialect) -> str:
    """What a table with these columns is: fields, parameters, enum or other; and names (of an enum) or types where the dialect's `tables` say so.

    A type may also stand in the cell of the name, where the dialect's `split` says so.
    """
    if dialect.tables:
        header = fold(" | ".join(plain_text(cell.text) for cell in table.header))
        if header in dialect.tables:
            return dialect.tables[header]
    if "place" in columns:  # path, query, header: where a parameter is sent
        return "parameters"
    typed = "type" in columns or any(
        column in columns and "type" in pattern.groupindex
        for column, pattern in dialect.split
    )
    if typed and "name" in columns:
        return "fields"
    if typed and "parameter" in columns:
        return "parameters"
    return "enum" if "value" in columns else "other"


def is_untyped(table: Table, columns: dict[str, int], dialect: Dialect) -> bool:
    """Whether a table's rows name values, not fields: where the dialect's `untyped` says so, and no row has a type."""
    if dialect.untyped != "enum" or "type" in columns or not table.rows:
        return False
    for column, pattern in dialect.split:
        index = columns.get(column, -1)
        for row in table.rows if index >= 0 and "type" in pattern.groupindex else ():
            if index < len(row) and pattern.search(row[index].text):
                return False
    return True


def as_values(columns: dict[str, int]) -> dict[str, int]:
    """The columns of a table whose names are values."""
    return {
        "value" if column == "name" else column: at for column, at in columns.items()
    }


def read_rows(
    table: Table, columns: dict[str, int], dialect: Dialect, complain: Complain
) -> Iterator[dict[str, Cell]]:
    """Each row as {column: cell}. A row that is too long or too short is reported, unless the dialect knows what is meant."""
    width, places = len(table.header), tuple(columns.items())
    for written in table.rows:
        if len(written) == width:
            cells = {column: written[index] for column, index in places}
            yield _split_cells(cells, dialect) if dialect.split else cells
            continue
        for row in fit(written, width, columns, dialect, complain):
            cells = {column: row[index] for column, index in places if index < len(row)}
            yield _split_cells(cells, dialect)


def _split_cells(cells: dict[str, Cell], dialect: Dialect) -> dict[str, Cell]:
    """The cells of a row by their columns, those with several columns taken apart."""
    for column, pattern in dialect.split:
        if column in cells:
            _split(cells, column, pattern)
    return cells


def _split(cells: dict[str, Cell], column: str, pattern: re.Pattern[str]) -> None:
    """Take a cell apart that holds several columns: the pattern's groups are columns."""
    cell = cells[column]
    match = pattern.search(cell.text)
    if not match:
        return
    for name, text in match.groupdict().items():
        if text is not None:
            lead = len(text) - len(text.lstrip())
            place = cell.column + match.start(name) + lead
            cells[name.replace("_", "-")] = Cell(text.strip(), cell.line, place)
