"""The order in which aliases can be evaluated: each behind those that it names. Recursive ones stand as strings."""

from __future__ import annotations

from generator.ir import Alias, Schema, references


def sort_aliases(schema: Schema) -> list[tuple[Alias, bool]]:
    """The aliases in an order that Python can evaluate, as near to the schema's as that allows, and whether each is recursive."""
    aliases = {d.key: d for d in schema.definitions if isinstance(d, Alias)}
    needs = {
        key: [ref.name for ref in references(alias.type) if ref.name in aliases]
        for key, alias in aliases.items()
    }
    out: dict[str, bool] = {}
    for key in aliases:
        _visit(key, needs, out)
    return [(aliases[key], recursive) for key, recursive in out.items()]


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
