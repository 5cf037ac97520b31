"""Rows as nearly all are: a name in backticks or bold, a type, a description, and other cells that say no more than whether it is required.

`tables.py` would read them alike, with all that a row may hold in mind, and in three times the time. A test holds both against each other.
What a cell says is read once for each text: texts of types, marks and names come again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias, TypeVar

from generator.diagnostics import SourceSpan
from generator.dialect.marks import Facts, read_marks
from generator.dialect.model import Dialect, fold
from generator.ir import Field, TypeRef, references
from generator.light import NamedTuple
from generator.read.blocks import Cell, Table
from generator.read.rows import Row, Rows, plain_row, split_row
from generator.typeexpr import parse_bare, place_type
from generator.typewords import settle

T = TypeVar("T")

NAME = re.compile(r"`([^`~|*\s\\]+)`\Z")  # a name cell as nearly all are
_BOLD = re.compile(r"\*\*([A-Za-z](?:_?[A-Za-z0-9])*)\*\*\Z")
_ALONE = (
    "default",
    "example",
    "target",
)  # where these say something, it is no such row
_new = tuple.__new__  # half the cost of SourceSpan(…), and a page has thousands


class Page(NamedTuple):
    """The page of a table. `linked`: it defines links."""

    file: str
    linked: bool


Starts: TypeAlias = Callable[[int], int]
"""Where in its line the text of a cell begins, from 0; cells count from 1."""
Read: TypeAlias = Callable[[Sequence[str], Starts, int, Page], Field | None]
"""Reads a row: its cells, maybe with spaces behind their texts, where they begin, the number of the line. None: it is not that plain."""


Search: TypeAlias = Callable[[str], object]
"""Looks for a pattern."""


class PlainType(NamedTuple):
    """What a type cell means in a row that is optional, and in one that is required; its references are without a place."""

    optional: TypeRef
    required: TypeRef
    refers: bool


class _Memo(dict[str, T]):
    """What has been read of cells, with and without spaces behind their texts, and reads what has not."""

    def __init__(self, read: Callable[[str], T]) -> None:
        self.read = read

    def __missing__(self, cell: str) -> T:
        text = cell.strip()
        found = self[cell] = self.read(cell) if text == cell else self[text]
        return found


class PlainRows:
    """What the cells of such rows say in a dialect, by their texts; None: the row is none of these."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.searches: dict[str, list[Search]] = {}
        for column, pattern in (*dialect.split, *(m[:2] for m in dialect.marks)):
            self.searches.setdefault(column, []).append(pattern.search)
        self.names = _Memo(self.read_name)
        self.types = _Memo(self.read_type)
        self.required = _Memo(self.read_required)

    def read_name(self, text: str) -> str | None:
        """The name in a cell."""
        match = NAME.match(text) or _BOLD.match(text)
        return None if match is None or self.said("name", text) else match[1]

    def read_type(self, text: str) -> PlainType | None:
        """The type of a cell."""
        words, silent = self.dialect.words, not text or text in self.dialect.silent
        type_ = None if silent or self.said("type", text) else parse_bare(text, words)
        if type_ is None:
            return None
        refers = next(references(type_), None) is not None
        if not words.has_optional:
            return PlainType(type_, type_, refers)
        return PlainType(settle(type_, False), settle(type_, True), refers)

    def read_required(self, text: str) -> bool | None:
        """Whether a cell says that a field is required."""
        known = self.dialect.required.get(fold(text))
        return None if self.said("required", text) else known

    def notes(self, column: str) -> _Memo[Facts | None]:
        """What the marks of the cells of a column say, if that is at most whether the field is required."""
        marks = [mark for mark in self.dialect.marks if mark.column == column]

        def read(text: str) -> Facts | None:
            cells = {column: Cell(text, 0, 0)}
            facts = read_marks(cells, marks)
            plain = Facts(required=facts.required, required_in=facts.required_in)
            left = cells[column].text if column == self.dialect.leftover else ""
            return facts if facts == plain and not left else None

        return _Memo(read)

    def said(self, column: str, text: str) -> bool:
        """Whether a mark, or what parts cells, is found in a cell."""
        return any(search(text) for search in self.searches.get(column, ()))


