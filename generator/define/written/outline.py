"""A page as a tree of sections, and for each table what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from generator.light import record
from generator.read.blocks import Block, Heading, Page, Table
from generator.read.inline import plain_text


@record(slots=True)
class Section:
    """A heading and what stands below it, up to the next heading. The first section of a page has no heading.

    `title` is the heading's text; `above` the section whose part it is (None: nothing stands above it).
    """

    heading: Heading | None
    title: str
    above: Section | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    def chain(self) -> Iterator[Section]:
        """The section and those above it, from the inside out."""
        section: Section | None = self
        while section is not None:
            yield section
            section = section.above


@record(frozen=True, slots=True)
class Place:
    """Where a table stands: its section, what stands in that before it (from the last table on) and behind it (up to the next table)."""

    section: Section
    before: Sequence[Block]
    after: Sequence[Block]


def is_called_after(section: Section, above: Section) -> bool:
    """Whether a section's title begins with that of the one above: `SET LAMP` > `Set Lamp Argument`."""
    inner, outer = (
        "".join(char for char in part.title.lower() if char.isalnum())
        for part in (section, above)
    )
    return bool(outer) and inner.startswith(outer)


def read_outline(page: Page) -> list[Section]:
    """The sections of a page in their order."""
    section = Section(None, "", None)
    sections = [section]
    for block in page.blocks:
        if not isinstance(block, Heading):
            section.blocks.append(block)
            continue
        above: Section | None = section
        while above is not None and above.level >= block.level:
            above = above.above
        section = Section(block, plain_text(block.text, page.links), above)
        sections.append(section)
    return sections


def find_place(section: Section, index: int) -> Place:
    """The place of the table that is the section's block `index`."""
    blocks = section.blocks
    begin, end = index, index + 1
    while begin and not isinstance(blocks[begin - 1], Table):
        begin -= 1
    while end < len(blocks) and not isinstance(blocks[end], Table):
        end += 1
    return Place(section, blocks[begin:index], blocks[index + 1 : end])
