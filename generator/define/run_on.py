"""Tables whose cells run on over several lines, which markdown does not know: generators that copy comments into cells write them so.

| `title` | string | | The title.

Not longer than 80 letters. |
| `text` | string | | The text,
of any length. |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.read.blocks import Block, Cell, Item, Paragraph, Table
from generator.read.rows import split_row


def join_run_on(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with each table and what is the rest of it in one."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if isinstance(block, Table) and block.rows:
            while (end := _find_end(blocks, at)) is not None:
                block = _join(block, blocks[at : end + 1])
                at = end + 1
            block = _join_lines(block)
        yield block


def _join_lines(table: Table) -> Table:
    """The table without rows that are the rest of a cell: they do not begin with a bar, though the header does."""
    if table.header[0].column == 1 or all(row[0].column > 1 for row in table.rows):
        return table
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        if row[0].column > 1 or not rows:
            rows.append(row)
            continue
        *before, last = rows[-1]
        rest = " | ".join(cell.text for cell in row if cell.text)
        rows[-1] = (*before, last._replace(text=f"{last.text}\n{rest}".strip()))
    return table._replace(rows=tuple(rows))


def _find_end(blocks: Sequence[Block], start: int) -> int | None:
    """Where the paragraph is that ends the cell which the table before `start` has left open."""
    for index in range(start, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Paragraph | Item):
            return None
        if any(line.rstrip().endswith("|") for line in block.text.split("\n")):
            return index
    return None


def _join(table: Table, rest: Sequence[Block]) -> Table:
    texts: list[str] = []
    rows: list[tuple[Cell, ...]] = []
    for block in rest:
        if not isinstance(block, Paragraph | Item):
            continue
        lines: list[str] = []
        for number, line in enumerate(block.text.split("\n"), block.line):
            if rows or line.startswith("|"):
                rows.append(split_row(line, number))
            else:
                lines.append(line.rstrip().removesuffix("|").rstrip())
        texts.append("\n".join(lines))
    *others, last = table.rows
    said = "\n\n".join(text for text in (last[-1].text, *texts) if text)
    open_row = (*last[:-1], last[-1]._replace(text=said))
    return table._replace(rows=(*others, open_row, *rows))
