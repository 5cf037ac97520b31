"""What descriptions state of their fields: values, defaults, limits, null and more, by the rules of `generator/prose`.

Each fact is kept with its words and their place. What becomes part of the field (values, a default, null, a deprecation, a format of
strings) is in its type as well. A fact that the field's columns contradict is reported and not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from generator.diagnostics import Diagnostic
from generator.ir import Definition, Field, Model, Schema
from generator.resolve.context import Context, Share
from generator.resolve.described import (
    Asked,
    Said,
    all_fields,
    read_models,
    rules_for,
    text_of,
)
from generator.resolve.strikes import Strikes

# How much there is to read, in letters times the words that rules look for in them: 100,000 take some milliseconds.
_PART = 2_500_000  # what is one task
_PARTS = 4  # to make copies of a process takes longer than fewer parts
_SAMPLE = 50  # models


def read_prose_facts(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Add to each field of docs what its description states, as far as the options ask for it."""
    strikes = Strikes(context.options.facts, context.options.ignore_facts)
    models = [d for d in schema.definitions if isinstance(d, Model)]
    changed: dict[str, dict[int, Field]] = {}
    if models and strikes.kinds != frozenset():
        named = {d.key: d for d in schema.definitions if not isinstance(d, Model)}
        by_hand = context.dialect is not None
        asked = Asked(context.options, context.rules, by_hand, named)
        for said in _read(models, asked, context.share):
            changed |= said.fields
            strikes.used |= said.used
            for one in said.found:
                report(one)
    strikes.tell(report)
    definitions = tuple(
        [_changed(d, changed.get(d.key, {})) for d in schema.definitions]
    )
    return replace(schema, definitions=definitions)


def _read(models: list[Model], asked: Asked, share: Share | None) -> Iterable[Said]:
    """What all models state, read by several processes where that pays."""
    read = partial(read_models, asked)
    count = _count_parts(models, asked) if share else 1
    if share is None or count < _PARTS:
        return [read(models)]
    size = -(-len(models) // count)
    return share(read, [models[i : i + size] for i in range(0, len(models), size)])


def _count_parts(models: Sequence[Model], asked: Asked) -> int:
    """How many tasks there are in reading the models: a few of them tell."""
    some = models[:: max(len(models) // _SAMPLE, 1)]
    letters = sum(len(text_of(model)) for model in some) * len(models) // len(some)
    words = len(rules_for(asked, some).words)
    return letters * (words + 2) // _PART


def _changed(definition: Definition, new: dict[int, Field]) -> Definition:
    """The definition with new fields, and without what has been read now."""
    if not isinstance(definition, Model) or not (new or definition.notes):
        return definition
    fields = [new.get(n, field) for n, field in enumerate(all_fields(definition))]
    own = len(definition.fields)
    return replace(
        definition, fields=tuple(fields[:own]), patterned=tuple(fields[own:]), notes=()
    )
