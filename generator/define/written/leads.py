"""The line right before a table that says whose it is: "A `job` object has the following properties:"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.define.written.outline import Place
from generator.dialect.naming import Lead
from generator.light import NamedTuple
from generator.read.blocks import Item, Paragraph
from generator.read.inline import plain_text

_LINK = re.compile(r"\[([^\]\[]+)\](?:\([^()\s]*\)|\[[^\]]*\])")
_MARKED = re.compile(
    r"\*\*([^*]+)\*\*|__([^_]+)__|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])|(?<!\w)_([^_\s][^_]*)_(?!\w)"
)
_TICKS = re.compile(r"`+")
_WHOLE = re.compile(r"`(?P<name>[^`]+)`:?|(?P<line>[^`.:]{1,60}):")
SENTENCE = re.compile(r"(?<=[.!?])\s+")


class Said(NamedTuple):
    """What a lead-in says (one of `naming.LEADS`), the name in it, and its words."""

    says: str
    name: str
    words: str
    line: int


def mark_names(text: str) -> str:
    """Markdown where code, bold, italics and labels of links all stand in backticks: each may be how a page shows a name."""
    text = _LINK.sub(r"`\1`", text)
    text = _MARKED.sub(lambda m: f"`{next(filter(None, m.groups()))}`", text)
    return _TICKS.sub("`", text)


def read_lead(place: Place, rows: tuple[Lead, ...]) -> Said | None:
    """What the text right before a table says of whose it is."""
    block = place.before[-1] if place.before else None
    if not isinstance(block, Paragraph | Item):
        return None
    for sentence in reversed(SENTENCE.split(mark_names(block.text))):
        for row in rows:
            for match in reversed(list(row.matches.finditer(sentence))):
                found = match.groupdict().get("name") or row.role
                words = plain_text(sentence.strip()).rstrip(":")
                return Said(row.says, found.strip(), words, block.line)
    return None


def find_captions(place: Place) -> Iterator[tuple[str, bool]]:
    """Lines before a table that stand like headings, the nearest first: their text, and whether it is marked and right above the table."""
    for index, block in enumerate(reversed(place.before)):
        if not isinstance(block, Paragraph) or "\n" in block.text:
            continue
        match = _WHOLE.fullmatch(mark_names(block.text.strip()))
        if match:
            marked = match["name"] is not None
            yield (match["name"] or match["line"]).rstrip(":"), marked and not index


def trim_lead(text: str) -> str:
    """A paragraph right before a table without the sentence that leads to that."""
    if not text.rstrip("*_ \n").endswith(":"):
        return text
    sentences = SENTENCE.split(text)
    return " ".join(sentences[:-1])
