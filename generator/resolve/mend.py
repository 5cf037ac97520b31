"""What the user says against the docs, on top of what they say."""

from __future__ import annotations

from collections.abc import Callable

from generator.diagnostics import Diagnostic
from generator.ir import Schema
from generator.resolve.context import Context


def apply_overlay(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Apply the lines of the overlay. All that the docs say is known by then, so a line that they say, too, is found."""
    if not context.overlay:
        return schema
    from generator.overlay import apply_lines

    return apply_lines(schema, context.overlay, report)
