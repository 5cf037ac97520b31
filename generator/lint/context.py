"""What the rules look at: the resolved schema, and the pages that it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from generator.define.columns import find_columns
from generator.diagnostics import SourceSpan
from generator.dialect.model import Dialect
from generator.ir import Definition, Field, Model, Ref, Schema
from generator.lint.pages import Section, find_sections
from generator.lint.remarks import (
    Remarks,
    read_remarks,
    tells_when,
    texts_above,
    texts_on,
)
from generator.lint.validate import Shape, shape_of
from generator.read.blocks import Page, Table
from generator.read.inline import parse_inline

_KEYS = r"(?:fields|properties|attributes|keys|parameters)"
# "Extends [Ship](#ship)", "inherits its fields", "and all fields of a ship": what is extended stands right behind, and is a link, code or keys.
_EXTENDS = re.compile(
    rf"\b(?:extends|extending|inherit(?:s|ed)?(?: from)?|in addition to)\b(?: [\w*]+){{0,3}}? [*_]*(?:\[|`|{_KEYS}\b)"
    rf"|{_KEYS} (?:is|are) inherited\b"
    rf"|\bextended with (?!\[?specification extensions)"
    rf"|\b(?:all (?:of )?(?:the )?{_KEYS} (?:of|from|in)|(?:additional|other|more|further|custom) {_KEYS})\b",
    re.IGNORECASE,
)


_RETURNS = re.compile(
    r"\b(?:returns?|responds?|responses?|body|nested)\b", re.IGNORECASE
)


class Context:
    """A source that was read. `texts`: the files as they are, by their paths; `dialect`: None where there is no markdown.

    `find`: the definition that a link of a file leads to.
    """

    def __init__(
        self,
        schema: Schema,
        pages: Sequence[Page],
        texts: dict[str, str],
        dialect: Dialect | None,
        find: Callable[[str, Ref], Definition | None] = lambda *_: None,
    ) -> None:
        self.find = find
        self.schema = schema
        self.pages = pages
        self.texts = texts
        self.dialect = dialect
        self.by_key: dict[str, Definition] = {d.key: d for d in schema.definitions}
        self.models = [d for d in schema.definitions if isinstance(d, Model)]
        self.by_file = {page.file: page for page in pages}
        self._shapes: dict[str, Shape] = {}
        self._remarks: dict[str, Remarks] = {}

    def linked(self, file: str, line: int) -> list[Model]:
        """The models that the text above a block of code leads to: "Returns an [order](#order)". The innermost heading with such a text counts."""
        page = self.by_file[file]
        for texts in reversed(texts_above(page, line)):
            told = (text for text in texts if _RETURNS.search(text))
            runs = (run for text in told for run in parse_inline(text, page.links))
            links = {Ref(run.text, run.url): None for run in runs if run.url}
            found = (self.find(file, link) for link in links)
            models = [d for d in found if isinstance(d, Model)]
            if models:
                return list(dict.fromkeys(models))
        return []

    @cached_property
    def whole(self) -> list[Model]:
        """The models without those of references to a part of one: these stand nowhere in the docs."""
        called = {(model.span, f"partial {model.name}") for model in self.models}
        return [m for m in self.models if (m.span, m.name) not in called]

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

    def remarks(self, model: Model) -> Remarks:
        """What the text around the table of a model says of its fields."""
        if model.key not in self._remarks:
            page = self.by_file.get(model.span.file)
            first = model.fields[0].span if model.fields else model.span
            same = first.file == model.span.file
            line = first.line if same else model.span.line
            above = texts_above(page, line) if page else []
            texts = [text for some in above for text in some]
            if page:
                texts += texts_on(page, model.anchors)
            names = (field.name for field in model.fields)
            self._remarks[model.key] = read_remarks(texts, names)
        return self._remarks[model.key]

    def sometimes(self, field: Field) -> bool:
        """Whether a column or the description of a field says, or may say, when there is the field."""
        place = field.span.file, field.span.line
        return place in self.conditional or tells_when(field)
