"""What the cache saves, as ratios within one run: `python tests/benchmarks/incremental.py [PAGES | FOLDER] [RUNS]`.

Without docs of your own, pages are made up. Prints how many times cheaper than a cold build are a check of docs that did not change, and
a build after one page did: its prose, or a row of its table.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kept import REPO, at_least, report

WORDS = ("anchor", "berth", "cargo", "dock", "harbour", "keel", "quay", "tide")
ROW = re.compile(r"^\| [^-|].*\|$", re.MULTILINE)


def write_docs(folder: Path, pages: int) -> None:
    """Pages with a model of 13 fields each, which refer to each other within ten pages."""
    rng = random.Random(7)
    folder.mkdir(parents=True)
    for number in range(pages):
        rows = []
        for column in range(13):
            other = f"ship{number // 10 * 10 + rng.randrange(10)}"
            link = f"[{other.title()}](../models/{other}.md)"
            type_ = rng.choice(("*string*", "*number*", "*boolean*", link, f"{link}[]"))
            mark = rng.choice(("check_mark", "minus_sign"))
            text = " ".join(rng.choices(WORDS, k=11)).capitalize()
            rows.append(f"| `field{column}` | {type_} | :heavy_{mark}: | {text}. |")
        table = "| Field | Type | Required | Description |\n| --- | --- | --- | --- |"
        text = f"# Ship{number}\n\n## Fields\n\n{table}\n" + "\n".join(rows) + "\n"
        (folder / f"ship{number}.md").write_text(text, "utf-8")


def run(verb: str, home: Path, *more: str) -> float:
    """The seconds that a run takes."""
    command = [sys.executable, "-m", "generator", verb]
    command += ["docs/models", "--out", "out"]
    env = {**os.environ, "PYTHONPATH": str(REPO)}
    start = time.perf_counter()
    command += more
    done = subprocess.run(command, check=False, cwd=home, env=env, capture_output=True)
    took = time.perf_counter() - start
    assert done.returncode < 2, done.stderr.decode()
    return took


def cold(home: Path) -> float:
    for name in ("out", ".fieldgen_cache"):
        shutil.rmtree(home / name, ignore_errors=True)
    return run("build", home)


def edited(home: Path, rng: random.Random, change: Callable[[str], str]) -> float:
    pages = sorted((home / "docs").rglob("*.md"))
    while True:
        page = rng.choice(pages)
        text = page.read_text("utf-8")
        rows = ROW.findall(text)[1:]
        if rows:
            row = rng.choice(rows)
            page.write_text(text.replace(row, change(row), 1), "utf-8")
            return run("build", home)


def reword(row: str) -> str:
    return f"{row[:-1].rstrip()} More. |"


def add_row(row: str) -> str:
    cells = row.split("|")
    cells[1] = f" `added_{len(row)}` "
    return f"{row}\n{'|'.join(cells)}"


def main() -> None:
    what = sys.argv[1] if len(sys.argv) > 1 else "1000"
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if what.isdigit():
            write_docs(home / "docs" / "models", int(what))
        else:
            shutil.copytree(what, home / "docs" / "models")
        base = statistics.median(cold(home) for _ in range(runs))
        run("check", home)
        rows = {"no-op check": [run("check", home) for _ in range(2 * runs + 1)]}
        for name, change in (("reworded row", reword), ("added row", add_row)):
            rows[name] = [edited(home, rng, change) for _ in range(2 * runs + 1)]
        same = run("check", home, "--no-cache")
    medians = {name: statistics.median(row) for name, row in rows.items()}
    ratios = {name: round(base / took, 1) for name, took in medians.items()}
    times = {name: round(took, 3) for name, took in medians.items()}
    bars = (25, 15) if what.isdigit() else (15, 6)  # a folder has fewer pages
    edit = min(ratio for name, ratio in ratios.items() if name != "no-op check")
    found = {
        "docs": what,
        "cold": round(base, 2),
        "check without cache": round(same, 2),
        "seconds": times,
        "times cheaper": ratios,
        "goals": {
            "times cheaper is a no-op check": at_least(ratios["no-op check"], bars[0]),
            "times cheaper is one edited page": at_least(edit, bars[1]),
        },
    }
    report("incremental", found)


if __name__ == "__main__":
    main()
