"""The rules of tables and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.define.columns import find_columns
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.model import Dialect, fold
from generator.ir import Alias, Definition, Enum, Model, Ref, references
from generator.lint.context import Context
from generator.lint.mend import Found, Mend, decided
from generator.read.blocks import Cell, Table
from generator.read.inline import plain_text

# A description's first sentence, if it says whether the field is required and no more.
_SAYS = re.compile(
    r"\W*(?:(required|mandatory)|optional)\s*(?:[.:!;)\n]|\Z)", re.IGNORECASE
)


def check_required(context: Context) -> Iterator[Found]:
    """Rows whose required cell and whose description say the opposite."""
    if context.dialect is None:
        return
    for page in context.pages:
        for table in page.blocks:
            if isinstance(table, Table):
                yield from _check_rows(table, page.file, context, context.dialect)


def _check_rows(
    table: Table, file: str, context: Context, dialect: Dialect
) -> Iterator[Found]:
    columns = find_columns(table, dialect)
    mark, text = columns.get("required"), columns.get("description")
    if mark is None or text is None:
        return
    for row in table.rows:
        if max(mark, text) >= len(row) or not row[mark].text:
            continue
        required = dialect.required.get(fold(plain_text(row[mark].text)))
        said = _SAYS.match(plain_text(row[text].text))
        if required is None or said is None or required == bool(said[1]):
            continue
        owners = context.owners.get((file, row[0].line), [])
        if owners and all("require" in decided(field) for _, field in owners):
            continue
        message = f'the required cell says "{plain_text(row[mark].text)}", the description "{said[0].strip(" .:;)(")}"'
        diagnostic = Diagnostic(
            _span(file, row[text]),
            "contradicting-required",
            message,
            related=(_span(file, row[mark]),),
        )
        # Who must not rely on a key is right either way, so that is what an overlay says.
        mends = len(owners) == 1 and owners[0][1].required
        yield Found(diagnostic, Mend(*owners[0]) if mends else None)


def _span(file: str, cell: Cell) -> SourceSpan:
    return SourceSpan(file, cell.line, cell.column)


def check_reached(context: Context) -> Iterator[Found]:
    """Definitions that no other definition refers to. Which ones are meant to stand alone, the docs do not tell."""
    definitions = context.schema.definitions
    reached = {
        ref.name for d in definitions for ref in _references(d) if ref.name != d.key
    }
    for definition in definitions:
        if definition.key not in reached:
            message = f"no other definition refers to {definition.name}"
            yield Found(Diagnostic(definition.span, "unreferenced-definition", message))


def _references(definition: Definition) -> Iterator[Ref]:
    match definition:
        case Model(fields=fields, patterned=patterned, rest=rest):
            for field in (*fields, *patterned):
                yield from references(field.type)
            if rest is not None:
                yield from references(rest)
        case Alias(type=type_):
            yield from references(type_)
        case Enum():
            return
