"""HTML between the lines of markdown that reaches over several of them: tables, and headings whose end is on a line below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.patterns import late
from generator.read import tags
from generator.read.blocks import Block, Heading, Paragraph
from generator.read.headings import find_anchors

Place = tuple[int, int]  # indices of a line and of a character in it, from 0

_TABLE = late("<table", re.IGNORECASE)
_TEXT = late(r"<(?:p|ul|ol|li)[ >]", re.IGNORECASE)
_LONGEST = 6  # lines of a heading


def parse_paragraph(text: str) -> str:
    """The markdown of a paragraph or list that is written in HTML, from its tag to a last one; any other text as it is."""
    if text[-1] != ">" or not _TEXT.match(text):
        return text  # (without a last `>`, Python's parser would take quadratic time)
    from generator.read.html_tables import parse_text

    return parse_text(text)


class HtmlBlocks:
    """The tables and headings of HTML in a page, found by where they begin. Pages without any cost nothing."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.tables: dict[Place, Place] | None = None

    def find(self, number: int, at: int) -> tuple[list[Block], Place] | None:
        """What begins with the tags at `at` of the line with this number, and where it ends; None: nothing of the kind.

        Tables that follow each other without a new line come together, with the text between them.
        """
        line = self.lines[number - 1]
        if "<table" in line or "<TABLE" in line:
            return self.find_tables(number - 1, at)
        return (
            self.find_heading(number - 1, at) if line[at + 1 : at + 2] in "hH" else None
        )

    def find_tables(self, index: int, at: int) -> tuple[list[Block], Place] | None:
        from generator.read.html_tables import find_tables, parse_table  # 10 ms

        if self.tables is None:
            self.tables = find_tables(self.lines)
        blocks: list[Block] = []
        end: Place = (index, at)
        while True:
            line = self.lines[end[0]]
            found = _TABLE.search(line, end[1])
            over = self.tables.get((end[0], found.start())) if found else None
            if found is None or over is None:
                return (blocks, end) if blocks else None
            start = found.start()
            before = line[end[1] : start]
            if tags.has_text(before):
                blocks.append(Paragraph(before.strip(), end[0] + 1))
            blocks.append(parse_table(self.lines, (end[0], start), over))
            end = over

    def find_heading(self, index: int, at: int) -> tuple[list[Block], Place] | None:
        opening = tags.parse_open_heading(self.lines[index], at)
        if opening is None:
            return None
        level, start = opening
        parts: list[str] = []
        for last in range(index, min(index + _LONGEST, len(self.lines))):
            part = self.lines[last][start if last == index else 0 :]
            stop = part.lower().find(f"</h{level}>")
            parts.append(part if stop < 0 else part[:stop])
            if stop >= 0:
                break
            if last > index and not part.strip():
                return None
        else:
            return None
        text = " ".join(" ".join(parts).split())
        column = start + len(parts[0]) - len(parts[0].lstrip()) + 1
        anchors = find_anchors(self.lines[index][at:start])
        heading = Heading(level, text, index + 1, column, anchors)
        lead = 0 if last > index else start
        return [heading], (last, lead + stop + len("</h1>"))
