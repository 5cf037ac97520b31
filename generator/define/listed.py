"""What stands in lists and code blocks, and in tables that have no fields: values of enums and members of unions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.define.columns import read_rows
from generator.define.tables import read_shown
from generator.dialect.model import Dialect
from generator.ir import EnumValue, Field
from generator.read.blocks import Cell, Fence, Heading, Item, Table
from generator.read.inline import plain_text


def item_value(item: Item, pattern: re.Pattern[str] | None) -> EnumValue | None:
    """The value in a list item, where the dialect says how it is written (`value-item`)."""
    match = pattern.search(item.text) if pattern else None
    if match is None:
        return None
    name = match.groupdict().get("name") or ""
    return EnumValue(read_shown(match["value"]), plain_text(name))


def text_members(
    block: Heading | Fence | Item, pattern: re.Pattern[str]
) -> Iterator[str]:
    """The types that a heading, list item or code block names as members of a union, by the dialect's `member`."""
    return (match["type"] for match in pattern.finditer(block.text))


def table_members(
    table: Table, columns: dict[str, int], dialect: Dialect
) -> Iterator[Cell]:
    """The cells of a table that name the members of a union: its type column, or else its first."""
    index = columns.get("type", 0)
    for row in table.rows:
        if index < len(row) and row[index].text:
            yield row[index]


def named_only(
    table: Table, columns: dict[str, int], dialect: Dialect
) -> Iterator[str]:
    """The names of an enum's values as items of a list, with their descriptions, from a table that does not tell the values."""
    for row in read_rows(table, columns, dialect, lambda *_: None):
        name = row.get("name")
        text = row.get("description")
        if name is not None and name.text:
            shown = name.text if "<" not in name.text else f"`{plain_text(name.text)}`"
            yield f"- {shown}" + (f": {text.text}" if text and text.text else "")


def row_values(
    table: Table, columns: dict[str, int], fields: list[Field], dialect: Dialect
) -> list[EnumValue]:
    """The values that a field table really lists: each row has one where the dialect's `enum-rows` says. Empty where it has fields."""
    for column, pattern in dialect.enum_rows:
        index = columns.get(column, -1)
        cells = [row[index].text for row in table.rows if 0 <= index < len(row)]
        found = [match for cell in cells if (match := pattern.fullmatch(cell))]
        if len(found) == len(fields) == len(table.rows):
            return [
                EnumValue(read_shown(match["value"]), field.name)
                for match, field in zip(found, fields, strict=True)
            ]
    return []
