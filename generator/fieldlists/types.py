"""From a node that describes a type to a type and facts: words, lists, maps, enums, objects, unions, references and what is merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from generator.dialect.lists import ListDialect
from generator.facts import SIMPLE
from generator.fieldlists.catalog import Catalog, Entry
from generator.fieldlists.enums import read_values
from generator.fieldlists.keep import SEALED, Keeper
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
from generator.light import NamedTuple
from generator.read import nodes
from generator.typeexpr import CANONICAL, TypeSyntaxError, merge_literals, parse_type

_SHAPING = (
    *("type", "fields", "patterned", "items", "values", "unevaluated", "enum"),
    *("const", "ref", "any-of", "all-of", "first-items"),
)


_ANYTHING = nodes.Scalar("true", True, 1, 1)


class Typed(NamedTuple):
    """A type, and facts of what has it."""

    type: TypeRef
    facts: tuple[Fact, ...] = ()
    told: bool = True  # something says what the type is

    def with_facts(self, more: Sequence[Fact]) -> Typed:
        """The same with more facts."""
        return self._replace(facts=(*self.facts, *more)) if more else self


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
        self.keeper = Keeper(told, catalog)
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

    def is_never(self, spot: Spot) -> bool:
        """Whether a node says that nothing may stand here: `false`, in JSON Schema."""
        node = spot.node
        scalar = isinstance(node, nodes.Scalar) and node.plain
        return bool(self.keeper.words) and scalar and spot.text == "false"

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
            if self.is_never(spot):
                return Typed(ANY, self.keeper.fact(spot, [{"not": {}}]))
            known = {"true": ANY, "": ANY}.get(node.text)
            return Typed(known, (), False) if known else self.word(spot, "")
        if isinstance(node, nodes.Sequence):
            self.teller.lose(spot, spot.key.text if spot.key else "items")
            return Typed(self.one_of(self.walker.step(spot, "[]"), f"{name}.item"))
        self.tell_lost(spot)
        found = self.shape(spot, name)
        if not found.told and untyped is not None:
            found = found._replace(type=untyped())
        return self.finish(spot, found)

    def shape(self, spot: Spot, name: str) -> Typed:
        """The type without what flags and facts beside it say."""
        ref = self.told.first(spot, "ref")
        if ref is not None and isinstance(ref.node, nodes.Scalar):
            rest = self.beside(spot)
            if not self.shapes(rest):
                return self.reference(ref, name).with_facts(self.kept(rest))
            return self.shape(self.merged(spot, ()), name)
        parts = self.told.all(spot, "all-of")
        if parts:
            own = without(spot, self.told.heads("all-of"))
            shaping = [part for part in (*parts, own) if self.shapes(part)]
            if len(shaping) == 1 and shaping[0] is not own:
                more = self.kept(own)
                for part in parts:
                    if part is not shaping[0]:
                        self.tell_lost(part)
                        more += (*self.told.facts(part, ANY), *self.kept(part))
                return self.read(shaping[0], name).with_facts(more)
            return self.shape(self.merged(spot, ()), name)
        variants = self.told.all(spot, "any-of")
        if variants:
            return self.union(spot, variants, name)
        branches = self.told.every(spot, "either")
        if branches and not self.shapes(spot) and all(map(self.shapes, branches)):
            return Typed(self.one_of(branches, f"{name}.option"), self.kept(spot))
        found = self.plain(spot, name)
        if self.is_object(spot):
            return found
        return found.with_facts(self.kept(spot, self.false_keys(spot)))

    def one_of(self, spots: Iterable[Spot], name: str) -> TypeRef:
        """The union of the types that some nodes describe."""
        types = [self.read(s, f"{name}{n}").type for n, s in enumerate(spots, 1)]
        return merge_literals(tuple(types)) if types else ANY

    def false_keys(self, spot: Spot) -> set[str]:
        """The key that says of an object without fields that it has no keys at all."""
        values = self.other_keys(spot)
        if values is None or values.text != "false" or values.key is None:
            return set()
        return {values.key.text}

    def kept(self, spot: Spot, keys: Iterable[str] = ()) -> tuple[Fact, ...]:
        """What is kept of a node that is no model: which keys an object must have, too."""
        more = {*self.told.heads("required-names"), *keys}
        if self.one_by_one(spot):
            more |= self.told.heads("items") | self.told.heads("more-items")
        return self.keeper.of(spot, more)

    def other_keys(self, spot: Spot) -> Spot | None:
        """What describes the values of all keys that nothing else describes."""
        return self.told.first(spot, "values") or self.told.first(spot, "unevaluated")

    def one_by_one(self, spot: Spot) -> list[Spot]:
        """The items of a list whose types stand one by one."""
        items = self.told.first(spot, "items")
        if items is not None and isinstance(items.node, nodes.Sequence):
            return list(self.walker.step(items, "[]"))
        return self.told.all(spot, "first-items")

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
            values = self.other_keys(spot)
            if values is not None and values.text not in ("true", "false"):
                inner = self.read(values, f"{name}.value")
                return Typed(MapOf(inner.type), facts_on("values", inner.facts))
            if values is not None and type_ is None:
                return Typed(OBJECT)
        if type_ in (None, ANY) or isinstance(type_, ListOf):
            if self.keeper.words and (first := self.one_by_one(spot)):
                items = self.told.first(spot, "items")
                if items is None or isinstance(items.node, nodes.Sequence):
                    items = self.told.first(spot, "more-items")
                if items is None or items.text != "false":
                    first += [items or spot._replace(node=_ANYTHING)]
                return Typed(ListOf(self.one_of(first, f"{name}.item")))
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
                if any(fact.kind in SIMPLE for fact in typed.facts):
                    return typed
        if not entry.listed:
            entry.listed = True
            self.catalog.wanted.append(entry)
        return Typed(entry.ref)

    def beside(self, spot: Spot) -> Spot:
        """What stands beside a reference, as far as it counts."""
        rest = without(spot, self.told.heads("ref"))
        if not self.keeper.is_lone(spot):
            return rest
        heads = ("all-of", "any-of", "required-names")
        vain = {*self.keeper.words, *(w for each in heads for w in self.told.heads(each))}  # fmt: skip
        self.teller.lose_keys(rest, vain, self.walker)
        return without(rest, vain)

    def merged(self, spot: Spot, seen: tuple[tuple[str, str], ...]) -> Spot:
        """A node with all that its reference and its parts (`all-of`) say."""
        deep = self.deep
        ref = self.told.first(spot, "ref")
        if ref is not None and isinstance(ref.node, nodes.Scalar):
            rest = self.beside(spot)
            entry = self.catalog.target(ref)
            if entry is None:
                self.catalog.tell_missing(ref)
                return self.merged(rest, seen)
            place = entry.spot.file, entry.spot.pointer
            if place in seen:
                return rest
            low = self.keeper.seal(self.merged(entry.spot, (*seen, place)))
            high = self.keeper.seal(self.merged(rest, seen))
            return self.walker.overlay(low, high, deep)
        parts = self.told.all(spot, "all-of")
        found = self.keeper.seal(without(spot, self.told.heads("all-of"))) if parts else spot  # fmt: skip
        for part in reversed(parts):
            low = self.keeper.seal(self.merged(part, seen))
            if self.has(low, "any-of") and self.has(found, "any-of"):
                if self.keeper.words:
                    low = self.keeper.set_apart(low, self.told.heads("any-of"))
                else:
                    self.teller.lose(part, "allOf")
            self.tell_lost(part)
            found = self.walker.overlay(low, found, deep)
        return found

    def union(self, spot: Spot, variants: Sequence[Spot], name: str) -> Typed:
        """One of several types."""
        heads = self.told.heads("any-of")
        own = without(spot, heads)
        if not any(self.shapes(variant) for variant in variants):
            if self.keeper.words:  # they only say which keys go together
                if self.is_object(own):
                    return self.plain(spot, name)
                more = self.kept(own) + self.keeper.of(without(spot, self.keeper.words), heads)  # fmt: skip
                return self.plain(own, name).with_facts(more)
            for variant in variants:
                self.teller.lose(variants[0], min(self.told.heads("any-of")))
                self.tell_lost(variant)
            return self.plain(own, name)
        shaped = self.has(own, "fields", "patterned", "enum", "items")
        values = self.other_keys(own)
        plain = values is not None and values.text not in ("true", "false")
        if values is not None and (plain or not all(map(self.is_reference, variants))):
            shaped = True
        shaped = shaped or not any(map(self.tells_kind, variants))
        found: list[Typed] = []
        more = self.kept(own)
        own = without(own, {*self.keeper.words, SEALED}) if more else own
        for number, variant in enumerate(variants, 1):
            label = name if len(variants) == 1 else f"{name}.option{number}"
            if shaped:
                whole = self.walker.overlay(own, self.merged(variant, ()), self.deep)
                file, pointer = variant.file, variant.pointer
                if file != spot.file or not pointer.startswith(f"{spot.pointer}/"):
                    # It is a part of another definition, which is not laid over our own.
                    file, pointer = spot.file, f"{spot.pointer}/{number - 1}"
                found.append(self.read(whole._replace(pointer=pointer, file=file), label))  # fmt: skip
            else:
                found.append(self.read(variant, label))
        facts: list[Fact] = []
        for typed in found:
            others = [t.type for t in found if t is not typed]
            if all(self.differ(other, typed.type) for other in others):
                facts += typed.facts
            elif typed.facts and self.keeper.words:
                whole_of = self.keeper.of(without(spot, self.keeper.words), heads)
                more += tuple(fact for fact in whole_of if fact not in more)
            elif typed.facts:
                for fact in typed.facts:
                    where = Spot(nodes.Scalar("", True, fact.span.line, fact.span.column), fact.span.file)  # fmt: skip
                    self.teller.lose(where, fact.kind)
        return Typed(merge_literals(tuple(t.type for t in found)), (*facts, *more))

    @property
    def deep(self) -> set[str]:
        """The keys below which two nodes are laid over each other."""
        heads = ("fields", "patterned", "required-names")
        return {SEALED, *(word for each in heads for word in self.told.heads(each))}

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
            inner = self.catalog.key_of(type_, "inner-key")
            return type_, inner is not None and not self.told.ruled(spot, "inline")
        inline = self.told.flag(spot, "inline")
        listed = self.told.ruled(spot, "inline")
        if inline or listed:
            return type_, listed is None
        return key, False
