"""The order of the definitions: by file, folder by folder, then by line. It does not depend on how files were found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.ir import Definition, Schema
from generator.resolve.context import Context


def order_definitions(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Sort by file and line. It runs twice: names depend on the order, and links may add types that only other docs define."""
    return replace(schema, definitions=tuple(sorted(schema.definitions, key=_place)))


def _place(definition: Definition) -> tuple[list[str], int, str]:
    span = definition.span
    return span.file.split("/"), span.line, definition.key or definition.name
