"""Scores fieldgen against truths that the docs did not come from: the rows of rows.yaml, built without a flag.

    python tests/accuracy/measure.py [--write] [WORD]

Needs FIELDGEN_CORPUS; `tools/score.py` is expected beside the corpus. `--write` puts the table into docs/accuracy.md; with WORD only rows
whose name contains it. Exit code 1: a share that must hold does not.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

sys.path.insert(0, str(Path(__file__).parent))

import languages
import lint
import payloads
import tables

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
PAIRS = Path(__file__).with_name("pairs.yaml")
PAYLOAD_FIGURES = ("files", "values")
PAIR_FIGURES = ("models", "fields", "required", "kinds", "definitions", "values")
BEGIN, END = "<!-- begin: {} -->\n", "<!-- end: {} -->\n"


class Score(NamedTuple):
    """What one row gave: `rows` is score.py's JSON, `failed` the figures that are below what must hold.

    `reasons` are those of the row, `unexplained` what they do not cover, and the reasons that nothing needs. `mended`: the figures where errors
    of docs and schemas that the reasons name count as agreement, of those that this changes.
    """

    name: str
    note: str
    rows: dict[str, dict[str, float]]
    failed: tuple[str, ...]
    disagreements: dict[str, list[str]]
    reasons: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    mended: Mapping[str, dict[str, float]] = MappingProxyType({})


def corpus() -> Path:
    """The corpus that FIELDGEN_CORPUS names. Exits where there is none."""
    folder = os.environ.get("FIELDGEN_CORPUS", "")
    if not Path(folder, "generated").is_dir():
        sys.exit("FIELDGEN_CORPUS names no corpus")
    return Path(folder).resolve()


def read_rows(table: str = "") -> list[dict[str, Any]]:
    """The rows of rows.yaml, or those of one table."""
    rows: list[dict[str, Any]] = yaml.safe_load(ROWS.read_text("utf-8"))
    return [row for row in rows if table in ("", row.get("table", "truths"))]


def read_pairs() -> list[dict[str, Any]]:
    """The rows of pairs.yaml."""
    rows: list[dict[str, Any]] = yaml.safe_load(PAIRS.read_text("utf-8"))
    return rows


def build(docs: Path, out: Path) -> Path:
    """Build docs as a user would, without a flag; the schema that comes of it."""
    command = [sys.executable, "-m", "generator", "build", str(docs)]
    built = subprocess.run(
        [*command, "--out", str(out), "--target", "jsonschema"],
        check=False,
        cwd=out.parent,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
    )
    if built.returncode not in (0, 1):
        sys.exit(f"{docs}: {built.stderr[-500:]}")
    return out / "schema.json"


def measure_pair(row: dict[str, Any]) -> Score:
    """Build the docs of two languages and compare the schemas."""
    with tempfile.TemporaryDirectory() as tmp:
        sides = [
            languages.Side(
                str(build(corpus() / row[side], Path(tmp, side))),
                row.get("prefix", "") if side == "second" else "",
            )
            for side in ("first", "second")
        ]
        comparison = languages.Comparison(*sides, numbers=True)
        comparison.compare()
    rows = {
        name: {
            "agreed": comparison.agreed[name],
            "of": total,
            "share": comparison.agreed[name] / total,
        }
        for name, total in comparison.total.items()
    }
    failed = tuple(
        name
        for name, share in row["must"].items()
        if name in rows and rows[name]["share"] < share
    )
    return Score(row["name"], row.get("note", ""), rows, failed, comparison.differences)


def measure(row: dict[str, Any]) -> Score:
    """Build a row's docs as a user would and score the schema."""
    home = corpus()
    with tempfile.TemporaryDirectory() as tmp:
        schema = build(home / row["docs"], Path(tmp, "out"))
        score = [sys.executable, str(home.parent / "tools" / "score.py"), "--json"]
        score += [str(schema), str(home / row["truth"]), *row.get("flags", ())]
        scored = subprocess.run(score, check=True, capture_output=True, text=True)
    data = json.loads(scored.stdout)
    shares = {
        name: figure["share"]
        for name, figure in data["rows"].items()
        if "share" in figure
    }
    must = row.get("must", {})
    failed = tuple(name for name, share in must.items() if shares.get(name, 0) < share)
    note, known = row.get("note", ""), row.get("known")
    told = {} if known is None else data["disagreements"]
    lines = [f"{figure}: {line}" for figure, found in told.items() for line in found]
    reasons = tuple(f"{each['whose']}: {each['why']}" for each in known or ())
    return Score(
        row["name"],
        note,
        data["rows"],
        failed,
        data["disagreements"],
        reasons,
        unexplained(known or (), lines),
        mended(data["rows"], known or (), told),
    )


def mended(
    rows: dict[str, dict[str, float]],
    known: Iterable[dict[str, str]],
    told: dict[str, list[str]],
) -> dict[str, dict[str, float]]:
    """The figures, where disagreements that are errors of the docs or of the schema count as agreement."""
    patterns = [each["wrong"] for each in known if each["whose"] != "ours"]
    out = {}
    for figure, found in told.items():
        lines = [f"{figure}: {line}" for line in found]
        excused = sum(any(re.search(p, line) for p in patterns) for line in lines)
        if excused:
            agreed = int(rows[figure]["agreed"]) + excused
            out[figure] = _figure(agreed, int(rows[figure]["of"]))
    return out


