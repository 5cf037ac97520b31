"""Fields whose values an enum lists: where the plain type that a field states may become that enum."""

from __future__ import annotations

from collections.abc import Iterable

from generator.casing import split_words
from generator.dialect.model import Dialect
from generator.ir import EnumValue, ListOf, OneOf, Ref, Scalar, TypeRef


def limit_type(type_: TypeRef, ref: Ref, values: Iterable[EnumValue]) -> TypeRef | None:
    """The type with a reference to an enum in the place of its plain strings or integers; None where these cannot be its values."""
    match type_:
        case Scalar(kind, format):
            fits = not format and all(_is_kind(v.value, kind) for v in values)
            return ref if fits else None
        case ListOf(item):
            inner = limit_type(item, ref, values)
            return None if inner is None else ListOf(inner)
        case OneOf(members):
            plain = [m for m in members if m != Scalar("null")]
            inner = limit_type(plain[0], ref, values) if len(plain) == 1 else None
            if inner is None:
                return None
            return OneOf(tuple(inner if m in plain else m for m in members))
        case _:
            return None


def _is_kind(value: str, kind: str) -> bool:
    if value[:1] == '"':
        return kind == "string"
    return kind in ("integer", "number") and value.lstrip("-").isdecimal()


def is_bit_set(
    values: Iterable[EnumValue], texts: Iterable[str], dialect: Dialect
) -> bool:
    """Whether values are bits that are added up: then a number is none of them. `texts`: names and descriptions that may say so."""
    numbers = [int(v.value) for v in values if v.value.isdecimal()]
    bits = [n for n in numbers if n > 0 and n & (n - 1) == 0]
    if bits and max(bits) > 2 and len(bits) == len([n for n in numbers if n]):
        return True
    return any(
        dialect.says("bits", text) or dialect.says("bits", " ".join(split_words(text)))
        for text in texts
    )
