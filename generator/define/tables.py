"""A table and a dialect in, fields or enum values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generator.define.columns import read_rows
from generator.define.plain_rows import NAME, Page, read_plain
from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.dialect.marks import Facts, read_marks
from generator.dialect.model import Dialect, fold
from generator.ir import (
    ANY,
    NULL,
    OBJECT,
    EnumValue,
    Fact,
    Field,
    ListOf,
    Literal,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    one_of,
)
from generator.light import unescape
from generator.patterns import late
from generator.read.blocks import Cell, Table
from generator.read.inline import is_struck, plain_text
from generator.read.json_text import canonical, dump_json
from generator.typeexpr import TypeSyntaxError, parse_typed
from generator.typewords import ABSENT, settle

Report = Callable[[Diagnostic], None]
Row = dict[str, Cell]  # column → cell


_NUMBER = late(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\Z")
_LINK = late(r"[#/.]")  # a target with one of these is a URL, others are names
_NO_FACTS = Facts()
_new = tuple.__new__  # half the cost of SourceSpan(…), and a page has thousands
_BESIDES = frozenset((NULL, ABSENT))  # what an enum's values stand beside


class RowReader:
    """Reads the rows of one file's tables."""

    def __init__(
        self,
        file: str,
        dialect: Dialect,
        report: Report,
        links: Mapping[str, str] | None = None,
    ) -> None:
        self.file = file
        self.links = links  # the page's link reference definitions
        self.stated: tuple[Fact, ...] = ()  # what the last type states beyond itself
        self.dialect = dialect
        self.report = report
        self.rest: TypeRef | None = None  # what the last table says of all other keys
        self.bases: list[TypeRef] = []  # whose fields the last table's model has, too

    def span(self, cell: Cell) -> SourceSpan:
        return _new(SourceSpan, (self.file, cell.line, cell.column))

    def complain(self, cell: Cell, code: str, message: str, hint: str = "") -> None:
        self.report(Diagnostic(self.span(cell), code, message, hint))

    def read_fields(self, table: Table, columns: dict[str, int]) -> list[Field]:
        """The fields of a field table, in their order."""
        self.rest = None
        self.bases = []
        if not columns:
            message = "no head of this table says what its columns are"
            self.complain(table.header[0], "missing-name", message)
            return []
        page = Page(self.file, bool(self.links))
        plain = read_plain(table, columns, self.dialect, page)
        if plain is None:
            return self.read_any(table, columns)
        fields: list[Field] = []
        for index, field in enumerate(plain):
            if field is None:
                rows = (table.rows[index],)
                fields += self.read_any(table._replace(rows=rows), columns)
            else:
                fields.append(field)
        return fields

    def read_any(self, table: Table, columns: dict[str, int]) -> list[Field]:
        """The fields of rows that may hold whatever a row may hold."""
        rows = read_rows(table, columns, self.dialect, self.complain)
        return [field for row in rows if (field := self.read_field(row))]

    def read_field(self, row: Row) -> Field | None:
        """The field of a row, or None where the row documents none."""
        facts = read_marks(row, marks) if (marks := self.dialect.marks) else _NO_FACTS
        cell = row.get("name")
        if facts.no_field:
            return None
        name, struck = self.read_name(cell) if cell else ("", False)
        if cell is None or not name:
            first = cell or next(iter(row.values()))
            self.complain(first, "missing-name", "the name cell of this row is empty")
            return None
        type_ = self.read_type(row, name, facts)
        required = self.read_required(row.get("required"), name, facts)
        if self.dialect.words.has_optional:
            type_ = settle(type_, required)
        if facts.base:
            self.bases.append(type_)
            return None
        if facts.rest and isinstance(type_, MapOf) and not required:
            self.rest = type_.value
            return None
        if self.dialect.leftover:
            self.keep_leftover(row, self.dialect.leftover)
        description, deprecated = self.read_description(row.get("description"), struck)
        if facts.notes:
            description = " ".join(filter(None, (description, *facts.notes)))
        default = row.get("default") if facts.default is None else None
        shown = default.text if default else facts.default
        return Field(
            name,
            type_,
            self.span(cell),
            required,
            description,
            default=self.read_default(shown, type_) if shown else None,
            examples=self.read_examples(row.get("example")) + facts.examples,
            deprecated=deprecated if facts.deprecated is None else facts.deprecated,
            facts=self.stated + self.read_stated(facts, required),
            text=self.find_text(row.get("description"), description),
        )

    def find_text(self, cell: Cell | None, description: str) -> SourceSpan | None:
        """Where a description begins in the docs."""
        if cell is None or not description:
            return None
        if cell.text == description:
            return self.span(cell)
        start = max(cell.text.find(description), 0)
        column = cell.column + start + cell.text.count("|", 0, start)  # each is escaped
        return SourceSpan(self.file, cell.line, column)

    def read_stated(self, facts: Facts, required: bool) -> tuple[Fact, ...]:
        """What marks state besides the type: of two of a kind the first that says more than its word alone."""
        if not facts.stated:
            return ()
        found: dict[str, Fact] = {}
        for kind, value, words, cell in facts.stated:
            if kind == "requiredIf" and (required or value == words and kind in found):
                continue
            said = "true" if kind == "recommended" else dump_json(value)
            if kind == "requiredIf":
                said = self.read_condition(value)
            if kind not in found or found[kind].value == dump_json(found[kind].words):
                found[kind] = Fact(kind, said, words, self.span(cell))
        return tuple(found.values())

    def read_condition(self, words: str) -> str:
        """A condition as JSON text (see `ir.Fact`)."""
        return dump_json(words)

    def read_default(self, text: str, type_: TypeRef) -> str | None:
        """A default as JSON text; None where there is none, or it is no value."""
        if self.is_silent(text):
            return None
        if self.dialect.json_defaults:
            try:
                return canonical(plain_text(text))
            except ValueError:
                return None
        return read_value(text, type_)

    def keep_leftover(self, row: Row, column: str) -> None:
        """Add what marks have left of a cell to the description: a bar that is not escaped has parted it from there."""
        cell, text = row.get(column), row.get("description")
        if cell and cell.text:
            shown = f"{text.text} | {cell.text}" if text and text.text else cell.text
            row["description"] = (text or cell)._replace(text=shown)

    def is_silent(self, text: str) -> bool:
        return not text or text in self.dialect.silent

    def read_name(self, cell: Cell) -> tuple[str, bool]:
        """The name in a cell, and whether it is struck through."""
        match = NAME.match(cell.text)
        if match and self.dialect.field_name is None:
            return match[1], False
        text = cell.text
        if self.dialect.field_name and (found := self.dialect.field_name.search(text)):
            text = found["name"]
        return plain_text(text), is_struck(cell.text)

    def read_type(self, row: Row, name: str, facts: Facts) -> TypeRef:
        """The type of a field, with what marks say of it."""
        self.stated = ()
        cell = row.get("type")
        if facts.constant is not None:
            return Literal((read_literal(facts.constant),))
        if cell is None or self.is_silent(cell.text):
            place = cell or next(reversed(row.values()))
            self.complain(place, "missing-type", f'"{name}" has no type')
            return ANY
        try:
            type_, self.stated = parse_typed(
                cell.text, self.dialect.words, self.span(cell), self.links
            )
        except TypeSyntaxError as error:
            place = cell._replace(column=cell.column + error.offset)
            message = f'the type of "{name}" cannot be read: {error}'
            self.complain(place, "unread-type", message)
            return ListOf(ANY) if error.is_list else ANY
        if self.dialect.type_facts:
            self.stated += self.number_facts(cell, type_)
        if (target := row.get("target")) and target.text:
            span, link = self.span(target), _LINK.search(target.text)
            called, url = (name, target.text) if link else (target.text, "")
            ref = Ref(called, url, span=span, fallback=OBJECT)
            type_ = map_objects(type_, ref)
        if facts.enum:
            type_ = limit(type_, facts.enum)
        if facts.list:
            type_ = ListOf(type_)
            self.stated = tuple(replace(f, on="items") for f in self.stated if not f.on)
        return one_of((type_, NULL)) if facts.nullable else type_

    def number_facts(self, cell: Cell, type_: TypeRef) -> tuple[Fact, ...]:
        """What words of a type cell state of a number, or of the numbers of a list, as the dialect's `type-facts` say."""
        on = "items" if isinstance(type_, ListOf) else ""
        kinds = {m.kind for m in members(type_) if isinstance(m, Scalar)}
        if not kinds & {"integer", "number"}:
            return ()
        return tuple(
            Fact(kind, value, match[0], self.span(cell), on)
            for pattern, kind, value in self.dialect.type_facts
            if (match := pattern.search(cell.text))
        )

    def read_required(self, cell: Cell | None, name: str, facts: Facts) -> bool:
        """Whether a field is required: by a mark, by its cell, or as the dialect says of fields that do not tell."""
        if facts.required is not None:
            return facts.required
        if cell is None:
            return self.dialect.required_default
        mark = fold(cell.text)
        required = self.dialect.required.get(mark)
        if required is None:
            mark = fold(plain_text(mark))
            required = self.dialect.required.get(mark)
        if required is None:
            hint = suggest(mark, [word for word in self.dialect.required if word])
            message = f'"{mark}" does not say whether "{name}" is required'
            self.complain(cell, "unknown-required-mark", message, hint)
        return bool(required)

    def read_description(
        self, cell: Cell | None, struck: bool
    ) -> tuple[str, str | None]:
        """A description without its deprecation notice, and the reason of the deprecation (None: not deprecated)."""
        text = cell.text if cell else ""
        for found, instead in self.dialect.respell:
            text = found.sub(instead, text)
        pattern = self.dialect.deprecation
        match = pattern.match(text) if pattern else None
        if match:
            text = text[match.end() :].strip()
            return ("" if self.is_silent(text) else text), match["reason"].strip()
        return ("" if self.is_silent(text) else text), "" if struck else None

    def read_examples(self, cell: Cell | None) -> tuple[str, ...]:
        if cell is None or self.is_silent(cell.text):
            return ()
        pattern, text = self.dialect.example_list, cell.text
        parts = pattern.split(text)[1:] if pattern and pattern.match(text) else [text]
        return tuple(part for part in map(plain_text, parts) if part)

    def read_values(self, table: Table, columns: dict[str, int]) -> list[EnumValue]:
        """The values of an enum table. Unquoted values are strings, unless all of them are integers."""
        read: list[tuple[str, EnumValue]] = []
        for row in read_rows(table, columns, self.dialect, self.complain):
            cell = row.get("value")
            text = plain_text(cell.text) if cell else ""
            if text.partition("<")[0] in self.dialect.words.open:
                continue  # no value, but the word that more may come
            name = plain_text(row["name"].text) if "name" in row else ""
            if not text and not (name and self.dialect.empty_value):
                first = cell or next(iter(row.values()))
                message = "the value cell of this row is empty"
                self.complain(first, "missing-name", message)
                continue
            note, _ = self.read_description(row.get("description"), False)
            read.append((text, EnumValue(read_literal(text), name, note)))
        if read and all(is_integer(text) for text, _ in read):
            return [EnumValue(text, v.name, v.description) for text, v in read]
        return [value for _, value in read]


