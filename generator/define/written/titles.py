"""What the title of a section says: a name, or only what stands below it."""

from __future__ import annotations

import re

from generator.dialect.model import Dialect
from generator.dialect.naming import Generic
from generator.light import NamedTuple

_ASIDE = re.compile(r"(.+?)\s*\((.+)\)\Z", re.DOTALL)
_EDGES = " \t\n:–—-"


class Name(NamedTuple):
    """A name, and how it is called in full, where it is told from another one by a word that names usually lose (`Role Fields`)."""

    short: str
    full: str


class Titles:
    """Reads the titles of one page by the words of a dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.names: dict[str, Name] = {}
        self.generics: dict[str, Generic | None] = {}

    def clean(self, title: str) -> Name:
        """The name in a title, by the dialect's `retitle` and `model-name`."""
        if title not in self.names:
            self.names[title] = self.find_name(title)
        return self.names[title]

    def find_name(self, title: str) -> Name:
        pattern = self.dialect.model_name
        match = pattern.search(title) if pattern else None
        short = full = match["name"] if match else title
        for row in self.dialect.retitle:
            short = row.matches.sub(row.to, short).strip(_EDGES) or short
            if not row.tells:
                full = short
        return Name(short, full)

    def generic(self, title: str) -> Generic | None:
        """What a title says that names nothing (the dialect's `generic-headings` and `sections`); None: it is a name."""
        if title not in self.generics:
            self.generics[title] = self.find_generic(title)
        return self.generics[title]

    def find_generic(self, title: str) -> Generic | None:
        text = title.strip(_EDGES)
        for row in self.dialect.retitle:
            if not row.tells:
                text, whole = row.matches.sub(row.to, text).strip(_EDGES), text
                if row.names and text != whole:
                    return None
        found = self.dialect.find_generic(text)
        aside = _ASIDE.match(text) if found is None else None
        if aside and (inner := self.dialect.find_generic(aside[1])):
            return Generic(inner.says, f"{inner.role} ({aside[2]})".strip())
        return found
