"""The blocks that static site generators and MDX add to markdown: see site_lines.py for how their lines look."""

from __future__ import annotations

from generator.read import site_lines, tags
from generator.read.balance import find_balance
from generator.read.blocks import Fence, Heading
from generator.read.containers import MAX_DEPTH, Box
from generator.read.html_blocks import Place
from generator.read.open_block import NONE, PARAGRAPH, TABLE, TAKEN, OpenBlock


class SiteBlocks(OpenBlock):
    """The steps for such lines. Each takes a line and where it begins, and returns whether it took it."""

    def read_tab(self, line: str, at: int, depth: int, number: int) -> bool:
        if depth >= MAX_DEPTH or not site_lines.begins_tab(line, at):
            return False
        self.begin(depth)
        self.boxes.append(Box(self.indent + 4, tab=True))
        return True

    def read_module(self, line: str, at: int, depth: int, number: int) -> bool:
        """An import or export of MDX. A paragraph may have a line that looks like one."""
        if at or self.kind in (PARAGRAPH, TABLE):
            return False
        last = site_lines.find_module_end(self.page, number - 1, self.mdx)
        if last >= 0:
            self.begin(depth)
            self.take((last, len(self.page[last])), number)
        return last >= 0

    def read_label(self, line: str, at: int, depth: int, number: int) -> bool:
        """A line that is attributes of what stands above or below it: a heading gets its id."""
        ids = site_lines.parse_attributes(line, at)
        if ids is None:
            return False
        above = self.blocks[-1] if self.kind == NONE and self.blocks else None
        opened = self.kind in (PARAGRAPH, TABLE)
        self.begin(depth)
        if isinstance(above, Heading) and above.line == number - 1 and line[at] == "{":
            self.blocks[-1] = above._replace(anchors=(*above.anchors, *ids))
        elif not opened:
            self.anchors += ids
        return True

    def read_shortcode(self, line: str, at: int, depth: int, number: int) -> bool:
        """Shortcodes and template tags that a line consists of or is enclosed by; what some enclose is code."""
        place = number - 1, at - self.shift
        if code := site_lines.find_code(self.page, *place, self.find_ends):
            from textwrap import dedent

            info, last = code
            self.begin(depth)
            text = dedent("\n".join(self.page[number:last]))
            self.add(Fence(info, text, number + 1))
            self.take((last, len(self.page[last])), number)
            return True
        rest = site_lines.strip_shortcodes(line, at)
        if rest is None:
            return False
        self.begin(depth, PARAGRAPH if rest else NONE)
        if rest:
            self.begin_paragraph(rest, 0, number, tagged=True)
        return True

    def find_ends(self) -> dict[str, list[int]]:
        """Where shortcodes end in this page, by their names."""
        if self.ends is None:
            self.ends = site_lines.find_ends(self.page)
        return self.ends

    def read_expression(self, line: str, at: int, depth: int, number: int) -> bool:
        """An expression of MDX that stands for itself."""
        if not self.mdx or self.kind in (PARAGRAPH, TABLE):
            return False
        end = find_balance(self.page, (number - 1, at - self.shift), 200)
        if end is None or not self.page[end[0]].rstrip().endswith("}"):
            return False
        self.begin(depth)
        self.take(end, number)
        return True

    def take(self, end: Place, number: int, tag: bool = False) -> None:
        """Pass over the lines from here to `end`. Indented lines below a tag belong to it."""
        self.kind = TAKEN
        self.over = end
        self.over_tag = tag
        self.pass_over(self.raw, number)

    def pass_over(self, line: str, number: int) -> bool:
        """Whether the line belongs to HTML that is on the page already; text behind that is read."""
        last, at = self.over
        if number <= last:
            return True
        self.kind = NONE
        if number == last + 1 and tags.has_text(line[at:]):
            self.kind = PARAGRAPH
            self.begin_paragraph(line, at, number, tagged=True)
        elif number == last + 1 and self.over_tag:
            self.kind = PARAGRAPH
            self.begin_paragraph("<>", 0, number, tagged=True)
        return number == last + 1