def limit(type_: TypeRef, texts: Sequence[str]) -> TypeRef:
    """A type of which a mark lists the values; of a list, those of its items. A link within the docs says more: that stays."""
    match type_:
        case ListOf():
            return ListOf(limit(type_.item, texts))
        case OneOf(members) if _BESIDES.intersection(members):
            return one_of(
                tuple(m if m in _BESIDES else limit(m, texts) for m in members)
            )
        case Ref() if type_.url and "://" not in type_.url:
            return type_
        case Ref():
            values = [read_literal(plain_text(text)) for text in texts]
        case _:
            values = [value for t in texts if (value := read_value(t, type_))]
    return Literal(tuple(dict.fromkeys(values))) if values else type_


def members(type_: TypeRef) -> tuple[TypeRef, ...]:
    """The types that a type is one of; of a list, those of its items."""
    if isinstance(type_, ListOf):
        type_ = type_.item
    return type_.members if isinstance(type_, OneOf) else (type_,)


def map_objects(type_: TypeRef, ref: Ref) -> TypeRef:
    """The type with a reference in the place of each object that nothing names."""
    match type_:
        case Scalar("object"):
            return ref
        case ListOf():
            return ListOf(map_objects(type_.item, ref))
        case MapOf():
            return MapOf(map_objects(type_.value, ref))
        case _:
            return type_


