"""JSON text of the same tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from generator.print_ir.yaml_text import Flow, Tree
from generator.read.hostile import HOSTILE
from generator.read.json_text import Number, dump_json

_HALF = re.compile("[\ud800-\udfff]")


def json_text(tree: dict[str, Tree]) -> str:
    """The JSON text of a mapping, indented. Half surrogate pairs, which no UTF-8 file can hold, become U+FFFD."""
    text = _HALF.sub("\ufffd", "".join(_value(tree, "\n"))) + "\n"
    # Hostile characters stand in strings only: the tree brings no other white space than \n.
    return HOSTILE.sub(lambda match: json.dumps(match[0])[1:-1], text)


def _value(tree: Tree, line: str) -> Iterator[str]:
    """The pieces of a value. `line`: a line break and the indentation."""
    match tree:
        case Number() | bool() | str():
            yield dump_json(tree)
        case Flow(value):
            yield dump_json(value)
        case dict():
            yield from _block(
                "{}",
                [(f"{dump_json(key)}: ", item) for key, item in tree.items()],
                line,
            )
        case _:
            yield from _block("[]", [("", item) for item in tree], line)


def _block(brackets: str, items: list[tuple[str, Tree]], line: str) -> Iterator[str]:
    yield brackets[0]
    for number, (key, item) in enumerate(items):
        yield f"{',' if number else ''}{line}  {key}"
        yield from _value(item, line + "  ")
    yield (line if items else "") + brackets[1]
