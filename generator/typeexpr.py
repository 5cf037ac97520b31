"""Type expressions: the markdown of a type cell in, a `TypeRef` out. One small grammar for all notations; a dialect only brings words.

    union    = item { ("|" | "¦" | line break | a separator of the dialect) item }
    item     = { "[]" | "?" | a prefix of the dialect } primary { "[]" | "?" | a suffix of the dialect }
    primary  = literal | "..." | "(" union ")" | "[" union "]" | "{" … "}" | name [ arguments | "(" format ")" ]
    arguments = "<" union { "," union } ">", or in square or round brackets
    name     = word | link, whose label is an expression of its own

`...` in a union, or a word of `Words.open`, says that more values may come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.diagnostics import SourceSpan
from generator.ir import (
    Fact,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    located,
    map_type,
)
from generator.light import NamedTuple
from generator.typegrammar import Parser
from generator.typelinks import parse_linked, parse_one
from generator.typeprose import ProseParser
from generator.typetokens import (
    TypeSyntaxError,
    inline_links,
    plain_phrase,
)
from generator.typewords import CANONICAL, SHAPES, Words, merge_literals

__all__ = [
    "CANONICAL",
    "SHAPES",
    "TypeSyntaxError",
    "Typed",
    "Words",
    "merge_literals",
    "parse_bare",
    "parse_type",
    "parse_typed",
]


class Typed(NamedTuple):
    """What a cell states: a type, and facts of it such as its length."""

    type: TypeRef
    facts: tuple[Fact, ...] = ()


class _Stated(NamedTuple):
    """A fact without its place: kind, value, words, and what it is on."""

    kind: str
    value: str
    words: str
    on: str


@lru_cache(maxsize=65536)
def _parse(text: str, words: Words) -> tuple[TypeRef, tuple[_Stated, ...]]:
    for pattern, instead in words.rewrite:
        text = pattern.sub(instead, text)
    known = None
    if len(text) < 80 and words.labels and (words.links or "](" not in text):
        phrase = plain_phrase(text)
        known = words.meaning(phrase) or words.types.get(text)
        if words.prose and isinstance(known, OneOf):
            known = Ref(phrase, fallback=known)  # the docs may say which one it is
    if known is not None:
        return known, ()
    if not words.prose:
        short = parse_one(text, words) or parse_linked(text, words)
        return short or Parser(text, words).whole(), ()
    parser = ProseParser(text, words)
    type_ = parser.whole()
    where = {id(part): on for part, on in reversed(list(_parts(type_)))}
    return type_, tuple(
        _Stated(fact.kind, fact.value, fact.words, where[id(part)])
        for part, fact in parser.facts
        if id(part) in where
    )


def _parts(type_: TypeRef) -> Iterator[tuple[TypeRef, str]]:
    """The parts of a type that facts may be on, with ir.Fact's word for each."""
    yield type_, ""
    for part in type_.members if isinstance(type_, OneOf) else (type_,):
        yield part, ""
        if isinstance(part, ListOf | MapOf):
            on = "items" if isinstance(part, ListOf) else "values"
            inner = part.item if isinstance(part, ListOf) else part.value
            yield inner, on
            for member in inner.members if isinstance(inner, OneOf) else ():
                yield member, on


def parse_typed(
    text: str, words: Words, span: SourceSpan, links: Mapping[str, str] | None = None
) -> Typed:
    """The type that a cell's markdown states, and the facts of it. `span` goes into its references, so that what does not resolve has a place.

    `links`: the link reference definitions of the page. Raises TypeSyntaxError.
    """
    inlined = inline_links(text, links) if links and "[" in text else text
    try:
        type_, stated = _parse(inlined, words)
    except TypeSyntaxError as error:
        if inlined == text:
            raise
        again = TypeSyntaxError(str(error), 0)  # its offset is not that of the cell
        again.is_list = error.is_list
        raise again from error
    type_ = place_type(type_, span)
    if not stated:
        return Typed(type_)
    facts = tuple(Fact(s.kind, s.value, s.words, span, s.on) for s in stated)
    return Typed(type_, facts)


def parse_bare(text: str, words: Words) -> TypeRef | None:
    """The type that a cell's markdown states, its references without a place; None: it is no type, or states more than that."""
    try:
        type_, stated = _parse(text, words)
    except TypeSyntaxError:
        return None
    return None if stated else type_


def place_type(type_: TypeRef, span: SourceSpan) -> TypeRef:
    """The type with the place of its references."""
    if isinstance(type_, Ref):
        return located(type_, span)
    if isinstance(type_, Scalar):
        return type_
    if isinstance(type_, ListOf):  # of those that have parts, most are lists
        item = place_type(type_.item, span)
        return type_ if item is type_.item else ListOf(item)
    return map_type(type_, lambda ref: located(ref, span))


def parse_type(
    text: str, words: Words, span: SourceSpan, links: Mapping[str, str] | None = None
) -> TypeRef:
    """The type that a cell's markdown states, as `parse_typed` does."""
    return parse_typed(text, words, span, links).type
