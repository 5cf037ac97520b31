"""What is built of the hand-written specifications of the corpus, whose truth tests/accuracy compares: it is sound, and always the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import checks
import pytest
from harness import REPO, files_below, load_module, read_json

CORPUS = Path(os.environ.get("FIELDGEN_CORPUS") or "/nonexistent").resolve()
SPECS = sorted(path.parent.name for path in CORPUS.glob("specs/*/docs"))
BUILD = """
import re, sys
from pathlib import Path
from generator.pipeline import Source, generate
from generator.sources import read_source
for path in sys.argv[2:]:
    name = re.sub(r"\\W", "_", Path(path).parent.name.lower())
    built = generate(read_source(path).pages, Source(name, "docs"))
    folder = Path(sys.argv[1], name)
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    for file, text in built.files.items():
        (folder / file).write_text(text, "utf-8")
"""

pytestmark = pytest.mark.skipif(not SPECS, reason="FIELDGEN_CORPUS names no folder")


def build(folder: Path, seed: str) -> Path:
    """Build all specifications, each into a package of its own, in a process with this hash seed."""
    docs = [str(CORPUS / "specs" / name / "docs") for name in SPECS]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), *docs],
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPO), "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("specs") / "built", "0")


@pytest.mark.parametrize(
    "check", [checks.mypy_errors, checks.pyright_errors, checks.ruff_errors]
)
def test_python_is_clean(built: Path, check: Callable[[Path], list[str]]) -> None:
    assert len(list(built.glob("*/models.py"))) == len(SPECS)
    assert check(built) == []


def test_python_is_in_black_shape(built: Path) -> None:
    files = sorted([*built.glob("*/models.py"), *built.glob("*/typed_dicts.py")])
    assert checks.black_differences(files, {}) == []


def test_python_imports_and_schema_is_valid(built: Path) -> None:
    for folder in sorted(path.parent for path in built.glob("*/schema.json")):
        schema = read_json(folder / "schema.json")
        assert checks.schema_errors(schema) == [], folder.name
        load_module(folder / "models.py", f"spec {folder.name} models")
        dicts = load_module(folder / "typed_dicts.py", f"spec {folder.name} dicts")
        assert checks.typed_dict_keys(dicts) == checks.schema_keys(schema), folder.name


def test_two_hash_seeds(built: Path, tmp_path: Path) -> None:
    first = files_below(built)
    first.pop("pyrightconfig.json", None)
    other = files_below(build(tmp_path / "again", "1"))
    assert sorted(other) == sorted(first)
    assert [file for file in first if other[file] != first[file]] == []
