"""The keys that are sent, where docs show the names of an SDK: by a rule for all fields, and single ones by the `rename` table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.casing import wire_name
from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.ir import Definition, Field, Model, Schema
from generator.resolve.context import Context


def name_wire_keys(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Set `Field.wire`. A key that the docs themselves give (the YAML form's `wire`) is not touched."""
    rule, rename = context.options.wire_names, dict(context.options.rename)
    if rule == "as-documented" and not rename:
        return schema
    used: set[str] = set()

    def renamed(model: Model, field: Field) -> Field:
        for line in (
            f"{model.key}.{field.name}",
            f"{model.name}.{field.name}",
            field.name,
        ):
            if line in rename:
                used.add(line)
                return replace(field, wire=rename[line])
        wire = field.wire or (
            wire_name(field.name, rule) if rule != "as-documented" else ""
        )
        return replace(field, wire="" if wire == field.name else wire)

    definitions: list[Definition] = []
    names: dict[str, None] = {}
    for definition in schema.definitions:
        if isinstance(definition, Model):
            names.update(
                (f"{definition.name}.{field.name}", None) for field in definition.fields
            )
            fields = tuple(renamed(definition, field) for field in definition.fields)
            definition = replace(definition, fields=_unique(definition, fields, report))
        definitions.append(definition)
    for line in sorted(rename.keys() - used):
        known = (
            tuple(names)
            if "." in line
            else tuple(dict.fromkeys(name.rpartition(".")[2] for name in names))
        )
        report(
            Diagnostic(
                SourceSpan("", 0),
                "unused-rename",
                f'rename: "{line}" matches no field',
                suggest(line, known),
            )
        )
    return replace(schema, definitions=tuple(definitions))


def _unique(
    model: Model, fields: tuple[Field, ...], report: Callable[[Diagnostic], None]
) -> tuple[Field, ...]:
    """Two fields cannot be sent under one key: the later one keeps its documented name."""
    taken: set[str] = {field.name for field in fields if not field.wire}
    out: list[Field] = []
    for field in fields:
        if field.wire and field.wire in taken:
            message = f'"{field.name}" of {model.name} keeps its name: another field is sent as "{field.wire}"'
            report(Diagnostic(field.span, "name-clash", message))
            field = replace(field, wire="")
        taken.add(field.key)
        out.append(field)
    return tuple(out)
