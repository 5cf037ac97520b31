"""Fields of a plain type whose description leads to an enum: `the [colour](#colours) of the sail`, a string, is one of these colours.

Only where the docs are written by hand (generators write the type into the type), where the link is what the description is about, and
where the values can be of the field's type. Bits that are added up stay a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from generator.define.written.limits import is_bit_set, limit_type
from generator.diagnostics import Diagnostic
from generator.dialect.model import Dialect
from generator.ir import (
    Definition,
    Enum,
    Field,
    ListOf,
    Model,
    Ref,
    Schema,
    TypeRef,
    without_null,
)
from generator.patterns import late
from generator.read.inline import plain_text
from generator.resolve.context import Context
from generator.resolve.link import Linker

_LINK = late(r"\[(?P<label>[^\[\]]+)\]\((?P<url>[^()\s]*#[^()\s]+)\)")
_SENTENCE = late(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n|<br\s*/?>")


_MANY = late(r"\b(?:lists?|arrays?|sets?)\b", re.IGNORECASE)


def use_enums(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Let fields that lead to the enum of their values have it as their type."""
    dialect = context.dialect
    if dialect is None or not any(isinstance(d, Enum) for d in schema.definitions):
        return schema
    linker = Linker(schema, context, lambda _: None)
    definitions = tuple(_use(d, linker, dialect) for d in schema.definitions)
    return replace(schema, definitions=definitions)


def _use(definition: Definition, linker: Linker, dialect: Dialect) -> Definition:
    if not isinstance(definition, Model):
        return definition
    change = partial(_limit, linker=linker, dialect=dialect)
    return replace(definition, fields=tuple(map(change, definition.fields)))


def _limit(field: Field, linker: Linker, dialect: Dialect) -> Field:
    """The field with the enum that its description leads to as its type."""
    text = field.description
    if "](" not in text or "#" not in text:
        return field
    linked: dict[str, tuple[Enum, TypeRef]] = {}
    meant: set[str] = set()
    for label, url, about in _links(field, dialect):
        enum = linker.find_linked(field.span.file, Ref(label, url, field.span))
        if not isinstance(enum, Enum):
            continue
        type_ = limit_type(field.type, Ref(enum.key, "", field.span), enum.values)
        if type_ is not None:
            linked[enum.key] = enum, type_
            meant |= {enum.key} if about else set()
    if len(linked) != 1 or not meant:
        return field  # of two, nothing says which
    ((enum, type_),) = linked.values()
    stays_open = dialect.evidence.get("open-values")
    if stays_open and stays_open.search(text):
        return field
    if is_bit_set(enum.values, (field.name, enum.name, plain_text(text)), dialect):
        return field
    return replace(field, type=type_)


def _links(field: Field, dialect: Dialect) -> Iterator[tuple[str, str, bool]]:
    """The links of a description: label, URL, and whether it is about what is there, or says to see it for its values."""
    many = isinstance(without_null(field.type), ListOf)
    aside, see = dialect.evidence.get("aside-link"), dialect.evidence.get("see-link")
    if aside is None or see is None:
        return
    for sentence in _SENTENCE.split(field.description):
        for match in _LINK.finditer(sentence):
            before = plain_text(sentence[: match.start()])
            about = len(before.split()) <= 5 and not aside.search(before)
            about = bool(about or see.search(before))
            if not many and _MANY.search(before):
                about = False
            yield match["label"], match["url"], about
