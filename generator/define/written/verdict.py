"""What a table on a hand-written page is: its header proposes, what stands in its cells may only reject.

The words are the dialect's: `columns` and `heads` say what the columns are, `evidence` what headings and text speak for.
"""

from __future__ import annotations

import re

from generator.define.account import Verdict, explain
from generator.define.columns import judge
from generator.define.nesting import strip_levels
from generator.define.written.evidence import (
    is_constant,
    is_key,
    is_name,
    is_number,
    is_prose,
    is_type,
    read_column,
    share,
)
from generator.define.written.leads import find_captions
from generator.define.written.outline import Place
from generator.define.written.values import find_values, lead_text
from generator.dialect.model import Dialect, fold
from generator.light import NamedTuple
from generator.read.blocks import Cell, Table
from generator.read.inline import plain_text

_QUOTED = re.compile(r'"[^"]*"')


class Judgement(NamedTuple):
    """What a table is, and which of its columns is what: not always what their heads say."""

    verdict: Verdict
    columns: dict[str, int]


def judge_table(
    table: Table,
    columns: dict[str, int],
    place: Place,
    dialect: Dialect,
    linked: str = "",
) -> Judgement:
    """What a table is (fields, parameters, enum or other), and why. `linked`: a row of another table leads here, whose type is `plain` or an `enum`."""
    if dialect.tables and (kind := judge(table, columns, dialect)) != "other":
        return Judgement(Verdict(kind, explain(kind, columns)), columns)
    return _Judge(table, dict(columns), place, dialect, linked).judge()


def judge_linked(
    verdict: Verdict, columns: dict[str, int], place: Place, led_to: frozenset[str]
) -> Verdict:
    """The verdict, where it is known which ids types lead to: below such a heading are fields, though they are called parameters."""
    heading = place.section.heading
    sent = verdict.kind != "parameters" or "place" in columns
    if sent or heading is None or led_to.isdisjoint(heading.anchors):
        return verdict
    return Verdict("fields", "a type leads to its heading")


