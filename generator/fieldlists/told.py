"""What the values beside a type say of a field: flags, texts and facts, by the keys and rules of a dialect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from generator.dialect.lists import ListDialect, Path, Rule
from generator.facts import KINDS, SIMPLE, fits
from generator.fieldlists.catalog import Entry
from generator.fieldlists.spots import Spot, Walker, is_empty
from generator.fieldlists.tell import Teller
from generator.ir import Fact, Scalar, TypeRef
from generator.native.values import YES_NO
from generator.read import nodes
from generator.read.json_text import JsonValue, dump_json, json_text, parse_json

_EXCLUSIVE = {
    "exclusive-minimum": ("minimum", "exclusiveMinimum"),
    "exclusive-maximum": ("maximum", "exclusiveMaximum"),
}
OF_LISTS = {"minItems", "maxItems", "uniqueItems"}


class Told:
    """Reads what stands beside a type. `keys`: meaning → paths; a definition may have some of its own."""

    def __init__(self, dialect: ListDialect, walker: Walker, teller: Teller) -> None:
        self.dialect = dialect
        self.walker = walker
        self.teller = teller
        self.keys: Mapping[str, tuple[Path, ...]] = dialect.keys

    @contextmanager
    def of(self, entry: Entry) -> Iterator[None]:
        """While a definition is read: its dialect, and what its keys mean."""
        before = self.dialect, self.keys
        self.dialect, self.keys = entry.dialect, entry.keys
        yield
        self.dialect, self.keys = before

    def first(self, spot: Spot, meaning: str) -> Spot | None:
        paths = self.keys.get(meaning)
        return self.walker.first(spot, paths) if paths else None

    def all(self, spot: Spot, meaning: str) -> list[Spot]:
        paths = self.keys.get(meaning)
        return self.walker.all(spot, paths) if paths else []

    def heads(self, meaning: str) -> set[str]:
        """The keys by which the paths of a meaning begin."""
        return {path.steps[0] for path in self.keys.get(meaning, ()) if path.steps}

    def every(self, spot: Spot, meaning: str) -> list[Spot]:
        """What all paths of a meaning lead to."""
        paths = self.keys.get(meaning, ())
        return [found for path in paths for found in self.walker.find(spot, path)]

    def text(self, spot: Spot, meaning: str) -> str:
        """The text of a key; paragraphs where it is a list of texts."""
        found = self.first(spot, meaning)
        if found is None:
            return ""
        node = found.node
        items = node.items if isinstance(node, nodes.Sequence) else (node,)
        texts = (n.text.strip() for n in items if isinstance(n, nodes.Scalar))
        return "\n\n".join(filter(None, texts))

    def flag(self, spot: Spot, meaning: str) -> bool | None:
        """Yes or no, from a key or the last rule that says so; None where nothing does. Lists and mappings tell elsewhere."""
        for path in self.keys.get(meaning, ()):
            for found in self.walker.find(spot, path):
                node = found.node
                if isinstance(node, nodes.Scalar) and not is_empty(node):
                    known = YES_NO.get(node.text)
                    if known is None and meaning == "required":
                        message = f'"{node.text}" is neither true nor false'
                        self.teller.report(found.span, "unknown-required-mark", message)
                    if known is not None:
                        return known
        return True if self.ruled(spot, meaning) else None

    def matching(self, spot: Spot, rule: Rule) -> Iterator[Spot]:
        for found in self.walker.find(spot, rule.at):
            if rule.matches is None:
                if not is_empty(found.node) or found.key is not None and rule.says == "type":  # fmt: skip
                    yield found
            elif isinstance(found.node, nodes.Scalar) and rule.matches.search(
                found.text
            ):
                yield found

    def ruled(self, spot: Spot, says: str) -> tuple[Rule, Spot] | None:
        """The first rule that holds of those that say something."""
        for rule in self.dialect.rules:
            if rule.says == says:
                for found in self.matching(spot, rule):
                    return rule, found
        return None

    def deprecated(self, spot: Spot) -> str | None:
        found = self.first(spot, "deprecated")
        if found is None:
            return "" if self.ruled(spot, "deprecated") else None
        node = found.node
        if not isinstance(node, nodes.Scalar):
            return ""
        known = YES_NO.get(node.text)
        if known is None:
            return node.text.strip()
        return "" if known else None

    def facts(self, spot: Spot, type_: TypeRef) -> tuple[Fact, ...]:
        """The facts of a field, each kind once."""
        found: dict[str, Fact] = {}
        for kind in SIMPLE:
            if kind == "format":
                continue  # a part of the type
            value = self.first(spot, kind)
            if value is not None and (fact := self.fact(kind, value, type_)):
                found.setdefault(kind, fact)
        for rule in self.dialect.rules:
            if rule.says in KINDS and rule.says not in found:
                for place in self.matching(spot, rule):
                    if fact := self.rule_fact(rule, place, type_):
                        found[rule.says] = fact
                        break
        for says, (plain, exclusive) in _EXCLUSIVE.items():
            if plain in found and self.flag(spot, says):
                fact = found.pop(plain)
                found[exclusive] = Fact(exclusive, fact.value, fact.words, fact.span)
        if not self.flag(spot, "recommended") and "recommended" in found:
            del found["recommended"]
        return tuple(found.values())

    def rule_fact(self, rule: Rule, place: Spot, type_: TypeRef) -> Fact | None:
        if not rule.value:
            if KINDS[rule.says].takes == "flag":
                return Fact(rule.says, "true", _words(place), place.span)
            return self.fact(rule.says, place, type_)
        value = rule.value
        if rule.matches and (match := rule.matches.search(place.text)):
            value = match.expand(value)
        text = value if fits(KINDS[rule.says].takes, _json(value)) else dump_json(value)
        return Fact(rule.says, text, _words(place), place.span)

    def fact(self, kind: str, spot: Spot, type_: TypeRef) -> Fact | None:
        """A fact, or None and a note where the value is none that it takes."""
        takes, node = KINDS[kind].takes, spot.node
        text = json_text(node)
        if isinstance(node, nodes.Scalar):
            if takes in ("text", "pattern"):
                text = dump_json(node.text)
            elif takes == "condition":
                text = dump_json(node.text.strip())
            elif takes == "flag":
                text = dump_json(YES_NO.get(node.text, node.text))
            elif self.dialect.texts and fits(takes, _json(node.text)):
                text = node.text
        if fits(takes, parse_json(text)):
            return None if text == "false" else Fact(kind, text, _words(spot), spot.span)  # fmt: skip
        if text not in ("true", "false"):  # a flag of older JSON Schema: its rule tells
            self.teller.lose(spot, spot.key.text if spot.key else kind)
        return None

    def type_facts(self, text: str, span: Spot) -> tuple[Fact, ...]:
        """What the words of a type say of a value's length and the like: `varchar(20)`."""
        return tuple(
            Fact(kind, match.expand(value), text, span.span)
            for pattern, kind, value in self.dialect.type_facts
            if (match := pattern.search(text))
        )


def _json(text: str) -> JsonValue:
    try:
        return parse_json(text)
    except ValueError:
        return None


def _words(spot: Spot) -> str:
    """What stands there: `minimum: 0`."""
    node = spot.node
    text = node.text.strip() if isinstance(node, nodes.Scalar) else json_text(node)
    return f"{spot.key.text}: {text}" if spot.key else text


def with_format(type_: TypeRef, format_: str) -> TypeRef:
    """A plain type with a format."""
    plain = isinstance(type_, Scalar) and not type_.format
    if plain and isinstance(type_, Scalar) and type_.kind in ("string", "integer", "number"):  # fmt: skip
        return Scalar(type_.kind, format_)
    return type_


def facts_on(part: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts of a part of a value."""
    return tuple(
        Fact(f.kind, f.value, f.words, f.span, f"{part}.{f.on}" if f.on else part)
        for f in facts
    )


def each_once(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts, each kind of each part once: the first counts. Of schemas all hold."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        place = fact.kind, fact.on
        known = found.setdefault(place, fact)
        if fact.kind == "schema" and known.value != fact.value:
            value = f'{{"allOf": [{known.value}, {fact.value}]}}'
            found[place] = Fact("schema", value, known.words, known.span, known.on)
    return tuple(found.values())
