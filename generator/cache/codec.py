"""Definitions and diagnostics as plain lists, which JSON can hold, and back. What is no such list raises DecodeError.

A node is its number in `_NODES` and its parts; a tuple is 0 and its items. Pickle would be shorter and slower, and runs what it reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from generator.diagnostics import Diagnostic, SourceSpan
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
)


class DecodeError(ValueError):
    """Lists that no definitions were made of."""


_NODES: tuple[type, ...] = (
    tuple,
    SourceSpan,
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
    Diagnostic,
    Note,
)
_PLAIN = frozenset((str, int, bool, type(None)))


def _parts(node: Any) -> Callable[[Any], tuple[Any, ...]]:
    if issubclass(node, tuple):
        return tuple
    names = [field.name for field in fields(node)]
    if len(names) > 1:
        return attrgetter(*names)
    (name,) = names
    return lambda value: (getattr(value, name),)


_SPAN = _NODES.index(SourceSpan)
_ENCODERS = {node: (number, _parts(node)) for number, node in enumerate(_NODES)}


def encode(value: Any) -> Any:
    """A node, a tuple or a plain value as lists."""
    kind = value.__class__
    if kind in _PLAIN:
        return value
    number, parts = _ENCODERS[kind]
    out: list[Any] = [number]
    for part in parts(value):  # most cost no call: plain values, spans, empty tuples
        kind = part.__class__
        if kind in _PLAIN:
            out.append(part)
        elif kind is SourceSpan:
            out.append([_SPAN, *part])
        else:
            out.append(encode(part) if part != () else [0])
    return out


def decode(value: Any) -> Any:
    """The node that `encode` made these lists of. Raises DecodeError."""
    try:
        return _decode(value)
    except (TypeError, IndexError, ValueError) as error:
        raise DecodeError(str(error)) from None


def _decode(value: Any) -> Any:
    if value.__class__ is not list:
        return value
    node = _NODES[value[0]]
    parts = [_decode(p) if p.__class__ is list else p for p in value[1:]]
    return tuple(parts) if node is tuple else node(*parts)
