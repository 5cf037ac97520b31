"""Rows of tables that people write: several names in a cell, remarks beside names, words for required, rows that are no fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from generator.define.columns import read_rows
from generator.define.nesting import strip_levels
from generator.define.tables import Row, RowReader, read_shown
from generator.define.written.leads import mark_names
from generator.define.written.sentences import NOTHING_TOLD, Told
from generator.diagnostics import suggest
from generator.dialect.marks import Facts
from generator.dialect.model import fold
from generator.ir import NULL, Field, ListOf, TypeRef, one_of
from generator.read.blocks import Cell, Table
from generator.read.inline import is_struck, parse_inline, plain_text
from generator.read.json_text import dump_json, parse_json

_PLAIN = re.compile(r"[\w$@.:-]+")
_NAME = re.compile(r"[\w$@.\-:\[\]{}<>*/^]*[\w\]}>*][?*]*")
_NAMES = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"[*_]{2}[^*_].*[*_]{2}")
_BROKEN = re.compile(r"[_.\-/]\n|\n[_.\-/]|(?<=[a-z0-9])\n(?=[A-Z][a-z])")
_FOOTNOTE = re.compile(r"(?<=\w)[\s*†‡.]+$|\s*\[\d+\]$")


class WrittenRows(RowReader):
    """Reads the rows of one page.

    `told`: what text says of the next table's fields. `unmarked`: whether fields are required of which nothing tells. `depths`: how deep
    each field of the last table stands below the one before it.
    """

    told: Told = NOTHING_TOLD
    unmarked: bool = False
    struck: bool = False  # the name of the row that is read
    starred: bool = False
    bold: bool = False
    said: str = ""  # what its cell says of whether it is required

    def read_fields(self, table: Table, columns: dict[str, int]) -> list[Field]:
        """The fields of a field table, in their order."""
        self.rest, self.bases = None, []
        self.depths: list[int] = []
        if "name" not in columns and "parameter" in columns:
            columns = {**columns, "name": columns["parameter"]}
        fields: list[Field] = []
        for row in read_rows(table, columns, self.dialect, self.complain):
            if self.is_no_row(row):
                continue
            self.mend(row, columns, len(table.header))
            for one, depth in self.part(row):
                read = self.read_field(one)
                if read is not None:
                    fields.append(read)
                    self.depths.append(depth)
        return fields

    def is_no_row(self, row: Row) -> bool:
        """Whether a row documents nothing: it is empty, stands for more rows, or is a title of those below it."""
        cell = row.get("name")
        text = plain_text(cell.text) if cell else ""
        if cell and text and (self.no_rows and self.no_rows.fullmatch(text)):
            return True
        others = [c for c in row.values() if c is not cell]
        if not others or any(plain_text(c.text) for c in others):
            return False
        if cell is None or not text:
            return True
        coded = any(run.code for run in parse_inline(cell.text))
        return not coded and (" " in text or cell.text[0] in "*_<")

    @cached_property
    def no_rows(self) -> re.Pattern[str] | None:
        return self.dialect.no_rows

    def mend(self, row: Row, columns: dict[str, int], width: int) -> None:
        """Put the cells of a row in their columns that lacks the one that says whether it is required."""
        at = columns.get("required", -1)
        cell = row.get("required")
        last = max(columns, key=lambda column: columns[column])
        if cell is None or last in row or last == "required" or columns[last] != width - 1:
            return
        if self.find_word(cell)[0] is not None or columns[last] != at + 1:
            return
        row[last] = cell
        row["required"] = cell._replace(text="")

    def part(self, row: Row) -> Iterator[tuple[Row, int]]:
        """A row for each name in its name cell, with its depth. Names are as readers see them, without marks of depth."""
        cell = row.get("name")
        if cell is None:
            yield row, 0
            return
        self.struck = is_struck(cell.text)
        self.starred = self.bold = False
        text = plain_text(cell.text)
        if _PLAIN.fullmatch(text) and "*" not in cell.text:
            yield {**row, "name": cell._replace(text=text)}, 0
            return
        nesting = self.dialect.nesting
        depth, at = strip_levels(text, nesting.level) if nesting else (0, 0)
        self.bold = bool(_BOLD.fullmatch(cell.text.strip()))
        for name in self.names(text[at:].strip(), cell):
            yield {**row, "name": cell._replace(text=self.unstar(name))}, depth

    def names(self, text: str, cell: Cell) -> list[str]:
        """The names in a cell; one that a line break splits is put together."""
        pattern = self.dialect.several_names
        if pattern is None or not pattern.search(text):
            return [text]
        runs = sum(run.code for run in parse_inline(cell.text))
        if runs < 2 and _BROKEN.search(text):
            text = text.replace("\n", "")
        parts = [part.strip() for part in pattern.split(text) if part.strip()]
        named = all(_NAME.fullmatch(part) for part in parts)
        return parts if named else [text]

    def unstar(self, name: str) -> str:
        """A name without asterisks behind it: they lead to a footnote, or mark it."""
        bare = name.rstrip("* \\")
        if not bare or bare[-1] in "./[":
            return name
        self.starred = name != bare and name[len(bare) :].strip(" \\") == "*"
        return bare

    def read_field(self, row: Row) -> Field | None:
        """The field of a row, or None where the row documents none."""
        cell = row.get("cardinality")
        told = row.get("required", cell)
        self.said = plain_text(told.text) if told else ""
        if told is not None:
            row["required"] = told._replace(text=mark_names(told.text))
        read = super().read_field(row)
        place = row.get("name")
        if read is None or place is None:
            return read
        type_ = read.type
        if self.is_nullable(row, read.name):
            type_ = one_of((type_, NULL))
        if cell is not None and self.is_many(cell) and not isinstance(type_, ListOf):
            type_ = ListOf(type_)
        return replace(read, type=type_) if type_ is not read.type else read

    def is_nullable(self, row: Row, name: str) -> bool:
        """Whether the row's column or the text around the table says that the field may be null."""
        cell = row.get("nullable")
        said = self.find_word(cell)[0] if cell and cell.text else None
        return said if said is not None else self.told.is_nullable(name)

    def is_many(self, cell: Cell) -> bool:
        """Whether a cardinality says that there may be several."""
        return bool(re.search(r"[*+nNmM]\W*$|many|more", plain_text(cell.text)))

    def read_name(self, cell: Cell) -> tuple[str, bool]:
        """The name in a cell, which holds nothing else any more, and whether it was struck through."""
        return cell.text, self.struck

    def read_required(self, cell: Cell | None, name: str, facts: Facts) -> bool:
        """Whether a field is required: by its cell, by a mark, by the text around the table, or as fields are that do not tell."""
        if facts.required is not None and facts.required_in == "required":
            return facts.required
        found = self.find_word(cell)[0] if cell and cell.text else None
        if found is not None:
            return found
        if self.said and cell:
            word = fold(self.said)
            hint = suggest(word, [known for known in self.dialect.required if known])
            message = f'"{word}" does not say whether "{name}" is required'
            self.complain(cell, "unknown-required-mark", message, hint)
            return False
        said = facts.required
        if self.unmarked and facts.required_in == "description" and not said:
            said = None if self.is_conditional(facts) else said
        if said is None and self.starred:
            said = self.told.star
        if said is None and self.told.bold is not None:
            said = self.bold == self.told.bold
        if said is None and self.told.star is not None:
            said = not self.told.star
        if said is None:
            said = self.told.is_required(name)
        if said is None:
            said = False if cell is not None else self.unmarked
        return said

    def is_conditional(self, facts: Facts) -> bool:
        """Whether a mark says that a field is required in some cases."""
        return any(fact.kind == "requiredIf" for fact in facts.stated)

    def find_word(self, cell: Cell) -> tuple[bool | None, str]:
        """What a cell says (None: it is no known word), and the word in it."""
        for word in (fold(cell.text), fold(plain_text(cell.text))):
            if word in self.dialect.required:
                return self.dialect.required[word], word
        bare = _FOOTNOTE.sub("", word.strip("`*_ ")).strip("`*_ ")
        return self.dialect.required.get(bare), word

    def read_condition(self, words: str) -> str:
        """A condition as JSON text: fields that are set or absent or have a value, or the words."""
        text = mark_names(words).strip(" .,;:")
        for row in self.dialect.conditions:
            match = row.matches.fullmatch(text)
            names = _NAMES.findall(match["names"]) if match else []
            if match is None or not names:
                continue
            if row.says != "equals":
                said = names[0] if len(names) == 1 else names
                return dump_json({row.says: said})
            shown = _NAMES.findall(match["values"]) or [match["values"]]
            values = [parse_json(read_shown(value)) for value in shown]
            if len(values) == 1:
                return dump_json({"field": names[0], "equals": values[0]})
            return dump_json({"field": names[0], "in": values})
        return dump_json(words)
