"""Names that are paths: `lamp.power` and `lamp.colour` are fields of what `lamp` holds, also where no row of its own says so.

| lamp.power        | int    |   a field of the model `Chart.lamp`
| lamp."on.at"      | string |   quotes keep a name with dots together
| piers[0].name     | string |   a field of the items of the list `piers`
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import field, replace

from generator.define.nesting import Part
from generator.ir import ANY, OBJECT, Field, ListOf
from generator.light import NamedTuple, record


class _Step(NamedTuple):
    """One step of a path: the name of a field, or (empty) an item of a list."""

    name: str


@record(slots=True)
class _Node:
    name: str
    row: Field | None = None
    parts: dict[_Step, _Node] = field(default_factory=dict)


def path_parts(
    fields: Sequence[Field],
    step: re.Pattern[str],
    paths: Collection[str] | None = None,
) -> Iterator[Part]:
    """The rows of a definition, each below what it is a part of. `step`: one step of a path, its group `name` or `quoted`; without either an item of a list.

    `paths`: the names that are paths, where not all are.
    """
    root = _Node("")
    for row in fields:
        node = root
        whole = paths is not None and row.name not in paths
        for part in [_Step(row.name)] if whole else _steps(row.name, step):
            node = node.parts.setdefault(part, _Node(part.name))
        if node.row is not None:
            yield Part(0, "field", "", row)  # twice: the definition says so
        node.row = node.row or row
    yield from _emit(root, 0)


def _steps(name: str, step: re.Pattern[str]) -> list[_Step]:
    """The steps of a name; the name is one step where the pattern leaves something of it."""
    steps, end = [], 0
    for match in step.finditer(name):
        if match.start() != end or match.end() == end:
            break
        end = match.end()
        said = match.groupdict()
        steps.append(_Step(said.get("quoted") or said["name"] or ""))
    return steps if end == len(name) and steps else [_Step(name)]


def _emit(node: _Node, depth: int) -> Iterator[Part]:
    for step, part in node.parts.items():
        row = _field(part, _first(part))
        yield Part(depth, "field" if step.name else "itself", "", row)
        yield from _emit(part, depth + 1)


def _field(node: _Node, place: Field) -> Field:
    """The row of a node, or what the rows below it tell of it."""
    if node.row is not None:
        return replace(node.row, name=node.name)
    type_ = ListOf(ANY) if _Step("") in node.parts else OBJECT
    return Field(node.name, type_, place.span)


def _first(node: _Node) -> Field:
    while node.row is None:
        node = next(iter(node.parts.values()))
    return node.row
