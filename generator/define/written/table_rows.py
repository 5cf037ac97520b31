"""What a page says of the rows of its tables besides the rows, and what the rows of a table become."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from generator.define.columns import find_columns
from generator.define.nesting import Subject as Whole
from generator.define.subject import Subject
from generator.define.written.nested import Nest, is_pathed, read_nest
from generator.define.written.outline import Place
from generator.define.written.rows import WrittenRows
from generator.define.written.sentences import (
    read_legends,
    read_told,
    texts_around,
)
from generator.define.written.unmarked import are_required, tally_page
from generator.diagnostics import SourceSpan
from generator.dialect.model import Dialect
from generator.ir import Definition
from generator.read.blocks import Page, Table
from generator.read.inline import plain_text


class TableRows:
    """The rows of one page's field tables."""

    def __init__(self, page: Page, dialect: Dialect, rows: WrittenRows) -> None:
        self.page = page
        self.dialect = dialect
        self.rows = rows
        rows.unmarked = dialect.required_default or are_required(
            tally_page(page, dialect)
        )
        self.legends = read_legends(page, dialect.table_text)

    def prepare(self, place: Place, above: Iterable[str]) -> None:
        """Note what the text around a table says of its fields, and that of the sections above whose part it is."""
        texts = (*above, *texts_around(place))
        self.rows.told = read_told(texts, self.dialect.table_text, self.legends)

    def take(self, subject: Subject, known: int, line: int) -> list[Definition]:
        """Put the rows of the table at a line, which stand behind the `known` fields of a subject, where they belong; gives the models of their parts."""
        fields = subject.fields or []
        rows = fields[known:]
        if len(rows) != len(self.rows.depths):
            return []
        heading = subject.heading
        span = SourceSpan(self.page.file, heading.line, heading.column)
        whole = Whole(subject.name, span, f"{line}:{subject.name}")
        nest: Nest = read_nest(
            rows, self.rows.depths, whole, self.dialect, self.pathed, self.rows.report
        )
        subject.fields = [*fields[:known], *nest.fields]
        subject.patterned = (*subject.patterned, *nest.patterned)
        subject.rest = nest.rest if nest.rest is not None else subject.rest
        return nest.inner

    @cached_property
    def pathed(self) -> bool:
        """Whether a table of the page shows that names are paths."""
        nesting = self.dialect.nesting
        if nesting is None or nesting.step is None:
            return False
        step = nesting.step
        return any(
            is_pathed(names, step)
            for block in self.page.blocks
            if isinstance(block, Table)
            for names in [self.names(block)]
        )

    def names(self, table: Table) -> set[str]:
        at = find_columns(table, self.dialect).get("name", -1)
        cells = [row[at] for row in table.rows if 0 <= at < len(row)]
        return {plain_text(cell.text).rstrip("*? ") for cell in cells}
