"""A page and a dialect in, the definitions that the page documents out, their references as written.

A heading names what stands below it: a *name heading*. Headings of the dialect's `sections` (Fields, Values, …) below a name heading do
not name anything; they say what the part below them is. So `# Fields` at the top of a page is a name, and `## Fields` below a name is not.

A name heading with a field table is a model, with a table or a code block or a list of values an enum, with types under `Supported Types` a union
(or with one type an alias). Tables of parameters, responses and errors are none of these, and a heading with none of them documents nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.columns import find_columns, judge
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect import Dialect, fold
from generator.ir import (
    ANY,
    Alias,
    Definition,
    Enum,
    EnumValue,
    Field,
    Literal,
    Model,
    TypeRef,
)
from generator.read.blocks import Block, Fence, Heading, Item, Page, Paragraph, Table
from generator.read.inline import is_struck, plain_text
from generator.tables import Report, RowReader
from generator.typeexpr import TypeSyntaxError, merge_literals, parse_type


@dataclass(slots=True)
class _Subject:
    """What a name heading is collecting."""

    heading: Heading
    name: str
    text: list[str] = field(default_factory=list)
    deprecated: str | None = None
    fields: list[Field] | None = None
    values: list[EnumValue] | None = None
    open: bool = False
    types: list[TypeRef] | None = None
    section: str = ""
    section_level: int = 0


def build_page(page: Page, dialect: Dialect, report: Report) -> tuple[Definition, ...]:
    """The definitions of a page in their order, keys not yet given. What cannot be read goes to `report`."""
    return _PageBuilder(page, dialect, report).build()


class _PageBuilder:
    def __init__(self, page: Page, dialect: Dialect, report: Report) -> None:
        self.page = page
        self.dialect = dialect
        self.report = report
        self.rows = RowReader(page.file, dialect, report)
        self.definitions: dict[str, Definition] = {}
        self.subject: _Subject | None = None

    def build(self) -> tuple[Definition, ...]:
        for block in self.page.blocks:
            if isinstance(block, Heading):
                self.read_heading(block)
            elif isinstance(block, Table):
                self.read_table(block)
            elif self.subject is not None:
                self.read_text(block, self.subject)
        self.finish()
        return tuple(self.definitions.values())

    def span(self, line: int, column: int = 1) -> SourceSpan:
        return SourceSpan(self.page.file, line, column)

    def read_heading(self, heading: Heading) -> None:
        subject = self.subject
        if subject is not None and heading.level > subject.heading.level:
            name = plain_text(heading.text, self.page.links)
            section = self.dialect.sections.get(fold(name))
            if section:
                subject.section, subject.section_level = section, heading.level
                return
            if subject.section == "types" and heading.level > subject.section_level:
                self.read_member(heading, subject)
                return
        self.finish()
        name = self.read_title(heading)
        self.subject = (
            _Subject(heading, name, deprecated="" if is_struck(heading.text) else None)
            if name
            else None
        )

    def read_title(self, heading: Heading) -> str:
        """The name that a heading gives, where the dialect says that it stands."""
        name = plain_text(heading.text, self.page.links)
        match = (
            self.dialect.model_name.search(name) if self.dialect.model_name else None
        )
        return match["name"] if match else name

    def read_member(self, heading: Heading, subject: _Subject) -> None:
        """A heading below `Supported Types`: one member of the union."""
        try:
            type_ = parse_type(
                heading.text,
                self.dialect.words,
                self.span(heading.line, heading.column),
            )
        except TypeSyntaxError as error:
            span = self.span(heading.line, heading.column + error.offset)
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
        verdict = judge(columns, self.dialect)
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
        if verdict == "fields" and subject.section in ("", "fields"):
            subject.fields = [
                *(subject.fields or []),
                *self.rows.read_fields(table, columns),
            ]
        elif verdict == "enum" and subject.section in ("", "values"):
            subject.values = [
                *(subject.values or []),
                *self.rows.read_values(table, columns),
            ]

    def read_text(self, block: Block, subject: _Subject) -> None:
        if (
            (
                subject.section == "values"
                and isinstance(block, Fence | Item)
                and subject.values is None
            )
            or subject.section == "values"
            and isinstance(block, Item)
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

    def read_paragraph(self, paragraph: Paragraph, subject: _Subject) -> None:
        pattern = self.dialect.deprecation
        match = pattern.match(paragraph.text) if pattern else None
        if match:
            subject.deprecated = match["reason"].strip()
        elif paragraph.text not in self.dialect.silent:
            subject.text.append(paragraph.text)

    def read_value_text(self, block: Fence | Item, subject: _Subject) -> None:
        """The values of an enum as literals joined by `|` in a code block, or one in each item of a list."""
        span = self.span(block.line)
        try:
            type_ = parse_type(block.text, self.dialect.words, span)
        except TypeSyntaxError as error:
            self.report(
                Diagnostic(
                    span,
                    "unread-values",
                    f'the values of "{subject.name}" cannot be read: {error}',
                )
            )
            subject.values = subject.values or []
            return
        if isinstance(type_, Literal):
            subject.values = [
                *(subject.values or []),
                *(EnumValue(value) for value in type_.values),
            ]
            subject.open = subject.open or type_.open
        else:
            self.report(
                Diagnostic(
                    span,
                    "unread-values",
                    f'the values of "{subject.name}" are no literals',
                )
            )
            subject.values = subject.values or []

    def finish(self) -> None:
        """Make a definition of what the last name heading collected, if it documents one."""
        subject, self.subject = self.subject, None
        if subject is None:
            return
        definition = self.define(subject)
        if definition is None:
            return
        if definition.name in self.definitions:
            first = self.definitions[definition.name].span.line
            self.report(
                Diagnostic(
                    definition.span,
                    "duplicate-model",
                    f'"{definition.name}" is documented twice on this page; line {first} counts',
                )
            )
            return
        self.definitions[definition.name] = definition

    def define(self, subject: _Subject) -> Definition | None:
        span = self.span(subject.heading.line, subject.heading.column)
        description = join_blocks(subject.text)
        anchors = subject.heading.anchors
        if subject.fields is not None:
            fields = tuple(self.unique(subject.fields, subject.name))
            return Model(
                "", subject.name, span, fields, description, subject.deprecated, anchors
            )
        if subject.values:
            return Enum(
                "",
                subject.name,
                span,
                unique_values(subject.values),
                subject.open,
                description,
                subject.deprecated,
                anchors,
            )
        if subject.types or subject.values is not None:
            type_ = merge_literals(tuple(subject.types)) if subject.types else ANY
            return Alias(
                "",
                subject.name,
                span,
                type_,
                description,
                subject.deprecated,
                anchors=anchors,
            )
        return None

    def unique(self, fields: list[Field], model: str) -> list[Field]:
        """The fields without those that an earlier one documents."""
        found: dict[str, Field] = {}
        for field_ in fields:
            first = found.setdefault(field_.name, field_)
            if first is not field_:
                message = f'"{field_.name}" of {model} is documented twice; line {first.span.line} counts'
                self.report(Diagnostic(field_.span, "duplicate-field", message))
        return list(found.values())


def unique_values(values: list[EnumValue]) -> tuple[EnumValue, ...]:
    """The values without repetitions."""
    found: dict[str, EnumValue] = {}
    for value in values:
        found.setdefault(value.value, value)
    return tuple(found.values())


def join_blocks(blocks: list[str]) -> str:
    """The parts of a description: paragraphs with an empty line between them, items of one list without."""
    out = ""
    for previous, block in zip(["", *blocks], blocks, strict=False):
        both_items = previous.lstrip().startswith("- ") and block.lstrip().startswith(
            "- "
        )
        out += ("\n" if both_items else "\n\n" if out else "") + block
    return out
