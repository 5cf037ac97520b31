"""Aliases that consist of themselves: `A = B | string`, `B = A | null`. Recursion through a list, a map or a model is fine and stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.ir import ANY, Alias, OneOf, Ref, Schema, TypeRef, one_of
from generator.resolve.context import Context


def break_alias_cycles(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Replace each reference by which an alias comes back to itself by `Any`."""
    aliases = {d.key: d for d in schema.definitions if isinstance(d, Alias)}
    broken: dict[str, Alias] = {}
    for key, alias in aliases.items():
        parts = alias.type.members if isinstance(alias.type, OneOf) else (alias.type,)
        looping = [
            part
            for part in parts
            if isinstance(part, Ref) and _reaches(part.name, key, aliases, broken)
        ]
        if looping:
            report(
                Diagnostic(
                    alias.span, "recursive-alias", f'"{alias.name}" consists of itself'
                )
            )
            rest = tuple(part for part in parts if part not in looping)
            broken[key] = replace(alias, type=one_of(rest) if rest else ANY)
    if not broken:
        return schema
    return replace(
        schema,
        definitions=tuple(
            broken.get(d.key, d) if isinstance(d, Alias) else d
            for d in schema.definitions
        ),
    )


def _direct(type_: TypeRef) -> list[str]:
    parts = type_.members if isinstance(type_, OneOf) else (type_,)
    return [part.name for part in parts if isinstance(part, Ref)]


def _reaches(
    start: str, goal: str, aliases: dict[str, Alias], broken: dict[str, Alias]
) -> bool:
    """Whether one comes from `start` to `goal` over aliases alone."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        key = todo.pop()
        if key == goal:
            return True
        alias = broken.get(key) or aliases.get(key)
        if alias is not None and key not in seen:
            seen.add(key)
            todo += _direct(alias.type)
    return False
