"""Same input, same bytes: whatever the hash seed, the folder one stands in, the locale and the order of the disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from harness import REPO, files_below

MAIN = "import sys; from generator.cli import main; sys.exit(main(sys.argv[1:]))"


def build(folder: Path, below: str = ".", **env: str) -> dict[str, bytes]:
    """A new build of a copy of the repo's specs, in a process of its own: the files of out/."""
    folder.mkdir()
    shutil.copytree(REPO / "specs", folder / "specs")
    shutil.copy(REPO / "pyproject.toml", folder)
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "build"],
        check=False,
        cwd=folder / below,
        env={**os.environ, "PYTHONPATH": str(REPO), **env},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return files_below(folder / "out")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("reference") / "repo", PYTHONHASHSEED="0")


def test_hash_seed_and_place(reference: dict[str, bytes], tmp_path: Path) -> None:
    """Another hash seed, another folder, and started from a folder inside it."""
    other = build(
        tmp_path / "ein Ordner mit Ümlaut", "specs/openai", PYTHONHASHSEED="4711"
    )
    assert other == reference


def test_locale(reference: dict[str, bytes], tmp_path: Path) -> None:
    """A locale that knows ASCII only must not reach the files."""
    plain = {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Asia/Tokyo",
    }
    assert build(tmp_path / "repo", **plain) == reference


def test_committed_outputs_are_up_to_date(reference: dict[str, bytes]) -> None:
    assert files_below(REPO / "out") == reference


def test_second_run_changes_nothing(tmp_path: Path) -> None:
    """Not a byte, and not a time of change: watchers and build systems look at it."""
    folder = tmp_path / "repo"
    build(folder)
    times = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*")}
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "build"],
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
    )
    assert done.returncode == 0
    assert {
        path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*")
    } == times
