"""Rows that are parts of the row above them: fields with their depth in, fields and the models that they hold out.

    | name                          | type   |
    | data                          | object |   a field of the model
    | » id                          | string |   a field of what `data` holds: the model `Pet.data`
    | » **additionalProperties**    | string |   the values of all its other keys
    | *anonymous*                   | object |   no field: the row speaks of the whole object

A table after `allOf` or `and` belongs to what is before it, one after `oneOf` or `xor` is one of several that it may be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace

from generator.define.columns import read_rows
from generator.define.repeated import describe_repeated
from generator.define.tables import RowReader
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.model import Nesting
from generator.ir import (
    ANY,
    OBJECT,
    Alias,
    Definition,
    Enum,
    EnumValue,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    one_of,
)
from generator.light import NamedTuple, record
from generator.read.blocks import Cell, Table
from generator.typeexpr import merge_literals

Report = Callable[[Diagnostic], None]


class Part(NamedTuple):
    """A row. `role`: field, itself (it speaks of the object whose part it is) or rest (of all other keys of that object).

    `join`: how the row's table goes with what is before it: all (belongs to it), one (one of several) or nothing.
    """

    depth: int
    role: str
    join: str
    field: Field


class Subject(NamedTuple):
    """What the rows are parts of. `anchor` is one that no other definition of the page has."""

    name: str
    span: SourceSpan
    anchor: str


@record(slots=True)
class _Node:
    part: Part
    parts: list[_Node] = field(default_factory=list)


@record(slots=True)
class _Body:
    """What the parts of one thing say of it. `itself`: it is no object but of this type."""

    fields: list[Field] = field(default_factory=list)
    bases: list[TypeRef] = field(default_factory=list)
    options: list[_Node] = field(default_factory=list)
    rest: TypeRef | None = None
    itself: TypeRef | None = None


def read_parts(
    reader: RowReader,
    table: Table,
    columns: dict[str, int],
    nesting: Nesting,
    join: str,
) -> Iterator[Part]:
    """The rows of a table with their depth: each mark of `nesting.level` before the name is one level."""
    for row in read_rows(table, columns, reader.dialect, reader.complain):
        cell = row.get("name")
        depth, role = 0, "field"
        if cell is not None:
            depth, at = strip_levels(cell.text, nesting.level)
            cell = Cell(cell.text[at:], cell.line, cell.column + at)
            row["name"] = cell
            if nesting.itself and nesting.itself.fullmatch(cell.text):
                role = "itself"
            elif nesting.rest and nesting.rest.fullmatch(cell.text):
                role = "rest"
        read = reader.read_field(row)
        if read is not None:
            yield Part(depth, role, join if role == "itself" else "", read)
            join = ""


def strip_levels(text: str, level: re.Pattern[str]) -> tuple[int, int]:
    """How many marks of depth stand before a name, and where it begins."""
    depth = at = 0
    while (match := level.match(text, at)) and match.end() > at:
        depth, at = depth + 1, match.end()
    return depth, at


def define_parts(
    subject: Subject, parts: Sequence[Part], report: Report
) -> list[Definition]:
    """The definition of the subject and behind it those of its parts that are objects. Keys are not yet given."""
    return _Definer(subject, report).define(parts)


class _Definer:
    def __init__(self, subject: Subject, report: Report) -> None:
        self.subject = subject
        self.report = report
        self.models: list[Definition] = []

    def define(self, parts: Sequence[Part]) -> list[Definition]:
        name, span, _ = self.subject
        body = self.read_body(_tree(parts), name)
        said = next((p.field for p in parts if p.role == "itself"), None)
        text = said.description if said and not body.fields else ""
        found = self.plain_type(body, name)
        own: Definition
        if found is None:
            own = self.model(body, name, span)
        elif isinstance(found, Literal):
            values = tuple(EnumValue(value) for value in found.values)
            own = Enum("", name, span, values, found.open)
        else:
            own = Alias("", name, span, found)
        return [replace(own, description=text), *self.models]

    def read_body(self, nodes: Sequence[_Node], path: str) -> _Body:
        body = _Body()
        for node in nodes:
            part, type_ = node.part, node.part.field.type
            if part.role == "field":
                kind = self.typed(node, f"{path}.{part.field.name}")
                body.fields.append(replace(part.field, type=kind))
            elif part.role == "rest":
                body.rest = self.typed(node, f"{path}.value")
            elif part.join == "one":
                body.options.append(node)
            elif isinstance(type_, Ref) and part.join == "all":
                body.bases.append(type_)
            elif type_ in (OBJECT, ANY) and (node.parts or part.join == "all"):
                self.add(body, self.read_body(node.parts, path))
            else:
                body.itself = self.typed(node, f"{path}.item")
        return body

    def add(self, body: _Body, more: _Body) -> None:
        """What an unnamed part of an object says belongs to the object."""
        body.fields += more.fields
        body.bases += more.bases
        body.options += more.options
        body.rest = more.rest if more.rest is not None else body.rest
        body.itself = more.itself if more.itself is not None else body.itself

    def typed(self, node: _Node, path: str) -> TypeRef:
        """The type of a row, with what the rows below it say."""
        type_ = node.part.field.type
        if not node.parts or _is_linked(type_):
            return type_  # what a link leads to says it all; the rows repeat it
        if _graft(type_, OBJECT) is None:
            message = f'"{node.part.field.name}" is no object, but rows below it are its parts: they are left out'
            self.report(Diagnostic(node.part.field.span, "unplaced-rows", message))
            return type_
        inner = self.nested(node.parts, path, node.part.field)
        return _graft(type_, inner) or type_

    def nested(self, nodes: Sequence[_Node], path: str, owner: Field) -> TypeRef:
        """The type that rows describe: a model of its own, called after its path, unless a plainer type says it."""
        body = self.read_body(nodes, path)
        found = self.plain_type(body, path)
        return found if found is not None else self.refer(body, path, owner.span)

    def refer(self, body: _Body, path: str, span: SourceSpan) -> Ref:
        """A reference to a new model."""
        from urllib.parse import quote  # 2 ms

        anchor = f"{self.subject.anchor}.{path}"
        model = replace(self.model(body, path, span), anchors=(anchor,))
        self.models.append(model)
        return Ref(path, f"#{quote(anchor)}", span)

    def plain_type(self, body: _Body, path: str) -> TypeRef | None:
        """What is no object with fields: a type, a map, or one of several types; None for an object."""
        if body.fields or body.bases:
            return None
        if body.options:
            return merge_literals(tuple(self.members(body.options, path)))
        if body.itself is not None:
            return body.itself
        return MapOf(body.rest) if body.rest is not None else None

    def members(self, options: Sequence[_Node], path: str) -> Iterator[TypeRef]:
        for number, node in enumerate(options, 1):
            part = node.part.field
            if part.type in (OBJECT, ANY):
                if node.parts:
                    yield self.nested(node.parts, f"{path}.{number}", part)
                else:
                    yield part.type
            else:
                yield self.typed(node, f"{path}.{number}")

    def model(self, body: _Body, path: str, span: SourceSpan) -> Model:
        options = self.members([n for n in body.options if not _is_bare(n)], path)
        return Model(
            "",
            path,
            span,
            _unique(body.fields, path, self.report),
            bases=tuple(body.bases),
            options=tuple(options),
            rest=body.rest,
        )


def _is_bare(node: _Node) -> bool:
    """Whether an option says nothing but which fields are needed, and so nothing that a row shows."""
    return node.part.field.type in (OBJECT, ANY) and not node.parts


def _tree(parts: Sequence[Part]) -> list[_Node]:
    """The rows below those whose parts they are. The first level is the least that occurs."""
    roots: list[_Node] = []
    above: list[_Node] = []
    for part in parts:
        while above and above[-1].part.depth >= part.depth:
            above.pop()
        node = _Node(part)
        (above[-1].parts if above else roots).append(node)
        above.append(node)
    return roots


def can_hold(type_: TypeRef) -> bool:
    """Whether rows below a field of this type may be its parts."""
    return not _is_linked(type_) and _graft(type_, OBJECT) is not None


def _is_linked(type_: TypeRef) -> bool:
    """Whether the innermost type is a reference."""
    match type_:
        case ListOf(inner) | MapOf(inner):
            return _is_linked(inner)
        case OneOf(members):
            return any(_is_linked(member) for member in members)
        case _:
            return isinstance(type_, Ref)


def _graft(type_: TypeRef, inner: TypeRef) -> TypeRef | None:
    """The type with `inner` in the place of its object; None where it has none."""
    match type_:
        case Scalar(kind="object" | "any"):
            return inner
        case ListOf(item):
            new = _graft(item, inner)
            return None if new is None else ListOf(new)
        case MapOf(value):
            new = _graft(value, inner)
            return None if new is None else MapOf(new)
        case OneOf(members):
            parts = [_graft(member, inner) for member in members]
            if all(part is None for part in parts):
                return None
            return one_of(
                tuple(
                    member if part is None else part
                    for member, part in zip(members, parts, strict=True)
                )
            )
        case _:
            return None


def _unique(fields: list[Field], model: str, report: Report) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for field_ in fields:
        first = found.setdefault(field_.name, field_)
        if first is not field_:
            report(describe_repeated(field_, first, model))
    return tuple(found.values())
