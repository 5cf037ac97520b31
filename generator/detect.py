"""Which dialect a source is written in: the evidence that each dialect's `detect` names, counted over a sample of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.dialect import Dialect, all_dialects, fold, load_dialect
from generator.read.blocks import Fence, Heading, Page, Table
from generator.read.inline import plain_text

FALLBACK = "plain"
SAMPLE = 60  # pages, evenly spread over the source
ENOUGH = 1.5  # points; less is no evidence


class Score(NamedTuple):
    """How much speaks for a dialect: the sum over its evidence of points times the share of places that match."""

    name: str
    points: float


def detect_dialect(pages: Sequence[Page]) -> tuple[Dialect, list[Score]]:
    """The dialect that most speaks for, and all scores, best first. Without evidence it is the plain one."""
    sample = pages[:: max(1, len(pages) // SAMPLE)]
    scores = [Score(d.name, _score(d, sample)) for d in all_dialects() if d.detect]
    scores.sort(key=lambda score: (-score.points, score.name))
    best = scores[0] if scores and scores[0].points >= ENOUGH else None
    return load_dialect(best.name if best else FALLBACK), scores


def _score(dialect: Dialect, pages: Sequence[Page]) -> float:
    seen: dict[str, list[str]] = {}
    for page in pages:
        for place, text in _places(dialect, page):
            seen.setdefault(place, []).append(text)
    return sum(
        evidence.points
        * _share(
            evidence.matches.search(text) is not None
            for text in seen.get(evidence.place, ())
        )
        for evidence in dialect.detect
    )


def _share(matches: Iterable[bool]) -> float:
    found = list(matches)
    return sum(found) / len(found) if found else 0.0


def _places(dialect: Dialect, page: Page) -> Iterator[tuple[str, str]]:
    """The texts of a page that evidence looks at: required marks, type cells, section headings, languages of code under Values."""
    section = ""
    for block in page.blocks:
        if isinstance(block, Heading) and block.level > 1:
            section = dialect.sections.get(fold(plain_text(block.text)), "")
            if section != "types" or block.level == 2:
                yield "section", plain_text(block.text)
        elif isinstance(block, Fence) and section == "values":
            yield "values", block.info
        elif isinstance(block, Table):
            for index, cell in enumerate(block.header):
                column = dialect.columns.get(fold(plain_text(cell.text)))
                yield "header", cell.text
                if column in ("required", "type"):
                    yield from (
                        (column, row[index].text)
                        for row in block.rows
                        if index < len(row)
                    )
