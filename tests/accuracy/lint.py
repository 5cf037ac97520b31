"""What `fieldgen lint` says of the examples of specifications: the rows of lint.yaml, where each finding has a verdict.

A finding is a line `page:line code message`. Each was looked up on its page, at both places. `docs`: the docs contradict themselves there;
`style`: they do not, strictly; `ours`: a false alarm.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from generator.lint.run import lint
from generator.pipeline import Source
from generator.sources import read_source

ROWS = Path(__file__).with_name("lint.yaml")
FIGURES = ("findings", "errors of the docs", "style", "false alarms")
NAMES = {"docs": "errors of the docs", "style": "style", "ours": "false alarms"}
_CODES = ("example-", "unread-example", "contradicting-types", "contradicting-required")


def read_rows() -> list[dict[str, Any]]:
    """The rows of lint.yaml."""
    rows: list[dict[str, Any]] = yaml.safe_load(ROWS.read_text("utf-8"))
    return rows


def findings(docs: Path) -> list[str]:
    """What lint finds in the examples of docs, and where tables contradict each other."""
    found = lint(read_source(str(docs)).pages, Source("docs", "docs")).diagnostics
    return [
        f"{one.span.file}:{one.span.line} {one.code} {one.message}"
        for one in found
        if one.code.startswith(_CODES)
    ]


def count(row: dict[str, Any], lines: list[str]) -> Counter[str]:
    """How many findings have which verdict: that of the first row whose pattern matches."""
    counted = Counter(findings=len(lines))
    for line in lines:
        verdicts = (k["whose"] for k in row["known"] if re.search(k["wrong"], line))
        counted[NAMES[next(verdicts, "ours")]] += 1
    return counted
