"""The intermediate schema: what documentation says, without how it was written and without how an output spells it.

All nodes are frozen, slotted and hashable. Names are the documented ones. Values stand as JSON text, so that `1`, `1.0`, `true` and `"1"`
stay four values, and a default of `null` is not the same as no default.

*required* (may the key be absent?) and *nullable* (may the value be null?) are two things: the first is `Field.required`, the second is the
member `NULL` in the field's type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, fields, replace
from operator import attrgetter, is_
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from generator.diagnostics import SourceSpan
from generator.light import NamedTuple, record

if TYPE_CHECKING:  # so type checkers see to it that nodes stay as they are
    from dataclasses import dataclass as node
else:

    def node(**_):
        """A class of nodes. Nothing guards them at run time: the guard makes up four fifths of the time that a node takes."""
        return _make_node


def _make_node(cls: type[Any]) -> type[Any]:
    made: Any = record(slots=True, unsafe_hash=True)(cls)
    values = parts_of(made)
    # Pickled by position: half the time of the way that slots are pickled, by name.
    made.__reduce__ = lambda self: (made, values(self))
    return made  # type: ignore[no-any-return]


def parts_of(cls: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of a node of this class, in their order."""
    names = [part.name for part in fields(cls)]
    if len(names) > 1:
        return attrgetter(*names)
    value = attrgetter(*names)
    return lambda node: (value(node),)


@node(frozen=True, slots=True)
class Scalar:
    """A JSON type without parts. `kind`: string, integer, number, boolean, null, object (any JSON object) or any.

    `format` is JSON Schema's word for what a string or number means: date-time, date, binary, byte, int64 and so on.
    """

    kind: str
    format: str = ""


@node(frozen=True, slots=True)
class ListOf:
    """An array of items of one type."""

    item: TypeRef


@node(frozen=True, slots=True)
class MapOf:
    """An object with free keys (always strings, as in JSON) and values of one type."""

    value: TypeRef


@node(frozen=True, slots=True)
class OneOf:
    """One of several types, in the documented order, at least two; a nullable type has the member `NULL`."""

    members: tuple[TypeRef, ...]


@node(frozen=True, slots=True)
class Literal:
    """One of some values, each as JSON text. `open`: the docs say that more values may come."""

    values: tuple[str, ...]
    open: bool = False


@node(frozen=True, slots=True)
class Ref:
    """A reference to a definition: `name` is its key, and `url` is empty.

    While reading: `name` is the shown label and `url` the link's target as written (or empty); `span` says where it stands; `fallback` is what the
    label means as a type word, if the docs define nothing of that name. `partial`: only some of the definition's fields need be there.
    """

    name: str
    url: str = ""
    span: SourceSpan | None = field(default=None, compare=False)
    fallback: TypeRef | None = field(default=None, compare=False)
    partial: bool = False


TypeRef: TypeAlias = Scalar | ListOf | MapOf | OneOf | Literal | Ref

STRING = Scalar("string")
INTEGER = Scalar("integer")
NUMBER = Scalar("number")
BOOLEAN = Scalar("boolean")
NULL = Scalar("null")
OBJECT = Scalar("object")
ANY = Scalar("any")
UNTOLD = OneOf(())  # a union whose page lists no members; after linking there is none


@node(frozen=True, slots=True)
class Fact:
    """What the docs state of a field beyond its type, with the words that prove it.

    `kind`: a JSON Schema keyword (minimum, maxLength, pattern, readOnly, …) or requiredIf, recommended, unit: `facts.KINDS` lists them.
    Or a kind of `facts.APPLIED`: that one is part of the field already, and the fact is the proof of it.
    `value` is JSON text. `words` stand in the docs at `span`. `on`: what the fact is about: the field (empty), its `items` or its
    `values`, or those of these: `items.values`.

    The value of requiredIf is when the key must be there, as an object: `{"set": "x"}` and `{"absent": "x"}` (the field `x`, by its documented
    name; or a list of names: all of them), `{"field": "x", "equals": value}`, `{"field": "x", "in": [values]}`. A condition that these
    cannot say is a string.

    The value of schema is a JSON Schema (2020-12) that holds, too: what it says has no other place here. References in it lead to `#/$defs/KEY`,
    by the key of a definition.
    """

    kind: str
    value: str
    words: str
    span: SourceSpan
    on: str = ""


