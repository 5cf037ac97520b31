"""Sentences around a table that say of several of its fields how they go together: "`home` and `away` are mutually exclusive."."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from generator.define.written.leads import SENTENCE, mark_names
from generator.define.written.outline import Place
from generator.diagnostics import SourceSpan
from generator.dialect.model import Dialect
from generator.ir import Fact, Field
from generator.read.blocks import Item, Paragraph
from generator.read.json_text import JsonValue, dump_json

_NAMES = re.compile(r"`([^`]+)`")

Schema = dict[str, JsonValue]


def group_facts(
    place: Place, dialect: Dialect, fields: Iterable[Field] | None, file: str
) -> Iterator[Fact]:
    """What the text before and behind a table says of several fields of a model, as JSON Schema of the whole object."""
    rows = dialect.group_text
    for block in (*place.before, *place.after):
        if not rows or not isinstance(block, Paragraph | Item) or "`" not in block.text:
            continue
        start = 0
        for part in SENTENCE.split(block.text):
            start = block.text.index(part, start)
            told = mark_names(part.replace("\n", " "))
            for row in rows:
                match = row.matches.search(told)
                names = _NAMES.findall(match["names"]) if match else []
                if len(names) > 1 and {f.name for f in fields or ()}.issuperset(names):
                    value = dump_json(SCHEMAS[row.says](names))
                    span = SourceSpan(file, block.line, block.column)
                    begin = span.within(block.text, start)
                    yield Fact("schema", value, part.strip(), begin)


def _exclusive(names: list[str]) -> Schema:
    pairs: list[JsonValue] = [
        {"not": {"required": list(pair)}} for pair in combinations(names, 2)
    ]
    return {"allOf": pairs} if len(pairs) > 1 else {"not": {"required": [*names]}}


def _each(word: str) -> Callable[[list[str]], Schema]:
    return lambda names: {word: [{"required": [name]} for name in names]}


SCHEMAS: dict[str, Callable[[list[str]], Schema]] = {
    "exclusive": _exclusive,
    "some": _each("anyOf"),
    "one": _each("oneOf"),
}
