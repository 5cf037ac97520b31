"""What `fieldgen ir` prints is read back as the same schema, in both formats."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from schemas import NASTY, json_texts, schemas, texts, types

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import (
    STRING,
    Definition,
    Field,
    Model,
    Ref,
    Schema,
    TypeRef,
    change_types,
    map_type,
)
from generator.native import is_native, read_native
from generator.print_ir import print_schema, print_type
from generator.print_ir.yaml_text import yaml_text
from generator.read.json_text import json_text
from generator.read.yaml import Mapping, Scalar, read_yaml
from generator.typeexpr import CANONICAL, parse_type

HERE = SourceSpan("x", 1)


def linked(type_: TypeRef) -> TypeRef:
    """The type with `[label](#key)` replaced by the key, as the link pass does."""
    return map_type(type_, lambda ref: Ref(unquote(ref.url[1:])) if ref.url else ref)


def read_back(text: str) -> Schema:
    found: list[Diagnostic] = []
    file = read_native(text, "printed.yaml", found.append)
    assert found == []
    definitions: list[Definition] = [
        change_types(replace(d, key=d.key or d.name), linked) for d in file.definitions
    ]
    return Schema(file.source, tuple(definitions))


@pytest.mark.parametrize("format", ["yaml", "json"])
@given(schema=schemas())
@settings(max_examples=150, deadline=None)
def test_a_printed_schema_reads_back(format: str, schema: Schema) -> None:
    text = print_schema(schema, format)
    assert read_back(text) == schema
    assert is_native(text)
    assert print_schema(read_back(text), format) == text


@given(
    types(
        [
            "Event",
            "shared.Event",
            "string",
            "a b",
            "x)(",
            "Größe",
            "_",
            "Record",
            "&amp;",
            "true",
        ]
    )
)
@settings(max_examples=200, deadline=None)
def test_a_printed_type_reads_back(type_: TypeRef) -> None:
    assert linked(parse_type(print_type(type_), CANONICAL, HERE)) == type_


@given(texts, st.sampled_from(["", "x: ", "\n"]))
@settings(max_examples=300, deadline=None)
def test_other_yaml_readers_get_the_same_texts(text: str, before: str) -> None:
    """PyYAML reads YAML 1.1 with all its traps."""
    text = before + text
    assert yaml.safe_load(yaml_text({"a": [{"b": text}]})) == {"a": [{"b": text}]}


def resolved_otherwise(text: str) -> bool:
    """Whether YAML 1.1 (PyYAML's tables, and y and n) or 1.2 takes the word for something else than text."""
    resolver: Any = yaml.SafeLoader("")
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    return (
        tag != "tag:yaml.org,2002:str"
        or text in ("y", "n", "Y", "N")
        or json_text(Scalar(text, True, 1, 1))[0] != '"'
    )


@given(
    st.sampled_from(NASTY)
    | st.from_regex(r"[-+0-9a-fxo_.:eTZ]{1,12}", fullmatch=True)
    | st.from_regex(r"[A-Za-z0-9_]{1,8}", fullmatch=True)
)
@settings(max_examples=500, deadline=None)
def test_quotes_stand_where_they_must(text: str) -> None:
    printed = yaml_text({"a": text})
    if printed == f"a: {text}\n":
        assert not resolved_otherwise(text)
    elif text.isascii() and text.replace("_", "a").isalnum():
        assert resolved_otherwise(text)


@given(json_texts)
@settings(max_examples=200, deadline=None)
def test_defaults_keep_their_json_text(text: str) -> None:
    schema = Schema(
        "", (Model("M", "M", HERE, (Field("f", STRING, HERE, default=text),)),)
    )
    assert read_back(print_schema(schema)) == schema
    assert read_back(print_schema(schema, "json")) == schema


def test_a_whole_schema() -> None:
    from generator.ir import (
        ANY,
        INTEGER,
        NULL,
        Alias,
        Enum,
        EnumValue,
        ListOf,
        Literal,
        OneOf,
    )
    from generator.ir import Scalar as Type

    place = SourceSpan("a.md", 3)
    schema = Schema(
        "specs/a",
        (
            Model(
                "A",
                "A",
                place,
                (
                    Field(
                        "id",
                        STRING,
                        SourceSpan("a.md", 9, 3),
                        True,
                        "The id.\nTwo lines.",
                        '"on"',
                        ("1.10",),
                        "",
                        "ID",
                    ),
                    Field(
                        "at",
                        OneOf((Type("string", "date-time"), NULL)),
                        place,
                        default="null",
                        examples=("a", "b"),
                    ),
                    Field(
                        "of",
                        ListOf(OneOf((Ref("x.B"), Ref("my enum")))),
                        place,
                        default='{"a": [1.0, "1"]}',
                    ),
                ),
            ),
            Model("x.B", "B", place, (), "", "use A"),
            Enum(
                "my enum",
                "my enum",
                place,
                (EnumValue('"no"'), EnumValue("1", "One", "The one")),
                True,
            ),
            Alias(
                "U", "U", place, OneOf((Ref("A"), INTEGER, Literal(('"a"', "1"), True)))
            ),
            Alias("V", "V", place, ANY, url="https://example.com"),
        ),
    )
    assert print_schema(schema) == EXPECTED
    assert read_back(print_schema(schema)) == schema


EXPECTED = """\
fieldgen: 1
source: specs/a

models:
  - name: A
    place: a.md:3
    fields:
      - field: id
        type: string
        required: true
        description: |-
          The id.
          Two lines.
        default: "on"
        example: "1.10"
        deprecated: true
        wire: ID
        place: a.md:9:3
      - field: at
        type: string(date-time) | null
        default: null
        examples:
          - a
          - b
        place: a.md:3
      - field: of
        type: (x.B | [my enum](#my%20enum))[]
        default: {"a": [1.0, "1"]}
        place: a.md:3

  - name: B
    key: x.B
    place: a.md:3
    deprecated: use A
    fields: []

enums:
  - name: my enum
    place: a.md:3
    open: true
    values:
      - "no"
      - value: 1
        name: One
        description: The one

unions:
  - name: U
    place: a.md:3
    types:
      - A
      - integer
      - '"a" | 1 | ...'

  - name: V
    place: a.md:3
    type: any
    url: https://example.com
"""


@pytest.mark.parametrize(
    "text", ["a\n\n", "a\n", "x" * 200 + ": y", "x" * 200 + ": y\n\n"]
)
def test_line_breaks_before_an_empty_line(text: str) -> None:
    """The empty lines between definitions belong to no text."""
    schema = Schema(
        text,
        (
            Model("A", "A", HERE),
            Model("B", "B", SourceSpan(text, 1)),
            Model(text, text, HERE),
        ),
    )
    assert read_back(print_schema(schema)) == schema


def test_long_texts_are_quick() -> None:
    for text in (
        "a" * 10**6,
        "a " * 10**6,
        "a:" * 10**6,
        "# " * 10**6,
        "\n \n" * 10**5,
    ):
        assert yaml.load(
            yaml_text({"a": text}), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        ) == {"a": text}


def test_json_is_json() -> None:
    import json

    schema = Schema(
        "",
        (
            Model(
                "A",
                "\x7f\u202e😀\U000e0001",
                HERE,
                (
                    Field(
                        "k" * 2000, STRING, HERE, default='{"%s": 1.10}' % ("d" * 2000)
                    ),
                ),
            ),
        ),
    )
    text = print_schema(schema, "json")
    assert json.loads(text)["models"][0]["name"] == "\x7f\u202e😀\U000e0001"
    assert "\\u007f\\u202e😀\\udb40\\udc01" in text and "1.10" in text
    assert read_back(text) == schema
    assert read_back(print_schema(schema)) == schema


def test_half_surrogates_become_a_replacement_character() -> None:
    schema = Schema("", (Model("A", "x\ud800", HERE),))
    for format in ("yaml", "json"):
        text = print_schema(schema, format)
        text.encode()
        (document,) = read_yaml(text, "x", lambda found: None)
        assert isinstance(document, Mapping) and "x\ufffd" in repr(document)
