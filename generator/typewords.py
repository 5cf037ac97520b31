"""What words mean in type expressions: the vocabulary that a dialect brings, and the shapes that its words can stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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
    Scalar,
    TypeRef,
    one_of,
)


@dataclass(frozen=True, eq=False)
class Words:
    """What words mean in a dialect.

    `types`: a word or a whole cell → a type. `generics`: a word before arguments → a shape of `SHAPES`; `prefixes` (`array of`) and
    `suffixes` (`array`) → a shape of what follows or precedes. `separators`: words and signs that join members of a union, besides `|`.
    `open`: words that say that more values may come. `labels`: a link's label is an expression, and not just a name.
    """

    types: Mapping[str, TypeRef]
    generics: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    suffixes: Mapping[str, str] = field(default_factory=dict)
    separators: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    labels: bool = True


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

# What a dialect can say that a word with arguments means.
SHAPES: dict[str, Callable[[list[TypeRef]], TypeRef]] = {
    "list": lambda parts: MapOf(parts[1]) if len(parts) == 2 else ListOf(parts[0]),
    "map": lambda parts: MapOf(parts[-1]),
    "map-value-first": lambda parts: MapOf(parts[0]),
    "tuple": lambda parts: ListOf(one_of(tuple(parts))),
    "union": lambda parts: merge_literals(tuple(parts)),
    "nullable": lambda parts: one_of((parts[0], NULL)),
    "first": lambda parts: parts[0],
    "last": lambda parts: parts[-1],
    "object": lambda parts: OBJECT,
}


def merge_literals(members: tuple[TypeRef, ...], open_: bool = False) -> TypeRef:
    """A union whose literals are one `Literal`, at the place of the first."""
    members = tuple(
        part for m in members for part in (m.members if isinstance(m, OneOf) else (m,))
    )
    literals = [member for member in members if isinstance(member, Literal)]
    if not literals:
        return one_of(members)
    values = tuple(
        dict.fromkeys(value for literal in literals for value in literal.values)
    )
    merged = Literal(values, open_ or any(literal.open for literal in literals))
    rest: list[TypeRef] = []
    for member in members:
        if not isinstance(member, Literal):
            rest.append(member)
        elif merged not in rest:
            rest.append(merged)
    return one_of(tuple(rest))
