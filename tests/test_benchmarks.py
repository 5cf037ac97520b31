"""The benchmarks run, and say all goals. What their figures are is for `make bench`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from harness import REPO

FOLDER = REPO / "tests" / "benchmarks"
RUNS = {
    "cold": ["--pages", "10", "--runs", "1"],
    "codecs": ["--rounds", "1"],
    "incremental": ["10", "1"],
    "jobs": ["--pages", "10", "--rounds", "1"],
    "layouts": ["--pages", "10", "--runs", "1"],
    "peers": ["nowhere", "--pages", "10", "--rounds", "1", "--peer", "cp {schema} {out}"],
    "reading": ["--kilobytes", "2"],
}  # fmt: skip
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are measured as POSIX does"
)


def test_all_are_here() -> None:
    shared = {"kept"}
    assert {path.stem for path in FOLDER.glob("*.py")} - shared == set(RUNS)


@pytest.mark.parametrize("name", RUNS)
def test_benchmark(name: str, tmp_path: Path) -> None:
    """It prints its figures, and keeps them in a line with what is needed to compare it with others."""
    env = {**os.environ, "FIELDGEN_BENCHMARKS": str(tmp_path / "kept")}
    env.pop("FIELDGEN_CORPUS", None)
    done = subprocess.run(
        [sys.executable, str(FOLDER / f"{name}.py"), *RUNS[name]],
        check=False,
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    (line,) = (tmp_path / "kept" / f"{name}.jsonl").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert printed.items() <= kept.items()
    assert kept["python"] and kept["at"]
    for goal in printed["goals"].values():
        least, most = goal.get("at least", goal["is"]), goal.get("at most", goal["is"])
        assert goal["met"] == (least <= goal["is"] <= most)
        assert len(goal) == 3
