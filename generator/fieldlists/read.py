"""From the files of one dialect to definitions: finds the models, gives each its fields, and what references ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.dialect.lists import ListDialect, Place
from generator.fieldlists.catalog import Catalog, Entry
from generator.fieldlists.conditional import Conditional
from generator.fieldlists.dotted import nest_dotted
from generator.fieldlists.enums import read_values
from generator.fieldlists.members import Member, Members, known_keys, place_of
from generator.fieldlists.spots import Spot, Walker, is_empty, without
from generator.fieldlists.tell import Teller
from generator.fieldlists.told import Told, facts_on
from generator.fieldlists.types import Types
from generator.fieldlists.values import is_match, real_value
from generator.ir import (
    ANY,
    OBJECT,
    Alias,
    Definition,
    Enum,
    Fact,
    Field,
    ListOf,
    Model,
    Ref,
    TypeRef,
)
from generator.light import NamedTuple
from generator.read import nodes
from generator.read.json_text import dump_json, json_text
from generator.read.nodes import Node

Report = Callable[[Diagnostic], None]


class ListFile(NamedTuple):
    """A file, its documents, and its dialect."""

    file: str
    documents: tuple[Node, ...]
    dialect: ListDialect


def read_lists(
    files: Sequence[ListFile], dialect: ListDialect, report: Report
) -> list[Definition]:
    """The definitions of files in dialects of one family, in the order of the files. References are as `resolve` links them."""
    return _Reader(dialect, report).read(files)


class _Reader:
    def __init__(self, dialect: ListDialect, report: Report) -> None:
        self.walker = Walker()
        self.teller = Teller(report)
        self.told = Told(dialect, self.walker, self.teller)
        self.catalog = Catalog(self.walker, self.teller)
        self.catalog.key = self.key_type
        self.catalog.short = self.value_type
        self.types = Types(self.told, self.catalog, self.define)
        self.members = Members(self.told, self.catalog)
        self.conditional = Conditional(self.types, self.field)
        self.definitions: list[Definition] = []

    @property
    def dialect(self) -> ListDialect:
        """The dialect of what is being read."""
        return self.told.dialect

    def read(self, files: Sequence[ListFile]) -> list[Definition]:
        for file in files:
            for document in file.documents:
                self.catalog.add_root(Spot(document, file.file))
        for file in files:
            for root in self.catalog.roots.get(file.file, ()):
                self.collect(root, file.dialect)
        for entry in list(self.catalog.all):
            self.enter(entry)
        while self.catalog.wanted:
            self.enter(self.catalog.wanted.pop(0))
        self.teller.finish()
        return self.definitions

    # --- what is where ------------------------------------------------------------------------------

    def collect(self, root: Spot, dialect: ListDialect) -> None:
        """Find the definitions of a document, and what `like` names."""
        for at, names in dialect.catalog:
            for spot in self.walker.find(root, at):
                name = self.walker.first(spot, names)
                if name is not None and name.text:
                    self.catalog.add_part(name.text, spot)
        for row in dialect.models:
            for spot in self.walker.find(root, row.at):
                begin = self.walker.first(spot, row.when)
                label = self.name_of(spot, row)
                if label and (begin is not None or not row.when):
                    keys = {**dialect.keys, **row.keys}
                    place = begin if "fields" in row.keys else None
                    self.catalog.add(Entry(spot, label, dialect, keys, place))

    def name_of(self, spot: Spot, place: Place) -> str:
        found = self.walker.first(spot, place.name)
        name = " ".join(found.text.split()) if found else ""
        return name + place.suffix if name else ""

    def enter(self, entry: Entry) -> None:
        """Make the definition of an entry."""
        with self.told.of(entry):
            made = self.definition(entry.spot, entry.name, True)
        if made is not None and entry.place is not None:
            made = replace(made, span=place_of(entry.place))
        if made is not None:
            self.definitions.append(made)

    def define(self, spot: Spot, name: str) -> Ref:
        """The reference to a definition that stands inside of another one."""
        place = spot.file, spot.pointer
        entry = self.catalog.entries.get(place)
        if entry is None:
            entry = Entry(spot, name, self.dialect, self.told.keys)
            self.catalog.add(entry)
            index = len(self.definitions)
            made = self.definition(spot, name)
            if made is not None:
                self.definitions.insert(index, made)
        return entry.ref

    # --- definitions --------------------------------------------------------------------------------

    def definition(self, spot: Spot, name: str, own: bool = False) -> Definition | None:
        """A node as a definition: an object with fields, an enum, or another name for a type.

        `own`: it is one by itself, so that its facts are not those of the field in which it stands.
        """
        anchors = (spot.pointer or "/",)
        if isinstance(spot.node, nodes.Scalar):
            return Alias("", name, spot.span, ANY, anchors=anchors)
        whole = self.whole(spot)
        place = place_of(spot)
        text, deprecated = self.told.text(whole, "description"), self.told.deprecated(whole)  # fmt: skip
        values = self.told.all(whole, "enum")
        bases = self.told.every(whole, "bases")
        several = any(map(self.types.shapes, self.told.all(whole, "any-of")))
        if (self.types.is_object(whole) or bases) and not values and not several:
            if self.dialect.closed:
                self.teller.unknown_keys(spot, known_keys(self.dialect))
            model = self.model(whole, name)
            facts = (*model.facts, *(self.told.facts(whole, OBJECT) if own else ()))
            model = replace(model, span=place, description=text, deprecated=deprecated, anchors=anchors, facts=facts)  # fmt: skip
            if not self.dialect.dotted:
                return model
            whole_model, *parts = nest_dotted(model)
            self.definitions += parts
            return whole_model
        if values:
            typed = [t.type for t in map(self.base, self.types.type_texts(whole))]
            found = read_values(self.told, values, typed[0] if len(typed) == 1 else ANY)
            if len(typed) > 1 or any(v.value == "null" for v in found):
                typed = typed or [ANY]
            if found and len(typed) < 2:
                self.types.tell_lost(whole)
                open_ = self.told.flag(whole, "open") is True
                kept = self.types.kept(whole) if own else ()
                return Enum("", name, place, tuple(found), open_, text, deprecated, anchors, facts=kept)  # fmt: skip
        typed_ = self.types.read(whole, name)
        url = f"#{spot.pointer or '/'}"
        if isinstance(typed_.type, Ref) and typed_.type.url.endswith(url):
            return None
        return Alias("", name, place, typed_.type, text, deprecated, anchors=anchors, facts=typed_.facts)  # fmt: skip

    def base(self, text: Spot) -> _Typed:
        return _Typed(self.types.word(text, "").type)

    def whole(self, spot: Spot) -> Spot:
        """A node with what its parts say, where these make one object."""
        ref = self.told.first(spot, "ref")
        if ref is not None and isinstance(ref.node, nodes.Scalar):
            rest = without(spot, self.told.heads("ref"))
            if not self.types.shapes(rest):
                return spot
            return self.types.merged(spot, ())
        parts = self.told.all(spot, "all-of")
        own = without(spot, self.told.heads("all-of"))
        shaping = [part for part in (*parts, own) if self.types.shapes(part)]
        if not parts or len(shaping) == 1 and shaping[0] is not own:
            return spot
        return self.types.merged(spot, ())

    def model(self, spot: Spot, name: str) -> Model:
        if self.told.all(spot, "any-of") and not self.types.keeper.words:
            self.types.union(spot, self.told.all(spot, "any-of"), name)
        self.types.tell_lost(spot)
        members = self.members.of(spot, ())
        needed = [s for s in self.told.all(spot, "required-names") if s.text]
        required = {found.text for found in needed}
        fields = [self.field(member, name, required) for member in members.values()]
        rest, on_rest = self.rest(spot, name)
        patterned = [
            self.field(Member(s.key.text, place_of(s), s), name, set())
            for s in self.told.all(spot, "patterned")
            if s.key is not None
        ]
        fields += [
            self.unlisted(found, [p for p in patterned if p])
            for found in needed
            if found.text not in members
        ]
        listed = {field.name for field in fields if field}
        fields += [
            f for f in self.conditional.fields(spot, name) if f.name not in listed
        ]
        return Model(
            "",
            name,
            spot.span,
            _each_once([f for f in fields if f]),
            rest=rest,
            patterned=tuple(f for f in patterned if f),
            closed=self.is_closed(spot),
            facts=(*on_rest, *self.conditional.kept(spot)),
        )

    def unlisted(self, found: Spot, patterned: list[Field]) -> Field:
        """A key that must be there and is described nowhere, or only by a pattern."""
        types = (p.type for p in patterned if is_match(p.name, found.text))
        return Field(found.text, next(types, ANY), found.span, True)

    def rest(self, spot: Spot, name: str) -> tuple[TypeRef | None, tuple[Fact, ...]]:
        """The type of all other keys, where there is one, and facts of their values."""
        values = self.types.other_keys(spot)
        if values is None or values.text in ("true", "false"):
            return None, ()
        typed = self.types.read(values, f"{name}.value")
        told = typed.type != ANY or typed.facts
        return (typed.type if told else None), facts_on("values", typed.facts)

    def is_closed(self, spot: Spot) -> bool:
        values = self.types.other_keys(spot)
        return values is not None and values.text == "false"

    # --- fields -------------------------------------------------------------------------------------

    def field(self, member: Member, owner: str, required: set[str]) -> Field | None:
        spot, name = member.spot, member.name
        if self.types.is_never(spot):
            return None  # a key that must not be there, or whose pattern no key matches
        typed = self.types.read(
            spot, f"{owner}.{name}", lambda: self.untyped(spot, member)
        )
        type_ = typed.type
        needed = self.told.flag(spot, "required") is True or name in required
        if self.told.ruled(spot, "optional"):
            needed = False
        return Field(
            name,
            type_,
            member.span,
            needed,
            self.told.text(spot, "description"),
            self.default(spot, type_, name),
            self.examples(spot),
            self.told.deprecated(spot),
            facts=typed.facts,
        )

    def untyped(self, spot: Spot, member: Member) -> TypeRef:
        """The type of a field that says none: what the file or the dialect says of such fields."""
        path = self.dialect.defaults.get("type")
        if path is not None:
            for root in self.catalog.roots.get(spot.file, ()):
                for found in self.walker.find(root, path):
                    if found.text:
                        return self.types.word(found, "").type
        if self.dialect.untyped is not None:
            return self.dialect.untyped
        message = f'"{member.name}" has no type'
        self.teller.report(member.span, "missing-type", message)
        return ANY

    def default(self, spot: Spot, type_: TypeRef, name: str) -> str | None:
        """The default as JSON text; of a real value where the list writes texts."""
        paths = self.told.keys.get("default", ())
        found = next((s for path in paths for s in self.walker.find(spot, path)), None)
        if found is None:
            return None
        if not self.dialect.texts:
            return json_text(found.node)
        if is_empty(found.node):
            return None  # nobody who writes `default:` means null
        value = real_value(found.node, type_)
        if value is None:
            said = found.text or json_text(found.node)
            message = f'the default {dump_json(said)} of "{name}" is not of its type'
            self.teller.report(found.span, "unfit-default", message)
        return value

    def examples(self, spot: Spot) -> tuple[str, ...]:
        found = self.told.all(spot, "example")
        return tuple(dict.fromkeys(self.example(s.node) for s in found if not is_empty(s.node)))  # fmt: skip

    def example(self, node: Node) -> str:
        return node.text if isinstance(node, nodes.Scalar) else json_text(node)

    def key_type(self, entry: Entry, meaning: str) -> TypeRef | None:
        """The type of the field by which a model is known. `meaning`: everywhere, or among those beside it."""
        with self.told.of(entry):
            for member in self.members.of(entry.spot, (entry.name,)).values():
                if self.told.flag(member.spot, meaning):
                    return self.word_type(member)
        return None

    def is_key(self, member: Member) -> bool:
        """Whether its model is known by a field."""
        known = self.told.flag(member.spot, "by-key")
        return bool(known or self.told.flag(member.spot, "inner-key"))

    def value_type(self, entry: Entry) -> TypeRef | None:
        """The type of a model's only field, or its only required one, besides that by which it is known."""
        with self.told.of(entry):
            members = self.members.of(entry.spot, (entry.name,)).values()
            others = [m for m in members if not self.is_key(m)]
            if len(others) != 1:
                others = [m for m in others if self.told.flag(m.spot, "required")]
            return self.short_type(others[0]) if len(others) == 1 else None

    def word_type(self, member: Member) -> TypeRef:
        """The type that the word of a field means."""
        words = self.types.type_texts(member.spot)
        type_ = self.types.word(words[0], "").type if words else None
        return type_ or self.untyped(member.spot, member)

    def short_type(self, member: Member) -> TypeRef:
        """The type of a field as it is sent."""
        type_, _ = self.types.by_key(member.spot, self.word_type(member))
        return ListOf(type_) if self.told.flag(member.spot, "list") else type_


class _Typed(NamedTuple):
    type: TypeRef


def _each_once(fields: list[Field]) -> tuple[Field, ...]:
    """Fields, each name once: the last counts, at its place."""
    last = {field.name: field for field in fields}
    return tuple(field for field in fields if last[field.name] is field)
