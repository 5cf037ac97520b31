"""What a pass may know besides the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from generator.diagnostics import Diagnostic
from generator.dialect.model import Dialect
from generator.ir import Schema
from generator.light import record
from generator.options import Options
from generator.read.blocks import Page

if TYPE_CHECKING:
    from generator.overlay import Line


Share: TypeAlias = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""What lets several processes do work: as `map`, it gives what a function gives for each item, in their order."""


@record(frozen=True, slots=True)
class Context:
    """`files`: all files of the source, also those that document nothing. `folder`: the folders that the source stands in, as far as known.
    `undocumented`: links to nowhere mean types that are documented elsewhere. `nearest`: links to a name that stands several times
    in a file mean the one below the same headings. `by_value`: members of unions may be called by a value of theirs.
    `pages` and `dialect`: of docs that are written by hand, whose links need both.
    `overlay`: what the user says against the docs. `rules`: the text of the user's rules for descriptions. `share`: if there are others to
    do some of the work.
    """

    options: Options
    files: frozenset[str] = frozenset()
    folder: str = ""
    undocumented: bool = False
    nearest: bool = False
    by_value: bool = False
    pages: tuple[Page, ...] = ()
    dialect: Dialect | None = None
    overlay: tuple[Line, ...] = ()
    rules: str = ""
    share: Share | None = None


Pass: TypeAlias = Callable[[Schema, Context, Callable[[Diagnostic], None]], Schema]
