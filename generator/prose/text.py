"""A text that rules are read in: masked, without its examples, in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter

from generator.casing import split_words
from generator.light import NamedTuple
from generator.patterns import late
from generator.prose.mask import VALUE, blank, mask
from generator.prose.rules import Rules

_CLOSED = late(VALUE)
# A sentence ends with its line, but not behind a comma, nor where the next line goes on with a small letter.
_SENTENCE = late(
    r"(?<=[.!?])\)?\s+(?=[^a-z\s])|;\s|(?<=[\w\x01])[ \t]*\n(?!\s*[a-z])|(?<=[^\w\x01,\s])[ \t]*\n"
)


class About(NamedTuple):
    """What a text is about: a field's name, the kind of its type, that of a list's items, and the names of all fields there."""

    name: str
    kind: str
    item: str = ""
    names: frozenset[str] = frozenset()

    def is_sibling(self, name: str) -> bool:
        """Whether a field beside this one is called so."""
        return name in self.names and name != self.name


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
        self.whole = mask(text)  # with its examples
        self.masked = _cut(self.whole, rules)
        # What the text has told of the values so far.
        self.unit = ""
        self.lengths: dict[str, str] = {}

    @cached_property
    def ends(self) -> list[tuple[int, int]]:
        """Where sentences end, and where the next ones begin."""
        return [(m.start(), m.end()) for m in _SENTENCE.finditer(self.masked)]

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends."""
        return sentences_of(self.masked)

    def shown(self, start: int, end: int) -> str:
        """A part of the masked text, in which the field's own name in code is a word."""

        def open_name(match: re.Match[str]) -> str:
            inner = self.text[start + match.start() : start + match.end()].strip("`")
            name = self.about.name
            return " ".join(split_words(name)) if inner == name else match[0]

        return _CLOSED.sub(open_name, self.masked[start:end])

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence of a phrase begins and ends."""
        before = bisect_right(self.ends, start, key=itemgetter(1))
        behind = bisect_left(self.ends, end, key=itemgetter(0))
        first = self.ends[before - 1][1] if before else 0
        last = self.ends[behind][0] if behind < len(self.ends) else len(self.masked)
        return first, last


def sentences_of(masked: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a masked text begins and ends."""
    first = 0
    for end in _SENTENCE.finditer(masked):
        yield first, end.start()
        first = end.end()
    yield first, len(masked)


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
