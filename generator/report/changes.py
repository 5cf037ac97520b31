"""What has changed between two schemas, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.comparison.change import Change
from generator.comparison.rules import AUDIENCES, LEVELS, RULES, Level
from generator.diagnostics import SourceSpan
from generator.light import NamedTuple
from generator.report.finding import Finding
from generator.report.text import paint, plain

_COLOURS = {"breaking": "31", "warning": "33", "note": "36"}
_SEVERITIES = {"breaking": "error", "warning": "warning", "note": "note"}
_TITLES = {"breaking": "Breaking changes", "warning": "Warnings", "note": "Notes"}
RULE_TEXTS = {
    name: (_SEVERITIES[rule.level("all")], rule.meaning, "")
    for name, rule in RULES.items()
}
"""Rule → severity, meaning and nothing: as SARIF lists them."""


class Shown(NamedTuple):
    """A change of a source, with places that name files from the working folder. `revision`: of git, for the old place.

    `accepted`: None, or the reason why it does not count (which may be empty).
    """

    source: str
    change: Change
    severity: Level
    old: SourceSpan | None
    new: SourceSpan | None
    near: SourceSpan | None
    revision: str
    accepted: str | None = None

    def place(self) -> str:
        """Where to look: the new place, or the old one of what is gone."""
        if self.new:
            return str(self.new)
        return f"{self.old} (in {self.revision})" if self.revision else str(self.old)


def counts(changes: Iterable[Shown]) -> str:
    """`2 breaking, 1 warning`, or `no changes`."""
    found = [shown.severity for shown in changes]
    words = {"breaking": "breaking", "warning": "warning", "note": "note"}
    parts = [
        f"{number} {words[level]}{'s' if number > 1 and level != 'breaking' else ''}"
        for level in LEVELS
        if (number := found.count(level))
    ]
    return ", ".join(parts) or "no changes"


def changes_text(changes: Sequence[Shown], colour: bool) -> str:
    """The changes of a source by definition, a line each; below it the place and what accepts it."""
    return "".join(
        f"{plain(line)}\n" if not colour else f"{line}\n"
        for line in _lines(changes, colour)
    )


def _lines(changes: Sequence[Shown], colour: bool) -> Iterator[str]:
    for model, some in _by_model(changes).items():
        yield paint(plain(model), "1", colour)
        for shown in some:
            change = shown.change
            severity = paint(shown.severity, _COLOURS[shown.severity], colour)
            yield f"  {severity}[{change.rule}]: {plain(change.message)}"
            yield f"    {plain(shown.place())}  {change.fingerprint}"
        yield ""


def _by_model(changes: Iterable[Shown]) -> dict[str, list[Shown]]:
    """The changes by definition, the worst first in each."""
    models: dict[str, list[Shown]] = {}
    for shown in changes:
        models.setdefault(shown.change.model, []).append(shown)
    for some in models.values():
        some.sort(key=lambda shown: LEVELS.index(shown.severity))
    return models


def changes_markdown(changes: Sequence[Shown]) -> str:
    """A list for a changelog or the comment of a pull request: by severity, below the name of the source where there are several.

    Notes are folded.
    """
    sources = list(dict.fromkeys(shown.source for shown in changes))
    parts = []
    for source in sources:
        if len(sources) > 1:
            parts.append(f"## {source}\n")
        for level in LEVELS:
            some = [s for s in changes if s.source == source and s.severity == level]
            if some:
                parts.append(_section(level, some))
    return "\n".join(parts) or "No changes.\n"


def _section(level: Level, changes: Sequence[Shown]) -> str:
    items = "".join(f"- {_item(shown)}\n" for shown in changes)
    title = f"{_TITLES[level]} ({len(changes)})"
    if level == "note":
        return f"<details>\n<summary>{title}</summary>\n\n{items}\n</details>\n"
    return f"### {title}\n\n{items}"


def _item(shown: Shown) -> str:
    change = shown.change
    return f"{plain(change.message)} (`{change.rule}`, `{change.fingerprint}`)"


def changes_json(changes: Iterable[Shown]) -> str:
    """`{"fieldgen": 1, "changes": […], "accepted": […]}`: 1 is the version of this format. The accepted ones do not count."""
    rows: dict[str, list[dict[str, Any]]] = {"changes": [], "accepted": []}
    for shown in changes:
        row = _row(shown)
        if shown.accepted is not None:
            row["reason"] = shown.accepted or None
        rows["changes" if shown.accepted is None else "accepted"].append(row)
    return json.dumps({"fieldgen": 1, **rows}, indent=2, ensure_ascii=False) + "\n"


def _row(shown: Shown) -> dict[str, Any]:
    change = shown.change
    rule = RULES[change.rule]
    return {
        "rule": change.rule,
        "severity": shown.severity,
        "audiences": {name: rule.level(name) for name in AUDIENCES},
        "source": shown.source,
        "model": change.model,
        "field": change.field or None,
        "part": change.part or None,
        "old": change.old or None,
        "new": change.new or None,
        "old_place": _place(shown.old, shown.revision),
        "new_place": _place(shown.new, ""),
        "message": change.message,
        "guess": change.guess or None,
        "fingerprint": change.fingerprint,
    }


def _place(span: SourceSpan | None, revision: str) -> dict[str, Any] | None:
    if span is None:
        return None
    place = {"file": span.file, "line": span.line, "column": span.column}
    return place | ({"revision": revision} if revision else {})


def as_findings(changes: Iterable[Shown]) -> list[Finding]:
    """The changes as findings, for the formats of other programs. What is gone stands at its definition, if that is still there."""
    return [
        Finding(
            shown.near or shown.old or SourceSpan("", 1),
            shown.change.rule,
            _SEVERITIES[shown.severity],  # type: ignore[arg-type]
            shown.change.message,
            "",
            (),
            shown.change.fingerprint,
        )
        for shown in changes
    ]
