"""What has changed between two schemas, definition by definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.comparison.change import Change, Difference
from generator.comparison.constraints import compare_facts
from generator.comparison.fields import (
    FieldPair,
    compare_field,
    compare_texts,
    match_fields,
    order_of,
)
from generator.comparison.match import Pair, match_definitions
from generator.comparison.say import sentence
from generator.comparison.types import Types, compare_values
from generator.diagnostics import SourceSpan
from generator.ir import (
    ANY,
    Alias,
    Definition,
    Enum,
    Field,
    Literal,
    Model,
    Ref,
    Schema,
    TypeRef,
)
from generator.print_ir.types import print_type

_OTHER_KEYS = "*"  # stands for the field where a model's other keys have changed


def compare_schemas(old: Schema, new: Schema) -> list[Change]:
    """All changes: of the definitions of the new schema in its order, and then what is gone."""
    matches = match_definitions(old, new)
    types = Types(
        {d.key: d for d in old.definitions},
        {d.key: d for d in new.definitions},
        matches.keys,
    )
    pairs = {pair.new.key: pair for pair in matches.pairs}
    found: list[Change] = []
    for definition in new.definitions:
        if pair := pairs.get(definition.key):
            found += _Comparison(pair, types).changes()
        else:
            added = Difference("model-added", new=_kind(definition))
            found.append(_change(definition.key, added, None, definition.span))
    for gone in matches.gone:
        removed = Difference("model-removed", old=_kind(gone))
        found.append(_change(gone.key, removed, gone.span, None))
    return _numbered(found)


def _numbered(changes: Iterable[Change]) -> list[Change]:
    """The changes without any that is said twice."""
    return list(
        {change.fingerprint: change for change in reversed(list(changes))}.values()
    )[::-1]


def _change(
    model: str,
    found: Difference,
    old: SourceSpan | None,
    new: SourceSpan | None,
    field: str = "",
    guess: str = "",
    near: SourceSpan | None = None,
) -> Change:
    return Change(
        found.rule,
        model,
        field,
        found.old,
        found.new,
        old,
        new,
        sentence(model, field, found, guess),
        found.part,
        guess,
        new or near,
    )


def _kind(definition: Definition) -> str:
    match definition:
        case Model():
            return "model"
        case Enum():
            return "enum"
        case Alias():
            return f"type {print_type(definition.type)}"


class _Comparison:
    """Compares one definition with what has become of it."""

    def __init__(self, pair: Pair, types: Types) -> None:
        self.old, self.new, self.guess = pair
        self.types = types

    def changes(self) -> Iterator[Change]:
        old, new = self.old, self.new
        if old.key != new.key:
            yield self.own(Difference("model-renamed", old.key, new.key), self.guess)
        match old, new:
            case Model(), Model():
                yield from self.models(old, new)
            case Enum(), Enum():
                yield from self.enums(old, new)
            case _:
                for found in self.types.compare(_as_type(old), _as_type(new)):
                    yield self.own(found)
        for found in compare_facts(old, new) if old.facts or new.facts else ():
            yield self.own(found)
        for found in compare_texts(
            (old.description, old.deprecated), (new.description, new.deprecated)
        ):
            yield self.own(found)

    def own(self, found: Difference, guess: str = "") -> Change:
        """A change of the definition itself."""
        spans = self.old.span, self.new.span
        return _change(self.new.key, found, *spans, guess=guess)

    def models(self, old: Model, new: Model) -> Iterator[Change]:
        pairs = match_fields(old.fields, new.fields, self.types)
        for pair in pairs:
            yield from self.field(pair)
        yield from self.order(
            [(p.old.name, p.new.name) for p in pairs if p.old and p.new],
            [field.name for field in old.fields],
        )
        for pair in match_fields(old.patterned, new.patterned, self.types):
            yield from self.field(pair, "/{}/")
        if old.rest != new.rest:
            spans = self.old.span, self.new.span
            rests = old.rest or ANY, new.rest or ANY
            for found in self.types.compare(*rests):
                shown = found._replace(part=f"values.{found.part}".rstrip("."))
                yield _change(self.new.key, shown, *spans, _OTHER_KEYS)

    def field(self, pair: FieldPair, shown: str = "{}") -> Iterator[Change]:
        """The changes of a field. `shown`: what its name looks like."""
        old, new, guess = pair
        model = self.new.key
        if old is None or new is None:
            found = _added_or_removed(old, new)
            name = shown.format((new or old).name)  # type: ignore[union-attr]
            spans = old.span if old else None, new.span if new else None
            yield _change(model, found, *spans, name, near=self.new.span)
            return
        name = shown.format(new.name)
        if guess:
            found = Difference("field-renamed", old.name, new.name)
            yield _change(model, found, old.span, new.span, name, guess)
            old = replace(old, name=new.name, wire=new.wire)  # that is told
        for found in compare_field(old, new, self.types):
            yield _change(model, found, old.span, new.span, name)

    def order(
        self, pairs: Sequence[tuple[str, str]], old: Sequence[str]
    ) -> Iterator[Change]:
        if orders := order_of(pairs, old):
            before, after = map(", ".join, orders)
            yield self.own(Difference("order-changed", before, after))

    def enums(self, old: Enum, new: Enum) -> Iterator[Change]:
        before = {value.value: value for value in old.values}
        after = {value.value: value for value in new.values}
        spans = self.old.span, self.new.span
        for found in compare_values(
            Literal(tuple(before), old.open), Literal(tuple(after), new.open)
        ):
            yield self.own(found)
        both = [value for value in after if value in before]
        for value in both:
            one, two = before[value], after[value]
            if one.name != two.name:
                found = Difference("enum-name-changed", one.name, two.name)
                yield _change(self.new.key, found, *spans, value)
            if one.description != two.description:
                found = Difference(
                    "description-changed", one.description, two.description
                )
                yield _change(self.new.key, found, *spans, value)
        yield from self.order([(value, value) for value in both], list(before))


def _added_or_removed(old: Field | None, new: Field | None) -> Difference:
    if new is None:
        return Difference("field-removed", old=print_type(old.type) if old else "")
    word = "required" if new.required else "optional"
    return Difference(f"field-added-{word}", new=print_type(new.type))


def _as_type(definition: Definition) -> TypeRef:
    """What a definition takes. A model is only itself."""
    match definition:
        case Alias(type=type_):
            return type_
        case Enum(values=values, open=open_):
            return Literal(tuple(value.value for value in values), open_)
        case Model():
            return Ref(definition.key)
