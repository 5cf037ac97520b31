"""The intermediate schema as text: fieldgen's own YAML form (docs/yaml.md) with a place for everything, or the same as JSON.

`generator.native.read_native` reads both back.
"""

from __future__ import annotations

import re
from typing import assert_never

from generator.diagnostics import SourceSpan
from generator.ir import (
    Alias,
    Definition,
    Enum,
    EnumValue,
    Fact,
    Field,
    Model,
    OneOf,
    Schema,
)
from generator.print_ir.json_text import json_text
from generator.print_ir.types import print_type
from generator.print_ir.yaml_text import Flow, Tree, yaml_text
from generator.read.json_text import Number, parse_json

__all__ = ["print_schema", "print_type"]


def print_schema(schema: Schema, format: str = "yaml") -> str:
    """The text of a resolved schema as `yaml` or `json`: models, enums and unions, each in the order of the schema."""
    tree: dict[str, Tree] = {"fieldgen": Number("1")}
    _put(tree, "source", schema.source)
    for key, kind in (("models", Model), ("enums", Enum), ("unions", Alias)):
        found: list[Tree] = [
            _definition(definition)
            for definition in schema.definitions
            if isinstance(definition, kind)
        ]
        if found:
            tree[key] = found
    return json_text(tree) if format == "json" else yaml_text(tree)


def _put(tree: dict[str, Tree], key: str, value: str) -> None:
    if value:
        tree[key] = value


def _definition(definition: Definition) -> dict[str, Tree]:
    tree: dict[str, Tree] = {"name": definition.name}
    if definition.key != definition.name:
        _put(tree, "key", definition.key)
    tree["place"] = _place(definition.span)
    _put(tree, "description", definition.description)
    _put_deprecated(tree, definition.deprecated)
    if definition.facts:
        tree["facts"] = [_fact(fact) for fact in definition.facts]
    match definition:
        case Model(fields=fields):
            if definition.rest is not None:
                tree["rest"] = print_type(definition.rest)
            if definition.closed:
                tree["closed"] = True
            tree["fields"] = [_field(field) for field in fields]
            if definition.patterned:
                tree["patterned"] = [_field(field) for field in definition.patterned]
        case Enum(values=values, open=open_):
            if open_:
                tree["open"] = True
            tree["values"] = [_value(value) for value in values]
        case Alias(type=OneOf(members)):
            tree["types"] = [print_type(member) for member in members]
            _put(tree, "url", definition.url)
        case Alias():
            tree["type"] = print_type(definition.type)
            _put(tree, "url", definition.url)
        case _:
            assert_never(definition)
    return tree


def _field(field: Field) -> dict[str, Tree]:
    tree: dict[str, Tree] = {"field": field.name, "type": print_type(field.type)}
    if field.required:
        tree["required"] = True
    _put(tree, "description", field.description)
    if field.default is not None:
        tree["default"] = _json(field.default)
    if len(field.examples) == 1:
        tree["example"] = field.examples[0]
    elif field.examples:
        tree["examples"] = list(field.examples)
    _put_deprecated(tree, field.deprecated)
    _put(tree, "wire", field.wire)
    tree["place"] = _place(field.span)
    if field.facts:
        tree["facts"] = [_fact(fact) for fact in field.facts]
    return tree


def _fact(fact: Fact) -> dict[str, Tree]:
    tree: dict[str, Tree] = {"fact": fact.kind, "value": _json(fact.value)}
    _put(tree, "on", fact.on)
    _put(tree, "words", fact.words)
    tree["place"] = _place(fact.span)
    return tree


def _value(value: EnumValue) -> Tree:
    inner = _json(value.value)
    if (
        not value.name
        and not value.description
        and not (isinstance(inner, Flow) and isinstance(inner.value, list | dict))
    ):
        return inner
    tree: dict[str, Tree] = {"value": inner}
    _put(tree, "name", value.name)
    _put(tree, "description", value.description)
    return tree


def _json(text: str) -> Tree:
    """A JSON text as a part of the tree: strings by YAML's rules for texts, all else on one line."""
    value = parse_json(text)
    return value if isinstance(value, str) else Flow(value)


def _put_deprecated(tree: dict[str, Tree], reason: str | None) -> None:
    if reason is not None:
        tree["deprecated"] = reason or True


def _place(span: SourceSpan) -> str:
    """`file:line`, and the column where it is not the first, or where the file's name itself ends as if it named a line."""
    place = f"{span.file}:{span.line}"
    return str(span) if span.column != 1 or re.search(r":\d+$", span.file) else place
