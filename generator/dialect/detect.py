"""Which dialect a source is written in: the evidence that each dialect's `detect` names, counted over a sample of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from generator.dialect.clues import Clues, Evidence, all_clues
from generator.dialect.files import Files
from generator.dialect.sights import Places, Sight, Sights
from generator.light import NamedTuple
from generator.read.blocks import Page

FALLBACK = "plain"
SAMPLE = 60  # pages at most, evenly spread over the source
ENOUGH = 1.5  # points; less is no evidence
PROOF = (
    1.2  # points of a row that only these docs match; `## Properties` stands in many
)
# In the 31 sources that we know, of 20 generators, the dialect is at least 0.79 points ahead of the next; in single pages 0.12.
TOO_CLOSE = 0.1
_ROUNDING = 1e-6  # of sums


class Finding(NamedTuple):
    """What became of one row of `detect`: in how many of the places that were `seen` it `matched`, and the first that did."""

    evidence: Evidence
    seen: int
    matched: int
    first: Sight | None

    @property
    def points(self) -> float:
        """The row's points times the share of places that match."""
        return self.evidence.points * self.matched / self.seen if self.seen else 0.0


class Score(NamedTuple):
    """How much speaks for a dialect: the sum of its findings."""

    name: str
    points: float
    findings: tuple[Finding, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is evidence: enough points, and from more than one row where the dialect has more. One clue alone misleads.

        One of the rows that are `needed` must match, where there are such, and one must be worth `PROOF`, unless the dialect has no such row: small clues add up in docs of every kind.
        """
        needed = [found.matched for found in self.findings if found.evidence.needed]
        if needed and not any(needed):
            return False
        clues = [found.evidence.points for found in self.findings if found.matched]
        worth = max((found.evidence.points for found in self.findings), default=0.0)
        enough = self.points >= ENOUGH and len(clues) >= min(2, len(self.findings))
        return enough and max(clues) >= min(PROOF, worth)


class Detection(NamedTuple):
    """The name of the dialect that most speaks for (without evidence the plain one), and all scores, best first.

    `rival`: another dialect for which as much speaks, so that the docs do not tell; or empty.
    """

    name: str
    scores: tuple[Score, ...]
    rival: str = ""


def detect_dialect(pages: Sequence[Page], files: Files = ()) -> Detection:
    """What dialect the pages are written in, and what speaks for each. `files`: the user's own dialects."""
    asked = _ask_all(pages, files)
    for dialect in asked:
        while dialect.left:
            dialect.ask()
    return _decide([dialect.score for dialect in asked])


def tell_dialect(pages: Sequence[Page], files: Files = ()) -> Detection:
    """The dialect and the rival that `detect_dialect` finds, without asking more than it takes: after a row or two, most dialects are out.

    It goes on with the dialect that may still have the most points. The scores are of those dialects that were asked all.
    """
    asked = _ask_all(pages, files)
    scores: list[Score] = []
    least = ENOUGH
    while asked:
        best = max(asked, key=_most)
        if best.most < least - _ROUNDING:
            break
        if best.left:
            best.ask()
            continue
        asked.remove(best)
        scores.append(best.score)
        if best.score.counts:
            least = max(least, best.score.points - TOO_CLOSE)
    return _decide(scores)


def _decide(scores: list[Score]) -> Detection:
    scores.sort(key=lambda score: (-score.points, score.name))
    fitting = [score for score in scores if score.counts]
    if not fitting:
        return Detection(FALLBACK, tuple(scores))
    best, *others = fitting
    close = others and best.points - others[0].points < TOO_CLOSE
    return Detection(best.name, tuple(scores), others[0].name if close else "")


class _Asked:
    """A dialect while it is asked for its evidence. `most`: its points if all rows that are left matched everywhere."""

    def __init__(self, clues: Clues, sights: Sights) -> None:
        self.clues = clues
        self.sights = sights
        self.findings: dict[Evidence, Finding] = {}
        self.left = sorted(clues.detect, key=lambda row: row.points)  # the last is next
        self.most = sum(max(0, row.points) for row in clues.detect)

    def ask(self) -> None:
        """Look for the row of most points of those that are left."""
        row = self.left.pop()
        found = find(row, self.sights.of(row.place, self.clues))
        self.findings[row] = found
        self.most += found.points - max(0, row.points)

    @property
    def score(self) -> Score:
        """The score, where nothing is left."""
        findings = tuple(self.findings[row] for row in self.clues.detect)
        points = sum(found.points for found in findings)
        return Score(self.clues.name, points, findings)


_most = attrgetter("most")


def _ask_all(pages: Sequence[Page], files: Files) -> list[_Asked]:
    sights = Sights(pages[:: max(1, -(-len(pages) // SAMPLE))])
    return [_Asked(clues, sights) for clues in all_clues(files) if clues.detect]


def find(evidence: Evidence, places: Places) -> Finding:
    """What becomes of a row of evidence in some places."""
    return Finding(evidence, places.total, *places.find(evidence))
