"""Pages whose sections are each of one thing: an object, a field, an item of a list or an option, with a sheet of its facts.

    ## <a name="crew"></a>2. Property `Ship > crew`     a section, by the dialect's `section`: its number, its path

    |              |          |
    | **Type**     | `object` |                          its sheet: a table with an empty header
    | **Required** | Yes      |

    | Property | Type |                                  its fields: each links to its own section

Lists of values, tables of options and of items lead to other sections, and a section may say that it is the same as another. So what
type a thing has is known when the whole page is read: `section_types.py` puts it together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from generator.define.columns import find_columns, judge, read_rows
from generator.define.tables import Report, RowReader
from generator.diagnostics import SourceSpan
from generator.dialect.marks import read_marks
from generator.dialect.model import Dialect, Sheets, fold
from generator.facts import KINDS, fits
from generator.ir import Fact, Field
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
from generator.read.headings import find_anchors
from generator.read.inline import is_struck, plain_text
from generator.read.json_text import canonical, dump_json, parse_json

LINK = re.compile(r"\]\(\s*#([^()\s]*)\s*\)")


@record(slots=True)
class Section:
    """What a section says. `path`: the names above it and its own. `rows`: its fields, each with the anchor of its section.

    `members`: anchors and labels of the sections that options (`types`), all parts of it (`all`) or its items (`items`) are in.
    """

    line: int
    column: int
    level: int
    path: tuple[str, ...]
    kind: str = ""
    required: bool | None = None
    struck: bool = False
    anchors: tuple[str, ...] = ()
    parent: Section | None = None
    parts: list[Section] = field(default_factory=list)
    facts: dict[str, Cell] = field(default_factory=dict)
    rows: list[tuple[Field, str]] | None = None
    members: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    values: list[str] | None = None
    constant: str | None = None
    text: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    stated: list[Fact] = field(default_factory=list)


def restriction(kind: str, text: str | None) -> str:
    """The value of a fact as JSON text, from how it is shown; empty if it is none."""
    takes = KINDS[kind].takes
    shown = dump_json(text or "") if takes in ("pattern", "text") else text or "true"
    try:
        value = canonical(shown)
    except ValueError:
        return ""
    return value if fits(takes, parse_json(value)) else ""


def read_sections(page: Page, dialect: Dialect, report: Report) -> list[Section]:
    """The sections of a page in their order; the first one is that of its title."""
    return _Reader(page, dialect, report).read()


class _Reader:
    def __init__(self, page: Page, dialect: Dialect, report: Report) -> None:
        assert dialect.sheets is not None
        self.page = page
        self.dialect = dialect
        self.sheets: Sheets = dialect.sheets
        self.rows = RowReader(page.file, dialect, report, page.links)
        self.report = report
        self.found: list[Section] = []
        self.open: list[Section] = []  # the section of this line and those above it
        self.listing = ""  # what items and code below a line are: values or examples

    def read(self) -> list[Section]:
        for block in self.page.blocks:
            section = self.begin(block)
            if section is not None:
                self.enter(section)
            elif self.open:
                self.read_block(block, self.open[-1])
        return self.found

    def begin(self, block: Block) -> Section | None:
        """The section that a heading begins, or a paragraph that stands for one."""
        if isinstance(block, Heading):
            text, column, anchors = block.text, block.column, block.anchors
            level = block.level
        elif isinstance(block, Paragraph) and self.sheets.line.match(block.text):
            text, column, level = block.text, 1, 2
            anchors = find_anchors(text)
        else:
            return None
        shown = plain_text(text, self.page.links).strip()
        match = self.sheets.section.match(shown) if level > 1 else None
        said = match.groupdict() if match else {}
        if said.get("number"):  # headings have six levels only, numbers have more
            level = 1 + len(said["number"].strip(".").split("."))
        parts = tuple(p.strip() for p in (said.get("path") or shown).split(">"))
        mark = self.dialect.required.get(fold(said.get("required") or "-"))
        struck = is_struck(text)
        kind = fold(said.get("kind") or "")
        return Section(block.line, column, level, parts, kind, mark, struck, anchors)

    def enter(self, section: Section) -> None:
        self.listing = ""
        while self.open and self.open[-1].level >= section.level:
            self.open.pop()
        if self.open:
            section.parent = self.open[-1]
            section.parent.parts.append(section)
        self.open.append(section)
        self.found.append(section)

    def read_block(self, block: Block, section: Section) -> None:
        match block:
            case Table():
                self.read_table(block, section)
            case Paragraph():
                self.read_paragraph(block, section)
            case Item() if self.listing == "values":
                section.values = [*(section.values or []), block.text]
            case Item() if section.facts:
                section.text.append(f"{'  ' * block.depth}- {block.text}")
            case Fence() if self.listing == "examples":
                section.examples.append(block.text)
            case Fence() if section.facts:
                section.text.append(f"```{block.info}\n{block.text}\n```")

    def read_paragraph(self, paragraph: Paragraph, section: Section) -> None:
        text = paragraph.text
        if paragraph.quoted:
            return
        for pattern, listing in self.sheets.listings:
            if pattern.search(text):
                self.listing = listing
                return
        cells = {"text": Cell(text, paragraph.line, 1)}
        facts = read_marks(cells, self.dialect.marks)
        if facts.constant is not None:
            section.constant = facts.constant
        elif cells["text"].text and section.facts and section.rows is None:
            section.text.append(cells["text"].text)

    def read_table(self, table: Table, section: Section) -> None:
        section.stated += self.read_restrictions(table)
        if not any(cell.text for cell in table.header):
            section.facts.update(self.read_sheet(table))
            return
        columns = find_columns(table, self.dialect)
        verdict = judge(table, columns, self.dialect)
        if verdict == "fields":
            section.rows = [*(section.rows or []), *self.read_fields(table, columns)]
        elif verdict in ("types", "all", "items"):
            section.members.setdefault(verdict, []).extend(
                (link[1], plain_text(row[0].text, self.page.links).strip())
                for row in table.rows
                if (link := LINK.search(row[0].text))
            )

    def read_sheet(self, table: Table) -> Iterator[tuple[str, Cell]]:
        """The facts of a sheet by what the dialect calls them."""
        for row in table.rows:
            key = self.sheets.keys.get(fold(plain_text(row[0].text)))
            if key and len(row) > 1:
                yield key, row[1]

    def read_restrictions(self, table: Table) -> Iterator[Fact]:
        """What the rows of a table say that limits the values of a section."""
        for row in table.rows if self.sheets.restrictions else ():
            if len(row) != 2:
                continue
            name = row[0]
            text = f"{plain_text(name.text)}: {plain_text(row[1].text)}"
            for pattern, kind in self.sheets.restrictions:
                match = pattern.fullmatch(text)
                value = match and restriction(kind, match.groupdict().get("value"))
                if value:
                    span = SourceSpan(self.page.file, name.line, name.column)
                    yield Fact(kind, value, text, span)

    def read_fields(
        self, table: Table, columns: dict[str, int]
    ) -> Iterator[tuple[Field, str]]:
        for row in read_rows(table, columns, self.dialect, self.rows.complain):
            name = row.get("name")
            link = LINK.search(name.text) if name else None
            read = self.rows.read_field(row)
            if read is not None:
                yield read, link[1] if link else ""
