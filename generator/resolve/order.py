"""The order of the definitions: by file, folder by folder, then by line. It does not depend on how files were found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.ir import Alias, Definition, Schema
from generator.resolve.context import Context


def order_definitions(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Sort by file and line; external types come last, by name."""
    return replace(schema, definitions=tuple(sorted(schema.definitions, key=_place)))


def _place(definition: Definition) -> tuple[bool, list[str], int, str]:
    external = isinstance(definition, Alias) and bool(definition.url)
    span = definition.span
    return (
        external,
        [] if external else span.file.split("/"),
        0 if external else span.line,
        definition.key or definition.name,
    )
