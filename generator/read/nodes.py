"""The parts of a YAML or JSON file, each with its place. Lines and columns count from 1, in characters.

Text is always as it is written: `on`, `no`, `1.10` and `2020-01-01` stay text. What a plain word means is the reader's business.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from generator.light import NamedTuple


class Scalar(NamedTuple):
    """One text. `plain`: it stands there without quotes (and is no block text), so `true` may mean a truth value."""

    text: str
    plain: bool
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys and values in their order; no key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


Node: TypeAlias = Scalar | Mapping | Sequence


class InvalidText(Exception):
    """The text is no YAML that fieldgen reads: what is wrong, how to mend it, and where (from 1)."""

    def __init__(self, message: str, hint: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.hint, self.line, self.column = message, hint, line, column


MAX_DEPTH = 100  # deeper nesting is no documentation, and those who walk the nodes call themselves


def check_depth(depth: int, line: int, column: int) -> None:
    """Raises InvalidText where lists and mappings are nested too deeply."""
    if depth > MAX_DEPTH:
        raise InvalidText(
            f"lists and mappings are nested more than {MAX_DEPTH} deep",
            "",
            line,
            column,
        )


def pair_up(
    items: list[Node],
    line: int,
    column: int,
    repeated: Callable[[Scalar, Scalar], None],
) -> Mapping:
    """The mapping of keys and values that follow each other in `items`. Of a repeated key the first value counts.

    `repeated` is told of each (the key, and the same key before it). Raises InvalidText where a key is no text.
    """
    entries: list[tuple[Any, Node]] = list(zip(items[::2], items[1::2], strict=True))
    seen: dict[str, Scalar] = {}
    for key, _ in entries:
        if type(key) is not Scalar:
            raise InvalidText(
                "a list or mapping cannot be a key",
                "write a text before the colon",
                key.line,
                key.column,
            )
        before = seen.setdefault(key.text, key)
        if before is not key:
            repeated(key, before)
    if len(seen) < len(entries):
        entries = [(key, value) for key, value in entries if seen[key.text] is key]
    return Mapping(tuple(entries), line, column)
