"""From what single pages say to one schema: each pass is a file, takes a schema and gives one, with what it found on the way."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.ir import Schema
from generator.resolve.by_value import find_by_value
from generator.resolve.context import Context, Pass
from generator.resolve.cycles import break_alias_cycles
from generator.resolve.enums import use_enums
from generator.resolve.inherit import inherit_fields
from generator.resolve.link import link_references
from generator.resolve.mend import apply_overlay
from generator.resolve.name import name_definitions
from generator.resolve.order import order_definitions
from generator.resolve.prose import read_prose_facts
from generator.resolve.wire import name_wire_keys

PASSES: list[Pass] = [
    order_definitions,
    name_definitions,
    find_by_value,
    use_enums,
    link_references,
    order_definitions,
    break_alias_cycles,
    read_prose_facts,
    inherit_fields,
    apply_overlay,
    name_wire_keys,
]


def resolve(schema: Schema, context: Context) -> tuple[Schema, list[Diagnostic]]:
    """Run all passes: keys are unique afterwards, every reference is the key of a definition, every field has the key that is sent."""
    found: list[Diagnostic] = []
    for run in PASSES:
        schema = run(schema, context, found.append)
    return schema, found


__all__ = ["PASSES", "Context", "resolve"]
