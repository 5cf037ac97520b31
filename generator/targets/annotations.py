"""Types spelled as annotations that are evaluated when the module is imported, as those of a TypedDict are.

So a name that is defined further down is quoted, and nothing else is: `NotRequired`
must stay outside the quotes, or `__required_keys__` would be wrong at run time, which
is also why these modules have no `from __future__ import annotations`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import assert_never

from generator.ir import (
    NULL,
    Alias,
    Definition,
    Enum,
    ListOf,
    Literal,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    Schema,
    TypeRef,
)
from generator.targets.json_layout import parse
from generator.targets.names import class_names
from generator.targets.pytext import quote

# Dates and bytes are strings: it is what JSON holds.
SCALARS = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
    "any": "Any",
}


# mypy knows no literals beyond.
_HUGE = 2**63


class Annotations:
    """Spells the types of a schema while its module is written from top to bottom.

    `names`: key of a definition → its Python name. `used`: the names of `typing` that
    what was spelled so far needs.
    """

    def __init__(self, schema: Schema) -> None:
        self.names = class_names(schema)
        self.used: set[str] = set()
        self._written: set[str] = set()
        # Aliases that stand for a string or None at run time, which `|` does not take.
        self._weak: dict[str, TypeRef] = {}

    def define(self, definition: Definition) -> None:
        """The definition is written: what follows may name it without quotes."""
        key = definition.key
        self._written.add(key)
        if isinstance(definition, Alias):
            type_ = definition.type
            if type_ == NULL or isinstance(type_, Ref) and self._is_weak(type_):
                self._weak[key] = type_

    def spell(self, type_: TypeRef, long: bool = False) -> str:
        """The annotation. `long`: it does not fit its line, so no union is one long string."""
        match type_:
            case Scalar(kind):
                word = SCALARS[kind]
                if kind in ("any", "object"):
                    self.used.add("Any")
                return word
            case Ref(key):
                name = self.names[key]
                return name if key in self._written else f'"{name}"'
            case ListOf(item):
                return f"list[{self.spell(item, long)}]"
            case MapOf(value):
                return f"dict[str, {self.spell(value, long)}]"
            case Literal(values, is_open):
                return " | ".join(self._spell_literal(values, is_open))
            case OneOf():
                return self._spell_union(type_, long)
            case _:
                assert_never(type_)

    def _spell_literal(self, values: tuple[str, ...], is_open: bool) -> list[str]:
        parts, used = spell_literal(values, is_open)
        self.used.update(used)
        return parts

    def _spell_union(self, union: OneOf, long: bool) -> str:
        members = [self._strong(member) for member in _join_literals(union.members)]
        late = any(isinstance(m, Ref) and m.name not in self._written for m in members)
        as_call = late and (long or any(map(_has_literal, members)))
        parts: dict[str, None] = {}  # two types may be one in Python
        for member in members:
            if isinstance(member, Literal):
                parts.update(
                    dict.fromkeys(self._spell_literal(member.values, member.open))
                )
            else:
                parts[self.spell(member, long)] = None
        if len(parts) == 1 or not late:
            return " | ".join(parts)
        if as_call:
            self.used.add("Union")
            return f"Union[{', '.join(parts)}]"
        # `"A" | None` fails at run time; inside the quotes of the whole nothing needs its own.
        return '"' + " | ".join(parts).replace('"', "") + '"'

    def _strong(self, type_: TypeRef) -> TypeRef:
        """The type itself, or what a weak alias stands for."""
        while isinstance(type_, Ref) and type_.name in self._weak:
            type_ = self._weak[type_.name]
        return type_

    def _is_weak(self, ref: Ref) -> bool:
        return ref.name not in self._written or ref.name in self._weak

    def spell_alias(self, alias: Alias | Enum, long: bool = False) -> str:
        """The right side of an alias or enum. A union is no string, so that `|` takes the alias further down."""
        if isinstance(alias, Alias):
            return self.spell(alias.type, long or isinstance(alias.type, OneOf))
        values = tuple([value.value for value in alias.values])
        return self.spell(Literal(values, alias.open))


@lru_cache(maxsize=16384)
def spell_literal(
    values: tuple[str, ...], is_open: bool
) -> tuple[list[str], list[str]]:
    """The members of a union that stands for values (JSON texts), and the names of `typing` in them.

    First comes `Literal[...]`. What that cannot hold is its type; if the list is open,
    the types of all follow.
    """
    words: dict[str, None] = {}
    bases: dict[str, None] = {}
    null: list[str] = []
    for value in map(parse, values):
        if value is None:
            null = ["None"]  # linters want it outside
            continue
        fits = isinstance(value, str) or isinstance(value, int) and abs(value) < _HUGE
        if fits:
            words[quote(value) if isinstance(value, str) else repr(value)] = None
        if is_open or not fits:
            bases[_base(value)] = None
    literal = [f"Literal[{', '.join(words)}]"] if words else []
    used = ["Literal"] if words else []
    if any("Any" in base for base in bases) or not (words or bases or null):
        used.append("Any")
    return [*literal, *bases, *null] or ["Any"], used


def _base(value: object) -> str:
    if isinstance(value, list):
        return "list[Any]"
    if isinstance(value, dict):
        return "dict[str, Any]"
    return "float" if isinstance(value, float) else type(value).__name__


def _join_literals(members: tuple[TypeRef, ...]) -> tuple[TypeRef, ...]:
    """The members with all literals in the place of the first, as linters want it."""
    literals = [member for member in members if isinstance(member, Literal)]
    if len(literals) < 2:
        return members
    values = dict.fromkeys([value for literal in literals for value in literal.values])
    whole = Literal(tuple(values), any(literal.open for literal in literals))
    rest = [m for m in members if m is literals[0] or not isinstance(m, Literal)]
    return tuple([whole if member is literals[0] else member for member in rest])


def _has_literal(type_: TypeRef) -> bool:
    """Whether a literal stands in the type: its quotes would need escapes inside quotes, which pyright refuses."""
    match type_:
        case Literal():
            return True
        case ListOf(inner) | MapOf(inner):
            return _has_literal(inner)
        case OneOf(members):
            return any(_has_literal(member) for member in members)
        case _:
            return False
