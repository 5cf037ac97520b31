"""Findings as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.diagnostics import SourceSpan
from generator.report.finding import Finding


def render_json(findings: Sequence[Finding]) -> str:
    """`{"fieldgen": 1, "findings": […]}`: 1 is the version of this format."""
    rows: list[dict[str, Any]] = [
        {
            "code": found.code,
            "severity": found.severity,
            "message": found.message,
            "hint": found.hint,
            **_place(found.span),
            "related": [_place(span) for span in found.related],
        }
        for found in findings
    ]
    data = {"fieldgen": 1, "findings": rows}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _place(span: SourceSpan) -> dict[str, Any]:
    return {"file": span.file, "line": span.line, "column": span.column}
