"""Rows of which each begins with the kind of object that it is for: "(boat) How deep it goes." beside "(tram) Its gauge."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.diagnostics import SourceSpan
from generator.ir import Fact, Field
from generator.read.json_text import dump_json


def limit_to_kinds(
    fields: Sequence[Field], pattern: re.Pattern[str] | None
) -> list[Field]:
    """The fields of a table; one that is for a kind of objects only is not required of all.

    There must be two kinds or more, and the other rows must speak of each: "(deprecated)" and "(in metres)" are no kinds.
    """
    kinds = [pattern and pattern.match(field.description) for field in fields]
    words = {kind["kind"].casefold() for kind in kinds if kind}
    if len(words) < 2:
        return list(fields)
    rest = [f for f, kind in zip(fields, kinds, strict=True) if kind is None]
    texts = [f"{field.name} {field.description}".casefold() for field in rest]
    if not all(_is_said(word, texts) for word in words):
        return list(fields)
    return [
        _limit(field, kind["kind"]) if kind and field.required else field
        for field, kind in zip(fields, kinds, strict=True)
    ]


def _is_said(word: str, texts: Sequence[str]) -> bool:
    whole = re.compile(rf"\b{re.escape(word)}\b")
    return any(whole.search(text) for text in texts)


def _limit(field: Field, kind: str) -> Field:
    place = field.text or field.span
    span = SourceSpan(place.file, place.line, place.column + 1)
    fact = Fact("requiredIf", dump_json(kind), kind, span)
    return replace(field, required=False, facts=(*field.facts, fact))
