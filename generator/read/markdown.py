"""Pages of markdown: headings, paragraphs, list items, code and tables with their places, in one pass over the lines.

Blocks are told apart as CommonMark and GFM do, with these differences, because docs mean it so:

- A line of HTML or MDX tags hides nothing (see `tags.py`): headings and tables below it are read, also those of HTML. In `.mdx` files, as in MDX,
  indentation makes no code.
- Lines of static site generators and of MDX are no text and no rows (see `site_lines.py`).
- Front matter (YAML between `---` at the very top) and what stands in comments is skipped.
- A heading or a list item is one even if the line below it is a table's delimiter row.
"""

from __future__ import annotations

import re

from generator.patterns import late
from generator.read import site_lines, tags
from generator.read.balance import find_tag_end
from generator.read.blocks import (
    Block,
    Heading,
    Page,
)
from generator.read.containers import (
    MAX_DEPTH,
    SPACES,
    Box,
    dedent,
    enter,
    expand_tabs,
    parse_marker,
)
from generator.read.front_matter import find_title, skip_front_matter
from generator.read.headings import find_anchors, slugify, strip_marks
from generator.read.html_blocks import Place
from generator.read.open_block import (
    CODE,
    FENCE,
    HIDDEN,
    NONE,
    PARAGRAPH,
    TABLE,
    TAKEN,
)
from generator.read.rows import count_columns, split_row
from generator.read.site_blocks import SiteBlocks

_HASHES = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = late(r"(?:=+|-+)[ \t]*$")
_BREAK = late(r"([-*_])[ \t]*+(?:\1[ \t]*+){2,}$")
_FENCE = late(r"(`{3,})([^`]*)$|(~{3,})(.*)$")


def read_markdown(text: str, file: str) -> Page:
    """The blocks of the page `text`. `file` is its path relative to the source; nothing is raised, whatever the text."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    lines = text.split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()  # what comes after the last newline
    reader = _Reader(lines, mdx=file.lower().endswith(".mdx"))
    first = skip_front_matter(lines)
    reader.read_lines(lines[first:] if first else lines, first + 1)
    reader.close()
    blocks = _add_slugs(reader.blocks, reader.links)
    title = find_title(lines, first) if first else None
    return Page(file, blocks, reader.links, title)


def _add_slugs(blocks: list[Block], links: dict[str, str]) -> tuple[Block, ...]:
    """The blocks with GitHub's slug as the last anchor of every heading. It needs the definitions, which may come last."""
    seen: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if type(block) is Heading:
            level, text, line, column, anchors = block
            anchors = (*anchors, slugify(text, links, seen))
            blocks[index] = Heading(level, text, line, column, anchors)
    return tuple(blocks)


