"""The page that the target `markdown` writes is read back as the same schema, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from hypothesis import given, settings
from schemas import schemas, texts

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import Alias, Definition, Enum, Model, Ref, Schema, TypeRef
from generator.ir import change_types, map_type
from generator.native import is_native_page, read_native_page
from generator.options import Options, Style
from generator.pipeline import write
from generator.read.page_text import code, codes, decode_cell, encode_cell
from generator.source import Source
from generator.targets import TARGETS
from generator.targets.markdown_text import portable

HERE = SourceSpan("x", 1)


def page(schema: Schema) -> str:
    return write(TARGETS["markdown"], schema, Source("", ""))


def linked(type_: TypeRef) -> TypeRef:
    return map_type(type_, lambda ref: Ref(unquote(ref.url[1:])) if ref.url else ref)


def read_back(text: str) -> Schema:
    found: list[Diagnostic] = []
    file = read_native_page(text, "schema.md", found.append)
    assert found == []
    definitions: list[Definition] = [
        change_types(replace(d, key=d.key or d.name), linked) for d in file.definitions
    ]
    return Schema(file.source, tuple(definitions))


def settled(schema: Schema) -> Schema:
    """The schema without places, and with its links as outputs have them."""
    return Schema(schema.source, tuple(map(_settle, schema.definitions)))


def _settle(definition: Definition) -> Definition:
    file = definition.span.file

    def text(value: str) -> str:
        return portable(value, file, "")

    def reason(value: str | None) -> str | None:
        return None if value is None else text(value)

    common = {
        "span": HERE,
        "description": text(definition.description),
        "deprecated": reason(definition.deprecated),
    }
    match definition:
        case Model():
            fields, patterned = (
                tuple(
                    replace(
                        field,
                        span=HERE,
                        description=text(field.description),
                        deprecated=reason(field.deprecated),
                        facts=tuple(replace(fact, span=HERE) for fact in field.facts),
                    )
                    for field in some
                )
                for some in (definition.fields, definition.patterned)
            )
            return replace(definition, **common, fields=fields, patterned=patterned)
        case Enum():
            values = tuple(
                replace(value, description=text(value.description))
                for value in definition.values
            )
            return replace(definition, **common, values=values)
        case Alias():
            return replace(definition, **common)


@given(schemas())
@settings(max_examples=300, deadline=None)
def test_a_page_is_read_back(schema: Schema) -> None:
    text = page(schema)
    back = read_back(text)
    assert settled(back) == settled(schema)
    assert is_native_page(text)
    assert page(settled(back)) == page(settled(schema))


@given(texts)
@settings(max_examples=500, deadline=None)
def test_cells(text: str) -> None:
    assert decode_cell(encode_cell(text)) == text
    assert "\n" not in encode_cell(text)
    (inner,) = codes(code(text))
    assert inner.text == text
