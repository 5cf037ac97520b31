"""What the text around tables says of a definition, by the rows of a dialect's `prose`: its type, its values, or nothing at all."""

from __future__ import annotations

import re

from generator.light import NamedTuple
from generator.read.blocks import Block, Fence, Heading, Table

SAYS = ("type", "enum", "nothing")
PLACES = ("text", "heading", "code")
_PLACE_OF: dict[type, str] = {Heading: "heading", Fence: "code"}


class Saying(NamedTuple):
    """A row of a dialect's `prose`: where `matches` is found in such a block, it says one of `SAYS`.

    `place`: `text` (a paragraph or list item), `code` or `heading` (the one that names the definition). `type` takes what the group
    `value` holds as a type, `enum` splits it at `separator`; `nothing` says that a paragraph is no description, nor is the list
    right below it.
    """

    place: str
    matches: re.Pattern[str]
    says: str
    separator: str = ","


class Said(NamedTuple):
    """What a block says: one of `SAYS`, the text of the group `value`, and where in the block's text that begins."""

    says: str
    value: str
    offset: int
    separator: str

    def values(self) -> list[str]:
        """The parts of the text between separators."""
        return [
            part for each in self.value.split(self.separator) if (part := each.strip())
        ]


def read_prose(block: Block, rows: tuple[Saying, ...]) -> Said | None:
    """What the first row that matches says of a block; None: no row does."""
    if isinstance(block, Table):
        return None
    place = _PLACE_OF.get(type(block), "text")
    for row in rows:
        match = row.matches.search(block.text) if row.place == place else None
        if match:
            has_value = "value" in row.matches.groupindex
            value, offset = (
                (match["value"], match.start("value")) if has_value else ("", 0)
            )
            return Said(row.says, value or "", offset, row.separator)
    return None
