"""What must be quick imports little: `--version`, and a check that finds nothing to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from harness import REPO

HEAVY = {
    *("black", "jinja2", "yaml", "dataclasses", "inspect", "difflib", "pathlib"),
    *("generator.ir", "generator.pipeline", "shutil", "tomllib"),
    *("typing", "hashlib", "tempfile", "pickle"),
}
SCRIPT = """
import sys
from generator.cli import main
code = main(sys.argv[1:])
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""


def imported(folder: Path, *argv: str) -> set[str]:
    """The modules that a command line imports."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", SCRIPT, *argv],
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(REPO), *sys.path])},
        capture_output=True,
        text=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("argv", [["--version"], ["check", "docs", "--out", "out"]])
def test_little_is_imported(argv: list[str], tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "boat.md"
    page.write_text("# Boat\n\n| Field | Type |\n|-|-|\n| `a` | string |\n", "utf-8")
    os.utime(page, (1, 1))
    for verb in ("build", "check"):
        imported(tmp_path, verb, "docs", "--out", "out")
    assert sorted(imported(tmp_path, *argv) & HEAVY) == []
