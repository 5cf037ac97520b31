"""Rows of a dialect that tell of required fields in sentences: of all fields of a table, or in which case one is required."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.light import NamedTuple

TELLS = (
    "required",
    "optional",
    "nullable",
    "star-required",
    "star-optional",
    "bold-required",
    "bold-optional",
)
GROUPS = ("exclusive", "some", "one")
TESTS = ("set", "absent", "equals")


class Row(NamedTuple):
    """A row of `table-text` (says one of `TELLS`; group `except`: the fields of which it does not hold) or of `conditions` (says one
    of `TESTS` of the fields in the group `names`, `equals` with `values`), or of `group-text` (one of `GROUPS`, of these fields). Names stand in backticks, however the page marks them.
    """

    matches: re.Pattern[str]
    says: str


def read_told_rows(rows: Iterable[Mapping[str, str]]) -> tuple[Row, ...]:
    """The rows of a dialect's `table-text` or `conditions`."""
    flags = re.IGNORECASE | re.DOTALL
    return tuple(Row(re.compile(row["matches"], flags), row["says"]) for row in rows)