def measure_payloads(row: dict[str, Any]) -> Score:
    """Check the official payloads of a specification: files and values in which nothing is wrong."""
    done = payloads.measure(row, corpus())
    files = {each.file for each in done}
    wrong = {each.file for each in done if each.wrong}
    right = sum(not each.wrong for each in done)
    rows = {
        "files": _figure(len(files - wrong), len(files)),
        "values": _figure(right, len(done)),
    }
    left = [f"{each.file}{each.place}: {text}" for each in done for text in each.wrong]
    known = row.get("known", [])
    reasons = tuple(f"{each['whose']}: {each['why']}" for each in known)
    shown = tuple(payloads.unexplained(row, done))
    return Score(row["name"], "", rows, (), {"payloads": left}, reasons, shown)


def measure_tables(row: dict[str, Any]) -> Score:
    """Compare what fieldgen takes the tables of all specifications for with their labels."""
    found = tables.judge(corpus())
    rows = {name: _figure(*each) for name, each in found.figures.items()}
    failed = tuple(n for n, share in tables.MUST.items() if rows[n]["share"] < share)
    known = tables.read_known()
    reasons = tuple(f"{each['whose']}: {each['why']}" for each in known)
    shown = unexplained(known, found.misses)
    return Score(
        row["name"], "", rows, failed, {"tables": found.misses}, reasons, shown
    )


def measure_lint(row: dict[str, Any]) -> Score:
    """What lint finds in the examples of a specification; no false alarm is known, so none is allowed."""
    lines = lint.findings(corpus() / row["docs"])
    counted = lint.count(row, lines)
    rows = {name: {"count": counted[name]} for name in lint.FIGURES}
    failed = ("false alarms",) if counted["false alarms"] else ()
    known = row["known"]
    reasons = tuple(f"{each['whose']}: {each['why']}" for each in known)
    shown = unexplained(known, lines)
    return Score(row["name"], "", rows, failed, {"findings": lines}, reasons, shown)


def _figure(agreed: int, of: int) -> dict[str, float]:
    return {"agreed": agreed, "of": of, "share": agreed / of if of else 1.0}


def unexplained(known: Iterable[dict[str, str]], lines: list[str]) -> tuple[str, ...]:
    """The lines that no pattern of `known` matches, and the patterns that match none."""
    patterns = [each["wrong"] for each in known]
    left = [line for line in lines if not any(re.search(p, line) for p in patterns)]
    vain = [p for p in patterns if not any(re.search(p, line) for line in lines)]
    return *left, *(f"nothing is wrong any longer with {pattern}" for pattern in vain)


def table(scores: Sequence[Score], figures: Sequence[str] = FIGURES) -> str:
    """The scores as markdown."""
    lines = [f"| docs | {' | '.join(figures)} |", "|---" * (len(figures) + 1) + "|"]
    notes = []
    for score in scores:
        cells = [_cell(score.rows.get(name)) for name in figures]
        lines.append(f"| {score.name} | {' | '.join(cells)} |")
        if score.note:
            notes.append(f"- {score.name}: {score.note}")
        notes += [f"- {score.name}, {reason}" for reason in score.reasons]
    names = [f for f in figures if any(f in score.mended for score in scores)]
    if names:
        intro = "Where what is listed below as an error of docs or schema counts as agreement:"
        lines += ["", intro, "", f"| docs | {' | '.join(names)} |"]
        lines.append("|---" * (len(names) + 1) + "|")
    for score in scores:
        if score.mended:
            shown = [score.mended.get(name, score.rows.get(name)) for name in names]
            lines.append(f"| {score.name} | {' | '.join(map(_cell, shown))} |")
    return "\n".join([*lines, "", *notes, ""])


def _cell(figure: dict[str, float] | None) -> str:
    if figure and "count" in figure:
        return str(figure["count"])
    if not figure or not figure["of"]:
        return ""
    return f"{figure['agreed']}/{figure['of']} ({figure['share']:.2%})"


def tell(score: Score, figures: Sequence[str], show: int) -> None:
    """Print a score on a line, and some disagreements below it."""
    cells = {name: _cell(score.rows.get(name)) for name in figures}
    shares = ", ".join(f"{name} {cell}" for name, cell in cells.items() if cell)
    verdict = f"FAILED {', '.join(score.failed)}" if score.failed else "ok"
    print(f"{verdict}: {score.name}: {shares}", flush=True)
    for line in score.unexplained:
        print(f"    no reason stands in the YAML: {line}")
    for name, lines in score.disagreements.items():
        for line in lines[:show]:
            print(f"    {name}: {line}")


def write(name: str, text: str) -> None:
    """Put a table between its marks in docs/accuracy.md."""
    page = PAGE.read_text("utf-8")
    begin, end = BEGIN.format(name), END.format(name)
    head, tail = page[: page.index(begin) + len(begin)], page[page.index(end) :]
    PAGE.write_text(f"{head}\n{text}\n{tail}", "utf-8")


def main() -> int:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("word", nargs="?", default="")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    flags = parser.parse_args()
    failed = False
    for name, rows, run, figures in (
        ("truths", read_rows("truths"), measure, FIGURES),
        ("specifications", read_rows("specifications"), measure, FIGURES),
        ("languages", read_pairs(), measure_pair, PAIR_FIGURES),
        ("payloads", payloads.read_rows(), measure_payloads, PAYLOAD_FIGURES),
        (
            "tables",
            [{"name": "All specifications"}],
            measure_tables,
            tuple(tables.MUST),
        ),
        ("lint", lint.read_rows(), measure_lint, lint.FIGURES),
    ):
        scores = []
        for row in rows:
            if flags.word.lower() in row["name"].lower():
                scores.append(run(row))
                tell(scores[-1], figures, flags.show)
        failed = failed or any(score.failed or score.unexplained for score in scores)
        if flags.write:
            write(name, table(scores, figures))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
