"""Checks of generated files: each takes a folder or a document and returns what is wrong with it, as lines. Nothing is changed.

They know the contract of the outputs, and nothing of how fieldgen makes them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from jsonschema import Draft202012Validator

Keys = tuple[frozenset[str], frozenset[str]]


# --- Python -------------------------------------------------------------------------------------------------------------------


def run_tool(folder: Path, *arguments: str) -> list[str]:
    """Run a module of this Python in a folder: nothing if it is content, else what it says."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    said = (done.stdout + done.stderr).splitlines()
    return said if done.returncode else []


def mypy_errors(folder: Path) -> list[str]:
    """What mypy --strict says of all files in a folder."""
    return run_tool(
        folder,
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir=/dev/null",
        "--no-error-summary",
        ".",
    )


def pyright_errors(folder: Path) -> list[str]:
    """What pyright in strict mode says of all files in a folder, warnings included."""
    config = {"typeCheckingMode": "strict", "include": ["."], "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(config), "utf-8")
    return run_tool(folder, "pyright", "--warnings", "--pythonpath", sys.executable)


def ruff_errors(folder: Path) -> list[str]:
    """What ruff's default rules say of all files in a folder."""
    return run_tool(
        folder,
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--output-format=concise",
        ".",
    )


def black_differences(paths: list[Path], table: dict[str, Any]) -> list[str]:
    """The files that black would change with a `[tool.black]` table. Read here once more, so that a mistake in fieldgen shows."""
    import black

    mode = black.Mode(
        line_length=table.get("line-length", black.DEFAULT_LINE_LENGTH),
        target_versions={
            black.TargetVersion[word.upper()]
            for word in table.get("target-version", ())
        },
        magic_trailing_comma=not table.get("skip-magic-trailing-comma", False),
        string_normalization=not table.get("skip-string-normalization", False),
        preview=table.get("preview", False),
        unstable=table.get("unstable", False),
    )
    wrong = []
    for path in paths:
        text = path.read_text("utf-8")
        try:
            same = black.format_str(text, mode=mode) == text
        except black.InvalidInput:
            same = False
        if not same:
            wrong.append(f"{path}: not what black makes of it")
    return wrong


def typed_dict_keys(module: ModuleType) -> Counter[Keys]:
    """(required keys, all keys) of each TypedDict with keys, as Python sees them at run time; aliases of one do not count."""
    found = {
        value
        for value in vars(module).values()
        if typing.is_typeddict(value) and value.__module__ == module.__name__
    }
    return Counter(
        (frozenset(each.__required_keys__), frozenset(each.__annotations__))
        for each in found
        if each.__annotations__
    )


# --- JSON Schema --------------------------------------------------------------------------------------------------------------


def schema_errors(schema: dict[str, Any]) -> list[str]:
    """What is wrong with a schema.json: against the 2020-12 metaschema, or a `$ref` that leads nowhere."""
    wrong = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(
            schema
        )
    ]
    if schema.get("$schema") != "https://json-schema.org/draft/2020-12/schema":
        wrong.append("$schema is not 2020-12")
    for reference in references(schema):
        if not resolves(schema, reference):
            wrong.append(f"$ref {reference} leads nowhere")
    definitions = schema.get("$defs", {})
    places = [key for key, each in definitions.items() if each.get("$comment")]
    if len(places) not in (0, len(definitions)):  # an option leaves all places out
        wrong.append(f"only some definitions have a $comment: {places}")
    wrong += [
        f"$defs {key}: no title"
        for key, each in definitions.items()
        if not each.get("title")
    ]
    return wrong


def references(node: Any) -> Iterator[str]:
    """Every `$ref` of a schema. Data (examples, default, const, enum) and property names are no schema words."""
    if isinstance(node, dict):
        for word, value in node.items():
            if word == "$ref" and isinstance(value, str):
                yield value
            elif word in ("properties", "$defs") and isinstance(value, dict):
                for part in value.values():
                    yield from references(part)
            elif word not in ("examples", "default", "const", "enum"):
                yield from references(value)
    elif isinstance(node, list):
        for part in node:
            yield from references(part)


def resolves(schema: dict[str, Any], reference: str) -> bool:
    """Whether a reference inside the document leads somewhere."""
    from urllib.parse import unquote

    fragment = reference.removeprefix("#/")
    if fragment == reference:
        return False
    node: Any = schema
    for part in fragment.split("/"):
        part = unquote(part).replace("~1", "/").replace("~0", "~")
        if not isinstance(node, dict) or part not in node:
            return False
        node = node[part]
    return True


def schema_keys(schema: dict[str, Any]) -> Counter[Keys]:
    """(required keys, all keys) of each definition with properties: what `typed_dict_keys` gives for the same docs."""
    return Counter(
        (frozenset(each.get("required", ())), frozenset(each["properties"]))
        for each in schema["$defs"].values()
        if each.get("properties")
    )


def definition_errors(schema: dict[str, Any], title: str, payload: object) -> list[str]:
    """What is wrong with a payload, by the definition with that key or title."""
    keys = [
        key
        for key, definition in schema["$defs"].items()
        if title in (key, definition["title"])
    ]
    assert len(keys) == 1, f"{title} is the title of {len(keys)} definitions"
    pointer = keys[0].replace("~", "~0").replace("/", "~1")
    validator = Draft202012Validator({**schema, "$ref": f"#/$defs/{pointer}"})
    return [
        f"{error.json_path}: {error.message}"
        for error in validator.iter_errors(payload)
    ]
