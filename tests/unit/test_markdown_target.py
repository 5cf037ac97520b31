"""The page that the target `markdown` writes is read back as the same schema, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from hypothesis import given, settings
from schemas import schemas, settled, texts

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import (
    Definition,
    Ref,
    Schema,
    TypeRef,
    change_types,
    map_type,
)
from generator.native import is_native_page, read_native_page
from generator.pipeline import write
from generator.read.page_text import code, codes, decode_cell, encode_cell
from generator.source import Source
from generator.targets import TARGETS

HERE = SourceSpan("x", 1)


def page(schema: Schema) -> str:
    [(_, text)] = write(TARGETS["markdown"], schema, Source("", ""))
    return text


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


@given(schemas())
@settings(max_examples=150, deadline=None)
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


def test_long_texts_are_quick() -> None:
    """Nothing that a page may hold takes more than linear time: these would take minutes."""
    ticks = "a".join("`" * length for length in range(1, 1000))
    for text in ("\\" * 10**5, " " * 10**5 + "x", "# " * 10**5, "\n" * 10**5, ticks):
        cell = encode_cell(text)
        assert decode_cell(cell) == text
        for line in (f"## x {text}", f"| `x` | {cell} |", f"- Type: {text}", text):
            page = f"<!-- fieldgen: 1 -->\n\n## A\n\n| Field | Facts |\n|---|---|\n{line}\n"
            read_native_page(page, "a.md", lambda found: None)
