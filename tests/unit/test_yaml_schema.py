"""The JSON Schema of the form, its docs and its reader know the same keys, and agree on what is right."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from schemas import schemas

from generator.diagnostics import Diagnostic
from generator.facts import APPLIED, KINDS
from generator.ir import Schema
from generator.native import read_native
from generator.native.facts import FACT_KEYS
from generator.native.form import (
    ENUM_KEYS,
    FIELD_KEYS,
    FILE_KEYS,
    MODEL_KEYS,
    UNION_KEYS,
    VALUE_KEYS,
)
from generator.print_ir import print_schema
from generator.read.json_text import json_text
from generator.read.yaml import read_yaml

REPO = Path(__file__).parents[2]
SCHEMA = json.loads(
    (REPO / "generator/schemas/field-tables.schema.json").read_text("utf-8")
)
DOCS = (REPO / "docs/yaml.md").read_text("utf-8")
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
PARCELS = sorted((REPO / "specs/parcels").glob("*.yaml"))


def fail(found: Diagnostic) -> None:
    pytest.fail(str(found))


def values(text: str) -> list[Any]:
    """The documents as YAML 1.2 reads them."""
    return [json.loads(json_text(node)) for node in read_yaml(text, "f.yaml", fail)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("model", MODEL_KEYS),
        ("field", FIELD_KEYS),
        ("fact", FACT_KEYS),
        ("enum", ENUM_KEYS),
        ("value", VALUE_KEYS),
        ("union", UNION_KEYS),
    ],
)
def test_the_schema_has_the_keys_of_the_reader(name: str, keys: dict[str, str]) -> None:
    assert set(SCHEMA["definitions"][name]["properties"]) == set(keys)
    assert set(SCHEMA["properties"]) == set(FILE_KEYS)


def documented(heading: str) -> set[str]:
    """The keys in the tables of a section of docs/yaml.md."""
    section = DOCS.split(f"\n### {heading}\n")[1].split("\n### ")[0].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))


def test_the_docs_have_the_keys_of_the_reader() -> None:
    assert documented("At the top") == set(FILE_KEYS)
    assert documented("Of models, enums and unions") == set(MODEL_KEYS) | set(
        ENUM_KEYS
    ) | set(UNION_KEYS)
    assert documented("Of fields") | {"name"} == set(FIELD_KEYS)
    assert documented("Facts with their words") == set(FACT_KEYS)
    assert SCHEMA["definitions"]["fact"]["properties"]["fact"]["enum"] == [
        *KINDS,
        *APPLIED,
    ]
    section = DOCS.split("\n### Of models")[1].split("\n### ")[0]
    assert all(f"`{key}`" in section for key in VALUE_KEYS)


@pytest.mark.parametrize(
    "text", re.findall(r"```yaml[^\n]*\n(.*?)```", DOCS, re.DOTALL)
)
def test_the_examples_of_the_docs_are_right(text: str) -> None:
    read_native(text, "f.yaml", fail)
    for value in values(text):
        VALIDATOR.validate(value)


@given(schemas())
@settings(max_examples=100, deadline=None)
def test_a_printed_schema_is_valid(schema: Schema) -> None:
    VALIDATOR.validate(json.loads(print_schema(schema, "json")))


@pytest.mark.parametrize("file", PARCELS, ids=lambda file: file.name)
def test_parcels(file: Path) -> None:
    text = file.read_text("utf-8")
    first = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert (
        first
        and (file.parent / first[1]).resolve()
        == REPO / "generator/schemas/field-tables.schema.json"
    )
    assert read_native(text, file.name, fail).definitions
    for value in values(text):
        VALIDATOR.validate(value)


@pytest.mark.parametrize(
    "text",
    [
        "modles: []",
        "models: A",
        "models: [{fields: []}]",
        "models: [{name: A, fiels: []}]",
        "models: [{name: ''}]",
        "models: {A: {name: B}}",
        "models: [{name: A, place: a.md}]",
        "models: [{name: A, fields: [{field: a}]}]",
        "models: [{name: A, fields: [{type: string}]}]",
        "models: [{name: A, fields: [{field: a, name: b, type: string}]}]",
        "models: [{name: A, fields: [{field: a, type: [string]}]}]",
        "models: [{name: A, fields: [{field: a, type: string, required: sometimes}]}]",
        "models: [{name: A, fields: [{field: a, type: string, examples: b}]}]",
        "models: [{name: A, deprecated: [a]}]",
        "models: [{name: A, fields: [{field: a, type: integer, minimum: low}]}]",
        "models: [{name: A, fields: [{field: a, type: string, maxLength: -1}]}]",
        "models: [{name: A, fields: [{field: a, type: number, multipleOf: 0}]}]",
        "models: [{name: A, fields: [{field: a, type: string, readOnly: perhaps}]}]",
        "models: [{name: A, fields: [{field: a, type: string, requiredIf: {set: []}}]}]",
        "models: [{name: A, fields: [{field: a, type: string, requiredIf: {field: b}}]}]",
        "models: [{name: A, fields: [{field: a, type: string, facts: {minimum: 1}}]}]",
        "models: [{name: A, fields: [{field: a, type: string, facts: [{fact: least, value: 1}]}]}]",
        "models: [{name: A, fields: [{field: a, type: string, facts: [{fact: unit, value: m, on: keys}]}]}]",
        "models: [{name: A, patterned: [a]}]",
        "enums: [{name: A}]",
        "enums: [{name: A, values: [[a]]}]",
        "enums: [{name: A, values: [{name: a}]}]",
        "enums: [{name: A, values: [a], open: maybe}]",
        "unions: [{name: A}]",
        "unions: [{name: A, type: string, types: [number]}]",
        "fieldgen: 2",
    ],
)
def test_what_is_wrong_is_so_for_both(text: str) -> None:
    found: list[Diagnostic] = []
    read_native(text, "f.yaml", found.append)
    assert found
    assert not all(VALIDATOR.is_valid(value) for value in values(text))


@pytest.mark.parametrize(
    "text",
    [
        "models:\nenums: []\nunions:\n",
        "models: [{name: 1, fields: [{field: no, type: null, required: No, default: {a: [1]}, example: 1, examples: [on]}]}]",
        "models: {A: {fields: {a: string, b: {type: A, deprecated: true}}}}",
        "models: {A: {patterned: {^x-: any}, fields: {a: {type: integer, minimum: 0, maximum: , unit: 1, readOnly: yes}}}}",
        "models: {A: {fields: {a: {type: any, requiredIf: {absent: [b, c]}}, b: {type: any, requiredIf: {field: a, equals: null}}, c: {type: any, requiredIf: always}}}}",
        "models: {A: {fields: {a: {type: any, facts: [{fact: minLength, value: 1, on: items.values, words: no, place: 'a:1'}]}}}}",
        "enums: {A: [1, no, null, {value: [1], name: x}], B: {values: [a], open: yes}}",
        "unions: {A: string, B: [string, A], C: {types: string}}",
    ],
)
def test_what_is_right_is_so_for_both(text: str) -> None:
    read_native(text, "f.yaml", fail)
    for value in values(text):
        VALIDATOR.validate(value)
