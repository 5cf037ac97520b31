"""What the tool complains about: where something stands, what is wrong with it, and the one table of all codes.

This room knows nothing of any other. A diagnostic is data; `report/` turns it into text and `cli.py` into an exit code.
"""

from __future__ import annotations

from generator.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Severity: TypeAlias = 'Literal["error", "warning", "note"]'


class SourceSpan(NamedTuple):
    """A place in the docs: `file` relative to its source (POSIX slashes), `line` and `column` from 1, in characters."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def __reduce__(self) -> tuple[type[SourceSpan], tuple[str | int, ...]]:
        # A quarter less than what pickling a named tuple takes, and processes send many.
        return SourceSpan, tuple(self)

    def within(self, text: str, at: int) -> SourceSpan:
        """The place of a character of running text that begins here, and keeps its lines."""
        before, newline, last = text[:at].rpartition("\n")
        if not newline:
            return self._replace(column=self.column + len(last))
        return self._replace(
            line=self.line + before.count("\n") + 1, column=1 + len(last)
        )


class Diagnostic(NamedTuple):
    """One finding: a code of `CODES`, its place, what is wrong and, where there is one, how to mend it.

    `related`: other places that have to do with it: what documents the opposite.
    """

    span: SourceSpan
    code: str
    message: str
    hint: str = ""
    related: tuple[SourceSpan, ...] = ()

    @property
    def severity(self) -> Severity:
        """What the table says of this code."""
        from generator.codes import CODES  # who finds nothing needs no table

        return CODES[self.code].severity


class RulesError(ValueError):
    """A user's file of rules for descriptions that cannot be used."""


def suggest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A hint `did you mean "…"?` with the nearest known word, or nothing."""
    from difflib import (
        get_close_matches,
    )  # 15 ms to import, and only bad input needs it

    near = get_close_matches(word, known, n=1, cutoff=0.7)
    return f'did you mean "{near[0]}"?' if near else ""
