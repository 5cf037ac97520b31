"""The rule of examples: each JSON or YAML block near a model that matches it is held against the schema."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import Field
from generator.lint.context import Context
from generator.lint.match import (
    MIN_SHARE,
    NOTHING_NEAR,
    Match,
    Near,
    find_matches,
    near_models,
)
from generator.lint.mend import Found
from generator.lint.pages import Example, Unread, find_examples
from generator.lint.validate import Validator
from generator.read.blocks import Fence
from generator.read.nodes import Node


def check_examples(context: Context) -> Iterator[Found]:
    """What examples say otherwise than tables. What cannot be parsed is told, too."""
    for page in context.pages:
        text = context.texts[page.file]
        if "{" not in text and "```" not in text and "~~~" not in text:
            continue
        lines = text.splitlines()
        for example in find_examples(page, text):
            if isinstance(example, Unread):
                error = example.error
                place = _place(
                    page.file, example.fence, lines, error.line, error.column
                )
                message = f"the example cannot be read: {error.message}"
                yield Found(Diagnostic(place, "unread-example", message))
            else:
                yield from _check(example, lines, context)


def _check(example: Example, lines: list[str], context: Context) -> Iterator[Found]:
    file = example.page.file

    def row(field: Field) -> str:
        return context.line(field.span)

    validator = Validator(
        context.by_key,
        example.is_elided,
        row,
        context.sometimes,
        context.shape,
        context.remarks,
    )
    for node in example.parsed.nodes:
        for match in _matches(node, example, context, validator):
            for problem in match.problems:
                if problem.key and example.is_in_variant(problem.key):
                    continue
                at = problem.node
                place = _place(file, example.fence, lines, at.line, at.column)
                diagnostic = Diagnostic(
                    place,
                    problem.code,
                    problem.message,
                    problem.hint,
                    related=(problem.documented,),
                )
                yield Found(diagnostic, problem.mend)


def _matches(
    node: Node, example: Example, context: Context, validator: Validator
) -> list[Match]:
    """The objects of an example that are of a model near to it, or of one that the text above it leads to."""
    linked = context.linked(example.page.file, example.fence.line)
    first, *outer = [*near_models(example, context.whole), NOTHING_NEAR]
    for near in (first, Near(linked, MIN_SHARE, linked=True), *outer):
        if found := list(find_matches(node, near, context.whole, validator)):
            return found
    return []


def _place(
    file: str, fence: Fence, lines: list[str], line: int, column: int
) -> SourceSpan:
    """The place in the file of a place in a block, which may be indented there."""
    number = fence.line + line - 1
    rows = fence.text.split("\n")
    shown = rows[line - 1] if line <= len(rows) else ""
    whole = lines[number - 1] if number <= len(lines) else ""
    return SourceSpan(file, number, column + max(0, whole.find(shown)))
