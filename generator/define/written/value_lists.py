"""Values that a list shows, not a table: `A status takes one of the following values:` and an item for each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.define.tables import read_shown
from generator.dialect.model import Dialect
from generator.ir import EnumValue
from generator.read.blocks import Block, Item, Paragraph, Table
from generator.read.inline import plain_text

_ITEM = re.compile(
    r"(?:(?P<about>[^`:]{1,80}):\s*)?"
    r"(?P<values>`[^`]+`(?:(?:\s*[,/]\s*(?:or |and )?| or | and )`[^`]+`)*)"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_VALUE = re.compile(r"`([^`]+)`")
_MARKS = " \t:.–—-"


def read_value_list(blocks: Sequence[Block], dialect: Dialect) -> list[EnumValue]:
    """The values of the only list of a section without tables, which the text right before it announces. Empty where there is none."""
    pattern = dialect.evidence.get("listed-values")
    items = [block for block in blocks if isinstance(block, Item)]
    if not pattern or len(items) < 2 or any(isinstance(b, Table) for b in blocks):
        return []
    first = blocks.index(items[0])
    lead = blocks[first - 1] if first else None
    if not isinstance(lead, Paragraph) or not pattern.search(plain_text(lead.text)):
        return []
    if list(blocks[first : first + len(items)]) != items:
        return []  # of two lists, nothing says which
    values: list[EnumValue] = []
    for item in items:
        match = _ITEM.fullmatch(item.text.strip())
        if match is None or item.depth:
            return []
        said = match["about"] or match["rest"].strip(_MARKS)
        shown = _VALUE.findall(match["values"])
        values += (EnumValue(read_shown(each), description=said) for each in shown)
    return values if len({each.value for each in values}) == len(values) else []