def is_integer(text: str) -> bool:
    """Whether a text is an integer as JSON writes it."""
    return text.lstrip("-").isdecimal() and bool(_NUMBER.match(text))


def read_literal(text: str) -> str:
    """A documented value as JSON text: what stands in double quotes is JSON, everything else a string, in single quotes or without."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return dump_json(text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return canonical(text)
        except ValueError:
            pass
    return dump_json(text)


def read_shown(text: str) -> str:
    """A value as code shows it, as JSON text: numbers and quoted strings are what they are, everything else is a string."""
    plain = unescape(text.strip())
    if _NUMBER.match(plain) or plain in ("true", "false"):
        return plain
    return read_literal(plain)


def read_value(text: str, type_: TypeRef) -> str | None:
    """A default as JSON text, read by its field's type; None where the text is no such value."""
    plain = plain_text(text)
    if isinstance(type_, Ref) and type_.fallback is not None:
        type_ = type_.fallback
    parts = type_.members if isinstance(type_, OneOf) else (type_,)
    kinds = {part.kind for part in parts if isinstance(part, Scalar)}
    low = plain.lower()  # Python writes True
    if plain == "null" or low in ("true", "false") and "boolean" in kinds:
        return low
    if kinds & {"integer", "number"} and _NUMBER.match(plain):
        return plain
    if "string" in kinds or any(isinstance(part, Literal) for part in parts):
        return read_literal(plain)
    try:
        return canonical(plain)
    except ValueError:
        return None
