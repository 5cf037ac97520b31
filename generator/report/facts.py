"""The facts that docs state of fields beyond their types, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.ir import Fact, Field, Model, Schema
from generator.report.text import plain


def facts_text(schema: Schema) -> str:
    """A line for each fact: its place, the field, the fact, and the words that prove it."""
    rows = [
        (
            str(fact.span),
            f"{model.name}.{field.name}",
            f"{fact.kind} {fact.value}{f' of {fact.on}' if fact.on else ''}",
            " ".join(fact.words.split()),
        )
        for model, field, fact in _facts(schema)
    ]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(2)]
    return "".join(
        f"{plain(f'{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}  {row[3]!r}')}\n"
        for row in rows
    )


def facts_json(schema: Schema) -> str:
    """`{"fieldgen": 1, "facts": […]}`: 1 is the version of this format."""
    rows = [
        {
            "model": model.name,
            "field": field.name,
            "fact": fact.kind,
            "value": json.loads(fact.value),
            "on": fact.on,
            "words": fact.words,
            "file": fact.span.file,
            "line": fact.span.line,
            "column": fact.span.column,
        }
        for model, field, fact in _facts(schema)
    ]
    data = {"fieldgen": 1, "facts": rows}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _facts(schema: Schema) -> Iterator[tuple[Model, Field, Fact]]:
    for model in schema.definitions:
        if isinstance(model, Model):
            for field in (*model.fields, *model.patterned):
                for fact in field.facts:
                    yield model, field, fact