class Note(NamedTuple):
    """A paragraph or list item below a table that names fields of it. `lead`: the line that leads in the list, `Rules:`."""

    text: str
    span: SourceSpan
    lead: str = ""


@node(frozen=True, slots=True)
class Field:
    """One documented field. `description` is markdown as documented; `examples` are texts as documented.

    `wire` is the key that is sent, where the config says that it is not the documented `name`; otherwise empty.
    `default` is JSON text or None (no default). `deprecated` is None, or the reason (which may be empty).

    While reading: `text` is where the description begins in the docs, as far as it stands in one place; only then are facts read in it.
    """

    name: str
    type: TypeRef
    span: SourceSpan
    required: bool = False
    description: str = ""
    default: str | None = None
    examples: tuple[str, ...] = ()
    deprecated: str | None = None
    wire: str = ""
    facts: tuple[Fact, ...] = ()
    text: SourceSpan | None = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> str:
        """The key as it is sent."""
        return self.wire or self.name


@node(frozen=True, slots=True)
class Model:
    """A documented object. `key` is its unique name in the schema, `name` the documented one.

    `rest`: the type of the values of all other keys, where the docs state one. `patterned`: fields whose keys are not known but match
    a pattern; their names are regular expressions as in JSON Schema's `patternProperties`. `closed`: the docs say that there are no other keys.
    `facts`: of the whole object; those on its `values` are about `rest`.

    While reading: `bases` are models whose fields it has, too, and `options` models of which it may be one, whose fields it may have;
    `notes` stand below its tables.
    """

    key: str
    name: str
    span: SourceSpan
    fields: tuple[Field, ...] = ()
    description: str = ""
    deprecated: str | None = None
    anchors: tuple[str, ...] = field(
        default=(), compare=False, repr=False
    )  # the fragments by which links reach it
    bases: tuple[TypeRef, ...] = ()
    options: tuple[TypeRef, ...] = ()
    rest: TypeRef | None = None
    scope: tuple[str, ...] = field(
        default=(), compare=False, repr=False
    )  # what stands above it in its file: tells equal names apart
    patterned: tuple[Field, ...] = ()
    closed: bool = False
    facts: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()


@node(frozen=True, slots=True)
class EnumValue:
    """One value of an enum, as JSON text, with its documented name and description where there are some."""

    value: str
    name: str = ""
    description: str = ""


@node(frozen=True, slots=True)
class Enum:
    """A named list of values. `open`: the docs say that more values may come."""

    key: str
    name: str
    span: SourceSpan
    values: tuple[EnumValue, ...] = ()
    open: bool = False
    description: str = ""
    deprecated: str | None = None
    anchors: tuple[str, ...] = field(default=(), compare=False, repr=False)
    scope: tuple[str, ...] = field(default=(), compare=False, repr=False)
    facts: tuple[Fact, ...] = ()


@node(frozen=True, slots=True)
class Alias:
    """A named type: a union (`OneOf`), or another name for one type. `url`: where an external type is documented."""

    key: str
    name: str
    span: SourceSpan
    type: TypeRef
    description: str = ""
    deprecated: str | None = None
    url: str = ""
    anchors: tuple[str, ...] = field(default=(), compare=False, repr=False)
    scope: tuple[str, ...] = field(default=(), compare=False, repr=False)
    facts: tuple[Fact, ...] = ()


Definition: TypeAlias = Model | Enum | Alias


@node(frozen=True, slots=True)
class Schema:
    """Everything that a source documents. `source` is the source's label as it stands in the headers of the outputs."""

    source: str
    definitions: tuple[Definition, ...] = ()


def located(ref: Ref, span: SourceSpan) -> Ref:
    """The reference with its place."""
    return Ref(ref.name, ref.url, span, ref.fallback, ref.partial)


