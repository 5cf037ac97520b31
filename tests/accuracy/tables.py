"""What fieldgen takes the tables of the specifications for, against the labels of people (table_labels.jsonl).

F (fields) and P (parameters) are positive, E are values of enums; tables of byte layouts (B) are left out.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.pipeline import Source, account
from generator.sources import read_source

KNOWN = Path(__file__).with_name("tables.yaml")
MUST = {
    "field tables, precision": 0.999,
    "field tables, recall": 0.98,
    "enum tables, precision": 0.95,
    "enum tables, recall": 0.95,
}


class Verdicts(NamedTuple):
    """The figures as (right, of), and a line for each table that is judged otherwise than its label."""

    figures: dict[str, tuple[int, int]]
    misses: list[str]


def read_known() -> list[dict[str, str]]:
    """The misses that were read on their page."""
    known: list[dict[str, str]] = yaml.safe_load(KNOWN.read_text("utf-8"))
    return known


def judge(corpus: Path) -> Verdicts:
    """Compare the verdicts on all labelled tables."""
    labels: dict[str, dict[tuple[str, int], str]] = defaultdict(dict)
    for line in (corpus / "table_labels.jsonl").read_text("utf-8").splitlines():
        told: dict[str, Any] = json.loads(line)
        source, _, page = told["file"].partition("/docs/")
        labels[source][page, told["line"]] = told["label"]
    count: Counter[str] = Counter()
    misses = []
    for source, tables in labels.items():
        pages = read_source(str(corpus / "specs" / source / "docs")).pages
        rows = account(pages, Source(source, "docs"))
        said = {(row.file, row.line): row.kind for row in rows}
        for (page, line), label in tables.items():
            near = ((page, line + offset) for offset in (0, 1, -1, 2))
            kind = next((said[place] for place in near if place in said), "none")
            if label != "B" and tell(count, label, kind):
                misses.append(f"{source} {page}:{line} {label} {kind}")
    return Verdicts(_figures(count), misses)


def tell(count: Counter[str], label: str, kind: str) -> bool:
    """Count a verdict; whether it is a miss."""
    missed = False
    for name, wanted, ours in (
        ("field tables", label in "FP", kind in ("fields", "parameters")),
        ("enum tables", label == "E", kind == "enum"),
    ):
        count[f"{name}, labelled"] += wanted
        count[f"{name}, found"] += ours
        count[f"{name}, both"] += wanted and ours
        missed = missed or wanted != ours
    return missed


def _figures(count: Counter[str]) -> dict[str, tuple[int, int]]:
    figures = {}
    for name in ("field tables", "enum tables"):
        both = count[f"{name}, both"]
        figures[f"{name}, precision"] = both, count[f"{name}, found"]
        figures[f"{name}, recall"] = both, count[f"{name}, labelled"]
    return figures
