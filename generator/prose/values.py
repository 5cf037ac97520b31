"""The values that stand in a masked text: single ones, and lists of them in all ways in which people write lists."""

from __future__ import annotations

import re

from generator.light import NamedTuple, unescape
from generator.patterns import late
from generator.prose.mask import OPEN, VALUE
from generator.read.json_text import canonical, dump_json

# A number, not a part of one; two dots may stand before it: 0..9.
NUMBER = r"(?<![\w,])(?<![^.]\.)(?<!^\.)[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w]|[.,]\d)"
WORD = r"[A-Za-z0-9](?:[\w+/.-]*[\w+])?"
_ITEM = late(rf"{VALUE}|{NUMBER}|\bnull\b", re.IGNORECASE)
_ONE = rf"(?:{VALUE}|{NUMBER}|null\b)"
_BULLET = late(
    rf"(?:[:;,.]?\s*\n\s*|\s*)(?:[-–]|\d+[.)])\s+(?={_ONE})|[:;,.]?\s*\n\s*(?={VALUE})"
)
_LINE = late(r"[^\n]*")
_SPACES = late(r"[ \t]*")


class Value(NamedTuple):
    """A value of a text: what it says, where it stands, and whether code or quotes close it."""

    text: str
    start: int
    end: int
    closed: bool
    quoted: bool = False  # it is a string, whatever it says


class Values(NamedTuple):
    """A list of values, where it ends, and whether each has a line of its own. `told`: it is said what each means.

    `more`: where a further sentence stands whose values are among them.
    """

    items: tuple[Value, ...]
    end: int
    lines: bool = False
    told: bool = False
    more: tuple[int, int] | None = None


class Lists:
    """Reads lists of values in a language: `joins` and `means` are alternatives of patterns, as in the file of rules."""

    def __init__(self, joins: str, means: str) -> None:
        sign = rf"(?:=|:|[-–—](?=\s)|(?:{means})\b)"
        # (the default); what begins with a join goes on with the list
        after = rf"(?:\s*\((?!\s*(?:{joins})\b)[^()\n]*\))?"
        # What an item means: `0` for small, `1` for large; 0 = no, 1 = yes.
        meaning = rf"(?:\s*{sign}[^\n\x01]{{1,220}}?)?"
        join = rf"(?:[,;/|]\s*(?:(?:{joins})\b)?|(?:{joins})\b|&)"
        note = r"(?:\([^()\n]*\)\s*)?"
        self.next = late(rf"(?i){after}{meaning}\s*{join}\s*{note}(?={_ONE})")
        self.last = late(rf"(?i){after}")
        self.told = late(rf"(?i){after}(?:\s*{sign}[^\n\x01]{{1,220}}?(?=[.;)]|$))?")
        self.means = late(rf"\s*(?:{sign}|\()")
        more = rf"(?:\s*,\s*{note}{WORD}{after}(?=\s*(?:,|\.\s|\.?$|;|\)|\n|(?:{joins})\b)))*"
        self.words = late(
            rf"(?i)(?P<first>{WORD}){after}(?P<more>{more})"
            rf"(?:\s*,?\s*(?:{joins})\s+{note}(?P<last>{WORD}))?{after}\s*(?=\.(?:\s|$)|$|[;\n)])"
        )
        self.joins = late(rf"(?i)(?:{joins})")


def read_values(
    text: str, masked: str, start: int, lists: Lists, words: bool = False
) -> Values | None:
    """The list of values that begins at `start`, perhaps a single one; `words`: values may stand without code and quotes."""
    bullet = _BULLET.match(masked, start)
    if bullet:
        lines = _read_lines(text, masked, bullet)
        if lines:
            return lines
        start = bullet.end()
    blanks = _SPACES.match(masked, start)
    start = blanks.end() if blanks else start
    item = _ITEM.match(masked, start)
    if item is None or (words and not masked.startswith(OPEN, start)):
        found = _read_words(text, masked, start, lists) if words else None
        if found or item is None:
            return found
    items = [_value(text, item)]
    told = False
    while following := lists.next.match(masked, item.end()):
        item_ = _ITEM.match(masked, following.end())
        if item_ is None:
            break
        meant = lists.means.match(masked, item.end())
        numbered = meant and not items[-1].closed and "=" in meant[0]
        if numbered and not lists.means.match(masked, item_.end()):
            break  # a number in the meaning of another
        told = told or meant is not None
        item = item_
        items.append(_value(text, item))
    last = (lists.told if told else lists.last).match(masked, item.end())
    return Values(tuple(items), last.end() if last else item.end(), False, told)