def retyped(field_: Field, type_: TypeRef) -> Field:
    """The field with another type. A sixth of the time that `replace` takes: each reference of a schema asks for it."""
    return Field(
        field_.name,
        type_,
        field_.span,
        field_.required,
        field_.description,
        field_.default,
        field_.examples,
        field_.deprecated,
        field_.wire,
        field_.facts,
        field_.text,
    )


_PARTS = {kind: parts_of(kind) for kind in (Model, Enum, Alias)}


def refielded(model: Model, fields_: tuple[Field, ...]) -> Model:
    """The model with other fields, for the same reason."""
    key, name, span, _, *others = _PARTS[Model](model)
    return Model(key, name, span, fields_, *others)


def rekeyed(definition: Definition, key: str) -> Definition:
    """The definition with another key, for the same reason: each definition of a schema gets one."""
    kind = type(definition)
    return kind(key, *_PARTS[kind](definition)[1:])


def map_type(type_: TypeRef, change: Callable[[Ref], TypeRef]) -> TypeRef:
    """The type with each reference replaced by what `change` makes of it; the same object where nothing changes."""
    match type_:
        case Ref():
            return change(type_)
        case Scalar() | Literal():
            return type_
        case ListOf():
            new = map_type(type_.item, change)
            return type_ if new is type_.item else ListOf(new)
        case MapOf():
            new = map_type(type_.value, change)
            return type_ if new is type_.value else MapOf(new)
        case OneOf(members):
            parts = tuple([map_type(member, change) for member in members])
            return (
                type_
                if all(a is b for a, b in zip(parts, members, strict=True))
                else one_of(parts)
            )
        case _:
            assert_never(type_)


def references(type_: TypeRef) -> Iterator[Ref]:
    """The references inside a type, in their order."""
    match type_:
        case Scalar() | Literal():
            return
        case Ref():
            yield type_
        case ListOf(item):
            yield from references(item)
        case MapOf(value):
            yield from references(value)
        case OneOf(members):
            for member in members:
                yield from references(member)
        case _:
            assert_never(type_)


def one_of(members: tuple[TypeRef, ...]) -> TypeRef:
    """A union without nested unions and repeated members; `any` swallows the rest; one member stands alone.

    `typeexpr.merge_literals` makes one of its literals: a union has at most one `Literal`.
    """
    flat: dict[TypeRef, None] = {}
    for member in members:
        for part in member.members if isinstance(member, OneOf) else (member,):
            flat.setdefault(part)
    if ANY in flat or not flat:
        return ANY
    return OneOf(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def is_nullable(type_: TypeRef) -> bool:
    """Whether the type itself lists null (a reference is not followed)."""
    return type_ == NULL or isinstance(type_, OneOf) and NULL in type_.members


def without_null(type_: TypeRef) -> TypeRef:
    """A union without its member null; other types as they are."""
    if not isinstance(type_, OneOf):
        return type_
    return one_of(tuple(member for member in type_.members if member != NULL))


def change_types(
    definition: Definition, change: Callable[[TypeRef], TypeRef]
) -> Definition:
    """The definition with each of its types replaced; the same object where nothing changes."""
    match definition:
        case Enum():
            return definition
        case Alias():
            new = change(definition.type)
            return (
                definition if new is definition.type else replace(definition, type=new)
            )
        case Model():
            fields = tuple(
                [
                    retyped(f, t) if (t := change(f.type)) is not f.type else f
                    for f in definition.fields
                ]
            )
            same = all(map(is_, fields, definition.fields))
            free = definition.rest or definition.patterned
            if not (definition.bases or definition.options or free):
                return definition if same else refielded(definition, fields)
            return replace(
                definition,
                fields=fields,
                bases=tuple(change(base) for base in definition.bases),
                options=tuple(change(option) for option in definition.options),
                rest=change(definition.rest) if definition.rest else None,
                patterned=tuple(
                    retyped(f, change(f.type)) for f in definition.patterned
                ),
            )
        case _:
            assert_never(definition)
