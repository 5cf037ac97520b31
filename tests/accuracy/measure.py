"""Scores fieldgen against truths that the docs did not come from: the rows of rows.yaml, built without a flag.

    python tests/accuracy/measure.py [--write] [WORD]

Needs FIELDGEN_CORPUS; `tools/score.py` is expected beside the corpus. `--write` puts the table into docs/accuracy.md; with WORD only rows
whose name contains it. Exit code 1: a share that must hold does not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

REPO = Path(__file__).parents[2]
ROWS = Path(__file__).with_name("rows.yaml")
PAGE = REPO / "docs" / "accuracy.md"
FIGURES = (
    "models",
    "fields",
    "required",
    "types",
    "nullable",
    "no invented fields",
    "enums",
    "unions",
)
BEGIN, END = "<!-- begin: make accuracy -->\n", "<!-- end: make accuracy -->\n"


class Score(NamedTuple):
    """What one row gave: `rows` is score.py's JSON, `failed` the figures that are below what must hold."""

    name: str
    note: str
    dialect: str
    rows: dict[str, dict[str, float]]
    failed: tuple[str, ...]
    disagreements: dict[str, list[str]]


def corpus() -> Path:
    """The corpus that FIELDGEN_CORPUS names. Exits where there is none."""
    folder = os.environ.get("FIELDGEN_CORPUS", "")
    if not Path(folder, "generated").is_dir():
        sys.exit("FIELDGEN_CORPUS names no corpus")
    return Path(folder).resolve()


def read_rows() -> list[dict[str, Any]]:
    """The rows of rows.yaml."""
    rows: list[dict[str, Any]] = yaml.safe_load(ROWS.read_text("utf-8"))
    return rows


def measure(row: dict[str, Any]) -> Score:
    """Build a row's docs as a user would and score the schema."""
    home = corpus()
    with tempfile.TemporaryDirectory() as out:
        docs = str(home / row["docs"])
        command = [sys.executable, "-m", "generator", "build", docs, "--out", out]
        command += ["--target", "jsonschema"]
        env = {**os.environ, "PYTHONPATH": str(REPO)}
        built = subprocess.run(
            command,
            check=False,
            cwd=out,
            env=env,
            capture_output=True,
            text=True,
        )
        if built.returncode not in (0, 1):
            sys.exit(f"{row['name']}: {built.stderr[-500:]}")
        score = [sys.executable, str(home.parent / "tools" / "score.py"), "--json"]
        score += [f"{out}/schema.json", str(home / row["truth"]), *row.get("flags", ())]
        scored = subprocess.run(score, check=True, capture_output=True, text=True)
    data = json.loads(scored.stdout)
    shares = {
        name: figure["share"]
        for name, figure in data["rows"].items()
        if "share" in figure
    }
    must = row.get("must", {})
    failed = tuple(name for name, share in must.items() if shares.get(name, 0) < share)
    note = row.get("note", "")
    return Score(
        row["name"], note, built.stdout, data["rows"], failed, data["disagreements"]
    )


def table(scores: Iterable[Score]) -> str:
    """The scores as markdown."""
    lines = [f"| docs | {' | '.join(FIGURES)} |", "|---" * (len(FIGURES) + 1) + "|"]
    notes = []
    for score in scores:
        cells = [_cell(score.rows.get(name)) for name in FIGURES]
        lines.append(f"| {score.name} | {' | '.join(cells)} |")
        if score.note:
            notes.append(f"- {score.name}: {score.note}")
    return "\n".join([*lines, "", *notes, ""])


def _cell(figure: dict[str, float] | None) -> str:
    if not figure or not figure["of"]:
        return ""
    return f"{figure['agreed']}/{figure['of']} ({figure['share']:.2%})"


def main() -> int:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("word", nargs="?", default="")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    flags = parser.parse_args()
    scores = []
    for row in read_rows():
        if flags.word.lower() not in row["name"].lower():
            continue
        score = measure(row)
        scores.append(score)
        shares = ", ".join(
            f"{name} {_cell(score.rows.get(name))}"
            for name in FIGURES
            if _cell(score.rows.get(name))
        )
        print(
            f"{'FAILED ' + ', '.join(score.failed) if score.failed else 'ok'}: {score.name}: {shares}",
            flush=True,
        )
        for name, lines in score.disagreements.items():
            for line in lines[: flags.show]:
                print(f"    {name}: {line}")
    if flags.write:
        text = PAGE.read_text("utf-8")
        head, tail = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
        PAGE.write_text(head + table(scores) + tail, "utf-8")
    return int(any(score.failed for score in scores))


if __name__ == "__main__":
    sys.exit(main())
