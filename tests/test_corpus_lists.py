"""Real field lists in YAML and JSON, which are not part of the repo: FIELDGEN_CORPUS names the folder that holds them. Skipped without it.

JSON Schema as input: what the official schema of a specification allows and refuses, `schema.json` allows and refuses, for the official
payloads and for changed ones. What an official schema only refers to, in the web, counts as a schema that allows everything.
"""

from __future__ import annotations

import copy
import csv
import json
import os
import posixpath
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml
from jsonschema.validators import validator_for
from referencing import Registry, Resource

sys.path.insert(0, str(Path(__file__).parent / "accuracy"))

from payloads import JsonLoader, load

from generator.options import Options
from generator.pipeline import Result, Source, generate

CORPUS = Path(os.environ.get("FIELDGEN_CORPUS") or "/nonexistent").resolve()
SPECS, LISTS = CORPUS / "specs", CORPUS / "yaml"
CHANGES = 8  # of each payload

pytestmark = pytest.mark.skipif(
    not LISTS.is_dir(), reason="FIELDGEN_CORPUS names no folder"
)


def build(folder: Path, pattern: str = "*") -> Result:
    """What is made of the field lists in a folder."""
    paths = sorted(path for path in folder.glob(pattern) if path.is_file())
    pages = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return generate(pages, Source("x", "x", Options(targets=("jsonschema",))))


def definitions(made: Result) -> dict[str, Any]:
    """The definitions of a `schema.json`."""
    found: dict[str, Any] = json.loads(made.files["schema.json"])["$defs"]
    return found


