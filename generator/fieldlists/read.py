"""From the files of one dialect to definitions: finds the models, gives each its fields, and what references ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.lists import ListDialect, Place
from generator.fieldlists.catalog import Catalog, Entry
from generator.fieldlists.dotted import nest_dotted
from generator.fieldlists.enums import read_values
from generator.fieldlists.spots import Spot, Walker, is_empty, without
from generator.fieldlists.tell import Teller
from generator.fieldlists.told import Told
from generator.fieldlists.types import Types
from generator.fieldlists.values import real_value
from generator.ir import ANY, Alias, Definition, Enum, Field, Model, Ref, TypeRef
from generator.read import nodes
from generator.read.json_text import dump_json, json_text
from generator.read.nodes import Node

Report = Callable[[Diagnostic], None]


class ListFile(NamedTuple):
    """A file, and its documents."""

    file: str
    documents: tuple[Node, ...]


class Member(NamedTuple):
    """A field of a model: its name, where the name stands, and what is said of it."""

    name: str
    span: SourceSpan
    spot: Spot


def read_lists(
    files: Sequence[ListFile], dialect: ListDialect, report: Report
) -> list[Definition]:
    """The definitions of files in one dialect, in the order of the files. References are as `resolve` links them."""
    return _Reader(dialect, report).read(files)


class _Reader:
    def __init__(self, dialect: ListDialect, report: Report) -> None:
        self.dialect = dialect
        self.walker = Walker()
        self.teller = Teller(report)
        self.told = Told(dialect, self.walker, self.teller)
        self.catalog = Catalog(self.walker, self.teller)
        self.catalog.key = self.key_type
        self.types = Types(dialect, self.told, self.catalog, self.define)
        self.definitions: list[Definition] = []
        self.made: dict[tuple[str, str], Ref] = {}
        self.file_types: dict[str, TypeRef | None] = {}
        self.known = _known_keys(dialect)

    def read(self, files: Sequence[ListFile]) -> list[Definition]:
        for file in files:
            for document in file.documents:
                self.catalog.add_root(Spot(document, file.file))
        roots = [root for some in self.catalog.roots.values() for root in some]
        for root in roots:
            self.collect(root)
        for entry in list(self.catalog.all):
            self.enter(entry)
        while self.catalog.wanted:
            self.enter(self.catalog.wanted.pop(0))
        self.teller.finish()
        return self.definitions

    # --- what is where ------------------------------------------------------------------------------

    def collect(self, root: Spot) -> None:
        """Find the definitions of a document, and what `like` names."""
        for at, names in self.dialect.catalog:
            for spot in self.walker.find(root, at):
                name = self.walker.first(spot, names)
                if name is not None and name.text:
                    self.catalog.parts.setdefault(name.text, spot)
        for place in self.dialect.models:
            for spot in self.walker.find(root, place.at):
                begin = self.walker.first(spot, place.when)
                if place.when and begin is None:
                    continue
                name = self.name_of(spot, place)
                if name:
                    keys = {**self.dialect.keys, **place.keys}
                    at = begin if "fields" in place.keys else None
                    self.catalog.add(Entry(spot, name, keys, at))

    def name_of(self, spot: Spot, place: Place) -> str:
        found = self.walker.first(spot, place.name)
        name = " ".join(found.text.split()) if found else ""
        return name + place.suffix if name else ""

    def enter(self, entry: Entry) -> None:
        """Make the definition of an entry."""
        keys, self.told.keys = self.told.keys, entry.keys
        made = self.definition(entry.spot, entry.name)
        if made is not None and entry.place is not None:
            made = replace(made, span=_place(entry.place))
        if made is not None:
            self.definitions.append(made)
        self.told.keys = keys

    def define(self, spot: Spot, name: str) -> Ref:
        """The reference to a definition that stands inside of another one."""
        place = spot.file, spot.pointer
        entry = self.catalog.entries.get(place)
        if entry is None:
            entry = Entry(spot, name, self.told.keys)
            self.catalog.add(entry)
            index = len(self.definitions)
            made = self.definition(spot, name)
            if made is not None:
                self.definitions.insert(index, made)
        return entry.ref

    # --- definitions --------------------------------------------------------------------------------

    def definition(self, spot: Spot, name: str) -> Definition | None:
        """A node as a definition: an object with fields, an enum, or another name for a type."""
        anchors = (spot.pointer or "/",)
        if isinstance(spot.node, nodes.Scalar):
            return Alias("", name, spot.span, ANY, anchors=anchors)
        whole = self.whole(spot)
        place = _place(spot)
        text, deprecated = self.told.text(whole, "description"), self.told.deprecated(whole)  # fmt: skip
        values = self.told.all(whole, "enum")
        bases = self.told.all(whole, "bases")
        if (self.types.is_object(whole) or bases) and not values:
            if self.dialect.closed:
                self.teller.unknown_keys(spot, self.known)
            model = self.model(whole, name)
            model = replace(model, span=place, description=text, deprecated=deprecated, anchors=anchors)  # fmt: skip
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
                return Enum("", name, place, tuple(found), open_, text, deprecated, anchors)  # fmt: skip
        typed_ = self.types.read(spot, name)
        url = f"#{spot.pointer or '/'}"
        if isinstance(typed_.type, Ref) and typed_.type.url.endswith(url):
            return None
        return Alias("", name, place, typed_.type, text, deprecated, anchors=anchors)

    def base(self, text: Spot) -> _Typed:
        return _Typed(self.types.word(text, "").type)

    def whole(self, spot: Spot) -> Spot:
        """A node with what its parts say, where these make one object."""
        parts = self.told.all(spot, "all-of")
        own = without(spot, self.types.heads("all-of"))
        shaping = [part for part in (*parts, own) if self.types.shapes(part)]
        if not parts or len(shaping) == 1 and shaping[0] is not own:
            return spot
        merged = self.types.merged(spot, ())
        return spot if self.told.all(merged, "any-of") else merged

    def model(self, spot: Spot, name: str) -> Model:
        if self.told.all(spot, "any-of"):
            self.types.union(spot, self.told.all(spot, "any-of"), name)
        self.types.tell_lost(spot)
        members = self.members(spot, ())
        required = {
            found.text for found in self.told.all(spot, "required-names") if found.text
        }
        fields = [self.field(member, name, required) for member in members.values()]
        rest = self.rest(spot, name)
        patterned = [
            self.field(Member(s.key.text, _place(s), s), name, set())
            for s in self.told.all(spot, "patterned")
            if s.key is not None
        ]
        return Model(
            "",
            name,
            spot.span,
            tuple(f for f in fields if f),
            rest=rest,
            patterned=tuple(f for f in patterned if f),
        )

    def rest(self, spot: Spot, name: str) -> TypeRef | None:
        """The type of all other keys, where there is one."""
        values = self.told.first(spot, "values")
        if values is None or values.text == "true":
            return None
        if values.text == "false":
            self.teller.lose(values, values.key.text if values.key else "false")
            return None
        typed = self.types.read(values, f"{name}.value")
        return typed.type if typed.type != ANY else None

    # --- fields -------------------------------------------------------------------------------------

    def members(self, spot: Spot, seen: tuple[str, ...]) -> dict[str, Member]:
        """The fields of a model and of its bases, those of the bases first."""
        found: dict[str, Member] = {}
        for base in self.told.all(spot, "bases"):
            entry = self.catalog.named(base.text, base.file)
            if entry is None:
                message = f'"{base.text}" is defined nowhere, and its fields are missing here'
                self.teller.report(base.span, "unread-base", message)
            elif base.text not in seen:
                inner = self.members(entry.spot, (*seen, base.text))
                for member in inner.values():
                    self.lay(found, member)
        own: set[str] = set()
        for path in self.told.keys.get("fields", ()):
            for place in self.walker.find(spot, path):
                member = self.member(place)
                if member is not None and member.name in found:
                    before = found[member.name]
                    if member.name in own:
                        if before.spot.up == member.spot.up:
                            message = f'the field "{member.name}" stands twice; the first counts'
                            self.teller.report(member.span, "duplicate-field", message)
                        laid = self.walker.overlay(member.spot, before.spot)
                        found[member.name] = before._replace(spot=laid)
                        continue
                if member is not None:
                    own.add(member.name)
                    self.lay(found, member)
        for place in self.told.all(spot, "refine"):
            name = place.key.text if place.key else ""
            if name in found and not is_empty(place.node):
                self.lay(found, Member(name, found[name].span, place))
        return found

    def lay(self, found: dict[str, Member], member: Member) -> None:
        """Add a field; over one of the same name."""
        before = found.get(member.name)
        if before is not None:
            spot = self.walker.overlay(before.spot, member.spot)
            member = Member(member.name, member.span, spot)
        found[member.name] = member

    def member(self, spot: Spot) -> Member | None:
        """A field of a list or mapping, with what it is like."""
        node = spot.node
        if self.told.ruled(spot, "no-field"):
            return None
        if isinstance(node, nodes.Scalar) and spot.key is None:
            part = self.catalog.parts.get(node.text)
            if part is None:
                part = spot._replace(node=nodes.Mapping((), node.line, node.column))
            return Member(node.text, spot.span, self.likened(part, ())) if node.text else None  # fmt: skip
        if isinstance(node, nodes.Scalar) and is_empty(node):
            spot = spot._replace(node=nodes.Mapping((), node.line, node.column))
        if self.dialect.closed:
            self.teller.unknown_keys(spot, self.known)
        spot = self.likened(spot, ())
        name = self.told.first(spot, "name")
        key = spot.key if name is None else None
        text = name.text if name is not None else key.text if key is not None else ""
        if not text.strip():
            self.teller.report(spot.span, "missing-name", "a field without a name")
            return None
        return Member(text.strip(), name.span if name else _place(spot), spot)

    def likened(self, spot: Spot, seen: tuple[str, ...]) -> Spot:
        """A field with what the one says that it is like."""
        like = self.told.first(spot, "like")
        if like is None or like.text in seen:
            return spot
        part = self.catalog.parts.get(like.text)
        if part is None:
            if self.told.first(spot, "name") is None:  # else it says enough itself
                message = f'"{like.text}" is defined nowhere in the source'
                self.teller.report(like.span, "missing-link-target", message)
                text = nodes.Scalar("name", True, like.node.line, like.node.column)
                del text
            return spot
        low = self.likened(part, (*seen, like.text))
        return self.walker.overlay(low, without(spot, self.types.heads("like")))

    def field(self, member: Member, owner: str, required: set[str]) -> Field | None:
        spot, name = member.spot, member.name
        typed = self.types.read(spot, f"{owner}.{name}")
        type_ = typed.type
        if not typed.told and type_ == ANY and self.told.first(spot, "type") is None:
            type_ = self.untyped(spot, member)
            if type_ != ANY:
                finished = self.types.finish(spot, typed._replace(type=type_))
                type_, typed = finished.type, finished
        facts = typed.facts
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
            facts=facts,
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

    def key_type(self, entry: Entry) -> TypeRef | None:
        """The type of the field by which a model is known."""
        keys, self.told.keys = self.told.keys, entry.keys
        try:
            for member in self.members(entry.spot, (entry.name,)).values():
                if self.told.flag(member.spot, "by-key"):
                    words = self.types.type_texts(member.spot)
                    plain = self.types.word(words[0], "").type if words else None
                    return plain or self.untyped(member.spot, member)
        finally:
            self.told.keys = keys
        return None


class _Typed(NamedTuple):
    type: TypeRef


def _place(spot: Spot) -> SourceSpan:
    """Where the name of a node stands, or the node itself."""
    node = spot.key or spot.node
    return SourceSpan(spot.file, node.line, node.column)


def _known_keys(dialect: ListDialect) -> frozenset[str]:
    """All keys that a dialect knows."""

    def paths() -> Iterator[tuple[str, ...]]:
        tables = (dialect.keys, *(place.keys for place in dialect.models))
        for table in tables:
            yield from (path.steps for some in table.values() for path in some)
        yield from (rule.at.steps for rule in dialect.rules)
        for place in dialect.models:
            yield from (path.steps for path in (place.at, *place.name, *place.when))

    heads = {word for steps in paths() for word in steps[:1] if word not in ("[]", "{}")}  # fmt: skip
    return frozenset(heads | dialect.lost | dialect.known)
