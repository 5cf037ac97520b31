"""A text that rules are read in: masked, without its examples, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.prose.mask import blank, mask
from generator.prose.rules import Rules

_SENTENCE = re.compile(r"(?<=[.!?])\)?\s+(?=[^a-z\s])|;\s|\n")


class About(NamedTuple):
    """What a text is about: a field's name, the kind of its type, that of a list's items, and the names of the fields beside it."""

    name: str
    kind: str
    item: str = ""
    siblings: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A fact of a text: its kind, its value as JSON text, where its words stand, and what it is about.

    `against`: where other words of the text state the opposite; then neither holds.
    """

    kind: str
    value: str
    start: int
    end: int
    on: str = ""
    against: tuple[int, int] | None = None


class Text:
    """A text with what rules need of it."""

    def __init__(self, text: str, about: About, rules: Rules) -> None:
        self.text = text
        self.about = about
        self.rules = rules
        masked = mask(text)
        self.masked = _cut(masked, rules)
        self.ends = [(m.start(), m.end()) for m in _SENTENCE.finditer(self.masked)]
        self.unit = ""  # of the values, as far as the text has told it

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends."""
        first = 0
        for last, following in self.ends:
            yield first, last
            first = following
        yield first, len(self.masked)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence of a phrase begins and ends."""
        first = max((e for s, e in self.ends if e <= start), default=0)
        last = min((s for s, e in self.ends if s >= end), default=len(self.masked))
        return first, last


def _cut(masked: str, rules: Rules) -> str:
    """The text without its examples."""
    while match := rules.cut.compiled.search(masked):
        opened = masked.rfind("(", 0, match.start())
        inside = opened >= 0 and ")" not in masked[opened : match.start()]
        if inside:
            stop = masked.find(")", match.end())
        else:
            end = _SENTENCE.search(masked, match.end())
            stop = end.start() if end else len(masked)
        masked = blank(masked, match.start(), stop if stop >= 0 else len(masked))
    return masked
