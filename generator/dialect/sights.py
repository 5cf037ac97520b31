"""What detection looks at: the texts of a sample of pages, gathered once, and sorted by kind of place as each dialect sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.dialect.clues import Clues
from generator.dialect.files import fold
from generator.read.blocks import Fence, Heading, Page, Paragraph, Table
from generator.read.inline import plain_text

ROWS = 40  # of a table that are looked at


class Sight(NamedTuple):
    """A text that evidence looks at, its file and line."""

    text: str
    file: str
    line: int


class _Column(NamedTuple):
    head: str
    cells: list[Sight]


class _Part(NamedTuple):
    """A heading (`level` from 1) or a code block (`level` 0, `sight` its language)."""

    level: int
    folded: str
    sight: Sight


class Sights:
    """The places of some pages. What a heading or a column is, only a dialect knows; all else is the same for all dialects."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.tables: list[list[_Column]] = []
        self.parts: list[_Part] = []
        self.bare: list[Sight] = []  # pages without a table
        self.common: dict[str, list[Sight]] = {
            "title": [],
            "table": [],
            "header": [],
            "code": [],
            "page": [],
        }
        for page in pages:
            self._gather(page)
        self.common["page"] = self.common["page"] or self.bare

    def _gather(self, page: Page) -> None:
        common, file, tables = self.common, page.file, len(self.tables)
        for block in page.blocks:
            match block:
                case Heading():
                    text = plain_text(block.text)
                    sight = Sight(text, file, block.line)
                    if block.level == 1:
                        common["title"].append(sight)
                    else:
                        self.parts.append(_Part(block.level, fold(text), sight))
                case Fence():
                    sight = Sight(block.info, file, block.line)
                    common["code"].append(sight)
                    self.parts.append(_Part(0, "", sight))
                case Table():
                    heads = [plain_text(cell.text) for cell in block.header]
                    row = Sight(" | ".join(heads), file, block.line)
                    common["table"].append(row)
                    common["header"] += (
                        Sight(cell.text, file, cell.line) for cell in block.header
                    )
                    self.tables.append(list(_columns(block, heads, file)))
        self.parts.append(_Part(1, "", Sight("", file, 1)))  # the next page begins anew
        whole = Sight(_outline(page), file, 1)
        (common["page"] if len(self.tables) > tables else self.bare).append(whole)

    def of(self, place: str, clues: Clues) -> list[Sight]:
        """All places of a kind (one of `keys.PLACES`)."""
        if place in self.common:
            return self.common[place]
        if place in ("section", "values"):
            return list(self._sections(place, clues))
        return list(self._cells(place, clues))

    def _sections(self, place: str, clues: Clues) -> Iterator[Sight]:
        """Headings below the title, but for the members of a union; or the languages of code below `Values`."""
        section = ""
        for level, folded, sight in self.parts:
            if level > 1:
                section = clues.sections.get(folded, "")
                if place == "section" and (section != "types" or level == 2):
                    yield sight
            elif level == 1:
                section = ""
            elif place == "values" and section == "values":
                yield sight

    def _cells(self, place: str, clues: Clues) -> Iterator[Sight]:
        """The cells of a column. `field`: names in tables that have a type, too."""
        column = "name" if place == "field" else place
        for table in self.tables:
            columns = [clues.columns.get(head, "") for head, _ in table]
            if place == "field" and "type" not in columns:
                continue
            for found, (_, cells) in zip(columns, table, strict=True):
                if found == column:
                    yield from cells


def _columns(table: Table, heads: list[str], file: str) -> Iterator[_Column]:
    rows = table.rows[:ROWS]
    for index, head in enumerate(heads):
        cells = (row[index] for row in rows if index < len(row))
        yield _Column(fold(head), [Sight(c.text, file, c.line) for c in cells])


def _outline(page: Page) -> str:
    """The headings, paragraphs and header rows of a page, each in lines of its own: `## Fields`, `Name | Type`."""
    lines = []
    for block in page.blocks:
        match block:
            case Heading():
                lines.append(f"{'#' * block.level} {block.text}")
            case Paragraph():
                lines.append(block.text)
            case Table():
                lines.append(" | ".join(cell.text for cell in block.header))
    return "\n".join(lines)
