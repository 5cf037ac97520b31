"""Located nodes from JSON text.

YAML's parser reads most JSON, but not all: it knows no surrogate pairs (`"\\ud83d\\ude00"`), no keys above 1,024 characters and no raw DEL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from generator.read.nodes import (
    InvalidText,
    Node,
    Scalar,
    Sequence,
    check_depth,
    pair_up,
)

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+|\r\n?|\n')


def read_json(text: str, repeated: Callable[[Scalar, Scalar], None]) -> Node | None:
    """The node of a JSON text, or None where the text is no JSON. `repeated` is told of keys that stand twice.

    Raises InvalidText for JSON that fieldgen cannot use.
    """
    try:
        json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    stack: list[tuple[list[Node], int, int]] = [([], 1, 1)]
    line, start = 1, 0
    # json.loads has checked the grammar, so brackets match and what lies between the tokens is white space, `,` or `:`.
    for match in _TOKEN.finditer(text):
        token, column = match[0], match.start() - start + 1
        node: Node
        match token[0]:
            case "\n" | "\r":
                line, start = line + 1, match.end()
                continue
            case "{" | "[":
                check_depth(len(stack), line, column)
                stack.append(([], line, column))
                continue
            case "}":
                node = pair_up(*stack.pop(), repeated)
            case "]":
                items, *place = stack.pop()
                node = Sequence(tuple(items), *place)
            case '"':
                node = Scalar(_decode(token, line, column), False, line, column)
            case _:
                node = Scalar(token, True, line, column)
        stack[-1][0].append(node)
    return stack[0][0][0]


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _decode(token: str, line: int, column: int) -> str:
    """The text of a quoted string."""
    if "\\" not in token:
        return token[1:-1]
    text = str(json.loads(token))
    if "\\u" in token and any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidText(
            "half of a surrogate pair is no character",
            "write both halves, or the character itself",
            line,
            column,
        )
    return text
