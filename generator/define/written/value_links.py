"""Fields of a plain type whose row leads to a heading of the page: what is listed there may be their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.define.columns import find_columns
from generator.dialect.model import Dialect
from generator.light import unquote
from generator.read.blocks import Cell, Table

_FRAGMENT = re.compile(r"\]\(#([^)\s]+)")
_LABEL = re.compile(r"\[([^\[\]]+)\](?!\()")


def find_value_links(
    tables: Iterable[Table], dialect: Dialect, links: Mapping[str, str]
) -> dict[str, bool]:
    """The ids (in lower case) that rows of plain types lead to from outside of their type cell, and whether such a type is said to be an enum.

    `links`: the page's definitions.
    """
    local = {label for label, url in links.items() if url.startswith("#")}
    found: dict[str, bool] = {}
    for table in tables:
        columns = find_columns(table, dialect)
        at = columns.get("type", -1)
        if at < 0 or "name" not in columns:
            continue
        for row in table.rows:
            if at < len(row) and "[" not in row[at].text:
                cells = (cell for i, cell in enumerate(row) if i != at)
                enum = "enum" in row[at].text.lower()
                for fragment in _fragments(cells, links if local else {}):
                    anchor = fragment.lower()
                    found[anchor] = found.get(anchor, False) or enum
    return found


def _fragments(cells: Iterable[Cell], links: Mapping[str, str]) -> Iterator[str]:
    for cell in cells:
        if "](#" in cell.text:
            yield from map(unquote, _FRAGMENT.findall(cell.text))
        if links and "[" in cell.text:
            for label in _LABEL.findall(cell.text):
                url = links.get(label.lower(), "")
                if url.startswith("#"):
                    yield unquote(url[1:])
