"""Rows as nearly all are: a name in backticks or bold, a type, a description, and other cells that say no more than whether it is required.

`tables.py` would read them alike, with all that a row may hold in mind, and in three times the time. A test holds both against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from generator.diagnostics import SourceSpan
from generator.dialect.marks import Facts, read_marks
from generator.dialect.model import Dialect, fold
from generator.ir import Field, Scalar, TypeRef
from generator.read.blocks import Cell
from generator.typeexpr import TypeSyntaxError, parse_typed, place_type
from generator.typewords import settle

Read = Callable[[Sequence[Cell]], Field | None]

NAME = re.compile(r"`([^`~|*_\\]+)`\Z")  # a name cell as nearly all are
_BOLD = re.compile(r"\*\*([A-Za-z](?:_?[A-Za-z0-9])*)\*\*\Z")
_ALONE = (
    "default",
    "example",
    "target",
)  # where these say something, it is no such row
_NOWHERE = SourceSpan("", 0)
_new = tuple.__new__  # half the cost of SourceSpan(…), and a page has thousands


class PlainRows:
    """What the cells of such rows say in a dialect, by their texts: they come again and again."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.types: dict[str, TypeRef | None] = {}
        self.required: dict[str, bool | None] = {}
        self.notes: dict[tuple[str, str], Facts | None] = {}

    def type(self, text: str) -> TypeRef | None:
        """The type of a cell, its references without a place; None: the row is none of these."""
        if text not in self.types:
            self.types[text] = self.read_type(text)
        return self.types[text]

    def read_type(self, text: str) -> TypeRef | None:
        parted = any(pattern.search(text) for _, pattern in self.dialect.split)
        if not text or text in self.dialect.silent or parted or self.said("type", text):
            return None
        try:
            type_, facts = parse_typed(text, self.dialect.words, _NOWHERE)
        except TypeSyntaxError:
            return None
        return None if facts else type_

    def mark(self, text: str) -> bool | None:
        """Whether a cell says that a field is required; None: the row is none of these."""
        if text not in self.required:
            known = self.dialect.required.get(fold(text))
            self.required[text] = None if self.said("required", text) else known
        return self.required[text]

    def note(self, column: str, text: str) -> Facts | None:
        """What the marks of a cell say, if that is at most whether the field is required; None: the row is none of these."""
        place = column, text
        if place not in self.notes:
            cells = {column: Cell(text, 0, 0)}
            marks = [mark for mark in self.dialect.marks if mark.column == column]
            facts = read_marks(cells, marks)
            plain = Facts(required=facts.required, required_in=facts.required_in)
            left = cells[column].text if column == self.dialect.leftover else ""
            self.notes[place] = facts if facts == plain and not left else None
        return self.notes[place]

    def said(self, column: str, text: str) -> bool:
        """Whether a mark is found in a cell."""
        marks = self.dialect.marks
        return any(
            mark.column == column and mark.matches.search(text) for mark in marks
        )


@lru_cache(maxsize=16)
def plain_rows(dialect: Dialect) -> PlainRows | None:
    """What the rows of a dialect say; None where no row is that plain."""
    parted = any(column != "type" for column, _ in dialect.split)
    if parted or dialect.type_facts or dialect.field_name:
        return None
    return PlainRows(dialect)


def plain_reader(
    columns: Mapping[str, int], dialect: Dialect, file: str, links: object
) -> Read | None:
    """What reads the plain rows of a table: each gives its field, or None where it is not that plain. None: none of them is."""
    known = plain_rows(dialect)
    if known is None or not {"name", "type", "description"} <= {*columns}:
        return None
    name_at, type_at = columns["name"], columns["type"]
    text_at, required_at = columns["description"], columns.get("required", -1)
    alone = [columns[column] for column in _ALONE if column in columns]
    noted = {mark.column for mark in dialect.marks} | {dialect.leftover}
    noted -= {"name", "type", "description", "required"}
    notes = [(column, columns[column]) for column in noted if column in columns]
    marks = [
        (columns[mark.column], mark.matches.search)
        for mark in dialect.marks
        if mark.column in ("name", "description")
    ]
    searches = [pattern.search for pattern, _ in dialect.respell]
    if dialect.deprecation:
        searches.append(dialect.deprecation.match)
    optional, silent = dialect.words.has_optional, dialect.silent
    always = dialect.required_default

    def read(row: Sequence[Cell]) -> Field | None:
        name, line, column = row[name_at]
        match = NAME.match(name) or _BOLD.match(name)
        type_cell = row[type_at]
        type_ = known.type(type_cell.text)
        required = known.mark(row[required_at].text) if required_at >= 0 else always
        text, text_line, text_column = row[text_at]
        if match is None or type_ is None or required is None:
            return None
        if links and "[" in type_cell.text:
            return None
        for search in searches:
            if search(text):
                return None
        for at, search in marks:
            if search(row[at].text):
                return None
        for at in alone:
            if row[at].text:
                return None
        for note, at in notes:
            facts = known.note(note, row[at].text)
            if facts is None or facts.required is not None and len(notes) > 1:
                return None
            required = required if facts.required is None else facts.required
        if not isinstance(type_, Scalar):
            type_ = place_type(type_, _new(SourceSpan, (file, *type_cell[1:])))
        if optional:
            type_ = settle(type_, required)
        place = _new(SourceSpan, (file, line, column))
        if not text or text in silent:
            return Field(match[1], type_, place, required)
        begin = _new(SourceSpan, (file, text_line, text_column))
        return Field(match[1], type_, place, required, text, text=begin)

    return read
