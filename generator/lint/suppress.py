"""Comments that say which findings are meant to be as they are: `<!-- fieldgen: ignore CODE -->`, in YAML `# fieldgen: ignore CODE`.

Above a heading the comment speaks of the section, above a table, list or block of code of that, in a row of this row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from generator.codes import CODES
from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.light import record
from generator.read.blocks import Fence, Heading, Page

_MARKDOWN = re.compile(
    r"<!--\s*fieldgen:\s*ignore\s+([^<>]*?)\s*-->|\{/\*\s*fieldgen:\s*ignore\s+([^*]*?)\s*\*/\}"
)
_YAML = re.compile(r"#\s*fieldgen:\s*ignore\s+(.*?)\s*$")


@record(slots=True)
class Suppression:
    """A code that a comment names, the place of that, and the lines that it speaks of."""

    code: str
    span: SourceSpan
    first: int
    last: int
    used: bool = field(default=False)

    def covers(self, found: Diagnostic) -> bool:
        """Whether it speaks of a finding: by its place, or by another place that the finding names."""
        spans = (found.span, *found.related)
        return found.code == self.code and any(
            s.file == self.span.file and self.first <= s.line <= self.last
            for s in spans
        )


def suppress(
    found: Iterable[Diagnostic], suppressions: Sequence[Suppression]
) -> list[Diagnostic]:
    """The findings that no comment speaks of, and the comments that speak of none."""
    kept = []
    for diagnostic in found:
        covering = [s for s in suppressions if s.covers(diagnostic)]
        for suppression in covering:
            suppression.used = True
        if not covering:
            kept.append(diagnostic)
    for suppression in suppressions:
        if not suppression.used:
            code = suppression.code
            known = code in CODES
            message = (
                f"nothing is found here that is {code}"
                if known
                else f'there is no code "{code}"'
            )
            hint = "" if known else suggest(code, tuple(CODES))
            kept.append(
                Diagnostic(suppression.span, "unused-suppression", message, hint)
            )
    return kept


def markdown_suppressions(page: Page, text: str) -> Iterator[Suppression]:
    """The comments of a page. What stands in a block of code is an example."""
    if "fieldgen:" not in text:
        return
    lines = text.splitlines()
    code = {
        number
        for block in page.blocks
        if isinstance(block, Fence)
        for number in range(block.line, block.line + block.text.count("\n") + 1)
    }
    for number, line in enumerate(lines, 1):
        if number in code:
            continue
        for match in _MARKDOWN.finditer(line):
            alone = not _MARKDOWN.sub("", line).strip()
            first, last = _reach(page, lines, number) if alone else (number, number)
            group = 1 if match[1] is not None else 2
            yield from _codes(match, group, page.file, number, first, last)


def yaml_suppressions(file: str, text: str) -> Iterator[Suppression]:
    """The comments of a YAML file: at the end of a line, or above one, whose deeper lines belong to it."""
    if "fieldgen:" not in text:
        return
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _YAML.search(line)
        if match is None:
            continue
        last = number
        if not line[: match.start()].strip():
            last = min(number + 1, len(lines))
            depth = _depth(lines[last - 1])
            while last < len(lines) and (
                not lines[last].strip() or _depth(lines[last]) > depth
            ):
                last += 1
        yield from _codes(match, 1, file, number, number, last)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _codes(
    match: re.Match[str], group: int, file: str, number: int, first: int, last: int
) -> Iterator[Suppression]:
    for word in re.finditer(r"[^\s,]+", match[group]):
        column = match.start(group) + word.start() + 1
        yield Suppression(word[0], SourceSpan(file, number, column), first, last)


def _reach(page: Page, lines: Sequence[str], number: int) -> tuple[int, int]:
    """The lines that a comment on a line of its own speaks of."""
    first = number + 1
    while first <= len(lines) and (
        not lines[first - 1].strip() or _MARKDOWN.match(lines[first - 1].strip())
    ):
        first += 1
    headings = [block for block in page.blocks if isinstance(block, Heading)]
    heading = next((h for h in headings if h.line == first), None)
    if heading is not None:
        after = (
            h.line for h in headings if h.line > first and h.level <= heading.level
        )
        return number, next(after, len(lines) + 1) - 1
    fence = next(
        (b for b in page.blocks if isinstance(b, Fence) and b.line == first + 1), None
    )
    if fence is not None:
        return number, fence.line + fence.text.count("\n") + 1
    last = first
    while last < len(lines) and lines[last].strip():
        last += 1
    return number, last
