"""JSON as finished text with two spaces a level, as `json.dumps(value, indent=2)` would lay it out.

What is invisible or turns the direction of text is escaped, every other character stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any, Self

from generator.patterns import late
from generator.targets.pytext import HIDDEN

# Half a surrogate pair, which a JSON text may spell, has no place in a UTF-8 file.
_ESCAPED = late(f"{HIDDEN.pattern}|[\ud800-\udfff]")


class Number(float):
    """A number that keeps its text: 1.10 stays 1.10, and 1e400 is not infinite."""

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str


def string(text: str) -> str:
    """A JSON string."""
    finished: str = encode_basestring(text)
    if finished.isprintable():
        return finished
    return _ESCAPED.sub(lambda match: json.dumps(match[0])[1:-1], finished)


def array(items: Iterable[str], indent: int) -> str:
    """An array of finished items, whose brackets stand at `indent` columns."""
    inner = join(items, indent + 2)
    pad = " " * indent
    return f"[\n{pad}  {inner}\n{pad}]" if inner else "[]"


def object_(members: Iterable[str], indent: int) -> str:
    """An object of finished members (`"name": value`), whose braces stand at `indent` columns."""
    inner = join(members, indent + 2)
    pad = " " * indent
    return f"{{\n{pad}  {inner}\n{pad}}}" if inner else "{}"


def join(parts: Iterable[str], indent: int) -> str:
    """Items or members below each other; the first is not indented."""
    return f",\n{' ' * indent}".join(parts)


def value(data: Any, indent: int) -> str:
    """Any value that `parse` gave."""
    if isinstance(data, str):
        return string(data)
    if isinstance(data, list):
        return array([value(item, indent + 2) for item in data], indent)
    if isinstance(data, dict):
        pairs = data.items()
        return object_(
            [f"{string(k)}: {value(v, indent + 2)}" for k, v in pairs], indent
        )
    return data.text if isinstance(data, Number) else json.dumps(data)


def parse(text: str) -> Any:
    """The value of a JSON text, floating numbers as `Number`. Raises `ValueError` for what is no JSON."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _parse_int(text: str) -> int | Number:
    return int(text) if len(text) < 4000 else Number(text)  # Python refuses longer ones


def _refuse(text: str) -> None:
    raise ValueError(f"no JSON: {text}")


_DECODER = json.JSONDecoder(
    parse_constant=_refuse, parse_float=Number, parse_int=_parse_int
)
