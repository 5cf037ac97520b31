"""What headings, tables and paragraphs say where rows may be parts of other rows: one definition's rows from all of its tables.

See nesting.py for what the rows mean.
"""

from __future__ import annotations

from dataclasses import field, replace

from generator.define.attributes import attribute_parts
from generator.define.columns import read_rows
from generator.define.field_values import put_values
from generator.define.nesting import (
    Part,
    Subject,
    define_parts,
    read_parts,
    strip_levels,
)
from generator.define.paths import path_parts
from generator.define.tables import RowReader
from generator.diagnostics import SourceSpan
from generator.dialect.model import Nesting
from generator.ir import Definition, Field, Model
from generator.light import record
from generator.read.blocks import Paragraph, Table


@record(slots=True)
class Parts:
    """The rows of one definition, collected."""

    nesting: Nesting
    rows: list[Part] = field(default_factory=list)
    paths: list[Field] = field(default_factory=list)  # rows whose names are paths
    join: str = ""  # how the next table goes with what is before it
    seen: bool = False  # a table was read, with rows or without

    def read_table(
        self, reader: RowReader, table: Table, columns: dict[str, int]
    ) -> None:
        """Take the rows of a field table."""
        self.seen = True
        if self.nesting.step is not None:
            self.paths += reader.read_fields(table, columns)
            return
        if self.nesting.entry is not None:
            for row in read_rows(table, columns, reader.dialect, reader.complain):
                read, cell = reader.read_field(row), row.get("type")
                if read is not None:
                    self.rows.append(Part(0, "field", "", read))
                if read is not None and cell is not None:
                    self.rows += attribute_parts(reader, cell, self.nesting.entry, 1)
        elif self.join != "none":
            self.rows += read_parts(reader, table, columns, self.nesting, self.join)
        self.join = ""

    def read_values(
        self, reader: RowReader, table: Table, columns: dict[str, int]
    ) -> None:
        """Take a table of the values that fields may have."""

        def plain_name(text: str) -> str:
            return text[strip_levels(text, self.nesting.level)[1] :]

        self.rows = put_values(reader, table, columns, self.rows, plain_name)

    def read_text(self, paragraph: Paragraph) -> None:
        """Note what a paragraph says of the next table."""
        for word in ("all", "one", "none"):
            pattern = getattr(self.nesting, word)
            if pattern is not None and pattern.search(paragraph.text):
                self.join = word
                return
        self.join = ""

    def define(
        self, name: str, span: SourceSpan, anchor: str, reader: RowReader
    ) -> list[Definition]:
        """The definition that the rows are of, without its description, and those that are parts of it."""
        rows = self.rows
        if self.nesting.step is not None:
            rows = list(path_parts(self.paths, self.nesting.step))
        if not rows:
            return [Model("", name, span)]
        return define_parts(Subject(name, span, anchor), rows, reader.report)


def describe(
    definition: Definition,
    description: str,
    deprecated: str | None,
    anchors: tuple[str, ...],
) -> Definition:
    """The definition with what the page says of it around its tables."""
    return replace(
        definition,
        description=description or definition.description,
        deprecated=deprecated,
        anchors=anchors,
    )
