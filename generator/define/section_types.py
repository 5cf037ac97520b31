"""From the sections of a page to its definitions: a section with fields is a model, any other one stands for its type.

A section that is the same as another, an item or an option leads on to that one. Sections that are parts of an object without a name of
their own (conditions, parts of `all of`) give it their fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from generator.define.sections import LINK, Section, read_sections
from generator.define.tables import Report, read_value
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.model import Dialect, Sheets, fold
from generator.ir import (
    ANY,
    NULL,
    OBJECT,
    Alias,
    Definition,
    Fact,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    is_nullable,
    one_of,
)
from generator.read.blocks import Cell, Page
from generator.read.inline import plain_text
from generator.read.json_text import canonical
from generator.typeexpr import TypeSyntaxError, merge_literals, parse_type

_FORMATTED = ("string", "integer", "number")
_FORMAT = re.compile(r"\w[\w.-]*")


def build_sections(
    page: Page, dialect: Dialect, report: Report
) -> tuple[Definition, ...]:
    """The definitions of a page whose sections have sheets, keys not yet given."""
    sections = read_sections(page, dialect, report)
    return tuple(_Builder(page.file, dialect, sections, report).build())


class _Builder:
    def __init__(
        self, file: str, dialect: Dialect, sections: list[Section], report: Report
    ) -> None:
        assert dialect.sheets is not None
        self.file = file
        self.dialect = dialect
        self.sheets: Sheets = dialect.sheets
        self.sections = sections
        self.report = report
        self.by_anchor = {a: s for s in sections for a in reversed(s.anchors)}
        self.names: dict[int, str] = {}  # id of a model's section → its name
        self.types: dict[int, TypeRef] = {}
        self.active: list[int] = []  # sections whose type is being put together

    def build(self) -> Iterator[Definition]:
        self.name_models()
        for section in self.sections:
            if id(section) in self.names:
                yield self.model(section)
            elif section.parent is None and section.facts:
                yield self.alias(section)

    # --- names

    def name_models(self) -> None:
        """Name each section that is a model: by where it is defined, or else by its path."""
        taken: dict[str, Section] = {}
        for section in self.sections:
            if not self.is_model(section):
                continue
            source = section.facts.get("source")
            path = self.path_name(section)
            name = plain_text(source.text) if source else ""
            name = name.rpartition("/")[2] if "#/" in name else path
            if section.parent is None or name in taken:
                name = path
            number, unique = 1, name
            while unique in taken:
                number, unique = number + 1, f"{name} {number + 1}"
            taken[unique] = section
            self.names[id(section)] = unique

    def is_model(self, section: Section) -> bool:
        if section.facts.get("same") or self.is_inner(section):
            return False
        return bool(section.rows is not None or self.property_parts(section))

    def is_inner(self, section: Section) -> bool:
        """Whether a section only adds to the object around it: a condition, or a part without a name of its own."""
        up = section.parent
        if up is None or "source" in section.facts:
            return False
        if self.sheets.is_kind(section.kind, "inner"):
            return True
        return any(anchor in section.anchors for anchor, _ in up.members.get("all", ()))

    def title(self, section: Section) -> str:
        """What a page is about: its title, or its file where the title is that of all pages."""
        title = " > ".join(section.path)
        untitled = fold(title) in self.sheets.untitled
        return PurePosixPath(self.file).stem if untitled else title

    def path_name(self, section: Section) -> str:
        """The title and the names that lead to a section, with dots between them."""
        root = self.title(self.sections[0])
        if section.parent is None:
            return self.title(section)
        return ".".join((root, *(part for part in section.path[1:] if part)))

    # --- definitions

    def span(self, section: Section) -> SourceSpan:
        return SourceSpan(self.file, section.line, section.column)

    def anchors(self, section: Section) -> tuple[str, ...]:
        """The anchors that lead to this section and no other: `# Person` and `## 1. Property person` may both be called person."""
        own = tuple(a for a in section.anchors if self.by_anchor[a] is section)
        return own or (f"section-{section.line}",)

    def describe(self, section: Section) -> str:
        return "\n\n".join(section.text)

    def model(self, section: Section) -> Model:
        fields = dict(self.fields(section))
        bases: list[TypeRef] = []
        for part in self.members(section, "all"):
            type_ = self.type_of(part)
            bases += [type_] if isinstance(type_, Ref) else []
        options = [
            type_
            for part in self.members(section, "types")
            if isinstance(type_ := self.type_of(part), Ref)
        ]
        return Model(
            "",
            self.names[id(section)],
            self.span(section),
            tuple(fields.values()),
            self.describe(section),
            "" if section.struck else None,
            self.anchors(section),
            tuple(bases),
            tuple(options),
            self.rest(section),
        )

    def alias(self, section: Section) -> Alias:
        type_ = self.type_of(section)
        name, text = self.title(section), self.describe(section)
        return Alias(
            "", name, self.span(section), type_, text, anchors=self.anchors(section)
        )

    def fields(self, section: Section) -> Iterator[tuple[str, Field]]:
        """The fields of a model: its rows (or its parts), and behind them those that inner sections add."""
        own: dict[str, Field] = {}
        if section.rows is not None:
            for row, anchor in section.rows:
                part = self.by_anchor.get(unquote(anchor))
                if row.name in own:
                    first = own[row.name].span.line
                    message = f'"{row.name}" is documented twice; line {first} counts'
                    self.report(Diagnostic(row.span, "duplicate-field", message))
                else:
                    own[row.name] = self.complete(row, part) if part else row
        else:
            for part in self.property_parts(section):
                name = part.path[-1]
                blank = Field(name, ANY, self.span(part), self.is_required(part))
                own.setdefault(name, self.complete(blank, part))
        for inner in section.parts:
            if self.is_inner(inner):
                sure = not self.sheets.is_kind(inner.kind, "inner")
                for name, more in self.fields(inner):
                    if name in own:
                        continue
                    own[name] = more if sure else replace(more, required=False)
        yield from own.items()

    def is_required(self, section: Section) -> bool:
        if section.required is not None:
            return section.required
        cell = section.facts.get("required")
        mark = fold(plain_text(cell.text)) if cell else ""
        return self.dialect.required.get(mark, False)

    def property_parts(self, section: Section) -> list[Section]:
        """The sections right below one that are its fields."""
        links = (link for group in section.members.values() for link in group)
        listed = {unquote(anchor) for anchor, _ in links}
        if (rest := section.facts.get("rest")) and (link := LINK.search(rest.text)):
            listed.add(unquote(link[1]))
        return [
            part
            for part in section.parts
            if self.sheets.is_kind(part.kind, "field")
            and part.path[-1]
            and listed.isdisjoint(part.anchors)
        ]

    def complete(self, row: Field, part: Section) -> Field:
        """A field with what its own section says of it."""
        type_ = self.type_of(part)
        if type_ == ANY and row.type != ANY:
            type_ = row.type
        cell = part.facts.get("default")
        default = row.default
        if cell is not None:
            plain = plain_text(cell.text)
            try:
                default = canonical(plain)
            except ValueError:
                default = read_value(cell.text, row.type)
        return replace(
            row,
            type=type_,
            description=self.describe(part) or row.description,
            default=default,
            examples=(*row.examples, *part.examples),
            deprecated="" if part.struck else row.deprecated,
            facts=(*row.facts, *self.facts(part)),
        )

    def facts(self, part: Section) -> tuple[Fact, ...]:
        """What limits the values of a field: its section says it, or the one that this is the same as."""
        same = part.facts.get("same")
        link = LINK.search(same.text) if same else None
        other = self.by_anchor.get(unquote(link[1])) if link else None
        said = {f.kind: f for s in (other, part) if s for f in s.stated}
        return tuple(said.values())

    # --- types

    def members(self, section: Section, kind: str) -> list[Section]:
        links = section.members.get(kind, ())
        return [part for link in links if (part := self.member(section, *link))]

    def member(self, section: Section, anchor: str, label: str) -> Section | None:
        """The section that an option or item links to. Some links are broken: then it is the part that is called so."""
        found = self.by_anchor.get(unquote(anchor))
        named = (part for part in section.parts if part.path[-1] == label)
        return found or next(named, None)

    def type_of(self, section: Section) -> TypeRef:
        """The type that a section stands for."""
        known = self.types.get(id(section))
        if known is not None:
            return known
        if id(section) in self.active:
            message = f'"{section.path[-1]}" consists of itself'
            self.report(Diagnostic(self.span(section), "recursive-alias", message))
            return ANY
        self.active.append(id(section))
        stated = self.stated(section)
        type_ = self.put_together(section, stated)
        if is_nullable(stated):
            type_ = merge_literals((type_, NULL))
        self.active.pop()
        self.types[id(section)] = type_
        return type_

    def stated(self, section: Section) -> TypeRef:
        """The type that the sheet states."""
        cell = section.facts.get("type")
        if cell is None:
            message = f'"{section.path[-1]}" has no type'
            self.report(Diagnostic(self.span(section), "missing-type", message))
            return ANY
        span = SourceSpan(self.file, cell.line, cell.column)
        try:
            type_ = parse_type(cell.text, self.dialect.words, span)
            return self.formatted(section, type_)
        except TypeSyntaxError as error:
            place = span._replace(column=cell.column + error.offset)
            message = f'the type of "{section.path[-1]}" cannot be read: {error}'
            self.report(Diagnostic(place, "unread-type", message))
            return ANY

    def formatted(self, section: Section, type_: TypeRef) -> TypeRef:
        """The type with the format that the sheet states beside it: of a union, its only scalar has it. Other formats are described."""
        cell = section.facts.get("format")
        if cell is None:
            return type_
        format_ = plain_text(cell.text)
        members = type_.members if isinstance(type_, OneOf) else (type_,)
        fitting = [m for m in members if isinstance(m, Scalar) and m.kind in _FORMATTED]
        if len(fitting) != 1 or not _FORMAT.fullmatch(format_):
            section.text.append(f"Format: {cell.text}")
            return type_
        told = Scalar(fitting[0].kind, format_)
        return one_of(tuple(told if m is fitting[0] else m for m in members))

    def put_together(self, section: Section, stated: TypeRef) -> TypeRef:
        same = section.facts.get("same")
        if same and (link := LINK.search(same.text)):
            other = self.by_anchor.get(unquote(link[1]))
            if other is not None:
                return self.type_of(other)
        if id(section) in self.names:
            name = self.names[id(section)]
            anchor = self.anchors(section)[0]
            return Ref(name, f"#{quote(anchor)}", self.span(section))
        if section.constant is not None:
            return self.literals([section.constant])
        if section.values is not None:
            return self.literals([plain_text(value) for value in section.values])
        if options := self.members(section, "types"):
            return merge_literals(tuple(self.type_of(part) for part in options))
        if parts := self.members(section, "all"):
            return self.all_of(section, parts)
        if items := self.members(section, "items"):
            inner = merge_literals(tuple(self.type_of(part) for part in items))
            return ListOf(inner)
        if (rest := self.rest(section)) is not None:
            return MapOf(rest)
        if stated == ANY and "type" in section.facts:
            message = f'the page does not tell what "{section.path[-1]}" is'
            self.report(Diagnostic(self.span(section), "unread-type", message))
        return stated

    def literals(self, texts: list[str]) -> TypeRef:
        """Values as a type: null and what is no scalar are types of their own."""
        members: list[TypeRef] = []
        for text in texts:
            try:
                value = canonical(text)
            except ValueError:
                value = f'"{text}"'
            match value[:1]:
                case "n":
                    members.append(NULL)
                case "{":
                    members.append(OBJECT)
                case "[":
                    members.append(ListOf(ANY))
                case _:
                    members.append(Literal((value,)))
        return merge_literals(tuple(members))

    def all_of(self, section: Section, parts: list[Section]) -> TypeRef:
        """What must be all of several things: the one type that they have in common, if there is one."""
        types = list(dict.fromkeys(self.type_of(part) for part in parts))
        told = [t for t in types if t not in (ANY, OBJECT)] or types[:1]
        if len(told) == 1:
            return told[0]
        message = f'"{section.path[-1]}" is all of {len(told)} types at once, which is no one type'
        self.report(Diagnostic(self.span(section), "unread-type", message))
        return ANY

    def rest(self, section: Section) -> TypeRef | None:
        """The type of all other keys of an object, where the page states one."""
        cell: Cell | None = section.facts.get("rest")
        link = LINK.search(cell.text) if cell else None
        part = self.by_anchor.get(unquote(link[1])) if link else None
        if part is not None:
            return self.type_of(part)
        closed = cell is not None and fold(plain_text(cell.text)) in self.sheets.closed
        keyed = [p for p in section.parts if self.sheets.is_kind(p.kind, "keyed")]
        if closed and keyed:
            return merge_literals(tuple(self.type_of(part) for part in keyed))
        return None
