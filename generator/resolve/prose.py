"""What descriptions state of their fields: values, defaults, limits, null and more, by the rules of `generator/prose`.

Each fact is kept with its words and their place. What becomes part of the field (values, a default, null, a deprecation, a format of
strings) is in its type as well. A fact that the field's columns contradict is reported and not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import Definition, Fact, Field, Model, Schema
from generator.prose import About, Found, Rules, find_facts, load_rules
from generator.resolve.context import Context
from generator.resolve.stated import Report, Stated, kind_of
from generator.resolve.strikes import Strikes

# What generators write into the type: where theirs does not say it, a sentence does not either.
_IN_TYPES = {
    ("nullable", "true"),
    ("format", '"date-time"'),
    ("format", '"date"'),
}


def read_prose_facts(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Add to each field of docs what its description states, as far as the options ask for it."""
    strikes = Strikes(context.options.facts, context.options.ignore_facts)
    if strikes.kinds is not None and not strikes.kinds:
        strikes.tell(report)
        return schema
    by_key = {d.key: d for d in schema.definitions}
    language = context.options.language, context.rules
    reader = _Reader(by_key, strikes, context.dialect is not None, language, report)
    models = [d for d in schema.definitions if isinstance(d, Model)]
    if models:
        every = (field for model in models for field in _fields(model))
        words = _words_in(every, reader.load().words)
        schema = replace(
            schema,
            definitions=tuple(
                reader.model(d, words) if isinstance(d, Model) else d
                for d in schema.definitions
            ),
        )
    strikes.tell(report)
    return schema


def _fields(model: Model) -> tuple[Field, ...]:
    return (*model.fields, *model.patterned)


def _words_in(fields: Iterable[Field], words: Iterable[str]) -> list[str]:
    """Those words that stand in some description: one look for many fields, as most say nothing."""
    text = "\n".join([field.description for field in fields]).lower()
    return [word for word in words if word in text]


class _Reader:
    def __init__(
        self,
        by_key: dict[str, Definition],
        strikes: Strikes,
        by_hand: bool,
        language: tuple[str, str],
        report: Report,
    ) -> None:
        self.by_key = by_key
        self.by_hand = by_hand
        self.language = language
        self.strikes = strikes
        self.report = report
        self.rules: Rules | None = None
        self.known: dict[tuple[str, About], list[Found]] = {}

    def model(self, model: Model, words: Iterable[str]) -> Model:
        """The model with what its descriptions state. `words`: those of the rules that stand in descriptions of the schema."""
        words = _words_in(_fields(model), words)
        if not words:
            return model
        names = frozenset(field.name for field in model.fields)

        def read(field: Field) -> Field:
            low = field.description.lower()
            some = any(word in low for word in words)
            return self.field(field, model, names) if some else field

        fields = tuple(map(read, model.fields))
        patterned = tuple(map(read, model.patterned))
        same = all(a is b for a, b in zip(fields, model.fields, strict=True))
        if same and not patterned:
            return model
        return replace(model, fields=fields, patterned=patterned)

    def field(self, field: Field, model: Model, names: frozenset[str]) -> Field:
        """The field with what its description states."""
        if field.text is None or not field.description:
            return field
        kind, item = kind_of(field.type, self.by_key)
        about = About(field.name, kind, item, names - {field.name})
        found = self.find(field.description, about)
        if not found:
            return field
        stated = Stated(field, self.by_key, self.report)
        for one in found:
            if not self.by_hand and (one.kind, one.value) in _IN_TYPES:
                continue
            if not self.strikes.allows(model.name, field.name, one.kind):
                continue
            fact = _fact(one, field.text, field.description)
            if one.against is None:
                stated.add(one, fact)
            else:
                stated.clash(fact, field.description[slice(*one.against)])
        return stated.field()

    def find(self, text: str, about: About) -> list[Found]:
        return find_facts(text, about, self.load())

    def load(self) -> Rules:
        if self.rules is None:
            self.rules = load_rules(*self.language)
        return self.rules


def _fact(found: Found, text: SourceSpan, description: str) -> Fact:
    """A fact with the exact place of its words, where the description stands in one line."""
    before = description[: found.start]
    words = description[found.start : found.end].strip()
    column = text.column
    if "\n" not in before:
        column += len(before) + before.count("|")  # in a table each is escaped
    value = "true" if found.kind == "deprecated" else found.value
    place = text._replace(column=column)
    return Fact(found.kind, value, words, place, found.on)
