"""The parts of a page that fieldgen looks at, each with its place. Lines and columns count from 1, in characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from generator.light import NamedTuple


class Cell(NamedTuple):
    """A table cell: its markdown without the padding, with `\\|` read as `|`. `column` is where `text` begins in the line."""

    text: str
    line: int
    column: int


class Heading(NamedTuple):
    """A heading (ATX or setext). `text` is its markdown without the marks and a trailing `{#id}`.

    `anchors` are the ids by which links reach it: `{#id}`, `<a name="…">` or `<a id="…">` in or right above it, and last the
    slug that GitHub makes of its text (made unique in the page by `-1`, `-2`, … as GitHub does).
    """

    level: int
    text: str
    line: int
    column: int
    anchors: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """Running text, its lines joined with newlines. `quoted`: it stands in a block quote."""

    text: str
    line: int
    quoted: bool = False

    @property
    def column(self) -> int:
        """Where its lines begin: behind the mark of a quote."""
        return 3 if self.quoted else 1


class Item(NamedTuple):
    """One item of a bullet or numbered list, without its mark; `depth` from 0."""

    text: str
    line: int
    column: int
    depth: int = 0


class Fence(NamedTuple):
    """A fenced or indented code block: its info string, its text, and the line where the text begins."""

    info: str
    text: str
    line: int


class Table(NamedTuple):
    """A pipe table or an HTML table. Rows are as long as they are written: what is short or long is the reader's business to report.

    `line` is the line of the header row. `nested`: tables that stand in cells (of HTML tables only), each with the index of its row.
    `text_rows`: indices of rows that do not begin with a bar, as the header does, and are too short: lines of text right below a table.
    """

    header: tuple[Cell, ...]
    rows: Sequence[tuple[Cell, ...]]
    line: int
    nested: tuple[tuple[int, Table], ...] = ()
    text_rows: tuple[int, ...] = ()


Block: TypeAlias = Heading | Paragraph | Item | Fence | Table


class Page(NamedTuple):
    """A file: its path relative to the source, its blocks in order, and its link reference definitions (label in lower case → URL).

    `title` is what its front matter calls it.
    """

    file: str
    blocks: tuple[Block, ...]
    links: dict[str, str]
    title: Cell | None = None


class Inline(NamedTuple):
    """A run of text inside a cell, decoded: escapes and entities resolved, emphasis marks gone, a hard break or `<br>` as a newline.

    `url` is the target of the link that the run is the label of, or None. `code`: the run is a code span.
    """

    text: str
    url: str | None = None
    code: bool = False
