"""How far long work is, on a terminal: one line that is written over, after a second, and gone at the end."""

from __future__ import annotations

import sys
from time import monotonic

_PATIENCE = 1.0  # seconds before anything is shown
_PACE = 0.1  # between two looks at it


class Progress:
    """Called with what is done, how much of it, and of how much. Says nothing where nobody looks on."""

    def __init__(self, name: str, quiet: bool = False) -> None:
        self.name = name
        self.shown = False
        self.on = sys.stderr.isatty() and not quiet
        self.next = monotonic() + _PATIENCE

    def __call__(self, what: str, done: int, total: int) -> None:
        if not self.on or monotonic() < self.next:
            return
        self.next = monotonic() + _PACE
        self.shown = True
        sys.stderr.write(f"\r\x1b[K{self.name}: {done} of {total} {what}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = False
