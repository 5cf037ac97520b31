"""Changes that the user has accepted: by fingerprint, or by rule and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from generator.comparison.change import Change
from generator.light import NamedTuple


class Acceptance(NamedTuple):
    """What is accepted. Empty parts say nothing; `rule`, `model` and `field` may hold `*` and `?`."""

    fingerprint: str = ""
    rule: str = ""
    model: str = ""
    field: str = ""
    reason: str = ""

    def covers(self, change: Change) -> bool:
        """Whether a change is what is accepted here."""
        return (
            self.fingerprint in ("", change.fingerprint)
            and (not self.rule or fits(self.rule, change.rule))
            and (not self.model or fits(self.model, change.model))
            and (not self.field or fits(self.field, change.field))
        )

    def __str__(self) -> str:
        names = ("fingerprint", "rule", "model", "field")
        said = zip(names, self, strict=False)
        return ", ".join(f'{name} = "{value}"' for name, value in said if value)


def apply_accepted(
    changes: Iterable[Change], accepted: Sequence[Acceptance]
) -> tuple[list[Change], list[tuple[Change, Acceptance]], list[Acceptance]]:
    """What is left of the changes, what is accepted (and by what), and what is accepted but does not occur."""
    left: list[Change] = []
    taken: list[tuple[Change, Acceptance]] = []
    used: set[int] = set()
    for change in changes:
        found = [number for number, row in enumerate(accepted) if row.covers(change)]
        used.update(found)
        if found:
            taken.append((change, accepted[found[0]]))
        else:
            left.append(change)
    return left, taken, [r for n, r in enumerate(accepted) if n not in used]


def fits(pattern: str, name: str) -> bool:
    """Whether a name is what a pattern with `*` (any characters) and `?` (one) says."""
    return bool(_expression(pattern).fullmatch(name))


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(
        "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern), re.DOTALL
    )
