"""Values that a further sentence adds to a list: `In later versions, can also be ...`."""

from __future__ import annotations

from generator.patterns import late
from generator.prose.text import Text
from generator.prose.values import Values, read_values

_ENDS = late(r"\s*(?:$|[.;)\n])")


def with_later(text: Text, values: Values) -> Values:
    """The values together with those that a further sentence of the text adds to them."""
    for match in text.rules.later.compiled.finditer(text.masked, values.end):
        more = read_values(text.text, text.masked, match.end(), text.rules.lists)
        if more and _ENDS.match(text.masked, more.end):
            items = (*values.items, *more.items)
            return values._replace(items=items, more=(match.start(), more.end))
    return values
