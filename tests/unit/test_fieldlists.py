"""Field lists: whatever YAML comes, in whatever dialect, nothing breaks; and real lists (`FIELDGEN_CORPUS`) are read whole."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.dialect.files import built_in_lists
from generator.options import Options
from generator.pipeline import Source, generate

WORDS = [
    *("models", "columns", "fields", "properties", "resources", "schema", "classes"),
    *("slots", "is_a", "mixins", "slot_usage", "range", "options", "inputs", "metadata"),
    *("groups", "attributes", "ref", "id", "name", "type", "format", "$ref", "$defs"),
    *("allOf", "anyOf", "items", "enum", "required", "default", "constraints", "a.b"),
    *("definitions", "additionalProperties", "patternProperties", "extends", "const"),
]  # fmt: skip
TEXTS = ["string", "integer", "true", "", "8", "#", "#/$defs/name", "name", "a.json", "x y", "null", "[", "models"]  # fmt: skip
values = st.recursive(
    st.sampled_from(TEXTS) | st.booleans() | st.none() | st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=25,
)


@pytest.mark.parametrize("dialect", built_in_lists())
@settings(max_examples=40, deadline=None)
@given(first=values, second=values)
def test_nothing_breaks(dialect: str, first: Any, second: Any) -> None:
    pages = {f"{n}.json": json.dumps(v).encode() for n, v in (("a", first), ("b", second))}  # fmt: skip
    options = Options(dialect=dialect, targets=("jsonschema",))
    made = generate(pages, Source("x", "x", options))
    jsonschema.Draft202012Validator.check_schema(json.loads(made.files["schema.json"]))


@pytest.mark.skipif("FIELDGEN_CORPUS" not in os.environ, reason="no corpus")
def test_constraints_of_tables() -> None:
    """Every constraint of a Table Schema stands in schema.json."""
    folder = Path(os.environ["FIELDGEN_CORPUS"], "yaml/TIDES-transit+TIDES/spec")
    pages = {path.name: path.read_bytes() for path in folder.glob("*.schema.json")}
    options = Options(targets=("jsonschema",))
    made = generate(pages, Source("x", "x", options)).files["schema.json"]
    models = json.loads(made)["$defs"]
    fields = 0
    for name, data in pages.items():
        model = models[name.partition(".")[0]]
        for field in json.loads(data)["fields"]:
            fields += 1
            said = dict(field.get("constraints", {}))
            said.pop("unique", None)
            required = said.pop("required", False)
            assert (field["name"] in model.get("required", [])) is required
            assert said.items() <= model["properties"][field["name"]].items()
    assert fields == 157
