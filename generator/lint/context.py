"""What the rules look at: the resolved schema, and the pages that it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from generator.define.columns import find_columns
from generator.diagnostics import SourceSpan
from generator.dialect.model import Dialect
from generator.ir import Definition, Field, Model, Schema
from generator.lint.pages import Section, find_sections
from generator.lint.validate import Shape, shape_of
from generator.read.blocks import Page, Table

_EXTENDS = re.compile(
    r"\b(?:extends|extending|extended with (?!\[?specification extensions)|inherit(?:s|ed)?"
    r"|in addition to|all (?:of )?(?:the )?(?:fields|properties|attributes|keys|parameters) (?:of|from|in)"
    r"|(?:additional|other|more|further|custom) (?:fields|properties|attributes|keys|parameters))\b",
    re.IGNORECASE,
)


class Context:
    """A source that was read. `texts`: the files as they are, by their paths; `dialect`: None where there is no markdown."""

    def __init__(
        self,
        schema: Schema,
        pages: Sequence[Page],
        texts: dict[str, str],
        dialect: Dialect | None,
    ) -> None:
        self.schema = schema
        self.pages = pages
        self.texts = texts
        self.dialect = dialect
        self.by_key: dict[str, Definition] = {d.key: d for d in schema.definitions}
        self.models = [d for d in schema.definitions if isinstance(d, Model)]
        self._shapes: dict[str, Shape] = {}

    @cached_property
    def lines(self) -> dict[str, list[str]]:
        """The lines of each file."""
        return {file: text.splitlines() for file, text in self.texts.items()}

    def line(self, span: SourceSpan) -> str:
        """The line of a place, or nothing."""
        lines = self.lines.get(span.file, [])
        return lines[span.line - 1] if 0 < span.line <= len(lines) else ""

    def shape(self, model: Model) -> Shape:
        """What is known of the keys of a model."""
        if model.key not in self._shapes:
            self._shapes[model.key] = shape_of(
                model, self.variants(model), self.extends(model)
            )
        return self._shapes[model.key]

    def variants(self, model: Model) -> list[Model]:
        """The models whose names end with that of this model: `S3 Server` is a `Server`."""
        ending = f" {model.name.casefold()}"
        return [m for m in self.models if m.name.casefold().endswith(ending)]

    @cached_property
    def conditional(self) -> frozenset[tuple[str, int]]:
        """The rows (file, line) with something in a column that the dialect does not know, such as `Applies to`: it may say when there is the field."""
        found = set()
        for page in self.pages if self.dialect else ():
            for table in page.blocks:
                if isinstance(table, Table) and self.dialect:
                    known = set(find_columns(table, self.dialect).values())
                    for row in table.rows:
                        rest = [c for i, c in enumerate(row) if i not in known]
                        if any(cell.text.strip("-– ") for cell in rest):
                            found.add((page.file, row[0].line))
        return frozenset(found)

    @cached_property
    def owners(self) -> dict[tuple[str, int], list[tuple[Model, Field]]]:
        """The fields that a row (file, line) documents, each with its model: several where models take over fields."""
        found: dict[tuple[str, int], list[tuple[Model, Field]]] = {}
        for model in self.models:
            for field in model.fields:
                place = field.span.file, field.span.line
                found.setdefault(place, []).append((model, field))
        return found

    @cached_property
    def sections(self) -> dict[str, list[Section]]:
        """The sections of each page."""
        return {
            page.file: find_sections(page, len(self.lines[page.file]))
            for page in self.pages
        }

    def extends(self, model: Model) -> bool:
        """Whether the section of a model says that it has keys of something else, or others."""
        around = [
            section
            for section in self.sections.get(model.span.file, ())
            if section.first <= model.span.line <= section.last
        ]
        if not around:
            return False
        lines = self.lines[model.span.file][around[-1].first - 1 : around[-1].last]
        texts = (line for line in lines if not line.lstrip().startswith("|"))
        return any(_EXTENDS.search(text) for text in texts)
