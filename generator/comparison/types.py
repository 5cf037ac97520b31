"""How one type differs from another: what it no longer takes, and what it takes now. References are followed where the definitions are not a pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from generator.comparison.change import Difference
from generator.ir import (
    ANY,
    NULL,
    Alias,
    Definition,
    Enum,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    map_type,
)
from generator.print_ir.types import print_type
from generator.read.json_text import Number, dump_json, parse_json

# Formats whose values are all values of the other one.
_WITHIN = {("int32", "int64"), ("float", "double")}
_GONE = "\0"  # begins the key of a definition that the new schema has not


class Types:
    """Compares types of an old and a new schema. `pairs`: key of an old definition → key of the new one that it has become."""

    def __init__(
        self,
        old: Mapping[str, Definition],
        new: Mapping[str, Definition],
        pairs: Mapping[str, str],
    ) -> None:
        self.old, self.new, self.pairs = old, new, pairs

    def same(self, old: TypeRef, new: TypeRef) -> bool:
        """Whether two types are equal, with the definitions of a pair as one."""
        return self.translate(old) == new

    def translate(self, old: TypeRef) -> TypeRef:
        """An old type with the keys of the new schema. What is not a pair gets a key that the new schema cannot have."""
        return map_type(
            old, lambda ref: Ref(self.pairs.get(ref.name, _GONE + ref.name))
        )

    def compare(
        self,
        old: TypeRef,
        new: TypeRef,
        part: str = "",
        seen: frozenset[tuple[TypeRef, TypeRef]] = frozenset(),
    ) -> list[Difference]:
        """The differences; none where the two take the same values. `seen`: the types that this comparison is part of."""
        if self.same(old, new) or (old, new) in seen:
            return []
        seen |= {(old, new)}
        shown = print_type(old), print_type(new)
        olds, news = _flat(old), _flat(new)
        left = [o for o in olds if not any(self.same(o, n) for n in news)]
        come = [n for n in news if not any(self.same(o, n) for o in olds)]
        before, after = _members(olds, self.old), _members(news, self.new)
        if before == [NULL] or after == [NULL]:
            return [Difference(_beside_null(before, after), *shown, part)]
        found: list[Difference] = []
        if (NULL in before) != (NULL in after) and ANY not in (*before, *after):
            word = "nullable" if NULL in after else "non-nullable"
            found.append(Difference(f"field-became-{word}", *shown, part))
        lost, gained = _members(left, self.old), _members(come, self.new)
        for some in (before, after, lost, gained):
            some[:] = [type_ for type_ in some if type_ != NULL]
        found += _compare_literals(before, after, lost, gained, part)
        for kind, word in ((ListOf, "items"), (MapOf, "values")):
            some = [type_ for type_ in lost if isinstance(type_, kind)]
            others = [type_ for type_ in gained if isinstance(type_, kind)]
            if len(some) == len(others) == 1:
                lost.remove(some[0])
                gained.remove(others[0])
                inner = f"{part}.{word}" if part else word
                found += self.compare(_inner(some[0]), _inner(others[0]), inner, seen)
        lost = [o for o in lost if not any(self._within(o, n) for n in after)]
        gained = [n for n in gained if not any(self._within_old(n, o) for o in before)]
        return found + self._judge(before, after, lost, gained, shown, part)

    def _judge(
        self,
        before: list[TypeRef],
        after: list[TypeRef],
        lost: list[TypeRef],
        gained: list[TypeRef],
        shown: tuple[str, str],
        part: str,
    ) -> list[Difference]:
        """What it means that a type (its members are `before`) no longer takes `lost`, and takes `gained`."""
        if not lost and not gained:
            return []
        unions = len(before) > 1 and len(after) > 1
        if not lost:
            wider = any(self._within(o, n) for o in before for n in gained)
            if wider or len(before) == 1:
                return [Difference("type-widened", *shown, part)]
        elif not gained:
            wider = any(self._within_old(n, o) for n in after for o in lost)
            if wider or len(before) == 1:
                return [Difference("type-narrowed", *shown, part)]
        elif not unions or len(lost) == len(before):
            return [Difference("type-changed", *shown, part)]
        return [
            *(
                Difference("union-option-removed", print_type(t), "", part)
                for t in lost
            ),
            *(
                Difference("union-option-added", "", print_type(t), part)
                for t in gained
            ),
        ]

    def _within(self, small: TypeRef, large: TypeRef) -> bool:
        """Whether each value of an old type is a value of a new one."""
        return self.same(small, large) or _is_within(
            small, large, self.old, self._within
        )

    def _within_old(self, small: TypeRef, large: TypeRef) -> bool:
        """Whether each value of a new type is a value of an old one."""
        return self.same(large, small) or _is_within(
            small, large, self.new, self._within_old
        )


def _is_within(
    small: TypeRef,
    large: TypeRef,
    by_key: Mapping[str, Definition],
    within: Callable[[TypeRef, TypeRef], bool],
) -> bool:
    """Whether each value of one type is a value of another. `by_key`: the definitions of the small one."""
    match small, large:
        case _, Scalar("any"):
            return True
        case Scalar(kind, format_), Scalar(other, wider):
            if kind == other:
                return not wider or (format_, wider) in _WITHIN
            return (kind, other) == ("integer", "number") and not wider
        case Literal(values, False), Scalar(kind, ""):
            kinds = ("integer", "number") if kind == "number" else (kind,)
            return all(_kind(value) in kinds for value in values)
        case Literal(values), Literal(others, open_):
            return open_ or set(values) <= set(others)
        case MapOf(), Scalar("object"):
            return True
        case Ref(name), Scalar("object"):
            return isinstance(by_key.get(name), Model)
        case (ListOf(a), ListOf(b)) | (MapOf(a), MapOf(b)):
            return all(any(within(x, y) for y in _flat(b)) for x in _flat(a))
        case _:
            return False


def _members(members: list[TypeRef], by_key: Mapping[str, Definition]) -> list[TypeRef]:
    """The members with aliases and enums replaced by what they stand for, all literals as one."""
    found: dict[TypeRef, None] = {}
    values: dict[str, None] = {}
    open_ = False
    for member in members:
        for type_ in _expand(member, by_key, frozenset()):
            if isinstance(type_, Literal):
                values.update(dict.fromkeys(type_.values))
                open_ = open_ or type_.open
            else:
                found.setdefault(type_)
    if values.pop("null", "") is None:
        found.setdefault(NULL)
    return [*found, *([Literal(tuple(values), open_)] if values or open_ else [])]


def _beside_null(before: list[TypeRef], after: list[TypeRef]) -> str:
    """The rule where one of the types is null and nothing else."""
    if before == [NULL]:
        return "type-widened" if NULL in after or ANY in after else "type-changed"
    return "type-narrowed" if NULL in before or ANY in before else "type-changed"


def _flat(type_: TypeRef) -> list[TypeRef]:
    return list(type_.members) if isinstance(type_, OneOf) else [type_]


def _inner(type_: TypeRef) -> TypeRef:
    match type_:
        case ListOf(inner) | MapOf(inner):
            return inner
        case _:
            raise TypeError(type_)


def _expand(
    type_: TypeRef, by_key: Mapping[str, Definition], seen: frozenset[str]
) -> list[TypeRef]:
    """A member of a union as members that are no alias and no enum."""
    match type_:
        case Ref(name) if name not in seen:
            found = by_key.get(name)
            if isinstance(found, Alias):
                return _expand(found.type, by_key, seen | {name})
            if isinstance(found, Enum):
                return [Literal(tuple(v.value for v in found.values), found.open)]
            return [type_]
        case OneOf(members):
            return [part for m in members for part in _expand(m, by_key, seen)]
        case Scalar() | Literal() | ListOf() | MapOf() | Ref():
            return [type_]
        case _:
            assert_never(type_)


def _compare_literals(
    before: list[TypeRef],
    after: list[TypeRef],
    lost: list[TypeRef],
    gained: list[TypeRef],
    part: str,
) -> list[Difference]:
    """The values that came and went, where both sides list some; they are taken out of what is lost and gained."""
    old = next((t for t in before if isinstance(t, Literal)), None)
    new = next((t for t in after if isinstance(t, Literal)), None)
    if old is None or new is None:
        return []
    for some in (lost, gained):
        some[:] = [type_ for type_ in some if not isinstance(type_, Literal)]
    return compare_values(old, new, part)


def compare_values(old: Literal, new: Literal, part: str = "") -> list[Difference]:
    """The values that came and went."""
    found = [
        Difference("enum-value-removed", old=value, part=part)
        for value in old.values
        if value not in new.values
    ]
    found += [
        Difference("enum-value-added", new=value, part=part)
        for value in new.values
        if value not in old.values
    ]
    if old.open != new.open:
        rule = "enum-opened" if new.open else "enum-closed"
        found.append(Difference(rule, print_type(old), print_type(new), part))
    return found


def _kind(value: str) -> str:
    match parse_json(value):
        case Number() as number:
            return "integer" if number.lstrip("-").isdecimal() else "number"
        case str():
            return "string"
        case bool():
            return "boolean"
        case None:
            return "null"
        case other:
            return "array" if dump_json(other).startswith("[") else "object"
