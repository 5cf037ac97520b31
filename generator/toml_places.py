"""A table of a TOML file as nodes with lines: `tomllib` tells no places, so keys are looked for in the text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from generator.config import ConfigError
from generator.read import nodes

_HEADER = re.compile(r"\s*\[(?!\[)(.+)\]\s*(?:#.*)?$")
_KEY = re.compile(
    r"""(\s*)((?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+))*)\s*="""
)

Path = tuple[str, ...]
Place = tuple[int, int]


def locate_table(file: str, path: Path, table: Mapping[str, Any]) -> nodes.Mapping:
    """A table of a config as nodes, each with the place of its key. What stands inside of braces has the place of the line's first key.

    `path`: where the table stands below that of fieldgen. Raises ConfigError where the file is gone.
    """
    try:
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from None
    places: dict[Path, Place] = {}
    for found, place in _keys(text):
        if found[:2] == ("tool", "fieldgen"):
            found = found[2:]
        for cut in range(1, len(found) + 1):
            places.setdefault(found[:cut], place)
    return _mapping(table, path, places.get(path, (1, 1)), places)


def _keys(text: str) -> Iterator[tuple[Path, Place]]:
    """The tables and keys of a TOML text with their places."""
    home: Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            home = _path(header[1]) or home
            yield home, (number, 1)
        elif (key := _KEY.match(line)) and (path := _path(key[2])):
            yield (*home, *path), (number, len(key[1]) + 1)


def _path(text: str) -> Path:
    """The parts of a dotted key; none where it is no key after all."""
    try:
        table: Any = tomllib.loads(f"{text} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    path = []
    while isinstance(table, dict):
        name, table = next(iter(table.items()))
        path.append(name)
    return tuple(path)


def _mapping(
    table: Mapping[str, Any], path: Path, place: Place, places: Mapping[Path, Place]
) -> nodes.Mapping:
    entries = []
    for name, value in table.items():
        below = (*path, name)
        here = places.get(below, place)
        key = nodes.Scalar(name, False, *here)
        entries.append((key, _node(value, below, here, places)))
    return nodes.Mapping(tuple(entries), *place)


def _node(
    value: object, path: Path, place: Place, places: Mapping[Path, Place]
) -> nodes.Node:
    match value:
        case dict():
            return _mapping(value, path, place, places)
        case list():
            items = tuple(_node(item, path, place, places) for item in value)
            return nodes.Sequence(items, *place)
        case bool():
            return nodes.Scalar("true" if value else "false", True, *place)
        case str():
            return nodes.Scalar(value, False, *place)
        case _:
            return nodes.Scalar(str(value), True, *place)
