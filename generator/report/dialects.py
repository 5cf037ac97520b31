"""Why docs are in a dialect: what was seen where, and what it is worth, as text for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.dialect.detect import (
    ENOUGH,
    FALLBACK,
    TOO_CLOSE,
    Detection,
    Finding,
    Score,
)
from generator.light import NamedTuple
from generator.report.text import plain

_WIDTH = 60  # of a text of the docs that is shown


class Explained(NamedTuple):
    """What was found in a source. `wanted`: the dialect that the config asks for, or empty; `pages`: how many of markdown there are.

    `lists`: YAML and JSON files for which some dialect of field lists has points.
    """

    source: str
    folder: str
    wanted: str
    pages: int
    detection: Detection
    lists: Sequence[tuple[str, Detection]] = ()


def verdict(found: Explained) -> str:
    """Which dialect it is, and why, in a sentence."""
    name, scores, rival = found.detection
    if found.wanted:
        return f"{found.wanted}: the config says so"
    if not found.pages:
        return "no dialect: there is no page of markdown"
    if rival:
        return f"{name} or {rival}: less than {TOO_CLOSE:g} points lie between them, say which one with --dialect"
    if not any(score.counts for score in scores):
        return f"{FALLBACK}: no other dialect has {ENOUGH:g} points from more than one clue, one of them its own"
    return f"{name}: it has the most points"


def explain_text(found: Explained) -> str:
    """The verdict, and below it each dialect that has points, with its evidence."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Explained) -> Iterator[str]:
    if found.pages or not found.lists:
        yield f"{plain(found.source)}: {verdict(found)}"
        yield from _pages(found)
    for index, (file, detection) in enumerate(found.lists):
        if index or found.pages:
            yield ""
        yield f"{_path(file, found.folder)}: {list_verdict(detection)}"
        for score in detection.scores:
            if score.points:
                yield f"  {score.name}: {score.points:.2f} points"
                for finding in score.findings:
                    if finding.matched:
                        row = finding.evidence
                        first = (
                            f"first {_place(finding, found.folder)}: {_shown(finding)}"
                        )
                        yield f"    {row.points:g}  {row.matches.pattern}  {first}"


def list_verdict(detection: Detection) -> str:
    """Which dialect a YAML or JSON file is written in, in a sentence."""
    name, _, rival = detection
    if rival:
        return f"{name} or {rival}: less than {TOO_CLOSE:g} points lie between them, say which one with --dialect"
    if not name:
        return (
            f"no field list: no dialect has {ENOUGH:g} points from more than one clue"
        )
    return f"{name}: it has the most points"


def _pages(found: Explained) -> Iterator[str]:
    for score in found.detection.scores:
        if score.points:
            yield ""
            yield f"{score.name}: {score.points:.2f} points"
            for finding in score.findings:
                if finding.matched:
                    yield f"  {_line(finding, found.folder)}"
    if found.pages:
        yield ""
        yield "Nothing speaks for any other dialect."


def _line(finding: Finding, folder: str) -> str:
    row = finding.evidence
    points = f"{finding.points:.2f} of {row.points:g}"
    seen = f"{finding.matched} of {finding.seen} {row.place}"
    first = f"first {_place(finding, folder)}: {_shown(finding)}"
    return f"{points}  {seen}  {row.matches.pattern}  {first}"


def _path(file: str, folder: str) -> str:
    prefix = folder + "/" * bool(folder and not folder.endswith("/"))
    return plain(f"{prefix}{file}")


def _place(finding: Finding, folder: str) -> str:
    assert finding.first is not None
    return f"{_path(finding.first.file, folder)}:{finding.first.line}"


def _shown(finding: Finding) -> str:
    """The part of the text that matches."""
    assert finding.first is not None
    match = finding.evidence.matches.search(finding.first.text)
    text = match[0] if match else ""
    return plain(text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…")


def explain_json(found: Explained) -> str:
    """The same as JSON: `dialect` (null where docs do not tell), `why`, and all dialects that something speaks for."""
    name, scores, rival = found.detection
    chosen = found.wanted or (None if rival or not found.pages else name)
    document = {
        "source": found.source,
        "dialect": chosen,
        "why": verdict(found),
        "pages": found.pages,
        "dialects": [_score(s, found.folder) for s in scores if s.points],
    }
    if found.lists:
        document["lists"] = [
            {
                "file": _path(file, found.folder),
                "dialect": None if detection.rival else detection.name or None,
                "why": list_verdict(detection),
                "dialects": [
                    _score(s, found.folder) for s in detection.scores if s.points
                ],
            }
            for file, detection in found.lists
        ]
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _score(score: Score, folder: str) -> dict[str, Any]:
    rows = [_finding(f, folder) for f in score.findings if f.matched]
    return {"name": score.name, "points": round(score.points, 4), "evidence": rows}


def _finding(finding: Finding, folder: str) -> dict[str, Any]:
    row = finding.evidence
    return {
        "in": row.place,
        "matches": row.matches.pattern,
        "worth": row.points,
        "points": round(finding.points, 4),
        "seen": finding.seen,
        "matched": finding.matched,
        "first": {"place": _place(finding, folder), "text": _shown(finding)},
    }
