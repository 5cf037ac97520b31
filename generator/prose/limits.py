"""What a number limits: a length, a number of items or the value itself, as the kind of the type and the word behind the number tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.patterns import late
from generator.prose.rules import Rules

_ENDS = {
    "length": ("minLength", "maxLength"),
    "items": ("minItems", "maxItems"),
    "value": ("minimum", "maximum"),
}
_UNIT = late(
    r"\s*-?(?:\s*\((?:inclusive|max|min)\))?\s*(?P<unit>%|[A-Za-z][\w-]*(?:[ ][\w-]+){0,2})"
)
_WORD = late(r"\s*-?(?:%|[\w-]+)")
_TIMES = {
    "nanoseconds": 1,
    "microseconds": 1000,
    "milliseconds": 10**6,
    "seconds": 10**9,
    "minutes": 60 * 10**9,
    "hours": 3600 * 10**9,
    "days": 86400 * 10**9,
}


def unit_after(masked: str, end: int, rules: Rules) -> str:
    """The unit of the number that ends at `end`: a key of the file's `units`, `?` for another word, or nothing."""
    if rules.plain_number.compiled.match(masked[end:]):
        return ""
    match = _UNIT.match(masked, end)
    if match is None:
        return ""
    words = match["unit"].lower().split()
    for count in range(len(words), 0, -1):
        key = rules.units.get(" ".join(words[:count]))
        if key:
            return key
    for word in words[1:]:
        if rules.units.get(word) in ("length", "size"):
            return rules.units[word]
    return "?"


def unit_end(masked: str, end: int) -> int:
    """Where the first word behind a number ends."""
    match = _WORD.match(masked, end)
    return match.end() if match else end


def limited(
    kind: str, item: str, unit: str, asks: str, each: bool
) -> tuple[str, str] | None:
    """What a limit is on, and of what: (length, items or value; the part of the field). None: it cannot be said."""
    if unit == "length" or asks == "length" and kind != "list":
        if kind in ("string", "any"):
            return "length", ""
        return (
            ("length", "items")
            if kind == "list" and item == "string" and each
            else None
        )
    if kind == "list":
        if unit == "?" or not unit and asks != "needed":
            return "items", ""
        return None
    if kind in ("integer", "number", "any") and not unit and not asks:
        return "value", ""
    return None


def limit_facts(
    what: str, numbers: Mapping[str, str], kind: str
) -> Iterator[tuple[str, str]]:
    """The facts of numbers by the names of their slots."""
    low, high = _ENDS[what]
    for slot, number in numbers.items():
        if what != "value" and not number.isdecimal():
            return
        match slot.rstrip("_"):
            case "min":
                yield low, number
            case "max":
                yield high, number
            case "size":
                yield low, number
                yield high, number
            case "above" if what == "value":
                yield "exclusiveMinimum", number
            case "below" if what == "value":
                yield "exclusiveMaximum", number
            case _:
                return


def convert(number: str, unit: str, wanted: str) -> str | None:
    """A number of one unit of time in another, where both are known."""
    if unit == wanted:
        return number
    if unit in _TIMES and wanted in _TIMES and number.lstrip("-").isdecimal():
        whole, rest = divmod(int(number) * _TIMES[unit], _TIMES[wanted])
        return str(whole) if not rest else None
    return None
