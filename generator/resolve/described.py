"""What the descriptions of some models state of their fields: a task for any process, which gives no more than what is new."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import Alias, Enum, Fact, Field, Model, TypeRef
from generator.light import NamedTuple
from generator.options import Options
from generator.prose import About, Found, Rules, find_facts, load_rules, read_note
from generator.resolve.stated import Stated, kind_of
from generator.resolve.strikes import Strikes

# What generators write into the type: where theirs does not say it, a sentence does not either.
_IN_TYPES = {
    ("nullable", "true"),
    ("format", '"date-time"'),
    ("format", '"date"'),
}


class Asked(NamedTuple):
    """What it takes to read descriptions. `rules`: the text of the user's; `named`: the definitions that are no models, by their keys."""

    options: Options
    rules: str
    by_hand: bool
    named: Mapping[str, Enum | Alias]


class Said(NamedTuple):
    """What descriptions have stated. `fields`: by the key of its model and its number among `all_fields`, each field that has become another
    one. `used`: the strikes that have matched.
    """

    fields: dict[str, dict[int, Field]]
    found: list[Diagnostic]
    used: set[str]


def all_fields(model: Model) -> tuple[Field, ...]:
    """The fields of a model, patterned ones last."""
    return model.fields + model.patterned


def text_of(model: Model) -> str:
    """All descriptions of fields, and notes, as rules look for their words."""
    texts = [field.description for field in all_fields(model)]
    texts += [note.text.replace("\n", " ") for note in model.notes]
    return "\n".join(texts).lower()


def rules_for(asked: Asked, models: Sequence[Model]) -> Rules:
    """The rules that can state anything of these models."""
    rules = load_rules(asked.options.language, asked.rules)
    return rules.within(list(map(text_of, models)))


def read_models(asked: Asked, models: Sequence[Model]) -> Said:
    """What the descriptions of these models state."""
    reader = _Reader(asked, rules_for(asked, models))
    # While the models are there, the identity of a type is its own.
    fields = {model.key: new for model in models if (new := reader.fields(model))}
    return Said(fields, reader.found, reader.strikes.used)


Place = Callable[[int], SourceSpan]


class _Reader:
    def __init__(self, asked: Asked, rules: Rules) -> None:
        self.named = asked.named
        self.by_hand = asked.by_hand
        self.rules = rules
        self.strikes = Strikes(asked.options.facts, asked.options.ignore_facts)
        self.found: list[Diagnostic] = []
        # By the identity of a type, since many fields share one: of which words a description must have one.
        self.words: dict[int, tuple[str, ...]] = {}

    def fields(self, model: Model) -> dict[int, Field]:
        """The fields that something is stated of, by their numbers."""
        changed: dict[int, Field] = {}
        names: frozenset[str] = frozenset()
        for number, field in enumerate(all_fields(model)):
            words = self.words.get(id(field.type))
            if words is None:
                words = self.words_for(field.type)
            if words:  # most descriptions have none of them, and state nothing
                low = field.description.lower()
                if any(map(low.__contains__, words)):
                    names = names or frozenset(f.name for f in model.fields)
                    new = self.field(field, model, names)
                    if new is not field:
                        changed[number] = new
        if model.notes:
            self.add_notes(changed, model)
        return changed

    def words_for(self, type_: TypeRef) -> tuple[str, ...]:
        """The words of which the description of such a field must have one to state anything."""
        words, _ = self.rules.of(*kind_of(type_, self.named))
        self.words[id(type_)] = words
        return words

    def field(self, field: Field, model: Model, names: frozenset[str]) -> Field:
        """The field with what its description states; `names`: of all fields of the model."""
        if field.text is None:
            return field
        text = field.description
        found = self.find(text, field, names)
        place = partial(_place, text=text, span=field.text)
        return self.state(found, text, place, field, model) if found else field

    def find(self, text: str, field: Field, names: frozenset[str]) -> list[Found]:
        about = About(field.name, *kind_of(field.type, self.named), names)
        return find_facts(text, about, self.rules)

    def add_notes(self, changed: dict[int, Field], model: Model) -> None:
        """Add what the notes below a table state of its fields."""
        places = {field.name: number for number, field in enumerate(model.fields)}
        names = frozenset(places)
        for note in model.notes:
            for name, text in read_note(note.text, note.lead, names, self.rules):
                number = places[name]
                field = changed.get(number, model.fields[number])
                found = self.find(text, field, names)
                place = partial(note.span.within, note.text)
                changed[number] = self.state(found, text, place, field, model)

    def state(
        self, some: list[Found], text: str, place: Place, field: Field, model: Model
    ) -> Field:
        """The field with facts of a text, of which `place` tells where each of its characters stands."""
        stated = Stated(field, self.named, self.found.append)
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
