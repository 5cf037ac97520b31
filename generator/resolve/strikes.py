"""Which facts of descriptions the user wants: by their kinds, and without those that are struck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from generator.diagnostics import Diagnostic, SourceSpan

_GROUPS = {
    "readOnly": "access",
    "writeOnly": "access",
    "contentEncoding": "format",
    "enum": "enum",
    "const": "const",
    "default": "default",
    "nullable": "nullable",
    "deprecated": "deprecated",
    "format": "format",
    "pattern": "pattern",
    "requiredIf": "requiredIf",
    "examples": "examples",
    "unit": "unit",
}


class Strikes:
    """The options `facts` and `ignore-facts`. `kinds`: those that are asked for; None: all of them."""

    def __init__(self, words: Sequence[str], ignored: Sequence[str]) -> None:
        every = "all" in words
        self.kinds = None if every else frozenset(words) - {"none"}
        self.ignored = ignored
        self.used: set[str] = set()

    def allows(self, model: str, field: str, kind: str) -> bool:
        """Whether a fact is to be read. Notes which strikes have matched."""
        if self.kinds is not None and _GROUPS.get(kind, "limits") not in self.kinds:
            return False
        name = f"{model}.{field}"
        hit = [
            line
            for line in self.ignored
            if fnmatchcase(name, line) or fnmatchcase(f"{name}:{kind}", line)
        ]
        self.used.update(hit)
        return not hit

    def tell(self, report: Callable[[Diagnostic], None]) -> None:
        """Report the strikes that have matched nothing."""
        for line in self.ignored:
            if line not in self.used:
                message = f'ignore-facts: "{line}" matches no fact'
                report(Diagnostic(SourceSpan("", 0), "unused-strike", message))
