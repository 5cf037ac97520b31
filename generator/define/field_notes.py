"""The values of a field that are listed below a heading about it."""

from __future__ import annotations

from dataclasses import field, replace

from generator.define.field_values import takes_values, with_values
from generator.define.tables import RowReader
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.model import Dialect
from generator.ir import Field
from generator.light import record
from generator.read.blocks import Block, Item, Paragraph
from generator.read.json_text import canonical


@record(slots=True)
class FieldNotes:
    """One of the fields of a table, which a heading below the table is about."""

    fields: list[Field]
    index: int
    depth: int | None = (
        None  # of the line behind which values are listed; -1: it is a paragraph
    )
    values: list[str] = field(default_factory=list)
    told: Field | None = None  # the field without its values

    def take(self, block: Block, dialect: Dialect, reader: RowReader) -> bool:
        """Whether a block lists values of the field, as the dialect's `values-follow` and `value-item` say, or announces them."""
        follow, item = dialect.values_follow, dialect.value_item
        if not isinstance(block, Item | Paragraph) or not follow or not item:
            self.depth = None
            return False
        if follow.search(block.text):
            self.depth = block.depth if isinstance(block, Item) else -1
            return True
        if (
            not isinstance(block, Item)
            or self.depth is None
            or block.depth <= self.depth
        ):
            self.depth = None
            return False
        match = item.search(block.text)
        if match is None or not self.put(match["value"], block.text[match.end() :]):
            name = self.fields[self.index].name
            span = SourceSpan(reader.file, block.line, block.column)
            message = f'this is no value that "{name}" can have by its type'
            reader.report(Diagnostic(span, "unplaced-values", message))
        return True

    def put(self, value: str, more: str) -> bool:
        """Add a value to the type, and what is said of it to the description. False if the type has no such values."""
        now = self.fields[self.index]
        told = self.told or now
        try:
            if canonical(value)[0] in "[{" or not takes_values(told.type):
                return False
        except ValueError:
            return False
        self.told = told
        self.values.append(value)
        text = now.description
        if more.strip():
            joint = "\n" if text.rpartition("\n")[2].startswith("- `") else "\n\n"
            text = f"{text}{joint if text else ''}- `{value}`{more}"
        type_ = with_values(told.type, self.values)
        self.fields[self.index] = replace(now, type=type_, description=text)
        return True
