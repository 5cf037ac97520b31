"""What detection looks at: the texts of a sample of pages, gathered once, and sorted by kind of place as each dialect sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.dialect.clues import Clues, Evidence
from generator.dialect.files import fold
from generator.light import NamedTuple
from generator.read.blocks import Cell, Fence, Heading, Page, Paragraph, Table
from generator.read.inline import plain_text

ROWS = 40  # of a table that are looked at


class Sight(NamedTuple):
    """A text that evidence looks at, its file and line."""

    text: str
    file: str
    line: int


class Match(NamedTuple):
    """How many texts match, and the first that does."""

    matched: int
    first: Sight | None


class Places:
    """All texts of a kind of place: how often each stands there, and where first. Most come again and again."""

    def __init__(self, sights: Iterable[tuple[str, str, int]]) -> None:
        self.counts: dict[str, int] = {}
        self.firsts: dict[str, tuple[str, str, int]] = {}
        counts, firsts = self.counts, self.firsts
        for sight in sights:
            text = sight[0]
            counts[text] = counts.get(text, 0) + 1
            firsts.setdefault(text, sight)
        self.total = sum(counts.values())
        self.found: dict[str, Match] = {}

    def find(self, evidence: Evidence) -> Match:
        """In which of them the pattern is found. Dialects have patterns in common."""
        known = self.found.get(evidence.pattern)
        if known is None:
            known = self.found[evidence.pattern] = self._find(evidence)
        return known

    def _find(self, evidence: Evidence) -> Match:
        if not self.counts:
            return Match(0, None)
        search = evidence.matches.search
        texts = [text for text in self.counts if search(text)]
        first = Sight(*self.firsts[texts[0]]) if texts else None
        return Match(sum(self.counts[text] for text in texts), first)


class _Part(NamedTuple):
    """A heading (`level` from 1) or a code block (`level` 0, `sight` its language)."""

    level: int
    folded: str
    sight: Sight


class _Table(NamedTuple):
    heads: list[str]
    rows: Sequence[Sequence[Cell]]
    file: str


class Sights:
    """The places of some pages. What a heading or a column is, only a dialect knows; all else is the same for all dialects."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.tables: list[_Table] = []
        self.parts: list[_Part] = []
        self.bare: list[Sight] = []  # pages without a table
        self.common: dict[str, list[Sight]] = {
            "title": [],
            "table": [],
            "header": [],
            "code": [],
            "page": [],
        }
        for page in pages:
            self._gather(page)
        self.common["page"] = self.common["page"] or self.bare
        self.heads = frozenset(head for heads, _, _ in self.tables for head in heads)
        self.titles = tuple({part.folded for part in self.parts if part.level > 1})
        self.known: dict[object, Places] = {}

    def _gather(self, page: Page) -> None:
        common, file, tables = self.common, page.file, len(self.tables)
        for block in page.blocks:
            match block:
                case Heading():
                    text = plain_text(block.text)
                    sight = Sight(text, file, block.line)
                    if block.level == 1:
                        common["title"].append(sight)
                    else:
                        self.parts.append(_Part(block.level, fold(text), sight))
                case Fence():
                    sight = Sight(block.info, file, block.line)
                    common["code"].append(sight)
                    self.parts.append(_Part(0, "", sight))
                case Table():
                    heads = [plain_text(cell.text) for cell in block.header]
                    row = Sight(" | ".join(heads), file, block.line)
                    common["table"].append(row)
                    common["header"] += (
                        Sight(cell.text, file, cell.line) for cell in block.header
                    )
                    rows = block.rows[:ROWS]
                    self.tables.append(_Table([*map(fold, heads)], rows, file))
        self.parts.append(_Part(1, "", Sight("", file, 1)))  # the next page begins anew
        whole = Sight(_outline(page), file, 1)
        (common["page"] if len(self.tables) > tables else self.bare).append(whole)

    def of(self, place: str, clues: Clues) -> Places:
        """All places of a kind (one of `keys.PLACES`). To most dialects they are the same."""
        if place in self.common:
            key: object = place
        elif place in ("section", "values"):
            key = place, *(clues.sections.get(title, "") for title in self.titles)
        else:
            key = place, *self._heads(place, clues)
        if key not in self.known:
            self.known[key] = Places(self._sights(place, clues))
        return self.known[key]

    def _sights(self, place: str, clues: Clues) -> Iterable[tuple[str, str, int]]:
        if place in self.common:
            return self.common[place]
        if place in ("section", "values"):
            return self._sections(place, clues)
        return self._cells(*self._heads(place, clues))

    def _sections(self, place: str, clues: Clues) -> Iterator[Sight]:
        """Headings below the title, but for the members of a union; or the languages of code below `Values`."""
        section = ""
        for level, folded, sight in self.parts:
            if level > 1:
                section = clues.sections.get(folded, "")
                if place == "section" and (section != "types" or level == 2):
                    yield sight
            elif level == 1:
                section = ""
            elif place == "values" and section == "values":
                yield sight

    def _heads(self, place: str, clues: Clues) -> tuple[frozenset[str], frozenset[str]]:
        """The heads of a column, and those of which the table must have one. `field`: names in tables that have a type, too."""
        column = "name" if place == "field" else place
        heads = [h for h in self.heads if clues.columns.get(h, "") == column]
        types = [h for h in self.heads if clues.columns.get(h, "") == "type"]
        return frozenset(heads), frozenset(types if place == "field" else heads)

    def _cells(
        self, wanted: frozenset[str], needed: frozenset[str]
    ) -> Iterator[tuple[str, str, int]]:
        """The cells of a column."""
        for heads, rows, file in self.tables:
            if needed.isdisjoint(heads):
                continue
            for index, head in enumerate(heads):
                if head in wanted:
                    for row in rows:
                        if index < len(row):
                            cell = row[index]
                            yield cell.text, file, cell.line


def _outline(page: Page) -> str:
    """The headings, paragraphs and header rows of a page, each in lines of its own: `## Fields`, `Name | Type`."""
    lines = []
    for block in page.blocks:
        match block:
            case Heading():
                lines.append(f"{'#' * block.level} {block.text}")
            case Paragraph():
                lines.append(block.text)
            case Table():
                lines.append(" | ".join(cell.text for cell in block.header))
    return "\n".join(lines)
