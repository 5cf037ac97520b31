"""What stands below a name heading: tables, lists, code and prose, as parts of the subject."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from re import Pattern

from generator.define.account import Account, explain
from generator.define.columns import as_values, find_columns, is_untyped, judge
from generator.define.details import bare_table, inner_ref, nested_tables
from generator.define.listed import (
    item_value,
    named_only,
    row_values,
    table_members,
    text_members,
)
from generator.define.subject import Subject, SubjectBuilder
from generator.define.tables import read_shown
from generator.diagnostics import Diagnostic
from generator.dialect.prose import read_prose
from generator.ir import (
    ANY,
    EnumValue,
    Field,
    Literal,
    Model,
    Ref,
)
from generator.read.blocks import Block, Fence, Heading, Item, Paragraph, Table
from generator.read.inline import plain_text
from generator.typeexpr import TypeSyntaxError, parse_type
from generator.typewords import settle


class ContentReader(SubjectBuilder):
    """Reads the blocks below a heading into the subject."""

    def read_member(self, heading: Heading, subject: Subject) -> None:
        """A heading below `Supported Types`: one member of the union."""
        self.add_member(heading.text, heading.line, heading.column, subject)

    def read_members(
        self, block: Heading | Fence | Item, subject: Subject, pattern: Pattern[str]
    ) -> None:
        """The members that the dialect's `member` finds in a block."""
        for text in text_members(block, pattern):
            self.add_member(text, block.line, 1, subject)

    def add_member(self, text: str, line: int, column: int, subject: Subject) -> None:
        try:
            type_ = parse_type(text, self.dialect.words, self.span(line, column))
            type_ = settle(type_) if self.dialect.words.has_optional else type_
        except TypeSyntaxError as error:
            span = self.span(line, column + error.offset)
            self.report(
                Diagnostic(
                    span,
                    "unread-type",
                    f'a member of "{subject.name}" cannot be read: {error}',
                )
            )
            type_ = ANY
        subject.types = [*(subject.types or []), type_]

    def read_table(self, table: Table) -> None:
        columns = find_columns(table, self.dialect)
        verdict = judge(table, columns, self.dialect)
        name = self.subject.name if self.subject and verdict != "other" else ""
        reason = explain(verdict, columns)
        account = Account(self.page.file, table.line, verdict, reason, name)
        self.accounts.append(account)
        self.read_judged(table, columns, verdict)

    def read_judged(self, table: Table, columns: dict[str, int], verdict: str) -> None:
        """Read a table of which it is known what it is into the subject."""
        subject = self.subject
        if subject is None:
            if verdict == "fields":
                span = self.span(table.line, table.header[0].column)
                self.report(
                    Diagnostic(
                        span,
                        "unnamed-table",
                        "no heading above this field table names its model",
                    )
                )
            return
        subject.has_table = True
        if subject.parts and self.read_parts(table, columns, verdict, subject):
            return
        if verdict == "fields" and is_untyped(table, columns, self.dialect):
            columns, verdict = as_values(columns), "enum"
        if verdict == "fields" and subject.section in ("", "fields"):
            fields = self.rows.read_fields(table, columns)
            subject.rest = self.rows.rest or subject.rest
            subject.bases = (*subject.bases, *self.rows.bases)
            if table.nested:
                self.read_nested(table, fields, subject.name)
            values = row_values(table, columns, fields, self.dialect)
            if self.dialect.alias_rows and [f.name for f in fields] == [subject.name]:
                subject.types = [fields[0].type]
                subject.text = subject.text or [fields[0].description]
            elif values and subject.fields is None:
                subject.values = [*(subject.values or []), *values]
            else:
                subject.fields = [*(subject.fields or []), *fields]
        elif verdict == "types" and subject.section in ("", "values", "types"):
            for cell in table_members(table, columns, self.dialect):
                self.add_member(cell.text, cell.line, cell.column, subject)
        elif verdict == "names" and subject.section in ("", "fields", "values"):
            subject.text.extend(named_only(table, columns, self.dialect))
            subject.values = subject.values or []
            subject.unstated = "its table lists the names of values, not the values"
        elif verdict == "enum" and subject.section in ("", "values"):
            subject.values = [
                *(subject.values or []),
                *self.rows.read_values(table, columns),
            ]

    def read_parts(
        self, table: Table, columns: dict[str, int], verdict: str, subject: Subject
    ) -> bool:
        """Whether a table was read as rows that may be parts of others, or as the values of such."""
        if subject.parts is None or subject.section not in (
            "",
            "fields",
            "field-values",
        ):
            return subject.section != "values"
        if verdict == "fields":
            subject.parts.read_table(self.rows, table, columns)
        elif verdict == "enum" and subject.section == "field-values":
            subject.parts.read_values(self.rows, table, columns)
        else:
            return False
        return True

    def read_nested(self, table: Table, fields: list[Field], name: str) -> None:
        """Tables inside cells: models, unless the field's type leads to a heading of this page, which documents the same."""
        for index, inner in nested_tables(table, fields):
            field_ = fields[index]
            ref = inner_ref(field_.type)
            fragment = ref.url[1:] if ref else ""
            if fragment in self.anchors:
                continue
            inner_name = ref.name if ref else f"{name}.{field_.name}"
            own = self.rows.read_fields(inner, find_columns(inner, self.dialect))
            bases = tuple(self.rows.bases)
            self.read_nested(inner, own, inner_name)
            if ref is None:
                fields[index] = replace(field_, type=Ref(inner_name, span=field_.span))
            self.add(
                Model(
                    "",
                    inner_name,
                    self.span(inner.line),
                    tuple(self.unique(own, inner_name)),
                    anchors=(fragment,) if fragment else (),
                    bases=bases,
                )
            )

    @cached_property
    def anchors(self) -> frozenset[str]:
        """All ids of the page's headings."""
        headings = (b for b in self.page.blocks if isinstance(b, Heading))
        return frozenset(anchor for h in headings for anchor in h.anchors)

    def read_saying(self, block: Block, subject: Subject) -> bool:
        """Whether a block says what the dialect's `prose` knows; then it is no description."""
        said = read_prose(block, self.dialect.prose)
        if said is None:
            subject.aside = subject.aside and isinstance(block, Item)
            return subject.aside
        if said.says == "type":
            column = block.column if isinstance(block, Heading) else 1
            subject.types = None  # of two the last counts
            self.add_member(said.value, block.line, column + said.offset, subject)
        elif said.says == "enum" and subject.values is None:
            subject.values = [EnumValue(read_shown(v)) for v in said.values()]
        else:
            subject.aside = True
        return True

    def read_text(self, block: Block, subject: Subject) -> None:
        if subject.parts is not None and isinstance(block, Paragraph):
            subject.parts.read_text(block)
            pattern = self.dialect.captions
            caption = pattern.search(block.text) if pattern and subject.owned else None
            if caption:
                self.begin_owned(subject.heading, subject.owned, caption["name"])
                return
            if subject.parts.seen:
                return
        if self.dialect.code_is_example and isinstance(block, Fence):
            return
        if self.dialect.bare_tables and (table := bare_table(block)):
            self.read_table(table)
            return
        if self.dialect.prose and self.read_saying(block, subject):
            return
        says_open = self.dialect.open_text
        if says_open and isinstance(block, Paragraph | Fence):
            subject.open = subject.open or bool(says_open.search(block.text))
        if self.read_special(block, subject):
            return
        if subject.section == "values" and (
            isinstance(block, Item)
            or isinstance(block, Fence)
            and subject.values is None
        ):
            self.read_value_text(block, subject)
        elif (
            subject.section or subject.fields is not None or subject.values is not None
        ):
            return
        elif isinstance(block, Paragraph):
            self.read_paragraph(block, subject)
        elif isinstance(block, Item):
            subject.text.append(f"{'  ' * block.depth}- {block.text}")
        elif isinstance(block, Fence):
            subject.text.append(f"```{block.info}\n{block.text}\n```")

    def read_special(self, block: Block, subject: Subject) -> bool:
        """Read what only some dialects have: a name below its heading, values and members in lists, prose that announces members."""
        about = subject.about if self.dialect.values_follow else None
        if about and about.take(block, self.dialect, self.rows):
            return True
        if isinstance(block, Paragraph):
            if subject.section == "name":
                subject.name = plain_text(block.text, self.page.links)
                subject.section = "named"
                return True
            pattern = self.dialect.members_follow
            bare = self.top is not None and self.top.fields is None
            if pattern and self.top and bare and pattern.search(block.text):
                self.finish()
                self.subject = self.top
                self.subject.section = "members"
                return True
        elif isinstance(block, Item | Fence):
            if subject.section == "types" and self.dialect.member:
                self.read_members(block, subject, self.dialect.member)
                return True
            if subject.section == "values" and isinstance(block, Item):
                value = item_value(block, self.dialect.value_item)
                if value:
                    subject.values = [*(subject.values or []), value]
                    return True
        return False

    def read_paragraph(self, paragraph: Paragraph, subject: Subject) -> None:
        pattern = self.dialect.deprecation
        match = pattern.match(paragraph.text) if pattern else None
        if match:
            subject.deprecated = match["reason"].strip()
        elif paragraph.text not in self.dialect.silent:
            subject.text.append(paragraph.text)

    def read_value_text(self, block: Fence | Item, subject: Subject) -> None:
        """The values of an enum as literals joined by `|` in a code block, or one in each item of a list."""
        span = self.span(block.line)
        subject.values = subject.values or []
        wrong = "are no literals"
        try:
            type_ = parse_type(block.text, self.dialect.words, span)
            if isinstance(type_, Literal):
                subject.values += [EnumValue(value) for value in type_.values]
                subject.open = subject.open or type_.open
                return
        except TypeSyntaxError as error:
            wrong = f"cannot be read: {error}"
        message = f'the values of "{subject.name}" {wrong}'
        self.report(Diagnostic(span, "unread-values", message))
        subject.unstated = ""
