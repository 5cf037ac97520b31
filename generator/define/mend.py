"""Tables on hand-written pages that are none to markdown, and text that is a row to it: what is meant, or a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.diagnostics import Diagnostic, SourceSpan
from generator.read.blocks import Block, Page, Paragraph, Table
from generator.read.rows import count_columns, split_row

Report = Callable[[Diagnostic], None]

_RULE = re.compile(r"(?=.*[|+])(?=.*[-—–−=_]{2})[|+:\-—–−=_ \t]+\Z")


def mend_tables(page: Page, report: Report) -> Page:
    """The page with text instead of rows that are text; what is nearly a table is reported."""
    blocks: list[Block] = []
    for block in page.blocks:
        if isinstance(block, Table) and block.text_rows:
            blocks += _take_text(block, page.file, report)
            continue
        if isinstance(block, Paragraph) and "|" in block.text:
            above = blocks[-1] if blocks else None
            table = above if isinstance(above, Table) else None
            if found := _find_broken(block.text.split("\n"), table):
                at, message = found
                span = SourceSpan(page.file, block.line + at)
                report(Diagnostic(span, "broken-table", message))
        blocks.append(block)
    return page._replace(blocks=tuple(blocks))


def _take_text(table: Table, file: str, report: Report) -> Iterator[Block]:
    """The table without its lines of text, and the text."""
    texts = [table.rows[index] for index in table.text_rows]
    rows = [row for i, row in enumerate(table.rows) if i not in table.text_rows]
    yield table._replace(rows=tuple(rows), text_rows=())
    text = "\n".join(" | ".join(cell.text for cell in row) for row in texts)
    first = texts[0][0]
    span = SourceSpan(file, first.line, first.column)
    message = "markdown viewers show this text as a row of the table above it"
    report(Diagnostic(span, "text-in-table", message))
    yield Paragraph(text, first.line)


def _find_broken(lines: list[str], table: Table | None) -> tuple[int, str] | None:
    """Where in a paragraph something is nearly a table, and what is wrong with it. `table` stands right above."""
    for at, line in enumerate(lines):
        if not _RULE.match(line):
            continue
        if not at or "|" not in lines[at - 1]:
            return at, "there is no header row above this delimiter row"
        cells, columns = len(split_row(lines[at - 1], 1)), count_columns(line)
        if not columns:
            wrong = 'may hold nothing but "|", "-" and ":"'
            return at, f"this is no delimiter row, which {wrong}"
        if cells != columns:
            return at, f"the header row has {cells} cells, its delimiter row {columns}"
    rows = [at for at, line in enumerate(lines) if _is_row(line)]
    if rows and table and len(split_row(lines[rows[0]], 1)) == len(table.header):
        return rows[0], "this row is cut off from the table above it"
    if rows[1:] and rows[1] == rows[0] + 1:
        return rows[0], "there is no delimiter row below this header row"
    return None


def _is_row(line: str) -> bool:
    """Whether a line is written as a row: between bars, with one bar at least inside."""
    return line[:1] == "|" and line.rstrip()[-1:] == "|" and line.count("|") > 2