class _Reader(SiteBlocks):
    """The state between two lines: the open quotes and list items (`boxes`), and in them at most one open block."""

    # One line: first the open boxes, then what begins here, then what goes on.

    def read_lines(self, lines: list[str], first: int) -> None:
        """Take the lines of the page from the `first`th on."""
        boxes = self.boxes
        for number, line in enumerate(lines, first):
            if boxes:
                self.read_line(line, number)
            elif self.kind == TABLE and line[:1] == "|":  # the most frequent of all
                self.rows.append((line, number, 0, 0))
            elif line or self.kind == FENCE:
                self.read_line(line, number)
            else:
                self.read_blank(0)

    def read_line(self, line: str, number: int) -> None:
        """Take the next line of the page."""
        boxes = self.boxes
        if self.kind == TAKEN and self.pass_over(line, number):
            return
        self.raw = line
        self.shift = 0
        if "\t" in line:
            line = expand_tabs(line)
            self.shift = len(line) - len(self.raw)
        pos, depth = enter(line, boxes) if boxes else (0, 0)
        if depth == len(boxes) and self.kind >= FENCE and self.go_on(line, pos, number):
            return
        self.read_blocks(line, pos, depth, number)

    def read_blocks(self, line: str, pos: int, depth: int, number: int) -> None:
        """What begins or goes on at `pos`, inside the first `depth` boxes: any number of quotes and items, then one block."""
        while True:
            at = pos
            if line[pos : pos + 1] == " ":
                at = SPACES.match(line, pos).end()  # type: ignore[union-attr]  # matches always
            if at == len(line):
                self.read_blank(depth)
                return
            if at - pos > self.limit:
                self.read_indented(line, pos, at, depth, number)
                return
            char = line[at]
            box: Box | None = None
            if char == ">":
                box, pos = Box(0), at + 2 if line[at + 1 : at + 2] == " " else at + 1
            elif char in "-+*0123456789":
                if char == "-" and self.begin_table(line, at, depth):
                    return
                if char in "-*" and self.read_rule(line, at, depth):
                    return
                interrupts = (
                    self.kind == PARAGRAPH
                    and not self.bare
                    and depth == len(self.boxes)
                )
                if marker := parse_marker(line, pos, at, interrupts):
                    box, pos = marker
            elif step := _STEPS.get(char):
                self.indent = at - pos
                if step(self, line, at, depth, number):
                    return
            if box is None or depth >= MAX_DEPTH:
                self.read_text(line, at, depth, number)
                return
            self.begin(depth)
            self.boxes.append(box)
            depth += 1

    def read_blank(self, depth: int) -> None:
        if self.kind == CODE and depth == len(self.boxes):
            self.lines.append("")
        elif self.kind == PARAGRAPH or self.kind == TABLE or depth < len(self.boxes):
            self.close()
            del self.boxes[depth:]

    def read_indented(
        self, line: str, pos: int, at: int, depth: int, number: int
    ) -> None:
        if self.kind == PARAGRAPH and not (self.bare and depth < len(self.boxes)):
            self.lines.append(line[at:])
            self.last = None
            return
        if self.kind != CODE or depth < len(self.boxes):
            self.begin(depth, CODE)
            self.place = (number, 1)
        self.lines.append(
            line[pos + 4 :] if self.boxes or self.shift == 0 else dedent(self.raw)
        )

    def read_text(self, line: str, at: int, depth: int, number: int) -> None:
        inside = depth == len(self.boxes)
        if self.kind == TABLE and inside and line[at:].strip():
            row = line, number, at, self.shift
            bare = self.ruled and line[at] != "|"
            if bare and len(split_row(*row)) < len(self.header):
                self.text_rows.append(len(self.rows))
            self.rows.append(row)
        elif (
            self.kind == PARAGRAPH
            and not self.bare
            and (inside or not self.boxes[depth].tab)
        ):  # outside its boxes, too: a lazy line
            self.lines.append(line[at:])
            self.last = (line, at, number, self.shift) if inside else None
        else:
            self.begin(depth, PARAGRAPH)
            self.begin_paragraph(line, at, number)

    # What may begin at a character. Each of these returns whether it took the line.

    def read_hashes(self, line: str, at: int, depth: int, number: int) -> bool:
        marks = _HASHES.match(line, at)
        if marks is None:
            return False
        self.begin(depth)
        self.add_heading(
            len(marks[1]),
            strip_marks(line[marks.end() :]),
            number,
            marks.end() + 1 - self.shift,
        )
        return True

    def read_fence(self, line: str, at: int, depth: int, number: int) -> bool:
        marks = _FENCE.match(line, at)
        if marks is None:
            return False
        self.begin(depth, FENCE)
        self.fence = (
            marks[1] or marks[3],
            self.indent,
            (marks[2] or marks[4] or "").strip(),
        )
        self.place = (number + 1, 1)
        return True

    def read_equals(self, line: str, at: int, depth: int, number: int) -> bool:
        return self.underline(line, at, depth) or self.read_tab(line, at, depth, number)

    def read_colon(self, line: str, at: int, depth: int, number: int) -> bool:
        if not site_lines.is_container(line, at):
            return self.begin_table(line, at, depth)
        self.begin(depth)
        return True

    def read_brace(self, line: str, at: int, depth: int, number: int) -> bool:
        """Shortcodes and template tags, attributes, comments and expressions of MDX."""
        if line.startswith("{/*", at):
            return self.read_angle(line, at, depth, number)
        return (
            self.read_shortcode(line, at, depth, number)
            or self.read_expression(line, at, depth, number)
            or self.read_label(line, at, depth, number)
        )

    def read_bar(self, line: str, at: int, depth: int, number: int) -> bool:
        return self.begin_table(line, at, depth)

    def read_underscore(self, line: str, at: int, depth: int, number: int) -> bool:
        return self.read_rule(line, at, depth)

    def read_angle(self, line: str, at: int, depth: int, number: int) -> bool:
        if end := tags.find_hiding(line, at):
            self.begin(depth)
            over = tags.find_end(line, end, at + 2)
            if over < 0:
                self.kind = HIDDEN
                self.end = end
            elif line[over:].strip():
                self.kind = PARAGRAPH
                self.begin_paragraph(line, over, number, tagged=True)
            return True
        if heading := tags.parse_heading(line, at):
            level, text, start = heading
            self.anchors += find_anchors(line[at:start])
            self.begin(depth)
            self.add_heading(level, text, number, start + 1 - self.shift)
            return True
        if html := self.html.find(number, at - self.shift):
            self.begin(depth)
            self.add_html(*html, number)
            return True
        between = tags.stands_between(line, at)
        taken = (
            not self.bare
            if self.kind == PARAGRAPH
            else self.kind == TABLE and depth == len(self.boxes)
        )
        if (
            (between or not taken)
            and tags.may_go_on(line, at)
            and (past := find_tag_end(self.page, (number - 1, at - self.shift)))
            and past[0] >= number
        ):
            self.begin(depth)
            self.anchors += find_anchors(" ".join(self.page[number - 1 : past[0] + 1]))
            self.take(past, number, tag=True)
            return True
        if not between and (taken or not tags.is_lone_tag(line, at)):
            return False
        self.begin(depth, PARAGRAPH)
        self.begin_paragraph(line, at, number, tagged=True)
        return True

    def add_html(self, blocks: list[Block], end: Place, number: int) -> None:
        """Add what HTML says that may end lines below; until then, lines are passed over."""
        for block in blocks:
            if isinstance(block, Heading):
                self.anchors += block.anchors
                self.add_heading(*block[:4])
            else:
                self.add(block)
        self.take(end, number)

    def read_rule(self, line: str, at: int, depth: int) -> bool:
        """A thematic break, or the underline of a setext heading."""
        if self.underline(line, at, depth):
            return True
        if _BREAK.match(line, at) is None:
            return False
        self.begin(depth)
        self.anchors = ()
        return True

    def underline(self, line: str, at: int, depth: int) -> bool:
        """A setext heading, if the paragraph above is one."""
        if (
            self.kind != PARAGRAPH
            or depth < len(self.boxes)
            or self.tagged
            or _UNDERLINE.match(line, at) is None
        ):
            return False
        text = self.take_paragraph()
        if text:
            self.add_heading(1 if line[at] == "=" else 2, text, *self.place)
        return bool(text)

    def begin_table(self, line: str, at: int, depth: int) -> bool:
        """A delimiter row, if the line above is a header with as many cells."""
        if self.kind != PARAGRAPH or self.last is None or depth < len(self.boxes):
            return False
        above, start, number, shift = self.last
        columns = (
            count_columns(line[at:])
            if "|" in above and above[start:].strip() != "|"
            else 0
        )
        header = split_row(above, number, start, shift) if columns else ()
        if not columns or len(header) != columns:
            return False
        self.lines.pop()
        self.close()
        self.kind = TABLE
        self.header = header
        self.ruled = above[start] == "|"
        return True

    # Fences, indented code and comments go on until something ends them.

    def go_on(self, line: str, pos: int, number: int) -> bool:
        """Add the line to the open code or comment; False if it does not belong to it."""
        if self.kind == HIDDEN:
            over = tags.find_end(line, self.end, pos)
            if over >= 0:
                self.kind = NONE
                if line[over:].strip():
                    self.kind = PARAGRAPH
                    self.begin_paragraph(line, over, number, tagged=True)
            return True
        if self.kind == CODE:
            return False
        mark, indent, _ = (
            self.fence
        )  # indented by as much as its fence, at most, is taken off
        rest = line[pos:] if self.boxes or indent else self.raw
        marks = rest.strip(" \t")
        lead = SPACES.match(line, pos).end() - pos  # type: ignore[union-attr]  # matches always
        if len(marks) >= len(mark) and not marks.strip(mark[0]) and lead <= self.limit:
            self.close()
        else:
            self.lines.append(rest[min(indent, lead) :])
        return True


_STEPS = {
    "#": _Reader.read_hashes,
    "`": _Reader.read_fence,
    "~": _Reader.read_fence,
    "=": _Reader.read_equals,
    "|": _Reader.read_bar,
    ":": _Reader.read_colon,
    "!": _Reader.read_tab,
    "?": _Reader.read_tab,
    "(": _Reader.read_label,
    "i": _Reader.read_module,
    "e": _Reader.read_module,
    "_": _Reader.read_underscore,
    "<": _Reader.read_angle,
    "{": _Reader.read_brace,
}
