"""Tables that list the values of an enum: which column holds the values, and the values as they are sent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.define.written.evidence import (
    are_distinct,
    is_constant,
    is_literal,
    read_column,
    read_integer,
    share,
)
from generator.define.written.outline import Place
from generator.dialect.model import Dialect, fold
from generator.light import NamedTuple
from generator.read.blocks import Cell, Table
from generator.read.inline import plain_text
from generator.typewords import singulars

_CODE = re.compile(r"\s*`([^`]+)`\s*\Z")
_MARKED = re.compile(r"(`[^`]+`|'[^']+'|\"[^\"]+\")\s*(?:\([^()]*\)|\*\([^()]*\)\*)")


class Values(NamedTuple):
    """The columns of a table of values, and why it is one."""

    columns: dict[str, int]
    reason: str


def find_values(
    table: Table,
    columns: dict[str, int],
    place: Place,
    dialect: Dialect,
    linked: str,
) -> Values | None:
    """The columns of a table that lists values; None where it does not."""
    if not table.rows:
        return None
    return _Finder(table, columns, place, dialect, linked).find()


class _Finder:
    def __init__(
        self,
        table: Table,
        columns: dict[str, int],
        place: Place,
        dialect: Dialect,
        linked: str,
    ) -> None:
        self.table = table
        self.columns = columns
        self.dialect = dialect
        self.says = dialect.says
        self.heads = [fold(plain_text(cell.text)) for cell in table.header]
        self.title, self.linked = fold(place.section.title), linked
        title, text = fold(place.section.title), lead_text(place)
        section = dialect.sections.get(title)
        self.spoken = ""  # what says that values are listed
        self.barred = self.says("no-value-heading", title)
        self.titled = self.says("value-heading", title) or section == "values"
        if any("enum" in head.split() for head in self.heads):
            self.spoken = "its header speaks of an enum"
        elif linked == "enum":
            self.spoken = "a field leads here for its values"
        elif self.titled:
            self.spoken = f'the heading "{place.section.title}" speaks of values'
        elif self.says("value-text", text):
            self.spoken = "the text before it speaks of values"

    def find(self) -> Values | None:
        if self.barred:
            return None
        return self.by_value_head() or self.by_numbers() or self.by_first()

    def by_value_head(self) -> Values | None:
        """A column that is called Value."""
        at = self.columns.get("value", -1)
        if at < 0 or not self.are_values(at):
            return None
        why = "its header has value"
        if at == 0:
            told = "description" in self.columns or "name" in self.columns
            if self.spoken or told or len(self.heads) == 1:
                return self.columns_of(at, self.name_beside(at), why)
            return None
        if len(self.heads) > (5 if self.titled else 4):
            return None
        name = self.name_beside(at)
        if name < 0 or not self.are_names(name):
            return None
        if self.spoken:
            return self.columns_of(at, name, f"{why}, and {self.spoken}")
        setting = self.says("setting-name", self.heads[name])
        if self.are_numbers(at) and not setting and len(self.table.rows) > 1:
            return self.columns_of(at, name, f"{why}, and all are integers")
        return None

    def by_numbers(self) -> Values | None:
        """A column of integers behind one of names, which may be called Type or ID."""
        if "value" in self.columns or len(self.heads) > 5 or len(self.heads) < 2:
            return None
        first, at = self.heads[0], 1
        typed = self.columns.get("type") == at
        if not (typed or self.says("number-head", self.heads[at])):
            return None
        known = self.says("value-name", first) or self.columns.get("name") == 0
        if known and self.are_numbers(at) and self.are_names(0) and self.are_values(at):
            return self.columns_of(
                at, 0, f'the column "{self.heads[at]}" holds integers'
            )
        return None

    def by_first(self) -> Values | None:
        """Values in the first column, with descriptions."""
        at = self.columns.get("description", -1)
        if at < 1 or len(self.heads) > 3 or not self.are_values(0):
            return None
        if "required" in self.columns or "default" in self.columns:
            return None
        if self.columns.get("type", 0) or self.columns.get("value", 0):
            return None  # another column says more of them: they are something else
        cell = self.table.header[0]
        if own := _CODE.fullmatch(cell.text):
            return self.columns_of(0, -1, f"its first column is called as `{own[1]}`")
        told = self.spoken and self.says("value-name", self.heads[0])
        if not told and not (self.linked and self.is_one_of_these(self.heads[0])):
            return None
        why = self.spoken or "a field leads here for what it is one of"
        lower = share(read_column(self.table, 0), is_constant) < 0.5
        if self.heads[0] in ("field", "key", "property") and lower:
            return None
        return self.columns_of(0, -1, why)

    def is_one_of_these(self, head: str) -> bool:
        """Whether a head is the singular of the heading: Colour below Colours."""
        last = self.title.rpartition(" ")[2]
        return head in (last, self.title) or head in singulars(last)

    def are_values(self, index: int) -> bool:
        """Whether all cells of a column can be values, each once."""
        cells = read_column(self.table, index)
        if not cells or not are_distinct(cells):
            return False
        literal = sum(map(is_literal, cells)) / len(cells)
        short = share(cells, lambda text: len(text.split()) <= 4)
        return literal == 1 or bool(self.spoken) and literal >= 0.5 and short == 1

    def are_names(self, index: int) -> bool:
        """Whether all cells of a column can be names of values, each once."""
        cells = read_column(self.table, index)
        short = share(cells, lambda text: len(text.split()) <= 6)
        return bool(cells) and short == 1 and are_distinct(cells)

    def are_numbers(self, index: int) -> bool:
        cells = read_column(self.table, index)
        return share(cells, lambda text: read_integer(text) is not None) == 1

    def name_beside(self, at: int) -> int:
        """The column of names beside one of values: one that is called so, or else the first."""
        if (name := self.columns.get("name", at)) != at:
            return name
        others = [i for i, _ in enumerate(self.heads) if i not in self.columns.values()]
        first = 0 if at and self.columns.get("description") != 0 else -1
        if first == 0:
            return 0
        beside = [i for i in others if self.says("value-name", self.heads[i])]
        return beside[0] if beside else -1

    def columns_of(self, value: int, name: int, reason: str) -> Values:
        taken = {value, name}
        columns = {
            c: i
            for c, i in self.columns.items()
            if i not in taken and c in ("description", "required", "default", "example")
        }
        columns["value"] = value
        if name >= 0:
            columns["name"] = name
        return Values(columns, reason)


def lead_text(place: Place) -> str:
    """The text right before a table, as readers see it."""
    texts = [block.text for block in place.before if not isinstance(block, Table)]
    return plain_text(texts[-1]) if texts else ""


def own_name(table: Table, columns: Mapping[str, int]) -> str:
    """The field that a table of values is called after: the head of its values, where that is code."""
    match = _CODE.fullmatch(table.header[columns["value"]].text)
    return match[1] if match else ""


def plain_values(table: Table, column: int, dialect: Dialect) -> Table:
    """The table with values as they are sent: integers in decimal, remarks behind a value left out."""
    remark = dialect.evidence.get("value-remark")
    cells = read_column(table, column)
    numbers = share(cells, lambda text: read_integer(text) is not None) == 1

    def plain(cell: Cell) -> Cell:
        if numbers and (value := read_integer(plain_text(cell.text))) is not None:
            return cell._replace(text=str(value))
        text = cell.text.strip()
        if marked := _MARKED.fullmatch(text):
            return cell._replace(text=marked[1])
        bare = remark.sub("", text) if remark else text
        return cell._replace(text=bare) if bare and bare != text else cell

    rows = tuple(
        tuple(plain(c) if i == column else c for i, c in enumerate(row))
        for row in table.rows
    )
    return table._replace(rows=rows)
