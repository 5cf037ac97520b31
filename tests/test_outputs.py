"""The expected files of all cases must not only look right: they compile, import, type-check, and say the same thing thrice.

All cases at once, because mypy and pyright take seconds to start. The files are copied first: importing them in place would leave
caches in expected/.
"""

from __future__ import annotations

import importlib
import re
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any

import checks
import pytest
from harness import Case, all_cases, read_json

# The first lines of a file that fieldgen wrote; a case may also hold files of somebody else, to see them left alone.
HEADER = re.compile(rb"\A[^\n]*(?:\n[^\n]*){0,2}generated", re.IGNORECASE)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Case]:
    """Each folder of generated files as a package of its own in one new folder: package → its case."""
    top = tmp_path_factory.mktemp("outputs")
    found: dict[Path, Case] = {}
    for case in all_cases():
        for folder in sorted({path.parent for path in case.expected.rglob("*.*")}):
            ours = [path for path in sorted(folder.iterdir()) if is_generated(path)]
            if not ours:
                continue
            place = folder.relative_to(case.expected).as_posix()
            package = top / re.sub(r"\W", "_", f"{case.id}__{place}")
            package.mkdir()
            (package / "__init__.py").touch()
            for path in ours:
                shutil.copy(path, package)
            found[package] = case
    assert len(found) > 50
    return found


def is_generated(path: Path) -> bool:
    """Whether fieldgen wrote a file: Python by its header, JSON Schema by its definitions."""
    if path.suffix == ".py":
        return bool(HEADER.match(path.read_bytes()))
    return path.name == "schema.json" and b'"$defs"' in path.read_bytes()


@pytest.fixture(scope="module")
def top(packages: dict[Path, Case]) -> Path:
    return next(iter(packages)).parent


def test_compiles_and_imports(
    packages: dict[Path, Case], top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(top))
    wrong = []
    for path in sorted(top.rglob("*.py")):
        try:
            compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
            importlib.import_module(f"{path.parent.name}.{path.stem}")
        except Exception as error:  # noqa: BLE001 - the other files are tried, too
            wrong.append(f"{path.relative_to(top)}: {error!r}")
    assert wrong == []


def test_mypy_strict(top: Path) -> None:
    assert checks.mypy_errors(top) == []


def test_pyright_strict(top: Path) -> None:
    assert checks.pyright_errors(top) == []


def test_ruff(top: Path) -> None:
    assert checks.ruff_errors(top) == []


def test_black(packages: dict[Path, Case]) -> None:
    wrong = []
    for package, case in packages.items():
        files = [path for path in package.glob("*.py") if path.stat().st_size]
        wrong += checks.black_differences(files, black_table(case))
    assert wrong == []


def black_table(case: Case) -> dict[str, Any]:
    """The case's own `[tool.black]`."""
    file = case.input / "pyproject.toml"
    table = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    black: dict[str, Any] = table.get("tool", {}).get("black", {})
    return black


def test_schemas(packages: dict[Path, Case]) -> None:
    """Valid against the metaschema, every reference resolves, every definition says its title and place."""
    wrong = [
        f"{path.parent.name}: {error}"
        for path in schemas(packages)
        for error in checks.schema_errors(read_json(path))
    ]
    assert wrong == []


def test_required_keys_agree(
    packages: dict[Path, Case], top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Python knows of a TypedDict at run time is what the JSON Schema of the same docs says."""
    monkeypatch.syspath_prepend(str(top))
    wrong = []
    for path in schemas(packages):
        if path.with_name("typed_dicts.py").is_file():
            name = f"{path.parent.name}.typed_dicts"
            try:
                module = sys.modules.get(name) or importlib.import_module(name)
            except SyntaxError:
                continue  # test_compiles_and_imports says so
            if checks.typed_dict_keys(module) != checks.schema_keys(read_json(path)):
                wrong.append(path.parent.name)
    assert wrong == []


def schemas(packages: dict[Path, Case]) -> list[Path]:
    return [path for package in packages if (path := package / "schema.json").is_file()]
