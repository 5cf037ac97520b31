"""One change between two schemas: data."""

from __future__ import annotations

from hashlib import sha256

from generator.comparison.rules import RULES, Level
from generator.diagnostics import SourceSpan
from generator.light import NamedTuple, record


class Difference(NamedTuple):
    """A change of a type or of facts, of which only the rule and the values are known yet.

    `part`: what it is about: the value itself (empty), its `items`, its `values`, or those of these: `items.values`.
    """

    rule: str
    old: str = ""
    new: str = ""
    part: str = ""


@record(frozen=True, slots=True)
class Change:
    """A change. `model`: the key of the definition, the new one where it has one; `field`: empty where the definition itself has changed.

    `old` and `new` are texts: types in fieldgen's notation, values as JSON, descriptions as documented; empty where there is none.
    `part` as in `Difference`. `guess`: why we think that something was renamed; empty where it is no guess. `near`: the place in the new
    docs that has most to do with it: that of the definition, if the field is gone; None if all is gone.
    """

    rule: str
    model: str
    field: str
    old: str
    new: str
    old_span: SourceSpan | None
    new_span: SourceSpan | None
    message: str
    part: str = ""
    guess: str = ""
    near: SourceSpan | None = None

    @property
    def fingerprint(self) -> str:
        """12 hex digits of what has changed. Places are not in it: an edit that only moves lines keeps it."""
        parts = (self.rule, self.model, self.field, self.part, self.old, self.new)
        return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:12]

    def severity(self, audience: str = "all") -> Level:
        """How bad it is for an audience, or for the one that it is worst for."""
        return RULES[self.rule].level(audience)
