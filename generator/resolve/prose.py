"""What descriptions state of their fields: values, defaults, limits, null and more, by the rules of `generator/prose`.

Each fact is kept with its words and their place. What becomes part of the field (values, a default, null, a deprecation, a format of
strings) is in its type as well. A fact that the field's columns contradict is reported and not taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import Definition, Fact, Field, Model, Schema
from generator.prose import About, Found, Rules, find_facts, load_rules, read_note
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
        return _without_notes(schema)
    by_key = {d.key: d for d in schema.definitions}
    texts = {d.key: _text(d) for d in schema.definitions if isinstance(d, Model)}
    if texts:
        rules = load_rules(context.options.language, context.rules)
        rules = rules.within(texts.values())
        by_hand = context.dialect is not None
        reader = _Reader(by_key, strikes, by_hand, rules, report)
        definitions = tuple(
            reader.model(d, texts[d.key]) if isinstance(d, Model) else d
            for d in schema.definitions
        )
        schema = replace(schema, definitions=definitions)
    strikes.tell(report)
    return _without_notes(schema)


def _without_notes(schema: Schema) -> Schema:
    """The schema without what has been read now."""
    if not any(isinstance(d, Model) and d.notes for d in schema.definitions):
        return schema
    definitions = (
        replace(d, notes=()) if isinstance(d, Model) and d.notes else d
        for d in schema.definitions
    )
    return replace(schema, definitions=tuple(definitions))


def _text(model: Model) -> str:
    """All descriptions of fields, and notes, as rules look for their words: one look for many fields, as most say nothing."""
    texts = [f.description for f in (*model.fields, *model.patterned)]
    texts += [note.text.replace("\n", " ") for note in model.notes]
    return "\n".join(texts).lower()


Place = Callable[[int], SourceSpan]


class _Reader:
    def __init__(
        self,
        by_key: dict[str, Definition],
        strikes: Strikes,
        by_hand: bool,
        rules: Rules,
        report: Report,
    ) -> None:
        self.by_key = by_key
        self.by_hand = by_hand
        self.rules = rules
        self.strikes = strikes
        self.report = report

    def model(self, model: Model, text: str) -> Model:
        """The model with what its descriptions state; `text`: all of these in lower case."""
        words = [word for word in self.rules.words if word in text]
        if not words:
            return model
        names = frozenset(field.name for field in model.fields)

        def read(field: Field) -> Field:
            low = field.description.lower()
            some = any(map(low.__contains__, words))
            return self.field(field, low, model, names) if some else field

        fields = tuple(map(read, model.fields))
        if model.notes:
            fields = self.add_notes(fields, model, names)
        patterned = tuple(map(read, model.patterned))
        same = all(a is b for a, b in zip(fields, model.fields, strict=True))
        if same and not patterned:
            return model
        return replace(model, fields=fields, patterned=patterned)

    def field(
        self, field: Field, low: str, model: Model, names: frozenset[str]
    ) -> Field:
        """The field with what its description states; `low` is that in lower case."""
        if field.text is None:
            return field
        kind, item = kind_of(field.type, self.by_key)
        if not self.rules.concern(low, kind, item):
            return field
        about = About(field.name, kind, item, names - {field.name})
        text = field.description
        found = find_facts(text, about, self.rules)
        place = partial(_place, text=text, span=field.text)
        return self.state(found, text, place, field, model) if found else field

    def add_notes(
        self, fields: tuple[Field, ...], model: Model, names: frozenset[str]
    ) -> tuple[Field, ...]:
        """The fields with what the notes below their table state of them."""
        places = {field.name: index for index, field in enumerate(fields)}
        known = [*fields]
        for note in model.notes:
            for name, text in read_note(note.text, note.lead, names, self.rules):
                field = known[places[name]]
                about = About(name, *kind_of(field.type, self.by_key), names - {name})
                found = find_facts(text, about, self.rules)
                place = partial(_place_in_text, text=note.text, span=note.span)
                known[places[name]] = self.state(found, text, place, field, model)
        return tuple(known)

    def state(
        self, some: list[Found], text: str, place: Place, field: Field, model: Model
    ) -> Field:
        """The field with facts of a text, of which `place` tells where each of its characters stands."""
        stated = Stated(field, self.by_key, self.report)
        for one in some:
            if not self.by_hand and (one.kind, one.value) in _IN_TYPES:
                continue
            if not self.strikes.allows(model.name, field.name, one.kind):
                continue
            value = "true" if one.kind == "deprecated" else one.value
            words = text[one.start : one.end].strip()
            fact = Fact(one.kind, value, words, place(one.start), one.on)
            if one.against is None:
                stated.add(one, fact)
            else:
                stated.clash(fact, text[slice(*one.against)])
        return stated.field()


def _place(start: int, text: str, span: SourceSpan) -> SourceSpan:
    """The exact place of words in a description, where it stands in one line."""
    before = text[:start]
    if "\n" in before:
        return span
    # In a table each bar is escaped.
    return span._replace(column=span.column + len(before) + before.count("|"))


def _place_in_text(start: int, text: str, span: SourceSpan) -> SourceSpan:
    """The place of words in running text, which keeps its lines."""
    before, newline, last = text[:start].rpartition("\n")
    if not newline:
        return span._replace(column=span.column + len(last))
    return span._replace(line=span.line + before.count("\n") + 1, column=1 + len(last))
