"""A table and a dialect in, fields or enum values out. Which table is what is decided by its header (survey R1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.dialect import Dialect, fold
from generator.ir import ANY, EnumValue, Field, Literal, OneOf, Scalar, TypeRef
from generator.read.blocks import Cell, Table
from generator.read.json_text import canonical, dump_json
from generator.read.inline import is_struck, plain_text
from generator.typeexpr import TypeSyntaxError, parse_type

Report = Callable[[Diagnostic], None]

_CODE = re.compile(r"`([^`~|*_\\]+)`\Z")  # a name cell as nearly all are
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\Z")


def find_columns(table: Table, dialect: Dialect) -> dict[str, int]:
    """Which column of the dialect stands where: {column: index}; of two equal columns the first."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(table.header):
        column = dialect.columns.get(fold(plain_text(cell.text)))
        if column:
            columns.setdefault(column, index)
    return columns


def judge(columns: dict[str, int]) -> str:
    """What a table with these columns is: fields, parameters, enum or other."""
    if "type" in columns and "name" in columns:
        return "fields"
    if "type" in columns and "parameter" in columns:
        return "parameters"
    return "enum" if "value" in columns else "other"


class RowReader:
    """Reads the rows of one file's tables."""

    def __init__(self, file: str, dialect: Dialect, report: Report) -> None:
        self.file = file
        self.dialect = dialect
        self.report = report

    def complain(self, cell: Cell, code: str, message: str, hint: str = "") -> None:
        self.report(
            Diagnostic(
                SourceSpan(self.file, cell.line, cell.column), code, message, hint
            )
        )

    def check_length(self, row: Sequence[Cell], header: Sequence[Cell]) -> None:
        if len(row) < len(header) and row:
            self.complain(
                row[-1], "short-row", f"the row has {len(row)} of {len(header)} cells"
            )
        elif any(cell.text for cell in row[len(header) :]):
            surplus = row[len(header)]
            self.complain(
                surplus,
                "long-row",
                f"the row has {len(row)} cells, its header {len(header)}: the text from here on is dropped",
            )

    def read_fields(self, table: Table, columns: dict[str, int]) -> list[Field]:
        """The fields of a field table, in their order."""
        fields = []
        width = len(table.header)
        for row in table.rows:
            if len(row) != width:
                self.check_length(row, table.header)
            field = self.read_field(row, columns)
            if field is not None:
                fields.append(field)
        return fields

    def read_field(self, row: Sequence[Cell], columns: dict[str, int]) -> Field | None:
        def text(column: str) -> str:
            index = columns.get(column)
            return row[index].text if index is not None and index < len(row) else ""

        cell = row[columns["name"]] if columns["name"] < len(row) else None
        match = _CODE.match(cell.text) if cell else None
        name = match[1] if match else plain_text(cell.text) if cell else ""
        if cell is None or not name:
            self.complain(
                cell or row[0], "missing-name", "the name cell of this row is empty"
            )
            return None
        type_ = self.read_type(row, columns["type"], name)
        description, deprecated = self.read_description(
            text("description"), not match and is_struck(cell.text)
        )
        return Field(
            name=name,
            type=type_,
            span=SourceSpan(self.file, cell.line, cell.column),
            required="required" in columns
            and self.read_required(row, columns["required"], name),
            description=description,
            default=(
                read_value(text("default"), type_)
                if "default" in columns and not self.is_silent(text("default"))
                else None
            ),
            examples=(
                self.read_examples(text("example")) if "example" in columns else ()
            ),
            deprecated=deprecated,
        )

    def is_silent(self, text: str) -> bool:
        return not text or text in self.dialect.silent

    def read_type(self, row: Sequence[Cell], index: int, name: str) -> TypeRef:
        cell = row[index] if index < len(row) else row[-1]
        if index >= len(row) or self.is_silent(cell.text):
            self.complain(cell, "missing-type", f'"{name}" has no type')
            return ANY
        try:
            return parse_type(
                cell.text,
                self.dialect.words,
                SourceSpan(self.file, cell.line, cell.column),
            )
        except TypeSyntaxError as error:
            place = cell._replace(column=cell.column + error.offset)
            self.complain(
                place, "unread-type", f'the type of "{name}" cannot be read: {error}'
            )
            return ANY

    def read_required(self, row: Sequence[Cell], index: int, name: str) -> bool:
        if index >= len(row):
            return False
        mark = fold(row[index].text)
        required = self.dialect.required.get(mark)
        if required is None:
            mark = fold(plain_text(mark))
            required = self.dialect.required.get(mark)
        if required is None:
            hint = suggest(mark, [word for word in self.dialect.required if word])
            self.complain(
                row[index],
                "unknown-required-mark",
                f'"{mark}" does not say whether "{name}" is required',
                hint,
            )
        return bool(required)

    def read_description(self, text: str, struck: bool) -> tuple[str, str | None]:
        """A description without its deprecation notice, and the reason of the deprecation (None: not deprecated)."""
        pattern = self.dialect.deprecation
        match = pattern.match(text) if pattern and "DEPRECATED" in text else None
        if match:
            text = text[match.end() :].strip()
            return ("" if self.is_silent(text) else text), match["reason"].strip()
        return ("" if self.is_silent(text) else text), "" if struck else None

    def read_examples(self, text: str) -> tuple[str, ...]:
        if self.is_silent(text):
            return ()
        pattern = self.dialect.example_list
        parts = pattern.split(text)[1:] if pattern and pattern.match(text) else [text]
        return tuple(part for part in map(plain_text, parts) if part)

    def read_values(self, table: Table, columns: dict[str, int]) -> list[EnumValue]:
        """The values of an enum table. Unquoted values are strings, unless all of them are integers."""
        read: list[tuple[str, EnumValue]] = []
        index = columns["value"]
        for row in table.rows:
            if len(row) != len(table.header):
                self.check_length(row, table.header)
            text = plain_text(row[index].text) if index < len(row) else ""
            if not text:
                self.complain(
                    row[0], "missing-name", "the value cell of this row is empty"
                )
                continue
            name = plain_text(row[columns["name"]].text) if "name" in columns else ""
            note = (
                row[columns["description"]].text
                if columns.get("description", len(row)) < len(row)
                else ""
            )
            read.append(
                (
                    text,
                    EnumValue(
                        read_literal(text), name, "" if self.is_silent(note) else note
                    ),
                )
            )
        numbers = bool(read) and all(
            text.lstrip("-").isdecimal() and _NUMBER.match(text) for text, _ in read
        )
        return [
            EnumValue(text, value.name, value.description) if numbers else value
            for text, value in read
        ]


def read_literal(text: str) -> str:
    """A documented value as JSON text: what stands in double quotes is JSON, everything else a string."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return canonical(text)
        except ValueError:
            pass
    return dump_json(text)


def read_value(text: str, type_: TypeRef) -> str | None:
    """A default as JSON text, read by its field's type; None where the text is no such value."""
    plain = plain_text(text)
    parts = type_.members if isinstance(type_, OneOf) else (type_,)
    kinds = {part.kind for part in parts if isinstance(part, Scalar)}
    if plain == "null" or plain in ("true", "false") and "boolean" in kinds:
        return plain
    if kinds & {"integer", "number"} and _NUMBER.match(plain):
        return plain
    if "string" in kinds or any(isinstance(part, Literal) for part in parts):
        return read_literal(plain)
    try:
        return canonical(plain)
    except ValueError:
        return None
