"""Real docs, which are not part of the repo: FIELDGEN_CORPUS names the folder that holds them. Skipped without it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import checks
import pytest
from harness import REPO, files_below, load_module, read_json
from test_determinism import MAIN

CORPUS = Path(os.environ.get("FIELDGEN_CORPUS") or "/nonexistent").resolve()
SDKS = {
    "openai": "speakeasy-sdks+openai-ts-sdk",
    "mistral": "mistralai+client-ts",
    "dub": "dubinc+dub-ts",
}

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="FIELDGEN_CORPUS names no folder"
)


def sdk(name: str) -> Path:
    return CORPUS / "generated" / "speakeasy" / SDKS[name]


def build(name: str, folder: Path, seed: str) -> str:
    """Copy an SDK's docs into a new folder and build them into its `out`; what was printed to stderr."""
    shutil.copytree(sdk(name) / "docs", folder / "docs")
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "build", "docs/models", "--out", "out"],
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPO), "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The outputs of the three SDKs: name → its out folder. `said.txt` beside each holds the diagnostics."""
    top = tmp_path_factory.mktemp("corpus")
    for name in SDKS:
        said = build(name, top / name, "0")
        (top / name / "said.txt").write_text(said, "utf-8")
        (
            top / name / "__init__.py"
        ).touch()  # packages, so that three modules of one name are three
        (top / name / "out" / "__init__.py").touch()
    return {name: top / name / "out" for name in SDKS}


def score(name: str, schema: Path, *flags: str) -> dict[str, Any]:
    """What the corpus's own scoring tool says: `rows` (figure → agreed, of, share) and `disagreements` (figure → lines)."""
    tool = CORPUS.parent / "tools" / "score.py"
    truth = sdk(name) / "truth" / "truth.json"
    done = subprocess.run(
        [sys.executable, str(tool), str(schema), str(truth), "--json", *flags],
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_openai_against_its_code(built: dict[str, Path]) -> None:
    rows = score("openai", built["openai"] / "schema.json")["rows"]
    models = rows["models"]
    assert (models["agreed"], models["of"]) == (277, 278)  # the other is in no doc
    exact = ("fields", "required", "types", "no invented fields", "enums")
    assert {word: rows[word]["share"] for word in exact} == dict.fromkeys(exact, 1.0)
    # The row is missing where the truth decides nothing.
    assert rows.get("nullable", {"share": 1.0})["share"] == 1.0


def test_dub_against_its_code(built: dict[str, Path]) -> None:
    said = score("dub", built["dub"] / "schema.json", "--numbers")
    rows = said["rows"]
    assert rows["required"]["share"] == rows["no invented fields"]["share"] == 1.0
    assert rows["fields"]["share"] >= 0.996  # 8 stand in no page
    assert rows["unions"]["share"] >= 0.99
    assert rows["types"]["share"] >= 0.998


def test_dub_enums_against_its_code(built: dict[str, Path]) -> None:
    """All enums agree but five, whose code has a value that stands in no page: its docs are older than its code."""
    pages = (sdk("dub") / "docs" / "models").rglob("*.md")
    assert not any("tremendous" in page.read_text("utf-8") for page in pages)
    said = score("dub", built["dub"] / "schema.json", "--numbers")
    wrong = said["disagreements"].get("enums", [])
    assert [line for line in wrong if "'tremendous'" not in line] == []
    assert len(wrong) == 5


@pytest.mark.parametrize("name", SDKS)
def test_every_page_is_a_definition(built: dict[str, Path], name: str) -> None:
    definitions = read_json(built[name] / "schema.json")["$defs"].values()
    pages = {
        path.relative_to(sdk(name) / "docs" / "models").as_posix()
        for path in sdk(name).rglob("*.md")
    }
    documented = {each["$comment"].rpartition(":")[0] for each in definitions}
    assert sorted(pages - documented) == []


@pytest.mark.parametrize("name", SDKS)
def test_nothing_is_unread(built: dict[str, Path], name: str) -> None:
    """No link without a target and no type that became `Any`: warnings and errors say so. Notes are allowed."""
    said = (built[name].parent / "said.txt").read_text("utf-8").splitlines()
    assert [line for line in said if ": warning[" in line or ": error[" in line] == []


@pytest.mark.parametrize(
    "check", [checks.mypy_errors, checks.pyright_errors, checks.ruff_errors]
)
def test_python_is_clean(
    built: dict[str, Path], check: Callable[[Path], list[str]]
) -> None:
    assert check(built["openai"].parents[1]) == []


def test_python_is_in_black_shape(built: dict[str, Path]) -> None:
    files = [path for out in built.values() for path in out.glob("*.py")]
    files = [path for path in files if path.stem != "__init__"]
    assert checks.black_differences(files, {}) == []


@pytest.mark.parametrize("name", SDKS)
def test_python_imports_and_schema_is_valid(built: dict[str, Path], name: str) -> None:
    schema = read_json(built[name] / "schema.json")
    assert checks.schema_errors(schema) == []
    load_module(built[name] / "models.py", f"corpus {name} models")
    module = load_module(built[name] / "typed_dicts.py", f"corpus {name} typed_dicts")
    assert checks.typed_dict_keys(module) == checks.schema_keys(schema)


@pytest.mark.parametrize("name", SDKS)
def test_two_hash_seeds(built: dict[str, Path], name: str, tmp_path: Path) -> None:
    build(name, tmp_path / name, "1")
    first = files_below(built[name])
    first.pop("__init__.py")
    other = files_below(tmp_path / name / "out")
    assert sorted(other) == sorted(first)
    assert [file for file in first if other[file] != first[file]] == []
