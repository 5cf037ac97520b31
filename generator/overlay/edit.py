"""What a line of an overlay makes of one field."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Any

from generator.facts import KINDS
from generator.ir import Fact, Field
from generator.overlay.verbs import Line
from generator.read.json_text import dump_json, parse_json

OVERLAY = "overlay"  # the fact that says so


def apply_to_field(field: Field, line: Line) -> Field | None:
    """The field as the line wants it: the same where the docs say so already, None where it is to go."""
    match line.verb:
        case "remove":
            return None
        case "strike":
            new = _strike(field, line)
        case "retype":
            new = replace(field, type=line.value)  # type: ignore[arg-type]
            if new != field:  # what proved the type that it had
                new = _without(new, ("enum", "const", "nullable"))
        case "require":
            new = replace(field, required=bool(line.value))
        case "rename":
            new = replace(field, name=str(line.value))
        case _:
            new = replace(field, **text_change(line))
            if new.deprecated is None:
                new = _without(new, ("deprecated",))
    return field if new == field else _note(new, line)


def text_change(line: Line) -> dict[str, Any]:
    """The parts of a definition or field that `document` and `deprecate` change."""
    if line.verb == "document":
        return {"description": line.value}
    if isinstance(line.value, str):
        return {"deprecated": line.value}
    return {"deprecated": "" if line.value else None}


def _strike(field: Field, line: Line) -> Field:
    kinds = line.value if isinstance(line.value, tuple) else ()
    if "*" in kinds:
        kinds = ("default", *KINDS)
    default = None if "default" in kinds else field.default
    return replace(_without(field, kinds), default=default)


def _without(field: Field, kinds: Container[str]) -> Field:
    kept = tuple(fact for fact in field.facts if fact.kind not in kinds)
    return replace(field, facts=kept)


def _note(field: Field, line: Line) -> Field:
    """The field with a fact that an overlay changed it: in which words, and where these stand. One for all of its lines."""
    verbs, words, span = [line.verb], [line.words], line.span
    others = []
    for fact in field.facts:
        if fact.kind == OVERLAY:
            verbs = [str(parse_json(fact.value)), *verbs]
            words, span = [fact.words, *words], fact.span
        else:
            others.append(fact)
    value = dump_json(", ".join(verbs))
    fact = Fact(OVERLAY, value, "; ".join(words), span)
    return replace(field, facts=(*others, fact))