def _read_lines(text: str, masked: str, bullet: re.Match[str]) -> Values | None:
    """A list with a line for each value, whatever else stands in the line."""
    items: list[Value] = []
    end = bullet.start()
    found: re.Match[str] | None = bullet
    while found and (item := _ITEM.match(masked, found.end())):
        items.append(_value(text, item))
        line = _LINE.match(masked, item.end())
        end = line.end() if line else item.end()
        found = _BULLET.match(masked, end)
    return Values(tuple(items), end, True, True) if len(items) > 1 else None


def _read_words(text: str, masked: str, start: int, lists: Lists) -> Values | None:
    match = lists.words.match(masked, start)
    if match is None or not (match["more"] or match["last"]):
        return None
    end = match.end("last") if match["last"] else match.end("more")
    items = []
    for word in re.finditer(
        WORD, re.sub(r"\([^()]*\)", _same_length, masked[start:end])
    ):
        if not lists.joins.fullmatch(word[0]):
            at = start + word.start()
            shown = text[at : start + word.end()].replace("\\", "")
            items.append(Value(shown, at, start + word.end(), False))
    return Values(tuple(items), match.end())


def _same_length(match: re.Match[str]) -> str:
    return " " * len(match[0])


def plain_value(text: str, start: int, end: int) -> Value:
    """The value that stands between two places of a text, with code or quotes around it or without."""
    closed = text[start] in "`\"'“‘<&"
    shown = text[start:end]
    if not closed:
        return Value(shown.replace("\\", ""), start, end, False)
    return Value(uncover(shown), start, end, True, is_quoted(shown))


def _value(text: str, match: re.Match[str]) -> Value:
    if match[0].startswith(OPEN):
        return plain_value(text, match.start(), match.end())
    return Value(match[0].replace("−", "-"), match.start(), match.end(), False)


def is_quoted(shown: str) -> bool:
    """Whether quotes stand around a value, perhaps in code."""
    text = unescape(shown).strip("` ")
    return text[:1] in ('"', "“", "'", "‘")


def uncover(shown: str) -> str:
    """What code or quotes hold; quotes within code are taken off, too."""
    text = shown
    if text.startswith("<code>"):
        text = text[6:-7]
    text = unescape(text)
    ticks = len(text) - len(text.lstrip("`"))
    if ticks:
        text = text[ticks:-ticks]
        text = text.strip() if text.strip() else text
        if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'":
            return text
    inner = text[1:-1]
    return inner.strip("`") if len(inner.strip("`")) == len(inner) - 2 else inner


def as_number(text: str) -> str | None:
    """A number as JSON text, without its thousands separators."""
    plain = text.replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        read = canonical(plain)
    except ValueError:
        return None
    return read if read[:1] in "-0123456789" else None


def as_kind(value: Value, kind: str) -> str | None:
    """A value as JSON text of a kind of type, or None where it is none of that kind."""
    plain = value.text
    match kind:
        case "string":
            return dump_json(plain)
        case "integer" | "number":
            number = as_number(plain)
            whole = number is not None and number.lstrip("-").isdecimal()
            return (
                number if number is not None and (whole or kind == "number") else None
            )
        case "boolean":
            low = plain.lower()
            return low if low in ("true", "false") else None
        case "any":
            number = None if value.quoted else as_number(plain)
            low = "" if value.quoted else plain.lower()
            return number or (low if low in ("true", "false") else dump_json(plain))
        case _:
            try:
                read = canonical(plain)
            except ValueError:
                return None
            return (
                read
                if read[:1] == {"list": "[", "object": "{", "map": "{"}.get(kind)
                else None
            )
