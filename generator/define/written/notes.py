"""The text below a table that may say more of its fields: what is said there, and of which, the sentences tell later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.define.written.outline import Place
from generator.diagnostics import SourceSpan
from generator.ir import Note
from generator.read.blocks import Block, Item, Paragraph


def notes_below(place: Place, file: str) -> Iterator[Note]:
    """The paragraphs and list items behind a table that have code in them, if no other table follows, for which they may be.

    A paragraph that leads in a list (`The state is one of:`) has its items behind it.
    """
    blocks = place.after
    if not blocks or blocks[-1] is not place.section.blocks[-1]:
        return
    lead, listed = "", False  # what leads in, and whether that are items
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Item):
            lead, listed = "", False
            continue
        if isinstance(block, Paragraph) and listed:
            lead = ""
        text, listed = block.text, isinstance(block, Item)
        leads = text.rstrip().endswith(":")
        if "`" in text and not (isinstance(block, Item) and block.depth):
            items = _items(blocks, index) if leads else ""
            yield Note(text + items, SourceSpan(file, block.line, block.column), lead)
        if not listed:
            lead = text if leads else ""


def _items(blocks: Sequence[Block], index: int) -> str:
    """The items of the list behind a block, each as a line."""
    lines = ""
    for block in blocks[index + 1 :]:
        if not isinstance(block, Item):
            break
        lines += f"\n- {block.text}"
    return lines
