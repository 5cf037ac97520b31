"""What became of each table: `fieldgen ir --tables` lists it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.light import NamedTuple


class Verdict(NamedTuple):
    """What a table is (`keys.TABLES`), and why."""

    kind: str
    reason: str


class Account(NamedTuple):
    """A table of a page: the line of its header row, what it is, why, and the definition that it belongs to (empty: none)."""

    file: str
    line: int
    kind: str
    reason: str
    model: str


def explain(kind: str, columns: Mapping[str, int]) -> str:
    """Why a table is what it is, where its header alone tells."""
    found = " and ".join(columns)
    if kind == "other":
        what = f"only {found}" if found else "no column"
        return f"{what} of a field table is in its header"
    return f"its header has {found}"
