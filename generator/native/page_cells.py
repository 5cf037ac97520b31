"""The cells of a field-table page as the nodes that YAML has in their place."""

from __future__ import annotations

import re

from generator.light import NamedTuple
from generator.read.json import read_json
from generator.read.nodes import InvalidText, Mapping, Node, Scalar, Sequence
from generator.read.page_text import codes, decode_cell

_FIELD_COLUMNS = {
    "Type": "type",
    "Required": "required",
    "Description": "description",
    "Default": "default",
    "Examples": "examples",
    "Deprecated": "deprecated",
    "Sent as": "wire",
    "Facts": "facts",
}
# The key that a table is of → its heads → the keys of each row.
COLUMNS: dict[str, dict[str, str]] = {
    "fields": {"Field": "field"} | _FIELD_COLUMNS,
    "patterned": {"Pattern": "field"} | _FIELD_COLUMNS,
    "values": {"Value": "value", "Name": "name", "Description": "description"},
}
_FACT = re.compile(r"(?s)(?:(?P<on>[a-z.]+) )?(?P<kind>[A-Za-z]+): (?P<value>.+)")
_WORDS = re.compile(r"(?s) *“(?P<words>.*)” *")
_BREAK = re.compile(r"<br>")


class Where(NamedTuple):
    """The place of a cell."""

    line: int
    column: int


def cell_node(key: str, cell: str, where: Where) -> Node:
    """The node of a cell that is not empty. `key`: what the column is of the form; `cell`: its markdown."""
    match key:
        case "default" | "value":
            return _value(cell, where)
        case "examples":
            return Sequence(tuple(texts(cell, where)), *where)
        case "facts":
            return Sequence(tuple(_facts(cell, where)), *where)
        case "field" | "name" | "wire":
            return whole(cell, where)
        case "deprecated" | "required":
            return Scalar(decode_cell(cell), is_word(cell), *where)
        case _:
            return Scalar(decode_cell(cell), key == "type", *where)


def is_word(cell: str) -> bool:
    """Whether a cell shows what it means: `yes` is a word, and `&#x0079;es` a text."""
    return "&#x" not in cell


def texts(cell: str, where: Where) -> list[Scalar]:
    """The texts in inline code; without any, the whole cell."""
    found = [
        Scalar(one.text, False, where.line, where.column + one.offset)
        for one in codes(cell)
    ]
    return found or [Scalar(decode_cell(cell), False, *where)]


def whole(cell: str, where: Where) -> Scalar:
    """The text of a cell that is inline code or none."""
    found = codes(cell)
    if found and found[0].begin == 0 and found[0].end == len(cell):
        return texts(cell, where)[0]
    return Scalar(decode_cell(cell), False, *where)


def _value(cell: str, where: Where) -> Node:
    """A value: JSON, or a word as YAML reads it."""
    text = texts(cell, where)[0]
    return _json(text.text, Where(text.line, text.column))


def _json(text: str, where: Where) -> Node:
    if text[:1] in ('"', "[", "{"):
        try:
            node = read_json(text, lambda key, before: None)
        except InvalidText:
            node = None
        if node is not None:
            return _moved(node, where)
    return Scalar(text, True, *where)


def _moved(node: Node, where: Where) -> Node:
    """The node at a place in its cell. (The text of JSON is one line.)"""
    place = Where(where.line, where.column + node.column - 1)
    match node:
        case Scalar():
            return node._replace(line=place.line, column=place.column)
        case Sequence(items):
            return Sequence(tuple(_moved(item, where) for item in items), *place)
        case Mapping(entries):
            pairs = [(_moved(key, where), _moved(item, where)) for key, item in entries]
            return Mapping(
                tuple((key, item) for key, item in pairs if isinstance(key, Scalar)),
                *place,
            )


def _facts(cell: str, where: Where) -> list[Node]:
    """The facts of a cell, each on a line of its own: `minimum: 0` in code, and behind it the words that say so, if they are others."""
    nodes: list[Node] = []
    begin = 0
    for part in _BREAK.split(cell):
        place = Where(where.line, where.column + begin)
        begin += len(part) + len("<br>")
        if part.strip():
            nodes.append(fact_node(part, place))
    return nodes


def fact_node(part: str, where: Where) -> Node:
    """The node of one fact."""
    stated = texts(part, where)[0]
    match = _FACT.fullmatch(stated.text)
    if not match:
        return stated
    column = stated.column + match.start("value")
    entries: list[tuple[str, Node]] = [
        ("fact", stated._replace(text=match["kind"])),
        ("value", _json(match["value"], Where(stated.line, column))),
        ("on", stated._replace(text=match["on"] or "")),
        ("words", stated._replace(text=_words(part, stated.text))),
    ]
    keyed = [(Scalar(key, True, *where), node) for key, node in entries]
    return Mapping(tuple(keyed), *where)


def _words(part: str, stated: str) -> str:
    """The words that prove a fact: those in quotation marks behind the code, or else what stands in it."""
    spans = codes(part)
    match = _WORDS.fullmatch(part[spans[0].end :]) if spans else None
    return decode_cell(match["words"]) if match else stated
