"""Definitions as JSON, and back from the lists that JSON gives. What is no such list raises DecodeError.

A node is a list of its number in `_NODES` and its values. Tuples and places are lists of what they hold, too: the class of a node says what
stands where. So `json` does nearly all of it, in C. Pickle would be shorter, and runs what it reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from generator.diagnostics import SourceSpan
from generator.ir import (
    Alias,
    Enum,
    EnumValue,
    Fact,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    Note,
    OneOf,
    Ref,
    Scalar,
    parts_of,
)


class DecodeError(ValueError):
    """Lists that no definitions were made of."""


_NODES: tuple[type[Any], ...] = (
    Scalar,
    ListOf,
    MapOf,
    OneOf,
    Literal,
    Ref,
    Fact,
    Field,
    Model,
    EnumValue,
    Enum,
    Alias,
)
_VALUES = {node: (number, parts_of(node)) for number, node in enumerate(_NODES)}


def values_of(node: Any) -> tuple[Any, ...]:
    """What stands for a node: `json.dumps` takes it as `default`."""
    number, values = _VALUES[node.__class__]
    return (number, *values(node))


def brief(node: Any) -> list[Any]:
    """The same without the values at the end that nobody set, in its parts, too: shorter, and slower to write."""
    values = list(values_of(node))
    for usual in _USUAL[values[0]]:
        if values[-1] != usual:
            break
        values.pop()
    for at, value in enumerate(values):
        if value.__class__ is tuple and value and value[0].__class__ in _VALUES:
            values[at] = [brief(part) for part in value]
    return values


def encode(value: Any) -> bytes:
    """Nodes, and tuples, lists and dicts of them, as JSON."""
    text = json.dumps(
        value, separators=(",", ":"), default=values_of, check_circular=False
    )
    return text.encode("ascii")


def decode(value: Any) -> Any:
    """The node that JSON has these lists for. Raises DecodeError."""
    try:
        return _node(value)
    except (TypeError, IndexError, ValueError) as error:
        raise DecodeError(str(error)) from None


def _node(value: Any) -> Any:
    number, *values = value
    node, readers = _READERS[number]
    for at, read in readers:
        if at < len(values) and values[at] is not None:
            values[at] = read(values[at])
    return node(*values)


def _nodes(value: Any) -> tuple[Any, ...]:
    return tuple([_node(each) for each in value])


def _span(value: Any) -> SourceSpan:
    return SourceSpan(*value)


def _notes(value: Any) -> tuple[Note, ...]:
    return tuple([Note(text, SourceSpan(*span), lead) for text, span, lead in value])


def _readers(node: type[Any]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Where a node has values that JSON cannot hold, and what makes them of those that it has instead."""
    kinds = [str(part.type).removesuffix(" | None") for part in fields(node)]
    return [(at, _READ[kind]) for at, kind in enumerate(kinds) if kind not in _PLAIN]


def _usual(node: type[Any]) -> list[Any]:
    """The values that a node has if nobody sets them, from the last to the first."""
    return [part.default for part in reversed(fields(node))]


_PLAIN = ("str", "bool")
_READ: dict[str, Callable[[Any], Any]] = {
    "TypeRef": _node,
    "SourceSpan": _span,
    "tuple[str, ...]": tuple,
    "tuple[TypeRef, ...]": _nodes,
    "tuple[Field, ...]": _nodes,
    "tuple[EnumValue, ...]": _nodes,
    "tuple[Fact, ...]": _nodes,
    "tuple[Note, ...]": _notes,
}
_READERS = [(node, _readers(node)) for node in _NODES]
_USUAL = [_usual(node) for node in _NODES]
