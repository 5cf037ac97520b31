"""Pages whose parts have headings of the same level as the title: `# Invoice`, `# Structure`, `# Fields`. They are read as if the parts stood below it."""

from __future__ import annotations

from generator.dialect.model import Dialect, fold
from generator.read.blocks import Block, Heading, Page, Paragraph
from generator.read.inline import plain_text


def lower_parts(page: Page, dialect: Dialect) -> Page:
    """The page with its parts below its title, where a heading of level 1 begins the part that tells the name.

    Where such a part is the first one, the name in it is the title.
    """
    tops = [b for b in page.blocks if isinstance(b, Heading) and b.level == 1]
    parts = {id(top): dialect.sections.get(fold(plain_text(top.text))) for top in tops}
    if "name" not in parts.values():
        return page
    blocks: list[Block] = []
    for index, block in enumerate(page.blocks):
        if isinstance(block, Heading):
            part = parts.get(id(block))
            if part == "name" and block is tops[0]:
                blocks += [
                    block._replace(text=below.text)
                    for below in page.blocks[index + 1 : index + 2]
                    if isinstance(below, Paragraph)
                ]
            if part or block.level > 1:
                block = block._replace(level=min(block.level + 1, 6))
        blocks.append(block)
    return page._replace(blocks=tuple(blocks))
