"""Rows that are no fields but titles of those below them, such as `*Choice: one of two*`: to whom the deeper rows below them belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.define.nesting import can_hold
from generator.diagnostics import SourceSpan
from generator.ir import Fact, Field
from generator.light import NamedTuple
from generator.read.json_text import dump_json


class Divider(NamedTuple):
    """A row with a title only. `depth`: how deep it stands itself."""

    text: str
    depth: int
    span: SourceSpan


def place_below(
    fields: Sequence[Field],
    depths: Sequence[int],
    dividers: Iterable[Divider],
    choice: re.Pattern[str] | None,
) -> tuple[list[Field], list[int]]:
    """The fields of a table and how deep they stand, where dividers are no parents.

    Rows that are deeper than the divider right above them stand where it stands, unless the row before it can have parts. Where it lets
    one `choice` among them, none of them is required.
    """
    rows = list(fields)
    levels = list(depths)
    waiting = sorted(dividers, key=lambda divider: divider.span.line)
    current: Divider | None = None
    base = 0  # how deep the rows below the current divider stand
    for index, (field, depth) in enumerate(zip(fields, depths, strict=True)):
        fresh = [d for d in waiting if d.span.line < field.span.line]
        if fresh:
            waiting, base = waiting[len(fresh) :], depth
            current = fresh[-1] if depth > fresh[-1].depth else None
            chosen = current and choice and choice.search(current.text)
            above = (fields[i] for i in reversed(range(index)) if depths[i] < depth)
            parent = next(above, None)
            if not chosen and parent and can_hold(parent.type):
                current = None
        elif depth < base:
            current = None
        if current is None:
            continue
        levels[index] = depth - base + current.depth
        if choice and choice.search(current.text) and depth == base:
            rows[index] = _choose(field, current)
    return rows, levels


def _choose(field: Field, divider: Divider) -> Field:
    if not field.required:
        return field
    fact = Fact("requiredIf", dump_json(divider.text), divider.text, divider.span)
    return replace(field, required=False, facts=(*field.facts, fact))
