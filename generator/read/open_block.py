"""The state of the markdown reader between two lines: the open boxes, the open block in them, and what its end adds to the page."""

from __future__ import annotations

from generator.read import tags
from generator.read.blocks import Block, Fence, Heading, Item, Paragraph, Table
from generator.read.containers import Box
from generator.read.headings import find_anchors, split_custom_id
from generator.read.html_blocks import HtmlBlocks, Place, parse_paragraph
from generator.read.links import take_definitions
from generator.read.rows import Line, Row, Rows

# what the last line belongs to; TAKEN: to a block that is already on the page
NONE, PARAGRAPH, TABLE, FENCE, CODE, HIDDEN, TAKEN = range(7)

_LONGEST = 1000  # characters of a heading in which tags are looked for


class OpenBlock:
    """The open quotes and list items (`boxes`), and in them at most one open block. `blocks` and `links` are the page so far."""

    def __init__(self, page: list[str], mdx: bool) -> None:
        self.page = page
        self.mdx = mdx
        self.html = HtmlBlocks(page)
        self.ends: dict[str, list[int]] | None = None  # of shortcodes
        self.blocks: list[Block] = []
        self.links: dict[str, str] = {}
        self.boxes: list[Box] = []
        self.kind = NONE
        self.lines: list[str] = []  # of the open paragraph or code
        self.place = (0, 0)  # line and column where it begins
        self.tagged = (
            False  # the open paragraph begins with a tag: it can be no setext heading
        )
        self.bare = False  # … and so far no text but indented lines follows it: text would be a paragraph of its own
        self.last: tuple[str, int, int, int] | None = (
            None  # the paragraph's last line, if it may be the header of a table
        )
        self.header: Row = ()
        self.rows: list[Line] = []
        self.text_rows: list[int] = []
        self.ruled = False  # the header begins with a bar
        self.fence = (
            "",
            0,
            "",
        )  # the mark that closes the open fence, its indentation, its info
        self.end = ""  # what ends the hidden part
        self.over: Place = (0, 0)  # where what is on the page already ends
        self.over_tag = False  # … and whether that is one tag
        self.anchors: tuple[str, ...] = ()  # ids that stand right above
        self.limit = 1 << 30 if mdx else 3  # more indentation than this is code
        self.indent = 0  # of what begins in this line
        self.raw = ""  # the line as it is in the file, and by how much `line` is longer
        self.shift = 0

    def begin(self, depth: int, kind: int = NONE) -> None:
        """A block begins inside the first `depth` boxes: close what is open, and the boxes that the line is not in."""
        self.close()
        if self.boxes:
            del self.boxes[depth:]
            if depth:
                self.boxes[-1].hollow = False
        self.kind = kind

    def close(self) -> None:
        """End the open block and add it to the page."""
        kind = self.kind
        if kind == NONE:
            return
        self.kind = NONE
        if kind == PARAGRAPH:
            self.kind = PARAGRAPH
            if text := self.take_paragraph():
                self.add_paragraph(text)
        elif kind == TABLE:
            texts = tuple(self.text_rows)
            line = self.header[0].line
            self.add(Table(self.header, Rows(self.rows), line, text_rows=texts))
            self.rows = []
            self.text_rows = []
        elif kind in (FENCE, CODE):
            if kind == CODE:
                while self.lines and not self.lines[-1].strip():
                    self.lines.pop()
            self.add(
                Fence(
                    self.fence[2] if kind == FENCE else "",
                    "\n".join(self.lines),
                    self.place[0],
                )
            )
            self.lines = []

    def begin_paragraph(
        self, line: str, at: int, number: int, tagged: bool = False
    ) -> None:
        self.lines = [line[at:]]
        self.place = (number, at + 1 - self.shift)
        self.tagged = tagged
        self.bare = tagged and not tags.has_text(line[at:])
        self.last = None if tagged else (line, at, number, self.shift)

    def take_paragraph(self) -> str:
        """The text of the open paragraph, which ends here, without the definitions that it begins with."""
        self.kind = NONE
        text = _join(self.lines)
        self.lines = []
        self.last = None
        if text[:1] == "[" and (start := take_definitions(text, self.links)):
            self.place = (self.place[0] + text.count("\n", 0, start), self.place[1])
            text = text[start:]
        return text

    def add_paragraph(self, text: str) -> None:
        if self.tagged:
            if not tags.has_text(text):
                self.anchors += find_anchors(text)
                return
            anchors = (
                find_anchors(text[text.rfind("\n") + 1 :])
                if tags.is_lone_tag(text, text.rfind("\n") + 1)
                else ()
            )
            text = parse_paragraph(text)
            if not text:  # `<p <>`: nothing but what looks like a tag
                return
        else:
            anchors = ()
        if text[0] == "<" or text[-1] == ">":
            text = tags.unwrap(text, self.mdx)
        box = self.boxes[-1] if self.boxes else None
        if box and box.width and box.fresh:
            self.add(Item(text, *self.place, sum(map(_is_item, self.boxes)) - 1))
        else:
            self.add(
                Paragraph(
                    text, self.place[0], any(not each.width for each in self.boxes)
                )
            )
        self.anchors = anchors

    def add_heading(self, level: int, text: str, line: int, column: int) -> None:
        text, custom = split_custom_id(text)
        anchors = (*self.anchors, *find_anchors(text), *custom)
        if "/" in text and len(text) < _LONGEST:
            text = tags.strip_components(text)
        self.add(Heading(level, text, line, column, tuple(dict.fromkeys(anchors))))

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        self.anchors = ()
        for box in self.boxes:
            box.fresh = False


def _is_item(box: Box) -> bool:
    return box.width > 0 and not box.tab


def _join(lines: list[str]) -> str:
    """The text of a paragraph: no space at the ends of its lines but the two that make a hard break."""
    if len(lines) < 2:
        return lines[0].strip() if lines else ""
    return "\n".join(
        [line.rstrip() + ("  " if line.endswith("  ") else "") for line in lines]
    ).strip()
