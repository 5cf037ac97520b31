"""The one table of what a change of the docs can be, and how bad each is for whom.

A rule is a name for ever: it is never renamed and never gets another meaning. Every rule has a case under tests/cases/diff.
"""

from __future__ import annotations

from typing import Literal

from generator.light import NamedTuple

Level = Literal["breaking", "warning", "note"]
LEVELS: tuple[Level, ...] = ("breaking", "warning", "note")  # the worst first


class Rule(NamedTuple):
    """A row: what has changed, and how bad it is for who imports the generated code, who sends values, and who receives them."""

    meaning: str
    source: Level
    send: Level
    receive: Level

    def level(self, audience: str) -> Level:
        """How bad it is for an audience of `AUDIENCES`; for `all` of them, the worst."""
        levels: dict[str, Level]
        levels = {"source": self.source, "send": self.send, "receive": self.receive}
        worst = min(levels.values(), key=LEVELS.index)
        return levels.get(audience, worst)


AUDIENCES = {
    "source": "who imports the generated code",
    "send": "who sends such values",
    "receive": "who receives them",
}

_WORDS: dict[str, Level] = {"B": "breaking", "w": "warning", "n": "note"}


def _rule(levels: str, meaning: str) -> Rule:
    source, send, receive = (_WORDS[letter] for letter in levels.split())
    return Rule(meaning, source, send, receive)


RULES: dict[str, Rule] = {
    # models, enums and unions (source, send, receive)
    "model-removed": _rule("B n B", "A definition is no longer documented."),
    "model-added": _rule("n n n", "A definition is new."),
    "model-renamed": _rule("B n n", "A definition has another name."),
    # fields
    "field-removed": _rule("B n B", "A field is no longer documented."),
    "field-renamed": _rule("B B B", "A field has another name. It is a guess."),
    "field-respelled": _rule(
        "w n n", "A field is documented under another name; the key that is sent stays."
    ),
    "field-added-required": _rule("B B n", "A field is new, and must be there."),
    "field-added-optional": _rule("n n n", "A field is new, and may be left out."),
    "field-became-required": _rule("B B n", "A field must be there now."),
    "field-became-optional": _rule("w n B", "A field may be left out now."),
    "field-became-nullable": _rule("w n B", "A value may be null now."),
    "field-became-non-nullable": _rule("n B n", "A value must not be null now."),
    "key-changed": _rule("n B B", "A field is sent under another key."),
    # types
    "type-changed": _rule("B B B", "A type is another one."),
    "type-widened": _rule("w n B", "A type takes all that it took, and more."),
    "type-narrowed": _rule("w B n", "A type takes only some of what it took."),
    "enum-value-removed": _rule("B B n", "A value is no longer allowed."),
    "enum-value-added": _rule("n n w", "A value is new."),
    "enum-opened": _rule("w n w", "Values that are not listed may come, too."),
    "enum-closed": _rule("w B n", "Only the listed values are left."),
    "enum-name-changed": _rule("w n n", "A value of an enum has another name."),
    "union-option-removed": _rule("B B n", "A union has an option less."),
    "union-option-added": _rule("n n w", "A union has an option more."),
    # what is stated beyond the type
    "constraint-tightened": _rule("n B n", "A limit is stricter, or new."),
    "constraint-loosened": _rule("n n w", "A limit is less strict, or gone."),
    "constraint-changed": _rule("n B w", "A limit is another one."),
    "unit-changed": _rule("B B B", "A number means another unit."),
    "default-added": _rule("n n n", "A default is new."),
    "default-changed": _rule("w w n", "A default is another value."),
    "default-removed": _rule("w w n", "A default is no longer documented."),
    # texts
    "deprecated": _rule("n n n", "A definition or field is deprecated."),
    "undeprecated": _rule("n n n", "A definition or field is no longer deprecated."),
    "advice-changed": _rule(
        "n n n",
        "What is said beside the type is another: a unit that is new or gone, or whether a field is recommended, or why it is deprecated.",
    ),
    "description-changed": _rule("n n n", "A description is another text."),
    "examples-changed": _rule("n n n", "The examples are others."),
    "order-changed": _rule("n n n", "Fields or values stand in another order."),
}
