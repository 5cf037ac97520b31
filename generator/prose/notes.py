"""What a text beside a table says of the table's fields: of each, the sentence whose subject it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.patterns import late
from generator.prose.mask import VALUE, blank, mask
from generator.prose.rules import Rules
from generator.prose.text import sentences_of
from generator.prose.values import uncover

_CLOSED = late(VALUE)
_WRAP = re.compile(r"\n(?!- )")  # a line goes on; only items have lines of their own


def read_note(
    text: str, lead: str, names: Collection[str], rules: Rules
) -> Iterator[tuple[str, str]]:
    """The fields of `names` that a text says something of, and the text with all else blank.

    Nothing where the line that leads in the text says of what it holds, or where the sentence names another field, too.
    """
    if lead and not rules.note_lead.compiled.match(lead):
        return
    text = _WRAP.sub(" ", text)
    masked = mask(text)
    for first, last in sentences_of(masked):
        match = rules.note.compiled.match(masked[first:last])
        if match is None:
            continue
        begin, end = (first + place for place in match.span("field"))
        name = uncover(text[begin:end])
        whole = match["label"] or masked[first:last].rstrip().endswith(":")
        last = len(text) if whole else last
        shown = {
            uncover(text[slice(*m.span())])
            for m in _CLOSED.finditer(masked, first, last)
        }
        if name in names and shown & {*names} == {name}:
            said = blank(text, 0, first + match.end())
            yield name, blank(said, last, len(text))
