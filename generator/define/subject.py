"""What a name heading collects, and the definition that becomes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace

from generator.define.account import Account
from generator.define.outline import Outline
from generator.define.repeated import describe_repeated
from generator.define.tables import Report, RowReader
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.model import Dialect
from generator.ir import (
    ANY,
    STRING,
    UNTOLD,
    Alias,
    Definition,
    Enum,
    EnumValue,
    Fact,
    Field,
    Model,
    Note,
    TypeRef,
)
from generator.light import TYPE_CHECKING, record
from generator.read.blocks import Fence, Heading, Page, Table
from generator.read.inline import is_struck
from generator.read.json_text import dump_json
from generator.typeexpr import merge_literals

if TYPE_CHECKING:  # what only some dialects need is imported where one of them is read
    from generator.define.field_notes import FieldNotes
    from generator.define.parts import Parts


@record(slots=True)
class Subject:
    """What a name heading is collecting."""

    heading: Heading
    name: str
    text: list[str] = field(default_factory=list)
    deprecated: str | None = None
    fields: list[Field] | None = None
    rest: TypeRef | None = None  # the type of all other keys
    patterned: tuple[Field, ...] = ()  # fields whose keys match a pattern
    notes: tuple[Note, ...] = ()
    facts: tuple[Fact, ...] = ()  # of the whole object
    bases: tuple[TypeRef, ...] = ()
    values: list[EnumValue] | None = None
    open: bool = False
    types: list[TypeRef] | None = None
    unstated: str = "none is listed"  # why no value is known; empty: that was reported
    section: str = ""
    section_level: int = 0
    aside: bool = False  # the paragraph right above is no description
    parts: Parts | None = None  # where rows may be parts of other rows
    about: FieldNotes | None = None  # the field that the heading right above is about
    has_table: bool = False
    scope: tuple[str, ...] = ()
    owned: str = (
        ""  # its name without a caption, where it is called after the heading above: only a model counts
    )


class SubjectBuilder:
    """One page's definitions so far, and the subject that is being collected; `top` is what the first heading names."""

    def __init__(self, page: Page, dialect: Dialect, report: Report) -> None:
        self.page = page
        self.dialect = dialect
        self.report = report
        self.rows = RowReader(page.file, dialect, report, page.links)
        self.outline = Outline(dialect)
        self.definitions: dict[tuple[tuple[str, ...], str], Definition] = {}
        self.subject: Subject | None = None
        self.top: Subject | None = None  # what the first heading names
        self.accounts: list[Account] = []  # what became of each table

    def span(self, line: int, column: int = 1) -> SourceSpan:
        return SourceSpan(self.page.file, line, column)

    def begin_owned(self, heading: Heading, owned: str, caption: str = "") -> None:
        """Begin a definition that is called after the heading above it."""
        self.begin(heading, f"{owned} {caption}".strip())
        if self.subject:
            self.subject.owned = owned

    def begin(self, heading: Heading, name: str) -> None:
        """Begin a definition, if there is a name for it."""
        self.finish()
        if not name:
            return
        struck = is_struck(heading.text)
        self.subject = Subject(heading, name, deprecated="" if struck else None)
        self.subject.scope = self.outline.find_scope(heading, name)
        if self.dialect.nesting:
            from generator.define.parts import Parts

            self.subject.parts = Parts(self.dialect.nesting)

    def finish(self) -> None:
        """Make a definition of what the last name heading collected, if it documents one."""
        subject, self.subject = self.subject, None
        if subject is None:
            return
        if subject.parts and subject.parts.seen:
            self.add_parts(subject, subject.parts)
            return
        definition = self.define(subject)
        if definition is not None and subject.scope:
            definition = replace(definition, scope=subject.scope)
        if definition is not None:
            self.add(definition)

    def add_parts(self, subject: Subject, parts: Parts) -> None:
        """Add what rows with parts define."""
        from generator.define.parts import describe

        span = self.span(subject.heading.line, subject.heading.column)
        anchors = subject.heading.anchors
        own, *inner = parts.define(subject.name, span, anchors[-1], self.rows)
        if subject.owned and not isinstance(own, Model):
            return
        text = join_blocks(subject.text)
        for definition in (describe(own, text, subject.deprecated, anchors), *inner):
            self.add(replace(definition, scope=subject.scope))

    def add(self, definition: Definition) -> None:
        place = definition.scope, definition.name
        if place in self.definitions:
            first = self.definitions[place].span.line
            self.report(
                Diagnostic(
                    definition.span,
                    "duplicate-model",
                    f'"{definition.name}" is documented twice on this page; line {first} counts',
                )
            )
            return
        self.definitions[place] = definition

    def define(self, subject: Subject) -> Definition | None:
        span = self.span(subject.heading.line, subject.heading.column)
        description = join_blocks(subject.text)
        anchors = subject.heading.anchors
        if subject.fields == [] and not self.dialect.empty_model:
            message = f'"{subject.name}" has a table without fields: that may be an empty object, an enum or a union'
            self.report(Diagnostic(span, "empty-model", message))
            subject.fields, subject.values = None, []
        elif subject.values == [] and subject.unstated:
            message = f'the values of "{subject.name}" are unknown: {subject.unstated}'
            self.report(Diagnostic(span, "unread-values", message))
        if subject.fields is not None:
            fields = tuple(self.unique(subject.fields, subject.name))
            return Model(
                "",
                subject.name,
                span,
                fields,
                description,
                subject.deprecated,
                anchors,
                bases=subject.bases,
                rest=subject.rest,
                patterned=tuple(self.unique([*subject.patterned], subject.name)),
                facts=subject.facts,
                notes=subject.notes,
            )
        if subject.values:
            if subject.types == [STRING]:  # values that look like numbers are none
                subject.values = [as_text(value) for value in subject.values]
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
        stated = subject.has_table or subject.owned
        if not stated and self.outline.may_be_bare(subject.heading, subject.name):
            return Model("", subject.name, span, (), description, None, anchors)
        if subject.heading.level == self.dialect.untold_level:
            message = f'nothing says what "{subject.name}" is'
            self.report(Diagnostic(span, "untold-type", message))
            old = subject.deprecated
            return Alias("", subject.name, span, ANY, description, old, anchors=anchors)
        if self.dialect.bare_pages and self.is_bare(subject):
            return Alias(
                "", subject.name, span, UNTOLD, description, subject.deprecated
            )
        return None

    def is_bare(self, subject: Subject) -> bool:
        """Whether the page has a name and at most prose."""
        kinds = Counter(map(type, self.page.blocks))
        lone = kinds[Heading] == 1 and not kinds[Table] and not kinds[Fence]
        return lone and subject.name.isidentifier()

    def unique(self, fields: list[Field], model: str) -> list[Field]:
        """The fields without those that an earlier one documents."""
        if len({field_.name for field_ in fields}) == len(fields):
            return fields
        found: dict[str, Field] = {}
        for field_ in fields:
            first = found.setdefault(field_.name, field_)
            if first is not field_:
                self.report(describe_repeated(field_, first, model))
        return list(found.values())


def unique_values(values: list[EnumValue]) -> tuple[EnumValue, ...]:
    """The values without repetitions."""
    found: dict[str, EnumValue] = {}
    for value in values:
        found.setdefault(value.value, value)
    return tuple(found.values())


def as_text(value: EnumValue) -> EnumValue:
    """The value as a string."""
    quoted = value.value[:1] == '"'
    return value if quoted else replace(value, value=dump_json(value.value))


def join_blocks(blocks: list[str]) -> str:
    """The parts of a description: paragraphs with an empty line between them, items of one list without."""
    out = ""
    for previous, block in zip(["", *blocks], blocks, strict=False):
        both_items = previous.lstrip().startswith("- ") and block.lstrip().startswith(
            "- "
        )
        out += ("\n" if both_items else "\n\n" if out else "") + block
    return out
