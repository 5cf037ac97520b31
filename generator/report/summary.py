"""Findings as a table in markdown: what a job of GitHub Actions shows on its page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.report.finding import Finding

ROWS = 200  # a page of a job takes 1 MiB at most
_ORDER = {"error": 0, "warning": 1, "note": 2}


def render_summary(findings: Sequence[Finding]) -> str:
    """A heading and a table, the worst findings first; or a word that there are none."""
    if not findings:
        return "### fieldgen\n\nNothing found: the outputs are what the docs say.\n"
    worst = sorted(findings, key=lambda found: _ORDER[found.severity])
    rows = [
        f"| {found.severity} | `{found.code}` | {_cell(str(found.span))} | {_cell(found.message)} |"
        for found in worst[:ROWS]
    ]
    left = len(worst) - len(rows)
    more = f"\n{left} more are in the log.\n" if left else ""
    head = "| Severity | Code | Place | What |\n| --- | --- | --- | --- |"
    return "\n".join(("### fieldgen", "", head, *rows, "")) + more


def _cell(text: str) -> str:
    """Text of the docs in a cell: nothing of it is markdown or HTML there."""
    text = re.sub(r"([\\`*_\[\]<>|~&#!])", r"\\\1", " ".join(text.split()))
    return text.replace("\\<", "&lt;").replace("\\>", "&gt;")
