"""Findings as annotations of a pull request: the commands that GitHub Actions reads from what a step prints."""

from __future__ import annotations

from collections.abc import Iterable

from generator.report.finding import Finding

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render_github(findings: Iterable[Finding]) -> str:
    """A line for each finding. Its other places and its hint stand in the message."""
    lines = []
    for found in findings:
        text = found.message
        for span in found.related:
            text += f"\nsee {span}"
        text += f"\n{found.hint}" if found.hint else ""
        properties = (
            f"title={_property(found.code)},file={_property(found.span.file)},"
            f"line={found.span.line},col={found.span.column}"
        )
        lines.append(f"::{_LEVELS[found.severity]} {properties}::{_data(text)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
