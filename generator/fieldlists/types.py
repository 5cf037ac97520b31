"""From a node that describes a type to a type and facts: words, lists, maps, enums, objects, unions, references and what is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, assert_never

from generator.dialect.lists import ListDialect
from generator.fieldlists.catalog import Catalog, Entry
from generator.fieldlists.enums import read_values
from generator.fieldlists.spots import Spot, Walker, is_empty, without
from generator.fieldlists.tell import Teller
from generator.fieldlists.told import (
    OF_LISTS,
    Told,
    each_once,
    facts_on,
    with_format,
)
from generator.ir import (
    ANY,
    NULL,
    OBJECT,
    Fact,
    ListOf,
    Literal,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    one_of,
    without_null,
)
from generator.read import nodes
from generator.typeexpr import CANONICAL, TypeSyntaxError, merge_literals, parse_type

_SHAPING = (
    *("type", "fields", "patterned", "items", "values", "enum", "const"),
    *("ref", "any-of", "all-of"),
)


class Typed(NamedTuple):
    """A type, and facts of what has it."""

    type: TypeRef
    facts: tuple[Fact, ...] = ()
    told: bool = True  # something says what the type is


class Types:
    """Reads types. `define`: makes a definition of a node that is one, and gives the reference to it."""

    def __init__(
        self,
        told: Told,
        catalog: Catalog,
        define: Callable[[Spot, str], Ref],
    ) -> None:
        self.told = told
        self.walker: Walker = told.walker
        self.teller: Teller = told.teller
        self.catalog = catalog
        self.define = define
        self.inside: list[tuple[str, str]] = []  # references that are being followed

    @property
    def dialect(self) -> ListDialect:
        """The dialect of what is being read."""
        return self.told.dialect

    # --- what a node is ---------------------------------------------------------------------------

    def has(self, spot: Spot, *meanings: str) -> bool:
        """Whether a node has one of some keys, and not only by a path that leads elsewhere."""
        return any(self.told.all(spot, meaning) for meaning in meanings)

    def shapes(self, spot: Spot) -> bool:
        """Whether a node says what a value is, and does not only add to what another one says."""
        return self.has(spot, *_SHAPING)

    def is_object(self, spot: Spot) -> bool:
        return self.has(spot, "fields", "patterned") and not self.has(spot, "enum")

    def tell_lost(self, spot: Spot) -> None:
        """Tell of what has no place in the schema."""
        self.teller.lose_keys(spot, self.dialect.lost, self.walker)
        for path in self.dialect.lost_below:
            for found in self.walker.find(spot, path):
                if found.text != "false" and not is_empty(found.node):
                    self.teller.lose(found, ".".join(path.steps))

    def is_reference(self, spot: Spot) -> bool:
        """Whether a node is a reference and no more."""
        return self.has(spot, "ref") and not self.shapes(
            without(spot, self.told.heads("ref"))
        )

    def tells_kind(self, spot: Spot) -> bool:
        """Whether a node tells more than which keys there are."""
        kinds = ("type", "ref", "any-of", "all-of", "enum", "const", "fields")
        return self.has(spot, *kinds)

    # --- types --------------------------------------------------------------------------------------

    def read(
        self, spot: Spot, name: str, untyped: Callable[[], TypeRef] | None = None
    ) -> Typed:
        """The type that a node describes. `name`: what an object in it is called that has no name; `untyped`: gives the type where none is told."""
        node = spot.node
        if isinstance(node, nodes.Scalar):
            known = {"true": ANY, "": ANY}.get(node.text)
            return Typed(known, (), False) if known else self.word(spot, "")
        if isinstance(node, nodes.Sequence):
            self.teller.lose(spot, spot.key.text if spot.key else "items")
            parts = self.walker.step(spot, "[]")
            types = [self.read(part, f"{name}.item{n}").type for n, part in enumerate(parts, 1)]  # fmt: skip
            return Typed(merge_literals(tuple(types)) if types else ANY)
        self.tell_lost(spot)
        found = self.shape(spot, name)
        if not found.told and untyped is not None:
            found = found._replace(type=untyped())
        return self.finish(spot, found)

    def shape(self, spot: Spot, name: str) -> Typed:
        """The type without what flags and facts beside it say."""
        ref = self.told.first(spot, "ref")
        if ref is not None and isinstance(ref.node, nodes.Scalar):
            rest = without(spot, self.told.heads("ref"))
            if not self.shapes(rest):
                return self.reference(ref, name)
            return self.shape(self.merged(spot, ()), name)
        parts = self.told.all(spot, "all-of")
        if parts:
            own = without(spot, self.told.heads("all-of"))
            shaping = [part for part in (*parts, own) if self.shapes(part)]
            if len(shaping) == 1 and shaping[0] is not own:
                for part in parts:
                    if part is not shaping[0]:
                        self.tell_lost(part)
                return self.read(shaping[0], name)
            return self.shape(self.merged(spot, ()), name)
        variants = self.told.all(spot, "any-of")
        if variants:
            return self.union(spot, variants, name)
        return self.plain(spot, name)

    def plain(self, spot: Spot, name: str) -> Typed:
        """A type by its words, and by what stands in it."""
        const = self.told.first(spot, "const") or self.null_const(spot)
        if const is not None:
            from generator.read.json_text import json_text

            value = json_text(const.node)
            return Typed(NULL if value == "null" else Literal((value,)))
        texts = self.type_texts(spot)
        found = [self.of_word(spot, text, name) for text in texts or (None,)]
        values = self.told.all(spot, "enum")
        if values:
            base = [typed.type for typed in found if typed.told]
            return self.enum(spot, values, base, name)
        facts = tuple(fact for typed in found for fact in typed.facts)
        told = any(typed.told for typed in found)
        return Typed(merge_literals(tuple(t.type for t in found)), facts, told)

    def null_const(self, spot: Spot) -> Spot | None:
        """A const of null, which `first` takes for nothing."""
        found = self.told.all(spot, "const")
        return found[0] if found else None

    def type_texts(self, spot: Spot) -> list[Spot]:
        """The words that say what the type is: one, or a list of alternatives."""
        for path in self.told.keys.get("type", ()):
            found = list(self.walker.find(spot, path))
            texts: list[Spot] = []
            for place in found:
                if isinstance(place.node, nodes.Sequence):
                    texts += self.walker.step(place, "[]")
                elif isinstance(place.node, nodes.Scalar) and place.text:
                    texts.append(place)
            if texts:
                return texts
        return []

    def of_word(self, spot: Spot, text: Spot | None, name: str) -> Typed:
        """What one word of the type says together with the parts of the type that stand beside it."""
        said = self.word(text, self.told.text(spot, "format")) if text else self.ruled(spot)  # fmt: skip
        type_ = said.type if said.told else None
        if type_ in (None, OBJECT, ANY) or isinstance(type_, MapOf):
            if self.is_object(spot):
                return Typed(self.define(spot, name))
            values = self.told.first(spot, "values")
            if values is not None and values.text not in ("true", "false"):
                inner = self.read(values, f"{name}.value")
                return Typed(MapOf(inner.type), facts_on("values", inner.facts))
            if values is not None and type_ is None:
                return Typed(OBJECT)
        if type_ in (None, ANY) or isinstance(type_, ListOf):
            items = self.told.first(spot, "items")
            if items is not None:
                inner = self.read(items, f"{name}.item")
                return Typed(ListOf(inner.type), facts_on("items", inner.facts))
        return said

    def ruled(self, spot: Spot) -> Typed:
        """The type that a rule tells: by a key that is there."""
        found = self.told.ruled(spot, "type")
        if found:
            rule, place = found
            return Typed(parse_type(rule.value, CANONICAL, place.span))
        return Typed(ANY, (), False)

    def word(self, spot: Spot, format_: str) -> Typed:
        """What the word of a type means."""
        text, words = spot.text.strip(), self.dialect.words
        if text not in words.types and (entry := self.catalog.named(text, spot.file)):
            return self.point(entry)
        whole = text
        if format_:
            whole = f"{text}({format_})"
            for pattern, instead in words.rewrite:
                whole = pattern.sub(instead, whole)
            if whole != f"{text}({format_})":
                text, format_ = whole, ""
        facts = self.told.type_facts(spot.text, spot)
        known = words.types.get(text) or words.types.get(text.lower())
        if known is None:
            try:
                known = parse_type(text, words, spot.span)
            except TypeSyntaxError as error:
                message = f'the type "{text}" cannot be read: {error}'
                self.teller.report(spot.span, "unread-type", message)
                return Typed(ANY, facts)
        return Typed(with_format(known, format_) if format_ else known, facts)

    def enum(
        self, spot: Spot, values: Sequence[Spot], base: Sequence[TypeRef], name: str
    ) -> Typed:
        """One of some values; a named enum where they have descriptions. Of a list, its items are."""
        type_ = one_of(tuple(base)) if base else ANY
        whole = without_null(type_)
        item = whole.item if isinstance(whole, ListOf) else whole
        found = read_values(self.told, values, item)
        if not found:
            return Typed(type_, (), bool(base))
        nullable = NULL in base or any(value.value == "null" for value in found)
        found = [value for value in found if value.value != "null"]
        if not found:
            return Typed(NULL)
        inner: TypeRef = Literal(tuple(value.value for value in found))
        if any(value.description or value.name for value in found):
            pointer = values[0].pointer.rpartition("/")[
                0
            ]  # one enum where it is shared
            inner = self.define(
                spot._replace(file=values[0].file, pointer=pointer), name
            )
        elif self.told.flag(spot, "open"):
            inner = Literal(tuple(value.value for value in found), True)
        inner = ListOf(inner) if isinstance(whole, ListOf) else inner
        return Typed(merge_literals((inner, NULL)) if nullable else inner)

    # --- what refers and what is put together -------------------------------------------------------

    def reference(self, ref: Spot, name: str) -> Typed:
        """What a reference means. A type that is no more than a word with facts stands where it is used."""
        entry = self.catalog.target(ref)
        if entry is None:
            return Typed(self.catalog.outside(ref))
        return self.point(entry)

    def point(self, entry: Entry) -> Typed:
        place = entry.spot.file, entry.spot.pointer
        parts = ("fields", "patterned", "any-of", "all-of", "ref", "enum")
        with self.told.of(entry):
            plain = isinstance(entry.spot.node, nodes.Mapping)
            if plain and place not in self.inside and not self.has(entry.spot, *parts):
                self.inside.append(place)
                typed = self.read(entry.spot, entry.name)
                self.inside.pop()
                if typed.facts:
                    return typed
        if not entry.listed:
            entry.listed = True
            self.catalog.wanted.append(entry)
        return Typed(entry.ref)

    def merged(self, spot: Spot, seen: tuple[tuple[str, str], ...]) -> Spot:
        """A node with all that its reference and its parts (`all-of`) say."""
        deep = self.told.heads("fields") | self.told.heads("patterned") | self.told.heads("required-names")  # fmt: skip
        ref = self.told.first(spot, "ref")
        if ref is not None and isinstance(ref.node, nodes.Scalar):
            rest = without(spot, self.told.heads("ref"))
            entry = self.catalog.target(ref)
            if entry is None:
                self.catalog.tell_missing(ref)
                return self.merged(rest, seen)
            place = entry.spot.file, entry.spot.pointer
            if place in seen:
                return rest
            low = self.merged(entry.spot, (*seen, place))
            return self.walker.overlay(low, self.merged(rest, seen), deep)
        parts = self.told.all(spot, "all-of")
        found = without(spot, self.told.heads("all-of")) if parts else spot
        for part in reversed(parts):
            low = self.merged(part, seen)
            if self.has(low, "any-of") and self.has(found, "any-of"):
                self.teller.lose(part, "allOf")
            self.tell_lost(part)
            found = self.walker.overlay(low, found, deep)
        return found

    def union(self, spot: Spot, variants: Sequence[Spot], name: str) -> Typed:
        """One of several types."""
        own = without(spot, self.told.heads("any-of"))
        if not any(self.shapes(variant) for variant in variants):
            for variant in variants:  # they only say which keys go together
                self.teller.lose(variants[0], min(self.told.heads("any-of")))
                self.tell_lost(variant)
            return self.plain(own, name)
        shaped = self.has(own, "fields", "patterned", "enum", "items")
        values = self.told.first(own, "values")
        plain = values is not None and values.text not in ("true", "false")
        if values is not None and (plain or not all(map(self.is_reference, variants))):
            shaped = True
        shaped = shaped or not any(map(self.tells_kind, variants))
        deep = self.told.heads("fields") | self.told.heads("patterned") | self.told.heads("required-names")  # fmt: skip
        found: list[Typed] = []
        for number, variant in enumerate(variants, 1):
            label = name if len(variants) == 1 else f"{name}.option{number}"
            if shaped:
                whole = self.walker.overlay(own, self.merged(variant, ()), deep)
                found.append(self.read(whole._replace(pointer=variant.pointer, file=variant.file), label))  # fmt: skip
            else:
                found.append(self.read(variant, label))
        facts: list[Fact] = []
        for typed in found:
            others = [t.type for t in found if t is not typed]
            if all(self.differ(other, typed.type) for other in others):
                facts += typed.facts
            elif typed.facts:
                for fact in typed.facts:
                    where = Spot(nodes.Scalar("", True, fact.span.line, fact.span.column), fact.span.file)  # fmt: skip
                    self.teller.lose(where, fact.kind)
        return Typed(merge_literals(tuple(t.type for t in found)), tuple(facts))

    def kinds(self, type_: TypeRef) -> set[str]:
        """The kinds of JSON values that a type may have; `any` where that cannot be seen."""
        match type_:
            case OneOf(members):
                return {kind for member in members for kind in self.kinds(member)}
            case Scalar(kind):
                return {"number" if kind == "integer" else kind}
            case ListOf():
                return {"array"}
            case MapOf():
                return {"object"}
            case Literal(values):
                texts = {value[:1] for value in values}
                return {"string"} if texts == {'"'} else {"any"}
            case Ref():
                entry = self.catalog.entry_of(type_)
                return {"object" if entry and self.is_object(entry.spot) else "any"}
            case _:
                assert_never(type_)

    def differ(self, one: TypeRef, other: TypeRef) -> bool:
        """Whether no value but null has both types, as far as can be seen."""
        first, second = self.kinds(one), self.kinds(other)
        return "any" not in first | second and not (first & second) - {"null"}

    def finish(self, spot: Spot, typed: Typed) -> Typed:
        """A type with what flags and facts beside it say."""
        type_, facts = typed.type, typed.facts
        type_, by_key = self.by_key(spot, type_)
        own = self.told.facts(spot, type_)
        if self.told.flag(spot, "list"):
            inner = tuple(fact for fact in own if fact.kind not in OF_LISTS)
            held = tuple(fact for fact in own if fact.kind in OF_LISTS)
            facts = (*facts_on("items", (*facts, *inner)), *held)
            type_ = MapOf(self.catalog.brief(type_)) if by_key else ListOf(type_)
        elif self.told.flag(spot, "map"):
            facts, type_ = facts_on("values", (*facts, *own)), MapOf(type_)
        else:
            facts = each_once((*own, *facts))
        if self.told.flag(spot, "nullable") and type_ != ANY:
            type_ = merge_literals((type_, NULL))
        return Typed(type_, facts, typed.told)

    def by_key(self, spot: Spot, type_: TypeRef) -> tuple[TypeRef, bool]:
        """What is sent of a model that is known by a key: the key, where the field does not say that the model stands there itself."""
        if "by-key" not in self.told.keys or not isinstance(type_, Ref):
            return type_, False
        key = self.catalog.key_of(type_)
        if key is None:
            return type_, False
        inline = self.told.flag(spot, "inline")
        listed = self.told.ruled(spot, "inline")
        if inline or listed:
            return type_, listed is None
        return key, False
