"""What stands outside a field's row: headings that repeat a field and say more of it, and tables that stand inside its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.dialect.model import fold
from generator.ir import Field, Ref, TypeRef, references
from generator.read.blocks import Block, Heading, Paragraph, Table
from generator.read.inline import is_struck, plain_text
from generator.read.rows import split_row


def note_heading(
    heading: Heading,
    fields: list[Field],
    pattern: re.Pattern[str],
    required: Mapping[str, bool],
) -> int:
    """Which of the fields a heading is about, as a dialect's `field-heading` says, or -1. What it says of the field is put into `fields`."""
    match = pattern.search(heading.text)
    if match is None:
        return -1
    name = plain_text(match["name"])
    word = match["required"] if "required" in pattern.groupindex else None
    for index, field in enumerate(fields):
        if field.name == name:
            told = (
                required.get(fold(word or ""), field.required)
                if word
                else field.required
            )
            struck = "" if is_struck(match["name"]) else None
            old = field.deprecated if struck is None else field.deprecated or struck
            fields[index] = replace(field, required=told, deprecated=old)
            return index
    return -1


def bare_table(block: Block) -> Table | None:
    """The table that a paragraph is whose lines all stand between bars: a table that has no delimiter row."""
    if not isinstance(block, Paragraph):
        return None
    lines = [line.strip() for line in block.text.split("\n")]
    if len(lines) < 2 or not all(line[0] == line[-1] == "|" for line in lines):
        return None
    header, *rows = (
        split_row(line, number) for number, line in enumerate(lines, block.line)
    )
    return Table(header, tuple(rows), block.line)


def nested_tables(table: Table, fields: list[Field]) -> Iterator[tuple[int, Table]]:
    """The tables inside a table's cells, each with the index of the field whose row it stands in."""
    for row, inner in table.nested:
        lines = {(cell.line, cell.column) for cell in table.rows[row]}
        for index, field in enumerate(fields):
            if (field.span.line, field.span.column) in lines:
                yield index, inner


def inner_ref(type_: TypeRef) -> Ref | None:
    """The one definition of these docs that a type leads to, if there is one."""
    refs = [ref for ref in references(type_) if ref.url.startswith("#")]
    return refs[0] if len(refs) == 1 else None
