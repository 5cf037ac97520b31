"""Members that have a heading each, and below it what they are: they are made rows of a table, one for each section.

## Properties                          a section of fields or values, by the dialect's `sections`

### glaze?                             the name; `?`: it may be left out

> `optional` **glaze**: [`Glaze`](…)   the type, by the dialect's `signature`

How it shines.                         the description

#### a                                 a part of the member: `glaze.a`
"""

from __future__ import annotations

import re
from dataclasses import field

from generator.dialect.model import Dialect, fold
from generator.dialect.prose import read_prose
from generator.light import record
from generator.read.blocks import (
    Block,
    Cell,
    Fence,
    Heading,
    Item,
    Page,
    Paragraph,
    Table,
)
from generator.read.inline import is_struck, plain_text

_COLUMNS = {
    "fields": ("name", "type", "default", "description"),
    "values": ("name", "value", "description"),
}


@record(slots=True)
class _Member:
    """A heading below a section. `cells` is empty until its signature is found."""

    heading: Heading
    path: str  # its name, behind those of the members that it is a part of
    cells: dict[str, Cell] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    open: bool = True  # text belongs to it, no heading of its parts has come yet


@record(slots=True)
class _Section:
    """A section whose members are collected. `place`: where its table is to stand among the blocks that are kept."""

    kind: str
    level: int
    place: int
    blocks: list[Block] = field(default_factory=list)
    members: list[_Member] = field(default_factory=list)
    above: list[_Member] = field(default_factory=list)
    asked: str = (
        ""  # the column that the last heading names, "fields" for parts of the member
    )


class _Folder:
    """Walks over the blocks of a page."""

    def __init__(self, dialect: Dialect, signature: re.Pattern[str]) -> None:
        self.dialect = dialect
        self.signature = signature
        self.kept: list[Block] = []
        self.section: _Section | None = None

    def read(self, block: Block) -> None:
        section = self.section
        if isinstance(block, Heading):
            if section is not None and block.level > section.level:
                section.blocks.append(block)
                self.read_heading(block, section)
                return
            self.finish()
            self.kept.append(block)
            kind = self.dialect.sections.get(fold(plain_text(block.text)), "")
            if kind in _COLUMNS:
                self.section = _Section(kind, block.level, len(self.kept))
        elif section is None:
            self.kept.append(block)
        else:
            section.blocks.append(block)
            if section.above:
                self.read_block(block, section.above[-1], section)

    def read_heading(self, heading: Heading, section: _Section) -> None:
        title = plain_text(heading.text).strip()
        above = section.above
        while above and above[-1].heading.level >= heading.level:
            above.pop()
        if above:
            above[-1].open = False
            means = self.dialect.sections.get(fold(title), "")
            section.asked = means or self.dialect.columns.get(fold(title), "")
            if means == "fields" and above[-1].cells:
                return
        own = title.removesuffix("?").removesuffix("()")
        outer = next((m.path for m in reversed(above) if m.cells), "")
        path = own if not outer or own.startswith(f"{outer}.") else f"{outer}.{own}"
        above.append(_Member(heading, path))

    def read_block(self, block: Block, member: _Member, section: _Section) -> None:
        if not member.cells:
            if member.open and isinstance(block, Paragraph | Fence):
                self.read_signature(block, member, section)
            if not member.cells:
                self.read_detail(block, section)
            return
        if isinstance(block, Table):
            if section.asked == "fields" and section.kind == "fields":
                self.read_parts(block, member, section)
        elif member.open and isinstance(block, Paragraph | Item):
            said = read_prose(block, self.dialect.prose)
            if said is None or said.says != "nothing":
                dash = "- " if isinstance(block, Item) else ""
                member.text.append(dash + block.text.replace("\n", " "))

    def read_signature(
        self, block: Paragraph | Fence, member: _Member, section: _Section
    ) -> None:
        """What a member is, if the first block below its heading says it."""
        member.open = False
        match = self.signature.search(block.text)
        if match is None:
            return
        found = match.groupdict()
        name = member.path
        if plain_text(member.heading.text).rstrip().endswith("?") or found["optional"]:
            name += "?"
        shown = f"~~`{name}`~~" if is_struck(member.heading.text) else f"`{name}`"
        heading = member.heading
        cells = {"name": Cell(shown, heading.line, heading.column)}
        if section.kind == "values":
            found["value"], found["type"] = found["value"] or found["type"], None
        elif found["type"] is None:
            return
        for group, column in (
            ("type", "type"),
            ("value", "value" if section.kind == "values" else "default"),
        ):
            if found[group]:
                place = _place(block, match.start(group))
                cells[column] = Cell(found[group], *place)
        member.cells, member.open = cells, True
        section.members.append(member)
        section.asked = ""

    def read_detail(self, block: Block, section: _Section) -> None:
        """What stands below a heading like `Default`, of the member above."""
        column, section.asked = section.asked, ""
        owner = next((m for m in reversed(section.above) if m.cells), None)
        if column == "default" and owner and isinstance(block, Paragraph | Fence):
            owner.cells.setdefault(column, Cell(block.text, block.line, 1))

    def read_parts(self, table: Table, member: _Member, section: _Section) -> None:
        """A table of the parts of a member: their rows, behind its name."""
        columns = [
            self.dialect.columns.get(fold(plain_text(c.text)), "") for c in table.header
        ]
        for row in table.rows:
            cells = {c: cell for c, cell in zip(columns, row, strict=False) if c}
            name = cells.get("name")
            if name is None or "type" not in cells:
                return
            own = plain_text(name.text)
            cells["name"] = name._replace(text=f"`{member.path}.{own}`")
            section.members.append(_Member(member.heading, member.path, cells))

    def finish(self) -> None:
        """Close the section: a table of its members, or, where none has a signature, its blocks as they were."""
        section, self.section = self.section, None
        if section is None:
            return
        if not section.members:
            self.kept += section.blocks
            return
        columns = _COLUMNS[section.kind]
        words = {c: w for w, c in reversed(list(self.dialect.columns.items()))}
        line = section.members[0].heading.line
        header = tuple(Cell(words.get(c, c), line, 1) for c in columns)
        rows = tuple(_row(member, columns) for member in section.members)
        self.kept.append(Table(header, rows, line))


def _row(member: _Member, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    line = member.heading.line
    cells = dict(member.cells)
    if member.text:
        cells["description"] = Cell("<br><br>".join(member.text), line, 1)
    return tuple(cells.get(column, Cell("", line, 1)) for column in columns)


def _place(block: Paragraph | Fence, offset: int) -> tuple[int, int]:
    """The line and column of an offset in a block's text."""
    before = block.text[:offset]
    mark = 2 if isinstance(block, Paragraph) and block.quoted else 0
    return block.line + before.count("\n"), offset - before.rfind("\n") + mark


def gather_members(page: Page, dialect: Dialect, signature: re.Pattern[str]) -> Page:
    """The page with a table for each section whose members have headings."""
    folder = _Folder(dialect, signature)
    for block in page.blocks:
        folder.read(block)
    folder.finish()
    return page._replace(blocks=tuple(folder.kept))
