"""Sentences that speak for all fields of a table: "All properties are optional, except for `id`."; "* Fields with an asterisk are required."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.define.written.leads import mark_names
from generator.define.written.outline import Place
from generator.dialect.told import Row
from generator.light import NamedTuple
from generator.read.blocks import Block, Item, Page, Paragraph, Table

_LONG = 300  # no paragraph of this length is a legend
_AROUND = re.compile(
    r"(\*\*|__|\*|_)((?:(?!\1).)*?`(?:(?!\1).)*?)\1"
)  # with code in it
_NAMES = re.compile(r"`([^`]+)`")


class Told(NamedTuple):
    """What text says of a table's fields. `required`: whether they are, but for `exceptions`; `star` and `bold`: whether names with these marks are."""

    required: bool | None = None
    exceptions: frozenset[str] = frozenset()
    nullable: bool = False
    not_null: frozenset[str] = frozenset()
    star: bool | None = None
    bold: bool | None = None

    def is_required(self, name: str) -> bool | None:
        """What a sentence says of a field; None: nothing."""
        if self.required is None:
            return None
        return self.required != (name in self.exceptions)

    def is_nullable(self, name: str) -> bool:
        return self.nullable and name not in self.not_null


NOTHING_TOLD = Told()


def read_told(texts: Iterable[str], rows: Iterable[Row], so_far: Told) -> Told:
    """What texts say, on top of what is known so far. The last sentence that says something of all fields counts."""
    told = so_far
    for text in texts:
        text = mark_names(_AROUND.sub(r"\2", text))
        for row in rows:
            if match := row.matches.search(text):
                names = _NAMES.findall(match.groupdict().get("except") or "")
                told = _note(told, row.says, frozenset(names))
    return told


def _note(told: Told, says: str, names: frozenset[str]) -> Told:
    match says:
        case "nullable":
            return told._replace(nullable=True, not_null=names)
        case "star-required" | "star-optional":
            return told._replace(star=says == "star-required")
        case "bold-required" | "bold-optional":
            return told._replace(bold=says == "bold-required")
        case _:
            return told._replace(required=says == "required", exceptions=names)


def read_legends(page: Page, rows: Iterable[Row]) -> Told:
    """What the marks of names mean on a page, wherever that is said."""
    legends = [row for row in rows if row.says.startswith(("star", "bold"))]
    if not any(isinstance(block, Table) for block in page.blocks):
        return NOTHING_TOLD
    texts = (text for text in texts_of(page.blocks) if len(text) < _LONG)
    return read_told(texts, legends, NOTHING_TOLD)


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The running text of blocks."""
    for block in blocks:
        if isinstance(block, Paragraph | Item):
            yield block.text


def texts_around(place: Place) -> Iterator[str]:
    """The texts that may speak for a table: before it, and behind it if no other table follows, for which they may be."""
    yield place.section.title
    yield from texts_of(place.before)
    if place.after and place.after[-1] is place.section.blocks[-1]:
        yield from texts_of(place.after)


def texts_above(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of a section up to its first table."""
    for block in blocks:
        if isinstance(block, Table):
            return
        yield from texts_of((block,))
