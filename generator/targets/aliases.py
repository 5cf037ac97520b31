"""The order in which aliases can be evaluated: each behind those that it names. What Python cannot evaluate stands as a string."""

from __future__ import annotations

from collections.abc import Container

from generator.ir import (
    NULL,
    Alias,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Schema,
    TypeRef,
    references,
)


def sort_aliases(schema: Schema) -> list[tuple[Alias, bool]]:
    """The aliases in an order that Python can evaluate, as near to the schema's as that allows, and whether each must be a string.

    Recursive ones must, and unions with one of these: `|` takes no string. Nor does it take `None | None`, so neither with one for null.
    """
    aliases = {d.key: d for d in schema.definitions if isinstance(d, Alias)}
    needs = {
        key: [ref.name for ref in references(alias.type) if ref.name in aliases]
        for key, alias in aliases.items()
    }
    out: dict[str, bool] = {}
    for key in aliases:
        _visit(key, needs, out)
    found: list[tuple[Alias, bool]] = []
    weak: set[str] = set()  # those that are a string or None when Python runs
    for key, recursive in out.items():
        type_ = aliases[key].type
        quoted = recursive or _joins(type_, weak)
        if quoted or type_ == NULL or isinstance(type_, Ref) and type_.name in weak:
            weak.add(key)
        found.append((aliases[key], quoted))
    return found


def _joins(type_: TypeRef, weak: Container[str]) -> bool:
    """Whether a union in the type has one of the weak aliases as a member."""
    match type_:
        case ListOf(inner) | MapOf(inner):
            return _joins(inner, weak)
        case OneOf(members):
            return any(
                part.name in weak if isinstance(part, Ref) else _joins(part, weak)
                for part in members
            )
        case _:
            return False


def _visit(start: str, needs: dict[str, list[str]], out: dict[str, bool]) -> None:
    """Depth first without recursion, since a page may nest as deep as it likes."""
    if start in out:
        return
    path: dict[str, int] = {start: 0}  # alias → which of its needs comes next
    while path:
        key, at = next(reversed(path.items()))
        if at == len(needs[key]):
            del path[key]
            out.setdefault(key, _comes_back(key, needs))
            continue
        path[key] = at + 1
        other = needs[key][at]
        if other not in out and other not in path:
            path[other] = 0


def _comes_back(key: str, needs: dict[str, list[str]]) -> bool:
    seen: set[str] = set()
    todo = list(needs[key])
    while todo:
        other = todo.pop()
        if other == key:
            return True
        if other not in seen:
            seen.add(other)
            todo += needs[other]
    return False
