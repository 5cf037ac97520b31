"""A page and a dialect in, the definitions that the page documents out, their references as written.

A heading names what stands below it: a *name heading*. Headings of the dialect's `sections` (Fields, Values, …) below a name heading do
not name anything; they say what the part below them is. So `# Fields` at the top of a page is a name, and `## Fields` below a name is not.

A name heading with a field table is a model, with a table or a code block or a list of values an enum, with types under `Supported Types` a union
(or with one type an alias). Tables of parameters, responses and errors are none of these, and a heading with none of them documents nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.define.account import Account
from generator.define.content import ContentReader
from generator.define.details import note_heading
from generator.define.subject import Subject
from generator.define.tables import Report
from generator.dialect.model import Dialect, fold
from generator.ir import (
    Definition,
)
from generator.read.blocks import Block, Heading, Page, Paragraph, Table
from generator.read.inline import plain_text

if TYPE_CHECKING:
    from generator.define.written.walk import WrittenPage


def build_page(page: Page, dialect: Dialect, report: Report) -> tuple[Definition, ...]:
    """The definitions of a page in their order, keys not yet given. What cannot be read goes to `report`."""
    if dialect.sheets is not None:
        from generator.define.section_types import build_sections

        return build_sections(page, dialect, report)
    return reader(page, dialect, report).build()


def account_tables(page: Page, dialect: Dialect) -> list[Account]:
    """What becomes of each table of a page, in their order."""
    if dialect.sheets is not None:
        return []
    builder = reader(page, dialect, lambda _: None)
    builder.build()
    return builder.accounts


# What only some dialects need is imported where one of them is read.
def reader(page: Page, dialect: Dialect, report: Report) -> PageBuilder | WrittenPage:
    """What reads the pages of a dialect."""
    if dialect.entry_heading is not None:
        from generator.define.entries import gather_entries

        page = gather_entries(page, dialect)
    if dialect.signature is not None:
        from generator.define.signatures import gather_members

        page = gather_members(page, dialect, dialect.signature)
    if dialect.hand_written:
        from generator.define.mend import mend_tables
        from generator.define.written.walk import WrittenPage

        return WrittenPage(mend_tables(page, report), dialect, report)
    if "name" in dialect.sections.values():
        from generator.define.flat_parts import lower_parts

        page = lower_parts(page, dialect)
    return PageBuilder(page, dialect, report)


class PageBuilder(ContentReader):
    """Walks over the blocks of one page: headings name and part, the rest is content."""

    def build(self) -> tuple[Definition, ...]:
        blocks = self.page.blocks
        if self.dialect.run_on:
            from generator.define.run_on import join_run_on

            blocks = tuple(join_run_on(blocks))
        for block in blocks:
            if isinstance(block, Heading):
                self.read_heading(block)
            elif isinstance(block, Table):
                self.read_table(block)
            elif self.dialect.name_text and self.read_name_text(block):
                continue
            elif self.subject is not None:
                self.read_text(block, self.subject)
        self.finish()
        definitions = tuple(self.definitions.values())
        pattern = self.dialect.map_entries
        if pattern is None:
            return definitions
        from generator.define.map_entries import fold_entries

        return tuple(fold_entries(definitions, pattern))

    def read_name_text(self, block: Block) -> bool:
        """Whether a paragraph names a definition, as the dialect's `name-text` says."""
        pattern = self.dialect.name_text
        match = (
            pattern.fullmatch(block.text)
            if isinstance(block, Paragraph) and pattern
            else None
        )
        if match is None:
            return False
        self.begin(
            Heading(
                6, match["name"], block.line, 1, (match["anchor"], match["anchor"])
            ),
            match["name"],
        )
        return True

    def pass_heading(self, heading: Heading, title: str) -> None:
        """Read a heading that names nothing: a part of what is named above it, or the end of that."""
        subject, section = self.subject, self.dialect.sections.get(fold(title), "")
        if section == "owned":
            self.begin_owned(heading, f"{self.outline.owner} {title}".strip())
        elif subject is not None and section:
            subject.section, subject.section_level = section, heading.level
        elif subject is not None and heading.level > subject.heading.level:
            subject.section, subject.section_level = "other", heading.level
        else:
            self.finish()

    def read_heading(self, heading: Heading) -> None:
        title = plain_text(heading.text, self.page.links)
        if self.subject is not None:
            self.subject.about = None
        if not self.outline.enter(heading, title):
            self.pass_heading(heading, title)
            return
        subject = self.subject
        if subject is not None and self.is_passed(heading, subject):
            return
        lone = self.dialect.lone_title
        if lone and self.top and lone.search(self.top.heading.text):
            self.pass_heading(heading, title)
            return
        if subject is not None and subject.section == "members":
            self.read_member(heading, subject)
            return
        titled = subject is not None and subject.heading.level == 1 < heading.level
        if subject is not None and titled and self.dialect.one_model:
            subject.section, subject.section_level = "fields", heading.level
            return
        level = self.dialect.name_level
        inner = heading.level > level if level else self.top is not None
        if subject is not None and heading.level > subject.heading.level:
            name = plain_text(heading.text, self.page.links)
            section = self.dialect.sections.get(fold(name))
            if section:
                subject.section, subject.section_level = section, heading.level
                return
            if subject.section == "types" and heading.level > subject.section_level:
                if self.dialect.member is None:
                    self.read_member(heading, subject)
                else:
                    self.read_members(heading, subject, self.dialect.member)
                return
        if subject and self.is_field_heading(heading, subject):
            subject.section, subject.section_level = "fields", heading.level - 1
            return
        name = self.read_title(heading, inner)
        if inner and not name:
            if subject is None:
                return
            if heading.level > subject.heading.level or subject.section:
                subject.section, subject.section_level = "other", heading.level
            elif subject is self.top:  # a description that begins like a heading
                subject.text.append(heading.text)
            else:
                self.finish()
            return
        self.begin(heading, name)
        self.top = self.top or self.subject
        if self.subject and self.dialect.prose:
            self.read_saying(heading, self.subject)

    def is_passed(self, heading: Heading, subject: Subject) -> bool:
        """Whether a heading is below one whose part is passed over, with all that is below it."""
        deeper = heading.level > subject.section_level > 0
        return self.dialect.lone_title is not None and (
            deeper and subject.section == "other"
        )

    def is_field_heading(self, heading: Heading, subject: Subject) -> bool:
        """Whether a heading below a field table is about one of its fields."""
        pattern = self.dialect.field_heading
        if pattern is None or heading.level <= subject.heading.level:
            return False
        fields = subject.fields if subject.section in ("", "fields") else None
        index = note_heading(heading, fields or [], pattern, self.dialect.required)
        if fields and index >= 0:
            from generator.define.field_notes import FieldNotes

            subject.about = FieldNotes(fields, index)
        return index >= 0

    def read_title(self, heading: Heading, inner: bool) -> str:
        """The name that a heading gives, where the dialect says that it stands. `inner`: most headings of this level give none."""
        name = plain_text(heading.text, self.page.links)
        pattern = self.dialect.inner_name if inner else self.dialect.model_name
        match = pattern.search(name) if pattern else None
        if not inner:
            return match["name"] if match else name
        if match is None:
            return ""
        return f"{self.top.name}.{match['name']}" if self.top else match["name"]