def validator(key: str, defs: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """What says whether a value is of a definition."""
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{key}", "$defs": defs})


# --- JSON Schema as input -----------------------------------------------------------------------------


class Truth(NamedTuple):
    """An official schema: the folder and the files that it stands in, its own file, and the payloads that it is for."""

    folder: str
    files: str
    own: str
    payloads: str


_STAC = "radiantearth+stac-spec"
_MDS = "openmobilityfoundation+mobility-data-specification@1.2.0"
_OAS = "OAI+OpenAPI-Specification"
TRUTHS = {
    "Serverless Workflow": Truth("serverlessworkflow+specification/truth", "workflow.yaml", "workflow.yaml", "*.yaml"),
    "Data Contract": Truth("datacontract+datacontract-specification/truth", "datacontract.schema.json", "datacontract.schema.json", "**/*.yaml"),
    "OpenAPI 3.0": Truth(f"{_OAS}/truth", "oas-3.0.schema.yaml", "oas-3.0.schema.yaml", "3.0/*.yaml"),
    "OpenAPI 3.1": Truth(f"{_OAS}/truth", "oas-3.1.schema.yaml", "oas-3.1.schema.yaml", "3.1-schema-tests/**/*.yaml"),
    "STAC catalog": Truth(f"{_STAC}/truth", "**/json-schema/*.json", "catalog-spec/json-schema/catalog.json", "**/*.json"),
    "STAC collection": Truth(f"{_STAC}/truth", "**/json-schema/*.json", "collection-spec/json-schema/collection.json", "**/*.json"),
    "STAC item": Truth(f"{_STAC}/truth", "**/json-schema/*.json", "item-spec/json-schema/item.json", "**/*.json"),
    "Projection": Truth("stac-extensions+projection/truth", "schema.json", "schema.json", "*.json"),
    "MDS 1.2 geography": Truth(f"{_MDS}/truth", "geography/geography.json", "geography/geography.json", "geography/**/*.json"),
}  # fmt: skip


def official(truth: Truth) -> Any:
    """The validator of an official schema, in its own draft."""
    folder = SPECS / truth.folder
    schema = without_web(load(folder / truth.own))
    home = schema.get("$id", truth.own)

    def retrieve(uri: str) -> Resource[Any]:
        base = posixpath.dirname(home) + "/"
        path = uri.removeprefix(base) if uri.startswith(base) else ""
        beside = (folder / truth.own).parent / path
        found = [folder / uri.partition(_root(home, truth.own))[2], beside]
        file = next((path for path in found if path.is_file()), None)
        inner = without_web(load(file)) if file else {}
        return Resource.from_contents(inner, default_specification=_draft(schema))

    kind = validator_for(schema)
    return kind(schema, registry=Registry(retrieve=retrieve))  # type: ignore[call-arg]


def without_web(schema: Any) -> Any:
    """A schema without what it refers to on other sites."""
    if isinstance(schema, list):
        return [without_web(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: without_web(each)
        for key, each in schema.items()
        if key != "$ref" or not isinstance(each, str) or not each.startswith("http")
    }


def _root(home: str, own: str) -> str:
    """The part of a schema's URI that stands for its folder."""
    return home.removesuffix(own) or "\0"


def _draft(schema: Any) -> Any:
    from referencing.jsonschema import specification_with

    return specification_with(schema.get("$schema", "https://json-schema.org/draft/2020-12/schema"))  # fmt: skip


def changed(payload: Any, chance: random.Random) -> Iterator[Any]:
    """The payload, and the payload with something left out, added, or of another kind."""
    yield payload
    spots: list[tuple[list[Any], Any]] = []

    def walk(value: Any, path: list[Any]) -> None:
        items = value.items() if isinstance(value, dict) else ()
        items = enumerate(value[:3]) if isinstance(value, list) else items
        for key, inner in items:
            spots.append((path, key))
            walk(inner, [*path, key])

    walk(payload, [])
    for path, key in chance.choices(spots, k=CHANGES):
        new = inner = copy.deepcopy(payload)
        for step in path:
            inner = inner[step]
        match chance.randrange(5):
            case 0 if isinstance(inner, dict):
                del inner[key]
            case 1 if isinstance(inner, dict):
                inner["zzExtra"] = 1
            case 2:
                inner[key] = None
            case 3:
                inner[key] = 12345 if isinstance(inner[key], str) else "text"
            case _:
                inner[key] = {} if isinstance(inner[key], list) else []
        yield new


@pytest.mark.parametrize("name", TRUTHS)
def test_what_is_valid_stays_so(name: str) -> None:
    """Official payloads and changed ones: valid by the official schema means valid by ours, and invalid means invalid."""
    truth = TRUTHS[name]
    theirs = official(truth)
    made = build(SPECS / truth.folder, truth.files)
    place = f"{truth.own}:1"
    defs = definitions(made)
    key = next(key for key, each in defs.items() if each["$comment"] == place)
    ours = validator(key, defs)
    chance = random.Random(20262)
    examples = SPECS / truth.folder.partition("/")[0] / "examples"
    counts = {True: 0, False: 0}
    for path in sorted(examples.glob(truth.payloads)):
        for number, value in enumerate(changed(load(path), chance)):
            wanted = theirs.is_valid(value)
            counts[wanted] += 1
            assert ours.is_valid(value) is wanted, (path.name, number)
    print(name, counts)
    assert all(counts.values())


# --- columns of tables ----------------------------------------------------------------------------------


def real(text: str, type_: str) -> Any:
    """A cell of a CSV file as the value that its column's type makes of it."""
    try:
        match type_:
            case "integer" | "year":
                return int(text)
            case "number":
                return float(text)
            case "boolean":
                return {"true": True, "1": True, "false": False, "0": False}[text.lower()]  # fmt: skip
            case "datetime":
                return text.replace(" ", "T")
    except (ValueError, KeyError):
        pass
    return text


def rows(path: Path, fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of a CSV file as objects; empty cells are absent."""
    types = {field["name"]: field.get("type", "string") for field in fields}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {k: real(v, types[k]) for k, v in row.items() if k in types and v not in ("", "NA")}  # fmt: skip


def made_up(fields: list[dict[str, Any]]) -> dict[str, Any]:
    """A row that keeps all constraints."""
    row = {}
    for field in fields:
        said, type_ = field.get("constraints", {}), field.get("type", "string")
        plain = {"integer": 1, "number": 1.5, "boolean": True}.get(type_, "2020-01-01")
        row[field["name"]] = said["enum"][0] if "enum" in said else said.get("minimum", plain)  # fmt: skip
    return row


def spoiled(row: dict[str, Any], fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Rows that break one constraint each."""
    for field in fields:
        said, name = field.get("constraints", {}), field["name"]
        if said.get("required") and name in row:
            yield {key: value for key, value in row.items() if key != name}
        if "enum" in said:
            yield row | {name: "@@"}
        if "minimum" in said:
            yield row | {name: said["minimum"] - 1}
        if "maximum" in said:
            yield row | {name: said["maximum"] + 1}
        if field.get("type") in ("integer", "number", "boolean"):
            yield row | {name: "a text"}


def test_rows_of_tides() -> None:
    """157 fields with all their constraints; rows are valid, and those that break a constraint are not. (Most sample files have heads only.)"""
    folder = LISTS / "TIDES-transit+TIDES"
    defs = definitions(build(folder / "spec", "*.schema.json"))
    count = valid = refused = 0
    for path in sorted((folder / "spec").glob("*.schema.json")):
        name = path.name.partition(".")[0]
        fields = json.loads(path.read_bytes())["fields"]
        check = validator(name, defs)
        count += len(fields)
        for field in fields:
            unique = field.get("constraints", {}).get("unique")
            assert defs[name]["properties"][field["name"]].get("x-unique") == unique
        for row in (made_up(fields), *rows(folder / "samples" / f"{name}.csv", fields)):
            assert check.is_valid(row), (name, row)
            valid += 1
            for wrong in spoiled(row, fields):
                assert not check.is_valid(wrong), (name, wrong)
                refused += 1
    assert count == 157
    assert valid and refused
    print(valid, refused)


def test_rows_of_country_codes() -> None:
    folder = LISTS / "datasets+country-codes"
    (resource,) = yaml.load((folder / "datapackage.yml").read_bytes(), JsonLoader)["resources"]  # fmt: skip
    fields = resource["schema"]["fields"]
    defs = definitions(build(folder, "datapackage.yml"))
    assert len(fields) == 56
    check = validator("country-codes", defs)
    found = list(rows(folder / "country-codes.head.csv", fields))
    assert len(found) == 39
    for row in found:
        assert check.is_valid(row)
        for wrong in spoiled(row, fields):
            assert not check.is_valid(wrong)


# --- others -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_dbt(kind: str) -> None:
    """The properties file: 5 models of the valid one; the invalid one's two mistakes with their lines. Other files of dbt list no fields."""
    folder = LISTS / "dbt-labs+dbt-jsonschema" / "tests" / kind
    made = build(folder, "dbt_yml_files.yml")
    errors = [(d.span.line, d.code) for d in made.diagnostics if d.severity == "error"]
    wanted = [(8, "unknown-key"), (12, "unknown-key")] if kind == "invalid" else []
    assert errors == wanted
    assert len(made.schema.definitions) == (5 if kind == "valid" else 2)
    whole = build(folder)
    assert len(whole.schema.definitions) == len(made.schema.definitions)
    others = {d.span.file for d in whole.diagnostics if d.code == "no-field-list"}
    assert (
        len(others) == 4
    )  # dbt_project.yml is known for one of dbt, and lists no fields, either


def test_dapr() -> None:
    """Each default of a component's metadata is a value of its type, as the list writes it, and no text for a number."""
    files = sorted((SPECS / "dapr+docs" / "truth").rglob("metadata.yaml"))
    count = 0
    for path in files:
        try:
            data = yaml.load(path.read_text("utf-8"), JsonLoader)
        except yaml.YAMLError:
            continue  # a tab where none may be: two files
        made = build(path.parent, path.name)
        model, *_ = definitions(made).values() if made.schema.definitions else ({},)
        profiles = data.get("authenticationProfiles") or []
        listed = [*(data.get("metadata") or []), *(f for p in profiles for f in p.get("metadata") or [])]  # fmt: skip
        for field in listed:
            said, found = field.get("default"), model["properties"][field["name"]]
            kinds = {"number": (int, float), "bool": bool}
            kind = kinds.get(field.get("type"), str)
            if said is not None and "default" in found:
                count += 1
                text = (said if isinstance(said, str) else json.dumps(said)).strip()
                assert isinstance(found["default"], kind), (path, field)
                assert str(found["default"]).strip("\"'\n").lower() == text.strip("\"'").lower()  # fmt: skip
    assert count > 300
    print(len(files), count)


@pytest.mark.skipif(
    not shutil.which("gen-json-schema"), reason="LinkML is not installed"
)
def test_linkml(tmp_path: Path) -> None:
    """The metamodel as LinkML's own generator writes it: the same classes, fields, required ones and ranges."""
    folder = LISTS / "linkml+linkml-model" / "model-schema"
    for path in folder.glob("*.yaml"):
        text = path.read_text("utf-8")
        text = re.sub(r"linkml:(?=(?:types|mappings|extensions|annotations|units)$)", "", text, flags=re.MULTILINE)  # fmt: skip
        (tmp_path / path.name).write_text(text, "utf-8")
    done = subprocess.run(["gen-json-schema", str(tmp_path / "meta.yaml")], capture_output=True, check=True)  # fmt: skip
    theirs = json.loads(done.stdout)["$defs"]
    ours = {_camel(key.rpartition(".")[2]): each for key, each in definitions(build(folder)).items()}  # fmt: skip
    fields = 0
    for name, wanted in theirs.items():
        if "__" in name or "properties" not in wanted:
            continue  # a form of a class for mappings by key
        found = ours[name]
        props = {_snake(k): v for k, v in found["properties"].items()}
        assert props.keys() == wanted["properties"].keys(), name
        assert {*map(_snake, found.get("required", []))} == {*wanted.get("required", [])}  # fmt: skip
        for key, each in wanted["properties"].items():
            fields += 1
            assert _range(props[key], ours) == _range(each, theirs), (name, key)
    assert fields == 1241


def _camel(name: str) -> str:
    return "".join(w[:1].upper() + w[1:] for w in name.replace(" ", "_").split("_"))


def _snake(name: str) -> str:
    return name.replace(" ", "_")


# LinkML writes a range that may be anything as one of these; a list is none of them.
_ANYTHING = {"boolean", "number", "object", "string"}


def _range(part: Any, defs: dict[str, Any]) -> str:
    """What may stand there, null or not: kinds of values, enums and classes by their names."""
    if not isinstance(part, dict):
        return "any"
    if "$ref" in part:
        name = _camel(part["$ref"].rpartition("/")[2].rpartition(".")[2].partition("__")[0])  # fmt: skip
        target = defs.get(name, {})
        if "enum" in target or "const" in target:
            return f"enum {name}"
        return f"class {name}" if "properties" in target else _range(target, defs)
    several = part.get("anyOf") or part.get("oneOf")
    if several:
        parts = {_range(each, defs) for each in several}
    else:
        kinds = part.get("type", "any")
        parts = set(kinds if isinstance(kinds, list) else [kinds])
    if "array" in parts:
        parts = {f"list of {_range(part.get('items', {}), defs)}"}
    inner = part.get("additionalProperties")
    if "object" in parts and isinstance(inner, dict):
        parts = {f"map of {_range(inner, defs)}"}
    flat = {word for each in parts for word in each.split(" or ")} - {"null", ""}
    if flat >= _ANYTHING:
        flat = flat - _ANYTHING | {"any"}
    return " or ".join(sorted(flat))