@lru_cache(maxsize=16)
def plain_rows(dialect: Dialect) -> PlainRows | None:
    """What the rows of a dialect say; None where no row is that plain."""
    parted = any(column != "type" for column, _ in dialect.split)
    if parted or dialect.type_facts or dialect.field_name:
        return None
    return PlainRows(dialect)


def read_plain(
    table: Table, columns: Mapping[str, int], dialect: Dialect, page: Page
) -> list[Field | None] | None:
    """The fields of a table's rows, None for those that are not that plain. None: none of them is."""
    read = _reader(tuple(columns.items()), dialect)
    if read is None:
        return None
    width, rows = len(table.header), table.rows
    pattern = plain_row(width)
    if pattern is None or not isinstance(rows, Rows):
        return [_read_cells(row, width, read, page) for row in rows]
    match, fields = pattern.match, []
    for line in rows.lines:
        if found := match(line[0]):
            field = read(found.groups(), found.start, line[1], page)
        else:
            field = _read_cells(split_row(*line), width, read, page)
        fields.append(field)
    return fields


def _read_cells(row: Row, width: int, read: Read, page: Page) -> Field | None:
    """The field of a row that has been split; None: it is not that plain."""
    number = row[0].line if row else 0
    if len(row) != width or any(cell.line != number for cell in row):
        return None
    starts = (0, *(cell.column - 1 for cell in row))
    texts = [cell.text for cell in row]
    return read(texts, starts.__getitem__, number, page)


@lru_cache(maxsize=64)
def _reader(places: tuple[tuple[str, int], ...], dialect: Dialect) -> Read | None:
    columns = dict(places)
    known = plain_rows(dialect)
    if known is None or not {"name", "type", "description"} <= {*columns}:
        return None
    name_at, type_at = columns["name"], columns["type"]
    text_at, required_at = columns["description"], columns.get("required", -1)
    alone = [columns[column] for column in _ALONE if column in columns]
    noted = {mark.column for mark in dialect.marks} | {dialect.leftover}
    noted -= {"name", "type", "description", "required"}
    notes = [(columns[c], known.notes(c)) for c in sorted(noted) if c in columns]
    searches: list[Search] = [pattern.search for pattern, _ in dialect.respell]
    if dialect.deprecation:
        searches.append(dialect.deprecation.match)
    searches += known.searches.get("description", ())
    names, types, required_of = known.names, known.types, known.required
    always, silent = dialect.required_default, dialect.silent

    def read(
        cells: Sequence[str], start: Starts, line: int, page: Page
    ) -> Field | None:
        type_cell, text = cells[type_at], cells[text_at].strip()
        name, said = names[cells[name_at]], types[type_cell]
        required = required_of[cells[required_at]] if required_at >= 0 else always
        if name is None or said is None or required is None:
            return None
        file, linked = page
        if linked and "[" in type_cell:
            return None
        for search in searches:
            if search(text):
                return None
        for at in alone:
            if cells[at].strip():
                return None
        for at, facts_of in notes:
            facts = facts_of[cells[at]]
            if facts is None or facts.required is not None and len(notes) > 1:
                return None
            required = required if facts.required is None else facts.required
        type_ = said.required if required else said.optional
        if said.refers:
            column = start(type_at + 1) + 1
            type_ = place_type(type_, _new(SourceSpan, (file, line, column)))
        column = start(name_at + 1) + 1
        span = _new(SourceSpan, (file, line, column))
        if not text or text in silent:
            return Field(name, type_, span, required)
        column = start(text_at + 1) + 1
        begin = _new(SourceSpan, (file, line, column))
        return Field(name, type_, span, required, text, None, (), None, "", (), begin)

    return read
