"""Rows of tables that people write: several names in a cell, remarks beside names, words for required, rows that are no fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.define.columns import read_rows
from generator.define.nesting import strip_levels
from generator.define.tables import Row, RowReader, read_shown
from generator.define.written.dividers import Divider, place_below
from generator.define.written.kinds import limit_to_kinds
from generator.define.written.leads import mark_names
from generator.define.written.sentences import NOTHING_TOLD, Told
from generator.diagnostics import suggest
from generator.dialect.marks import Facts, Stated
from generator.dialect.model import fold
from generator.ir import (
    ANY,
    NULL,
    Fact,
    Field,
    ListOf,
    Ref,
    TypeRef,
    map_type,
    one_of,
)
from generator.read.blocks import Cell, Table
from generator.read.inline import is_struck, parse_inline, plain_text
from generator.read.json_text import dump_json, parse_json

_PLAIN = re.compile(r"[\w$@.:-]+")
_NAME = re.compile(r"[\w$@.\-:\[\]{}<>*/^]*[\w\]}>*][?*]*")
_NAMES = re.compile(r"`([^`]+)`")
_BRACKETED = re.compile(
    r"\A\[`([\w$@.-]+)`\]\Z"
)  # usage lines show so what may be left out
_BOLD = re.compile(r"[*_]{2}[^*_].*[*_]{2}")
_BROKEN = re.compile(r"[_.\-/]\n|\n[_.\-/]|(?<=[a-z0-9])\n(?=[A-Z][a-z])")
_MANY = re.compile(r"(?:[*+]|\b[nm])\W*$|many|more|multiple", re.IGNORECASE)
_PARTED = re.compile(r"[\s,;、，]")
_MARKUP = re.compile(r"\[([^\]\[]+)\](?:\([^()\s]*\)|\[[^\]]*\])|\*\*|__")
_BARE = re.compile(r"(`[^`]*`)|\b([a-z]+(?:[A-Z]\w*|(?:_\w+)+))\b")
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
    may_lack: bool | None = None  # what a column says of whether it is optional
    said: str = ""  # what its cell says of whether it is required
    typed: bool = True  # the table has a column for types
    applies: Stated | None = None  # the cases of the required field that is read

    def read_fields(self, table: Table, columns: dict[str, int]) -> list[Field]:
        """The fields of a field table, in their order."""
        self.rest, self.bases = None, []
        self.depths: list[int] = []
        if "name" not in columns and "parameter" in columns:
            columns = {**columns, "name": columns["parameter"]}
        fields: list[Field] = []
        self.typed = "type" in columns
        at = columns.get("name", -1)
        rows = tuple(row for row in table.rows if not self.is_no_row(row, at))
        dividers = self.read_dividers(table, rows, at)
        table = table._replace(rows=rows)
        for row in read_rows(table, columns, self.dialect, self.complain):
            self.mend(row, columns, len(table.header))
            for one, depth in self.part(row):
                read = self.read_field(one)
                if read is not None:
                    fields.append(read)
                    self.depths.append(depth)
        untold = sum(field.type == ANY for field in fields)
        if untold and not self.typed:
            message = f"the table has no column for types: {untold} of its fields {'is' if untold == 1 else 'are'} kept as Any"
            self.complain(table.header[0], "missing-type", message)
        self.typed = True
        evidence = self.dialect.evidence
        if dividers and any(self.depths):
            fields, self.depths = place_below(
                fields,
                self.depths,
                dividers,
                evidence.get("choice-row"),
            )
        return limit_to_kinds(fields, evidence.get("row-kind"))

    def read_dividers(
        self, table: Table, rows: Sequence[Sequence[Cell]], at: int
    ) -> list[Divider]:
        """The rows of a table that are no fields, but titles of those below them. `rows`: its fields; `at`: where names stand."""
        if len(rows) == len(table.rows) or at < 0:
            return []
        nesting, known = self.dialect.nesting, {row[0].line for row in rows if row}
        found = []
        for row in table.rows:
            text = plain_text(row[at].text) if at < len(row) else ""
            if " " in text and row[0].line not in known:
                depth, begin = strip_levels(text, nesting.level) if nesting else (0, 0)
                found.append(Divider(text[begin:], depth, self.span(row[at])))
        return found

    def read_type(self, row: Row, name: str, facts: Facts) -> TypeRef:
        if self.typed or "type" in row or facts.constant is not None:
            return super().read_type(row, name, facts)
        self.stated = ()
        cell, leads = row.get("description"), self.dialect.evidence.get("type-lead")
        match = leads.match(cell.text) if cell and leads else None
        if cell is None or match is None:
            return ANY  # one finding for the table is enough
        lead = Cell(match["type"], cell.line, cell.column + match.start("type"))
        type_ = super().read_type({**row, "type": lead}, name, facts)
        return map_type(type_, _unless_defined)

    def is_no_row(self, row: Sequence[Cell], at: int) -> bool:
        """Whether a row, whose name stands in cell `at`, documents nothing: it is empty, stands for more rows, or is a title of those below it."""
        cell = row[at] if 0 <= at < len(row) else None
        text = plain_text(cell.text) if cell else ""
        if text and self.dialect.no_rows and self.dialect.no_rows.fullmatch(text):
            return True
        if any(other.text and other is not cell for other in row):
            return False
        if cell is None or not text:
            return True
        coded = any(run.code for run in parse_inline(cell.text))
        return not coded and (" " in text or cell.text[0] in "*_<")

    def mend(self, row: Row, columns: dict[str, int], width: int) -> None:
        """Put the cells of a row in their columns that lacks the one that says whether it is required."""
        at = columns.get("required", -1)
        cell = row.get("required")
        last = max(columns, key=lambda column: columns[column])
        if (
            cell is None
            or last in row
            or last == "required"
            or columns[last] != width - 1
        ):
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
        if _PLAIN.fullmatch(text) and "*" not in cell.text and "&" not in cell.text:
            yield {**row, "name": cell._replace(text=text)}, 0
            return
        nesting = self.dialect.nesting
        text = _BRACKETED.sub(r"`\1?`", cell.text)
        text = "".join(run.text for run in parse_inline(text))
        depth, at = strip_levels(text, nesting.level) if nesting else (0, 0)
        self.bold = bool(_BOLD.fullmatch(cell.text.strip()))
        for name in self.names(text[at:].strip(), cell):
            yield {**row, "name": cell._replace(text=self.unstar(name))}, depth

    def names(self, text: str, cell: Cell) -> list[str]:
        """The names in a cell; one that a line break splits is put together."""
        pattern = self.dialect.several_names
        if pattern is None or not _PARTED.search(text):
            return [text]
        runs = [run for run in parse_inline(cell.text) if run.text.strip()]
        if len(runs) > 1 and all(run.code for run in runs):
            return [run.text for run in runs]
        if sum(run.code for run in runs) < 2 and _BROKEN.search(text):
            text = text.replace("\n", "")
        parts = [part.strip() for part in pattern.split(text) if part.strip()]
        named = all(_NAME.fullmatch(part) for part in parts)
        return parts if named else [text]

    def unstar(self, name: str) -> str:
        """A name without asterisks behind it: they lead to a footnote, or mark it."""
        bare = name.rstrip("* \\")
        if not bare or bare[-1] in "./[<{:_-" and name != bare:
            return name
        self.starred = name != bare and name[len(bare) :].strip(" \\") == "*"
        return bare

    def read_field(self, row: Row) -> Field | None:
        """The field of a row, or None where the row documents none."""
        cell, limit = row.get("cardinality"), row.get("applies")
        told = row.get("required", cell)
        self.said = plain_text(told.text) if told else ""
        lacks = row.get("optional")
        self.may_lack = self.find_word(lacks)[0] if lacks and lacks.text else None
        if told is not None:
            row["required"] = told._replace(text=_MARKUP.sub(r"\1", told.text))
        read = super().read_field(row)
        place = row.get("name")
        if read is None or place is None:
            return read
        type_ = read.type
        if self.applies is not None and not is_conditional(read.facts):
            only = self.applies
            said = self.read_condition(only.value)
            fact = Fact(only.kind, said, only.words, self.span(only.cell))
            read = replace(read, facts=(*read.facts, fact))
        if limit is not None and read.required:
            read = self.limit(read, limit)
        if self.is_nullable(row, read.name):
            type_ = one_of((type_, NULL))
        if cell is not None and self.is_many(cell) and not isinstance(type_, ListOf):
            type_ = ListOf(type_)
        return replace(read, type=type_) if type_ is not read.type else read

    def limit(self, field: Field, cell: Cell) -> Field:
        """A required field that a column limits to some cases: in the others it is not."""
        everywhere = self.dialect.evidence.get("everywhere")
        words = plain_text(cell.text)
        if everywhere is None or everywhere.search(words):
            return field
        fact = Fact("requiredIf", dump_json(words), words, self.span(cell))
        return replace(field, required=False, facts=(*field.facts, fact))

    def is_nullable(self, row: Row, name: str) -> bool:
        """Whether the row's column or the text around the table says that the field may be null."""
        cell = row.get("nullable")
        said = self.find_word(cell)[0] if cell and cell.text else None
        return said if said is not None else self.told.is_nullable(name)

    def is_many(self, cell: Cell) -> bool:
        """Whether a cardinality says that there may be several."""
        return bool(_MANY.search(plain_text(cell.text)))

    def read_name(self, cell: Cell) -> tuple[str, bool]:
        """The name in a cell, which holds nothing else any more, and whether it was struck through."""
        return cell.text, self.struck

    def read_required(self, cell: Cell | None, name: str, facts: Facts) -> bool:
        """Whether a field is required, whatever the case is: one that is there in some cases only is not."""
        required = self.find_required(cell, name, facts)
        self.applies = facts.applies if required else None
        return required and facts.applies is None

    def find_required(self, cell: Cell | None, name: str, facts: Facts) -> bool:
        """What is said of whether a field is required: by its cell, by a mark, by the text around the table, or as fields are that do not tell."""
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
        said = facts.required if self.may_lack is None else not self.may_lack
        if self.unmarked and facts.required_in == "description" and not said:
            said = None if is_conditional(facts.stated) else said
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

    def find_word(self, cell: Cell) -> tuple[bool | None, str]:
        """What a cell says (None: it is no known word), and the word in it."""
        for word in (fold(cell.text), fold(plain_text(cell.text))):
            if word in self.dialect.required:
                return self.dialect.required[word], word
        bare = _FOOTNOTE.sub("", word.strip("`*_ ")).strip("`*_ ")
        return self.dialect.required.get(bare), word

    def read_condition(self, words: str) -> str:
        """A condition as JSON text: fields that are set or absent or have a value, or the words."""
        text = _BARE.sub(_in_ticks, mark_names(words)).strip(" .,;:)")
        for row in self.dialect.conditions:
            match = row.matches.fullmatch(text)
            names = _NAMES.findall(match["names"]) if match else []
            if match is None or not all(map(_PLAIN.fullmatch, names)) or not names:
                continue  # "the kind of drive" leads somewhere, but is no field
            if row.says != "equals":
                said = names[0] if len(names) == 1 else names
                return dump_json({row.says: said})
            shown = _NAMES.findall(match["values"]) or [match["values"]]
            values = [parse_json(read_shown(value)) for value in shown]
            if len(values) == 1:
                return dump_json({"field": names[0], "equals": values[0]})
            return dump_json({"field": names[0], "in": values})
        return dump_json(words)


def is_conditional(facts: Iterable[Fact | Stated]) -> bool:
    """Whether one of them says that a field is required in some cases."""
    return any(fact.kind == "requiredIf" for fact in facts)


def _unless_defined(ref: Ref) -> Ref:
    """What a description calls something is a type if the docs define it; else it is only a word."""
    return ref if ref.url or ref.fallback else replace(ref, fallback=ANY)


def _in_ticks(match: re.Match[str]) -> str:
    return match[1] or f"`{match[2]}`"
