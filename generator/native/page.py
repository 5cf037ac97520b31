"""fieldgen's own form as a markdown page, as the target `markdown` writes it: the tables become the nodes that `form.py` reads.

A heading names a definition. What stands below it is its description, lines of a list with what else is known (`ATTRIBUTES`), and tables
whose first head is Field, Pattern or Value. docs/markdown.md describes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.diagnostics import Diagnostic, SourceSpan
from generator.light import NamedTuple
from generator.native.page_cells import (
    COLUMNS,
    Where,
    cell_node,
    fact_node,
    is_word,
    whole,
)
from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.own_mark import find_mark
from generator.read.page_text import decode_cell, decode_line

# What a line of a list says → the key of the form. Those without a value say yes.
ATTRIBUTES = {
    "Key": "key",
    "Type": "type",
    "Documented at": "url",
    "Other keys": "rest",
    "Deprecated": "deprecated",
    "No other keys": "closed",
    "More values may come": "open",
    "Fact": "facts",
}
# First head of a table → where it belongs: the key of the definition, and the list that the definition is in.
TABLES = {
    "Field": ("fields", "models"),
    "Pattern": ("patterned", "models"),
    "Value": ("values", "enums"),
}
HEADING = re.compile(r"#{1,6} +(?P<name>\S.*)")
ATTRIBUTE = re.compile(rf"- (?P<word>{'|'.join(ATTRIBUTES)})(?:: +(?P<value>.+))?$")
ANCHOR = re.compile(r'<a id="[^"]*"></a>$')
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+$")
_FENCE = re.compile(r" *(?:```|~~~)")
_BAR = re.compile(r"(?<!\\)\|")
Report = Callable[[Diagnostic], None]


class Cell(NamedTuple):
    """The markdown of a cell, and where it begins."""

    text: str
    line: int
    column: int


def page_node(text: str, file: str, report: Report) -> Mapping:
    """The page as the mapping that a YAML file with the same facts is."""
    mark = find_mark(text)
    entries: list[tuple[Scalar, Node]] = []
    if mark:
        line = text.count("\n", 0, mark.start("mark")) + 1
        version = Scalar(mark["version"], True, line, 1)
        source = Scalar(decode_cell(mark["source"] or ""), False, line, 1)
        entries += [(_key("fieldgen", version), version)]
        entries += [(_key("source", source), source)] if source.text else []
    lists: dict[str, list[Node]] = {"models": [], "enums": [], "unions": []}
    for heading, lines in _sections(text):
        kind, node = _Section(heading, lines, file, report).node()
        if kind:
            lists[kind].append(node)
    for kind, nodes in lists.items():
        if nodes:
            place = nodes[0]
            several = Sequence(tuple(nodes), place.line, place.column)
            entries.append((_key(kind, several), several))
    return Mapping(tuple(entries), 1, 1)


def _sections(text: str) -> Iterator[tuple[Cell, list[Cell]]]:
    """Each heading with the lines below it; first, without one, what stands above all headings. Inside of fences there is none."""
    heading, lines = Cell("", 1, 1), list[Cell]()
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        cell = Cell(line.removesuffix("\r"), number, 1)
        fenced ^= bool(_FENCE.match(line))
        if not fenced and HEADING.match(cell.text):
            yield heading, lines
            heading, lines = cell, []
        else:
            lines.append(cell)
    yield heading, lines


class _Section:
    """Reads one section into the entries of its definition."""

    def __init__(
        self, heading: Cell, lines: list[Cell], file: str, report: Report
    ) -> None:
        self.heading = heading
        self.lines = lines
        self.file = file
        self.report = report
        self.entries: list[tuple[Scalar, Node]] = []
        self.tables: dict[str, list[Node]] = {}
        self.kind = ""

    def node(self) -> tuple[str, Mapping]:
        """The list that the definition belongs to (empty: the section defines nothing), and the definition."""
        match = HEADING.match(self.heading.text)
        where = Where(self.heading.line, match.start("name") + 1 if match else 1)
        if match:
            self.add("name", whole(_title(match["name"]), where))
        prose: list[list[Cell]] = [[]]
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if head := self.table_head(at):
                at = self.table(head, at + 2)
                prose.append([])
                continue
            if match and (attribute := ATTRIBUTE.match(line.text)):
                self.attribute(attribute, line)
                prose.append([])
            elif not ANCHOR.match(line.text):
                prose[-1].append(line)
            at += 1
        self.describe(prose)
        for key, rows in self.tables.items():
            self.add(key, Sequence(tuple(rows), *where))
        return self.kind, Mapping(tuple(self.entries), *where)

    def add(self, key: str, node: Node) -> None:
        self.entries.append((_key(key, node), node))

    def attribute(self, match: re.Match[str], line: Cell) -> None:
        word, value = match["word"], match["value"]
        where = Where(line.line, match.start("value") + 1 if value else 1)
        key = ATTRIBUTES[word]
        if key == "type":
            self.kind = self.kind or "unions"
        if value is None:
            self.add(key, Scalar("true", True, *where))
        elif key == "facts":
            self.tables.setdefault(key, []).append(fact_node(value, where))
        elif key == "deprecated":
            self.add(key, Scalar(decode_cell(value), is_word(value), *where))
        elif key == "url" and value.startswith("<") and value.endswith(">"):
            self.add(key, Scalar(decode_cell(value[1:-1]), False, *where))
        elif key in ("type", "rest"):
            self.add(key, Scalar(decode_line(value), True, *where))
        else:
            self.add(key, whole(value, where))

    def describe(self, parts: list[list[Cell]]) -> None:
        """The description: paragraphs, or a quotation of what would be taken for something else. `parts`: what tables lie between."""
        texts: list[str] = []
        for part in parts:
            lines = [line.text for line in part]
            shown = [at for at, line in enumerate(lines) if line.strip()]
            lines = lines[shown[0] : shown[-1] + 1] if shown else []
            if lines and all(line.startswith(">") for line in lines):
                lines = [line[1:].removeprefix(" ") for line in lines]
            if lines:
                texts.append("\n".join(lines))
        if texts:
            first = next(line for part in parts for line in part if line.text.strip())
            text = decode_line("\n\n".join(texts))
            self.add("description", Scalar(text, False, first.line, 1))

    def table_head(self, at: int) -> list[Cell]:
        """The heads of a table that begins here; nothing where there is none, or one of something else."""
        if at + 1 >= len(self.lines) or not self.lines[at].text.startswith("|"):
            return []
        if not _RULE.match(self.lines[at + 1].text.rstrip()):
            return []
        head = _row(self.lines[at])
        return head if head[0].text in TABLES else []

    def table(self, head: list[Cell], at: int) -> int:
        """Read the rows from here on, and give the number of the line behind them."""
        key, kind = TABLES[head[0].text]
        columns = COLUMNS[key]
        rows: list[Node] = []
        self.kind = self.kind or kind
        if not self.heading.text:
            self.kind = ""
            message = "no heading says what this table is of"
            self.tell(head[0], "unnamed-table", message)
        elif self.kind == kind:
            rows = self.tables.setdefault(key, [])
        else:
            message = f'a definition of {self.kind} has no table of "{head[0].text}"'
            self.tell(head[0], "near-table", message)
        for cell in head:
            if cell.text not in columns:
                message = f'nothing here has the head "{cell.text}"; heads are {", ".join(columns)}'
                self.tell(cell, "near-table", message)
        while at < len(self.lines) and self.lines[at].text.startswith("|"):
            rows.append(self.row(head, columns, _row(self.lines[at])))
            at += 1
        return at

    def row(self, head: list[Cell], columns: dict[str, str], row: list[Cell]) -> Node:
        if len(row) != len(head):
            code = "long-row" if len(row) > len(head) else "short-row"
            message = f"the row has {len(row)} cells and its head {len(head)}"
            self.tell(row[0], code, message)
        entries = []
        for title, cell in zip(head, row, strict=False):
            key = columns.get(title.text)
            if not key or not cell.text:
                continue
            node = cell_node(key, cell.text, Where(cell.line, cell.column))
            entries.append((_key(key, node), node))
        return Mapping(tuple(entries), row[0].line, row[0].column)

    def tell(self, cell: Cell, code: str, message: str) -> None:
        place = SourceSpan(self.file, cell.line, cell.column)
        self.report(Diagnostic(place, code, message))


def _title(text: str) -> str:
    """The text of a heading without the signs that may close it."""
    title = text.rstrip()
    left = title.rstrip("#")
    return left.rstrip() if left.endswith(" ") else title


def _row(line: Cell) -> list[Cell]:
    """The cells of a row, without white space around them."""
    cells, begin = [], 1
    text = line.text.rstrip()
    body = text[: -1 if _BAR.search(text, len(text) - 1) else None]
    for match in [*_BAR.finditer(body, 1), None]:
        raw = body[begin : match.start() if match else None]
        column = begin + len(raw) - len(raw.lstrip()) + 1
        cells.append(Cell(raw.strip(), line.line, column))
        begin = match.end() if match else begin
    return cells


def _key(key: str, node: Node) -> Scalar:
    return Scalar(key, True, node.line, node.column)
