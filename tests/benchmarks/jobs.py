"""What two processes save, and what they take: `python tests/benchmarks/jobs.py [--pages N] [--rounds N]`.

Pages are made up. Cold builds with one and with two jobs come by turns, so that a busy moment meets both. Prints the median seconds of
each, their ratio (the median of those of the rounds), and the peak memory of the largest process of each. The outputs have to be the same
bytes.
"""

from __future__ import annotations

import argparse
import filecmp
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from cold import FIELDGEN, Run, run
from incremental import write_docs
from kept import at_least, at_most, report

JOBS = (1, 2)


def build(home: Path, jobs: int) -> Run:
    """A cold build into a folder of its own."""
    out = f"out{jobs}"
    for name in (out, ".fieldgen_cache"):
        shutil.rmtree(home / name, ignore_errors=True)
    command = [*FIELDGEN, "build", "docs/models", "--out", out, "--jobs", str(jobs)]
    return run(command, home)


def compare(home: Path) -> bool:
    """Whether both builds wrote the same bytes; the manifests name them."""
    one, two = (home / f"out{jobs}" for jobs in JOBS)
    names = sorted(path.name for path in one.iterdir())
    same, other, failed = filecmp.cmpfiles(one, two, names, shallow=False)
    return not other and not failed and len(same) == len(list(two.iterdir()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    flags = parser.parse_args()
    taken: dict[int, list[Run]] = {jobs: [] for jobs in JOBS}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_docs(home / "docs" / "models", flags.pages)
        for number in range(flags.rounds):
            for jobs in JOBS if number % 2 else reversed(JOBS):
                taken[jobs].append(build(home, jobs))
        same = compare(home)
    ratios = [
        one.seconds / two.seconds for one, two in zip(*taken.values(), strict=True)
    ]
    memory = {
        jobs: round(max(each.memory for each in runs)) for jobs, runs in taken.items()
    }
    ratio = round(statistics.median(ratios), 2)
    found = {
        "pages": flags.pages,
        "seconds": {
            n: round(statistics.median(each.seconds for each in runs), 2)
            for n, runs in taken.items()
        },
        "processor seconds": {
            n: round(statistics.median(each.processor for each in runs), 2)
            for n, runs in taken.items()
        },
        "memory in MB": memory,
        "ratios": [round(each, 2) for each in ratios],
        "same outputs": same,
        "goals": {
            "times as fast with two jobs": at_least(ratio, 1.6),
            **{
                f"memory in MB, jobs: {jobs}": at_most(most, 150 + 0.015 * flags.pages)
                for jobs, most in memory.items()
            },
        },
    }
    report("jobs", found)
    sys.exit(not same)


if __name__ == "__main__":
    main()
