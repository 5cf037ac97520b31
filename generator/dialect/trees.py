"""Which dialect a field list in YAML or JSON is written in: what its keys are called, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Mapping_

from generator.dialect.clues import list_clues
from generator.dialect.detect import (
    TOO_CLOSE,
    Detection,
    Finding,
    Score,
    find,
)
from generator.dialect.files import Files
from generator.dialect.sights import Places, Sight
from generator.read.nodes import Mapping, Node, Scalar

_DEPTH = 8
_WIDTH = (200, 60, 8, 20, 8)  # keys that are looked at, by their depth
_ITEMS = 6
_LINES = 4000
_TEXT = 120
_BREAK = "\n"


def outline(documents: Sequence[Node]) -> dict[str, int]:
    """The keys of a file, `fields[].name: id`, and the line of the first of each. Of long lists and wide mappings, the first."""
    lines: dict[str, int] = {}
    for document in documents:
        for text, line in _lines(document, "", 0):
            lines.setdefault(text, line)
            if len(lines) >= _LINES:
                break
    return lines


def _lines(node: Node, path: str, depth: int) -> Iterator[tuple[str, int]]:
    if isinstance(node, Scalar):
        yield f"{path}: {node.text.partition(_BREAK)[0][:_TEXT]}", node.line
    elif depth >= _DEPTH:
        return
    elif isinstance(node, Mapping):
        width = _WIDTH[min(depth, len(_WIDTH) - 1)]
        for key, value in node.entries[:width]:
            word = key.text.partition(_BREAK)[0][:_TEXT]
            yield from _lines(value, f"{path}.{word}" if path else word, depth + 1)
        if not node.entries:
            yield f"{path}:", node.line
    else:
        for item in node.items[:_ITEMS]:
            yield from _lines(item, f"{path}[]", depth + 1)


def detect_list(file: str, documents: Sequence[Node], files: Files = ()) -> Detection:
    """What dialect a file is written in; an empty name where it is no field list that any dialect knows."""
    lines = outline(documents)
    places = Places([Sight(_BREAK.join(lines), file, 1)])
    scores = [
        Score(clues.name, sum(f.points for f in findings), findings)
        for clues in list_clues(files)
        if clues.detect
        for findings in (
            tuple(_locate(find(row, places), lines) for row in clues.detect),
        )
    ]
    scores.sort(key=lambda score: (-score.points, score.name))
    fitting = [score for score in scores if score.counts]
    if not fitting:
        return Detection("", tuple(scores))
    best, *others = fitting
    close = others and best.points - others[0].points < TOO_CLOSE
    return Detection(best.name, tuple(scores), others[0].name if close else "")


def _locate(finding: Finding, lines: Mapping_[str, int]) -> Finding:
    """A finding with the line of what it found."""
    first = finding.first
    match = finding.evidence.matches.search(first.text) if first else None
    if first is None or match is None:
        return finding
    start = first.text.rfind(_BREAK, 0, match.end()) + 1
    text = first.text[start:].partition(_BREAK)[0]
    return finding._replace(first=Sight(text, first.file, lines.get(text, 1)))


__all__ = ["Finding", "detect_list", "outline"]
