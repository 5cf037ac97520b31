"""What words mean in type expressions: the vocabulary that a dialect brings, and the shapes that its words can stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cached_property

from generator.ir import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    ListOf,
    Literal,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    map_type,
    one_of,
)
from generator.light import record

VALUES = frozenset(("true", "false", "True", "False"))


@record(frozen=True, eq=False)
class Words:
    """What words mean in a dialect.

    `types`: a word or a whole cell → a type. `generics`: a word before arguments → a shape of `SHAPES`; `prefixes` (`array of`) and
    `suffixes` (`array`) → a shape of what follows or precedes. `separators`: words and signs that join members of a union, besides `|`.
    `open`: words that say that more values may come. `labels`: a link's label is an expression, and not just a name.
    `rewrite`: what is to be read for a pattern in the text, in this order, before anything else.
    `prose`: cells are written by hand, see typeprose.py. `notes`: words behind a type that begin what is no part of it.
    """

    types: Mapping[str, TypeRef]
    generics: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    suffixes: Mapping[str, str] = field(default_factory=dict)
    separators: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    labels: bool = True
    rewrite: tuple[tuple[re.Pattern[str], str], ...] = ()
    prose: bool = False
    notes: frozenset[str] = frozenset()

    def meaning(self, phrase: str, plural: bool = False) -> TypeRef | None:
        """The type that a word or phrase means; in prose also with other capitals and, where one may stand, in the plural."""
        known = self.types.get(phrase)
        if known is not None or not self.prose:
            return known
        low = phrase.lower()
        words = (low, *singulars(low)) if plural else (low,)
        return next((self.folded[word] for word in words if word in self.folded), None)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All words that mean something."""
        tables = (self.types, self.generics, self.prefixes, self.suffixes)
        sets = (self.separators, self.open, self.notes, VALUES)
        return frozenset().union(*tables, *sets)

    @cached_property
    def links(self) -> bool:
        """Whether the types know a cell that is a link, as it is written."""
        return any("](" in word for word in self.types)

    @cached_property
    def folded(self) -> dict[str, TypeRef]:
        """The types by their words in lower case."""
        return {word.lower(): type_ for word, type_ in self.types.items()}

    @cached_property
    def generic_words(self) -> dict[str, str]:
        """The generics by their words in lower case."""
        return {word.lower(): word for word in self.generics}

    @cached_property
    def longest(self) -> int:
        """How many words the longest phrase of this vocabulary has."""
        phrases = (*self.types, *self.prefixes, *self.suffixes)
        return max((phrase.count(" ") + 1 for phrase in phrases), default=1)

    @cached_property
    def has_optional(self) -> bool:
        """Whether a word has the shape `optional`, so that types need `settle`."""
        return any(
            "optional" in t.values()
            for t in (self.generics, self.prefixes, self.suffixes)
        )


CANONICAL = Words(
    {
        "string": STRING,
        "integer": INTEGER,
        "number": NUMBER,
        "boolean": BOOLEAN,
        "null": NULL,
        "object": OBJECT,
        "any": ANY,
        "date": Scalar("string", "date"),
        "date-time": Scalar("string", "date-time"),
        "uuid": Scalar("string", "uuid"),
    },
    {"Record": "map", "Array": "list"},
    labels=False,
)

# The null of `Optional<T>`: of a required field it says null, of others only that they are optional. See `settle`.
ABSENT = Scalar("null", "absent")


# What a dialect can say that a word with arguments means.
def _as_text(type_: TypeRef) -> TypeRef:
    """`[feature](#features) strings`: what the name leads to, and where the docs define nothing there, a string."""
    return replace(type_, fallback=STRING) if isinstance(type_, Ref) else type_


SHAPES: dict[str, Callable[[list[TypeRef]], TypeRef]] = {
    "list": lambda parts: MapOf(parts[1]) if len(parts) == 2 else ListOf(parts[0]),
    "map": lambda parts: MapOf(parts[-1]),
    "map-value-first": lambda parts: MapOf(parts[0]),
    "tuple": lambda parts: ListOf(one_of(tuple(parts))),
    "union": lambda parts: merge_literals(tuple(parts)),
    "nullable": lambda parts: one_of((parts[0], NULL)),
    "optional": lambda parts: one_of((parts[0], ABSENT)),
    "string": lambda parts: STRING,
    "text": lambda parts: _as_text(parts[0]),
    "keys": lambda parts: MapOf(ANY),
    "partial": lambda parts: map_type(parts[0], lambda ref: replace(ref, partial=True)),
    "first": lambda parts: parts[0],
    "last": lambda parts: parts[-1],
    "object": lambda parts: OBJECT,
}


def singulars(word: str) -> tuple[str, ...]:
    """What a word may be the plural of, the likeliest first; empty for what is no plural."""
    if not word.lower().endswith("s") or word.lower().endswith("ss"):
        return ()
    if word.endswith("ies"):
        return word[:-3] + "y", word[:-1]
    return (word[:-1], word[:-2]) if word.endswith("es") else (word[:-1],)


def is_null(type_: TypeRef) -> bool:
    """Whether a type is null, or the null of `optional`."""
    return isinstance(type_, Scalar) and type_.kind == "null"


def settle(type_: TypeRef, required: bool = True) -> TypeRef:
    """A type whose `optional` shapes mean what they can: null in a required field and inside other types, else nothing."""
    if isinstance(type_, OneOf) and ABSENT in type_.members and not required:
        type_ = one_of(tuple(m for m in type_.members if m != ABSENT))
    match type_:
        case OneOf(members):
            return one_of(tuple(map(settle, members)))
        case ListOf(item):
            return ListOf(settle(item))
        case MapOf(value):
            return MapOf(settle(value))
        case _:
            return NULL if type_ == ABSENT else type_


def merge_literals(members: tuple[TypeRef, ...], open_: bool = False) -> TypeRef:
    """A union whose literals are one `Literal`, at the place of the first."""
    members = tuple(
        part for m in members for part in (m.members if isinstance(m, OneOf) else (m,))
    )
    literals = [member for member in members if isinstance(member, Literal)]
    if not literals:
        return one_of(members) if members or not open_ else Literal((), True)
    values = tuple(
        dict.fromkeys(value for literal in literals for value in literal.values)
    )
    merged = Literal(values, open_ or any(literal.open for literal in literals))
    rest: list[TypeRef] = []
    for member in members:
        if not isinstance(member, Literal):
            rest.append(member)
        elif merged not in rest and (values or len(members) == len(literals)):
            rest.append(merged)
    return one_of(tuple(rest))
