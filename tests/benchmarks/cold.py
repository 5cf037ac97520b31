"""What a build from nothing costs, and how that grows: `python tests/benchmarks/cold.py [--pages N] [--runs N]`.

Pages are made up. Prints the time of a cold build with all targets for N and 10 N pages, their ratio, the peak memory of each, and
start-up as a multiple of what Python needs to import argparse and json.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from incremental import write_docs
from kept import REPO, at_most, report

# Installed packages are compiled, so ours is, too.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPATH"] = str(REPO)
FIELDGEN = [sys.executable, "-m", "generator"]


class Run(NamedTuple):
    """Seconds by the clock and of a processor, and the peak memory in MB."""

    seconds: float
    processor: float
    memory: float


def run(command: Sequence[str], home: Path) -> Run:
    """Run a command that must not fail; on Linux and macOS only."""
    start = time.perf_counter()
    with open(os.devnull, "wb") as null:
        streams = [(os.POSIX_SPAWN_DUP2, null.fileno(), number) for number in (1, 2)]
        here = os.getcwd()
        os.chdir(home)
        child = os.posix_spawnp(command[0], command, ENVIRONMENT, file_actions=streams)
        os.chdir(here)
        _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, shlex.join(command)
    seconds = time.perf_counter() - start
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(seconds, used.ru_utime + used.ru_stime, kilobytes / 1024)


def median(
    command: Sequence[str], home: Path, runs: int, prepare: Callable[[], None]
) -> Run:
    """The medians of some runs."""
    taken: list[Run] = []
    for _ in range(runs):
        prepare()
        taken.append(run(command, home))
    return Run(*(statistics.median(values) for values in zip(*taken, strict=True)))


def build(home: Path, pages: int, runs: int) -> Run:
    """Cold builds of so many pages."""
    write_docs(home / "docs" / "models", pages)

    def clean() -> None:
        for name in ("out", ".fieldgen_cache"):
            shutil.rmtree(home / name, ignore_errors=True)

    command = [*FIELDGEN, "build", "docs/models", "--out", "out"]
    return median(command, home, runs, clean)


def start_up(home: Path) -> dict[str, float]:
    """Processor time of commands that have nothing to do, as a multiple of Python's own."""
    (home / "docs").mkdir()
    row = "| Field | Type |\n| --- | --- |\n| `a` | string |\n"
    (home / "docs" / "one.md").write_text(f"# One\n\n{row}", "utf-8")
    source = ["docs", "--out", "out"]
    for verb in ("build", "check"):  # the check sees that nothing moves any more
        run([*FIELDGEN, verb, *source], home)
    commands = {
        "python": [sys.executable, "-c", "import argparse, json"],
        "--version": [*FIELDGEN, "--version"],
        "check": [*FIELDGEN, "check", *source],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(15):  # in turn, so that a busy moment meets all of them
        for name, command in commands.items():
            taken[name].append(run(command, home).processor)
    least = {name: min(values) for name, values in taken.items()}
    return {n: round(least[n] / least["python"], 2) for n in ("--version", "check")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large, tiny = (Path(folder, name) for name in ("n", "10n", "tiny"))
        for home in (small, large, tiny):
            home.mkdir()
        few = build(small, flags.pages, flags.runs)
        many = build(large, flags.pages * 10, 1)
        start = start_up(tiny)
    growth = round(many.processor / few.processor, 1)
    memory = {flags.pages: round(few.memory), flags.pages * 10: round(many.memory)}
    goals = {
        "ten times the pages cost": at_most(growth, 10.5),
        **{
            f"memory in MB, {pages} pages": at_most(most, 150 + 0.015 * pages)
            for pages, most in memory.items()
        },
        **{f"start-up: {name}": at_most(times, 2) for name, times in start.items()},
    }
    found = {
        "pages": flags.pages,
        "seconds": round(few.seconds, 2),
        "processor seconds": round(few.processor, 2),
        "goals": goals,
    }
    report("cold", found)


if __name__ == "__main__":
    main()