class _Judge:
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
        self.place = place
        self.dialect = dialect
        self.says = dialect.says
        self.linked = linked
        self.title = fold(place.section.title)
        self.against = ""  # what speaks against what its header proposes
        self.heads = [fold(plain_text(cell.text)) for cell in table.header]

    def judge(self) -> Judgement:
        self.check_columns()
        if self.is_layout():
            reason = "its header says where bytes stand"
            return Judgement(Verdict("other", reason), self.columns)
        found = (
            self.as_placed()
            or self.as_typed()
            or self.as_required()
            or self.as_value_typed()
            or self.as_enum()
            or self.as_members()
            or self.as_untyped()
        )
        if found is None:
            found = Verdict("other", self.against or explain("other", self.columns))
        return Judgement(found, self.columns)

    def cells(self, column: str) -> list[Cell]:
        """The cells of a column that are not empty."""
        return read_column(self.table, self.columns[column])

    def find_types(self) -> None:
        """Take the one column of types whose head says nothing to the dialect: nearly all of its cells are words for types."""
        if not self.named or {"type", "value"} & self.columns.keys():
            return
        known, words, found = set(self.columns.values()), self.dialect.words, []
        for index in range(len(self.heads)):
            cells = read_column(self.table, index) if index not in known else []
            bare = [cell for cell in cells if "](" not in cell.text]
            typed = sum(1 for cell in cells if is_type(cell, words))
            if (
                len(bare) > 1
                and 4 * typed >= 3 * len(cells)
                and not share(cells, is_number)
            ):
                found.append(index)
        if len(found) == 1:
            self.columns["type"] = found[0]

    def check_columns(self) -> None:
        """Drop columns that are not what their head says."""
        name = self.columns.get("name", -1)
        head = self.heads[name]
        if name > 0 and (not head or head not in self.dialect.columns):
            del self.columns["name"]  # a head that is not listed counts as the first
        if name == 0 and not self.heads[0] and "type" not in self.columns:
            del self.columns["name"]
        if "place" in self.columns:
            cells = self.cells("place")
            if share(cells, lambda text: self.says("parameter-place", text)) < 0.9:
                del self.columns["place"]
        required = self.columns.get("required", -1)
        if required >= 0 and self.says("applies-head", self.heads[required]):
            words = self.dialect.required
            if not share(self.cells("required"), lambda text: fold(text) in words):
                self.columns["applies"] = self.columns.pop("required")
        self.find_types()

    @property
    def named(self) -> str:
        """The column of names: `name`, `parameter` or none."""
        return next((c for c in ("name", "parameter") if c in self.columns), "")

    def share_of_names(self) -> float:
        """The share of names in their column, however deep they stand."""
        nesting = self.dialect.nesting

        def test(text: str) -> bool:
            at = strip_levels(text, nesting.level)[1] if nesting else 0
            return is_name(text[at:])

        return share(self.cells(self.named), test)

    def is_weak(self) -> bool:
        """Whether the head of the names says nothing of what is named."""
        return self.says("weak-name", self.heads[self.columns[self.named]])

    def is_layout(self) -> bool:
        """Whether the table lays out bytes."""
        return any(self.says("layout-head", head) for head in self.heads)

    def as_placed(self) -> Verdict | None:
        """A table that says where each is sent: path, query, header."""
        if "place" in self.columns and self.named:
            return Verdict("parameters", "a column says where each is sent")
        return None

    def as_typed(self) -> Verdict | None:
        """A column of names and one of types."""
        if not self.named or "type" not in self.columns:
            return None
        if not self.are_types():
            self.against = "what stands in its column of types is no type"
            return None
        return self.rows_of(f"its header has {self.named} and type")

    def are_types(self) -> bool:
        """Whether nothing in the column of types speaks against it: numbers are values, not types."""
        types = self.cells("type")
        if types and share(types, is_number) > 0.5:
            return False
        return not types or share(types, lambda text: self.says("no-type", text)) < 1

    def as_required(self) -> Verdict | None:
        """A column of names and one that says what is required, and more of them."""
        wide = len(self.table.header) >= 3
        told = {"required", "cardinality", "optional"} & self.columns.keys()
        if not self.named or not told or not wide:
            return None
        if "value" in self.columns and not self.is_sent():
            return None
        if self.table.rows and self.share_of_names() < 0.5:
            self.against = "what stands in its column of names is no name"
            return None
        return self.rows_of(f"its header has {self.named} and required")

    def as_value_typed(self) -> Verdict | None:
        """A column of values that are types, or sentences about the value."""
        if not self.named or "value" not in self.columns or "type" in self.columns:
            return None
        cells = self.cells("value")
        words = self.dialect.words
        typed = sum(1 for cell in cells if is_type(cell, words))
        numbers = share(cells, is_number)
        constants = share(self.cells(self.named), is_constant) > 0.5
        if cells and typed * 2 > len(cells) and not numbers and not constants:
            self.columns["type"] = self.columns.pop("value")
            return self.rows_of("what stands in its column of values are types")
        bare = "description" not in self.columns and not self.is_weak()
        keys = share(self.cells(self.named), is_key) >= 0.8
        if cells and bare and keys and share(cells, is_prose) > 0.5:
            self.columns["description"] = self.columns.pop("value")
            return self.rows_of("its column of values describes them")
        if self.is_sent():
            return self.rows_of("")
        return None

    def is_valued(self) -> bool:
        """Whether the heading says that values are listed."""
        return self.says("value-heading", self.title)

    def as_enum(self) -> Verdict | None:
        """A list of values."""
        if self.is_sent() and not self.is_valued():
            return None
        found = find_values(
            self.table, self.columns, self.place, self.dialect, self.linked
        )
        if found is None:
            if "value" in self.columns:
                self.against = "its header has value, but nothing says that its rows are the values of a field"
            return None
        self.columns = found.columns
        return Verdict("enum", found.reason)

    def as_members(self) -> Verdict | None:
        """A first column of quoted values and of types: one of them is what the heading names."""
        texts = [plain_text(cell.text) for cell in read_column(self.table, 0)]
        rest = [text for text in texts if not _QUOTED.fullmatch(text)]
        types = self.dialect.words.types
        if len(texts) - len(rest) < 2 or not rest or any(t not in types for t in rest):
            return None
        return Verdict("types", "its first column holds values and types")

    def as_untyped(self) -> Verdict | None:
        """Names with descriptions and no more, where nothing says that they are something else than fields."""
        if not self.named or "description" not in self.columns or not self.table.rows:
            return None
        names = self.cells(self.named)
        if self.columns[self.named] != 0 or self.share_of_names() < 0.8:
            self.against = "what stands in its first column is no name"
            return None
        why = f"its header has {self.named} and description"
        if self.is_sent():
            return self.rows_of(why)
        if share(names, is_constant) > 0.3:
            self.against = "its names are written as constants are"
            return None
        if self.says("no-field-heading", self.title):
            title = self.place.section.title
            self.against = f'the heading "{title}" says that they are no fields'
            return None
        if self.is_weak() and self.says("argument-title", self.title):
            title = self.place.section.title
            return Verdict("parameters", f'the heading "{title}" says so')
        if self.is_weak() and not self.is_announced():
            self.against = f"{why}, but nothing says what is named"
            return None
        return self.rows_of(why)

    def is_announced(self) -> bool:
        """Whether the text before the table speaks of fields."""
        return self.says("field-text", lead_text(self.place))

    def rows_of(self, why: str) -> Verdict:
        """Fields, or parameters where something says that they are sent in an URL or a header."""
        sent = self.is_sent()
        if sent:
            return Verdict("parameters", f"{why}, and {sent}" if why else sent)
        return Verdict("fields", why)

    def is_sent(self) -> str:
        """What says that the rows are parameters; empty where nothing does."""
        if not self.named:
            return ""
        head = self.heads[self.columns[self.named]]
        if self.says("parameter-head", head):
            return f'the head "{head}" says that they are parameters'
        title = self.place.section.title
        captions = [text for text, marked in find_captions(self.place) if marked]
        for text in (*captions, title):
            words = fold(text)
            if self.says("parameter-heading", words):
                return f'the heading "{text}" says that they are parameters'
            if self.says("body-heading", words):
                return ""
        if self.named == "parameter":
            return f'the head "{head}" says that they are parameters'
        if self.is_weak() and self.says("argument-heading", self.title):
            return f'the heading "{title}" says that they are parameters'
        lead = lead_text(self.place)
        bare = self.is_weak() and self.says("argument-heading", fold(lead))
        if bare or self.says("parameter-text", lead):
            return "the text before it speaks of parameters"
        return ""
