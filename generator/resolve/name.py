"""Unique keys for definitions: the documented name, and the folder before it only where two folders document one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.casing import free_name, one_word
from generator.diagnostics import Diagnostic
from generator.ir import Definition, Schema, rekeyed
from generator.resolve.context import Context


def name_definitions(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Give each definition a key. A key depends only on the definitions of the same name, so an edit elsewhere renames nothing."""
    groups: dict[str, list[Definition]] = defaultdict(list)
    for definition in schema.definitions:
        groups[definition.key or _spell(definition.name)].append(definition)
    keys: dict[int, str] = {}
    for name, group in groups.items():
        keys.update(zip(map(id, group), _qualify(name, group), strict=True))
    _number_repeated(schema.definitions, keys, report)
    definitions = [
        d if d.key == keys[id(d)] else rekeyed(d, keys[id(d)])
        for d in schema.definitions
    ]
    return replace(schema, definitions=tuple(definitions))


def _spell(name: str) -> str:
    """A name as a key: several words become one, so that `$ref`s need no escapes."""
    if " " not in name:
        return name
    return ".".join(filter(None, map(one_word, name.split(".")))) or name


def _qualify(name: str, group: Sequence[Definition]) -> list[str]:
    """Keys for definitions of one name: as few folders before the name as tell them apart, or else as little of what stands above them
    in their file (a package, headings), then the file's name, too.
    """
    if len(group) == 1:
        return [name]
    from pathlib import PurePosixPath  # 1 ms

    paths = [PurePosixPath(definition.span.file) for definition in group]
    folders = [path.parent.parts for path in paths]
    for depth in range(1, max(map(len, folders)) + 1):
        keys = [".".join((*parts[-depth:], name)) for parts in folders]
        if len(set(keys)) == len(keys):
            return keys
    scopes = [definition.scope for definition in group]
    for depth in range(1, max(map(len, scopes)) + 1):
        keys = [".".join((*scope[-depth:], name)) for scope in scopes]
        if len(set(keys)) == len(keys):
            return keys
    keys = [f"{path.stem}.{name}" for path in paths]
    if len(set(keys)) == len(keys):
        return keys
    files = [(*path.parent.parts[-1:], path.stem) for path in paths]
    if len(set(files)) < len(files):
        files = [(*file, *scope) for file, scope in zip(files, scopes, strict=True)]
    return [".".join((*file, name)) for file in files]


def _number_repeated(
    definitions: Sequence[Definition],
    keys: dict[int, str],
    report: Callable[[Diagnostic], None],
) -> None:
    """Keys that are still equal (one name twice in a file, or a title that looks like a qualified name) get a number."""
    taken: set[str] = set()
    for definition in definitions:
        key = keys[id(definition)]
        unique = free_name(key, taken)
        if unique != key:
            report(
                Diagnostic(
                    definition.span,
                    "name-clash",
                    f'"{definition.name}" is called {unique} in the schema: {key} is taken',
                )
            )
            keys[id(definition)] = unique
        taken.add(unique)
