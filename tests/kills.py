"""Builds that are killed, and builds at the same time: the outputs are old or new, and a check tells which.

`python tests/kills.py [KILLS] [PAGES] [SEED]` does many; tests/unit/test_cache.py a few.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from edits import Docs

REPO = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "generator"]
ARGUMENTS = ["docs", "--out", "out"]
ENV = {**os.environ, "PYTHONPATH": str(REPO), "NO_COLOR": "1"}


def start(verb: str, home: Path, *more: str) -> subprocess.Popen[bytes]:
    """Begin a run of fieldgen."""
    quiet = subprocess.DEVNULL
    command = [*COMMAND, verb, *ARGUMENTS, *more]
    return subprocess.Popen(command, cwd=home, env=ENV, stdout=quiet, stderr=quiet)


def build(home: Path, *more: str) -> int:
    return start("build", home, *more).wait()


def check(home: Path, *more: str) -> int:
    return start("check", home, *more).wait()


def outputs(home: Path) -> dict[str, bytes]:
    folder = home / "out"
    names = ("models.py", "typed_dicts.py", "schema.json", ".fieldgen.json")
    return {name: (folder / name).read_bytes() for name in names}


def timed_build(home: Path) -> float:
    """Build, and say how long that took."""
    started = time.perf_counter()
    assert build(home) == 0
    return time.perf_counter() - started


def kill_builds(home: Path, kills: int, pages: int, seed: int) -> int:
    """Change docs, kill the build at a random time, and look at what it left, until so many builds were killed before they had ended.

    Returns how many builds that took.
    """
    docs = Docs(home / "docs", pages, seed)
    chance = random.Random(seed)
    took = timed_build(home)
    killed = tried = 0
    while killed < kills:
        tried += 1
        docs.do_describe()
        docs.do_reword_row()
        run = start("build", home)
        time.sleep(chance.random() * took)
        run.kill()
        killed += run.wait() < 0
        warm, cold = check(home), check(home, "--no-cache")
        assert warm == cold, f"with the cache {warm}, without it {cold}"
        took = timed_build(home)
        built = outputs(home)
        assert check(home, "--no-cache") == 0
        assert build(home, "--no-cache") == 0
        assert built == outputs(home)
    left = [p.name for p in (home / "out").iterdir() if p.name.endswith(".tmp")]
    assert len(left) <= 4 * killed
    return tried


def build_at_once(home: Path, rounds: int, pages: int, seed: int) -> None:
    """Two builds on one tree: both end well, and so does the tree."""
    docs = Docs(home / "docs", pages, seed)
    for _ in range(rounds):
        runs = [start("build", home), start("build", home)]
        codes = [run.wait() for run in runs]
        assert codes == [0, 0], codes
        assert check(home) == check(home, "--no-cache") == 0
        docs.do_describe()
        docs.do_add_page()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]] + [100, 150, 1][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as folder:
        tried = kill_builds(Path(folder), *numbers)
    print(f"{tried} builds, {numbers[0]} of them killed: old or new each time")
    with tempfile.TemporaryDirectory() as folder:
        build_at_once(Path(folder), max(numbers[0] // 5, 2), *numbers[1:])
    print("two builds at once: fine each time")
