"""Facts in a text: each rule whose phrase stands there, and no guard against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.prose.limits import convert, limit_facts, limited, unit_after
from generator.prose.mask import OPEN, blank, mask
from generator.prose.rules import Rule, Rules
from generator.prose.values import (
    Value,
    Values,
    as_kind,
    as_number,
    plain_value,
    read_values,
)
from generator.read.json_text import dump_json

_SENTENCE = re.compile(r"(?<=[.!?])\)?\s+(?=[^a-z\s])|;\s|\n")
_WORD = re.compile(r"\w+")
_LEAD = re.compile(r"[^\w\x01>=<≥≤-]*")


class About(NamedTuple):
    """What a text is about: a field's name, the kind of its type, that of a list's items, and the names of the fields beside it."""

    name: str
    kind: str
    item: str = ""
    siblings: frozenset[str] = frozenset()


class Found(NamedTuple):
    """A fact of a text: its kind, its value as JSON text, where its words stand, and what it is about."""

    kind: str
    value: str
    start: int
    end: int
    on: str = ""


class _Text:
    """A text with what rules need of it."""

    def __init__(self, text: str, about: About, rules: Rules) -> None:
        self.text = text
        self.low = text.lower()
        self.about = about
        self.rules = rules
        masked = mask(text)
        self.masked = _cut(masked, rules)
        self.ends = [(m.start(), m.end()) for m in _SENTENCE.finditer(self.masked)]
        self._unit: str | None = None

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence of a phrase begins and ends."""
        first = max((e for s, e in self.ends if e <= start), default=0)
        last = min((s for s, e in self.ends if s >= end), default=len(self.masked))
        return first, last

    def unit(self) -> str:
        """The unit that the text states of its field's values."""
        if self._unit is None:
            self._unit = ""
            for rule in self.rules.rules:
                if rule.says == "unit":
                    for found in _read(rule, self):
                        self._unit = found.value.strip('"')
        return self._unit


def find_facts(text: str, about: About, rules: Rules) -> list[Found]:
    """The facts that a text states of its field, in the order of their places. Two that contradict each other are none."""
    if not rules.trigger.search(text):
        return []
    seen = _Text(text, about, rules)
    found: list[Found] = []
    for rule in rules.rules:
        if rule.only and about.kind not in rule.only and not (about.kind == "list" and about.item in rule.only and (rule.says in ("values", "value") or rule.says == "fact" and rule.facts[0][0] in _ITEM_FACTS)):
            continue
        if about.kind in rule.without or not any(word in seen.low for word in rule.words):
            continue
        if rule.raw is None or rule.raw.search(text):
            found += _read(rule, seen)
    return _agree(found)


def _cut(masked: str, rules: Rules) -> str:
    """The text without its examples."""
    while match := rules.cut.search(masked):
        opened = masked.rfind("(", 0, match.start())
        inside = opened >= 0 and ")" not in masked[opened : match.start()]
        if inside:
            stop = masked.find(")", match.end())
        else:
            end = _SENTENCE.search(masked, match.end())
            stop = end.start() if end else len(masked)
        masked = blank(masked, match.start(), stop if stop >= 0 else len(masked))
    return masked


def _read(rule: Rule, text: _Text) -> Iterator[Found]:
    for match in rule.phrase.finditer(text.masked):
        end = match.end()
        values: Values | None = None
        if rule.read == "plain":
            word = _plain(text, end)
            if word is None:
                continue
            end = word.end
            values = Values((word,), end)
        elif rule.read or rule.says in ("value", "text"):
            values = read_values(text.text, text.masked, end, rule.read == "words")
            if values is None:
                continue
            end = values.end
        if _is_void(rule, text, match.start() + _lead(match[0]), end, bool(values and values.lines)):
            continue
        yield from _state(rule, text, match, end, values)


def _lead(phrase: str) -> int:
    """How many signs stand before the first word of a phrase."""
    found = _LEAD.match(phrase)
    return found.end() if found and found.end() < len(phrase) else 0


def _plain(text: _Text, start: int) -> Value | None:
    found = _PLAIN.match(text.masked, start)
    return plain_value(text.text, found.start(1), found.end(1)) if found else None


def _is_void(rule: Rule, text: _Text, start: int, end: int, lines: bool) -> bool:
    first, last = text.sentence(start, end)
    before = text.masked[first:start]
    after = "" if lines else text.masked[end:last]
    if rule.before and not rule.before.search(before):
        return True
    if rule.after and not lines and not rule.after.match(after):
        return True
    places = {
        "before": before,
        "after": after,
        "sentence": f"{before} \n {after}",
        "text": text.masked[:start] + "\n" + text.masked[end:],
        "name": text.about.name,
    }
    own = {word.lower() for word in _WORD.findall(text.about.name.replace("_", " "))}
    for guard in rule.unless:
        if guard.only and text.about.kind not in guard.only:
            continue
        if guard.matches.search(places[guard.place]):
            if guard.name in ("other-subject", "other-verb") and own & {w.lower() for w in _WORD.findall(before.replace("_", " "))[-4:]}:
                continue  # it is the field itself
            return True
    return False


def _state(rule: Rule, text: _Text, match: re.Match[str], end: int, values: Values | None) -> Iterator[Found]:
    """What a phrase that nothing speaks against says."""
    start, about = match.start() + len(match[0]) - len(match[0].lstrip()), text.about
    match rule.says:
        case "values" | "value" if values:
            yield from _values(rule, text, start, values)
        case "default":
            value = values.items[0] if values else plain_value(text.text, *match.span("plain"))
            yield from _default(text, start, end, value)
        case "limit":
            yield from _limit(rule, text, match, start)
        case "fact":
            on = "items" if about.kind == "list" and "list" not in rule.only and rule.facts[0][0] in _ITEM_FACTS else ""
            for kind, value in rule.facts:
                shown = value if value in ("true", "false") or value.isdecimal() else dump_json(value)
                yield Found(kind, shown, start, end, on)
        case "number":
            number = as_number(plain_value(text.text, *match.span("number")).text)
            if number and number.strip("0.-"):
                yield Found(rule.kind, number, start, end)
        case "text" if values and len(values.items) == 1 and values.items[0].closed:
            yield Found(rule.kind, dump_json(values.items[0].text), start, end)
        case "deprecated":
            first, last = text.sentence(start, end)
            yield Found("deprecated", "true", start, last)
        case "required-if":
            yield Found("requiredIf", dump_json(" ".join(text.text[match.start("when") : match.end("condition")].split())), start, end)
        case "unit":
            key = text.rules.units.get(match["unit"].lower(), "")
            if key and key not in ("length", "each", "bytes"):
                yield Found("unit", dump_json(key), start, match.end("unit"))


_ITEM_FACTS = ("format", "contentEncoding")


def _values(rule: Rule, text: _Text, start: int, values: Values) -> Iterator[Found]:
    about = text.about
    kind, on = (about.item, "items") if about.kind == "list" else (about.kind, "")
    if kind not in ("string", "integer", "number", "any", "boolean"):
        return
    if rule.read == "told" and not values.told:
        return
    items = [item for item in values.items if item.closed or item.text.lower() != "null"]
    if len(items) < max(rule.needs, 1) or rule.says == "value" and len(items) != 1:
        return
    if rule.says == "values" and len(items) == 1 or kind == "boolean" and rule.says == "values":
        return
    if kind == "string" and any(not item.closed and as_number(item.text) for item in items):
        return
    if not rule.siblings and any(item.text in about.siblings for item in items):
        return
    if kind == "any" and rule.says == "value" and not items[0].closed:
        return
    texts = [as_kind(item, kind) for item in items]
    if kind == "any" and any(t and t[0] != '"' for t in texts):
        texts = [as_kind(item, "number") for item in items]
    if None in texts or any(item.text.strip() != item.text or "\n" in item.text for item in items):
        return
    if any(_is_shape(item.text) for item in items):
        return
    shown = list(dict.fromkeys(t for t in texts if t is not None))
    if len(items) < len(values.items):
        yield Found("nullable", "true", start, values.end, on)
    if len(shown) == 1:
        yield Found("const", shown[0], start, values.end, on)
    else:
        yield Found("enum", "[" + ", ".join(shown) + "]", start, values.end, on)


_SHAPE = re.compile(r"[<>{}*^]|\$\{|\.\.\.|…|:$|^\$|^https?://|[xX]{3}|^.{60}|\(\)|^@")


def _is_shape(text: str) -> bool:
    """Whether a text shows how values look, and is none itself."""
    return _SHAPE.search(text) is not None


def _default(text: _Text, start: int, end: int, value: Value) -> Iterator[Found]:
    kind = text.about.kind
    shown = value.text
    number = as_number(shown)
    if not value.closed:
        if text.rules.no_value.match(shown):
            return
        if kind in ("string", "enum") and number is not None:
            return
    if kind in ("list", "object") and not value.closed:
        return
    if kind == "any" and not value.closed and number is None and shown.lower() not in ("true", "false"):
        return
    if number is not None and kind in ("integer", "number"):
        unit = unit_after(text.masked, value.end, text.rules)
        if unit:
            known = convert(number, unit, text.unit()) if unit != "?" else None
            if known is None:
                return
            number = known
        read = as_kind(Value(number, 0, 0, False), kind)
    else:
        read = as_kind(value, "string" if kind == "enum" else kind)
    if read is None or read == "null" or kind == "string" and not value.closed and not shown.isascii():
        return
    yield Found("default", read, start, value.end)


def _limit(rule: Rule, text: _Text, match: re.Match[str], start: int) -> Iterator[Found]:
    about = text.about
    numbers: dict[str, str] = {}
    end = match.start()
    for slot, shown in match.groupdict().items():
        if shown is not None:
            number = as_number(plain_value(text.text, *match.span(slot)).text)
            if number is None:
                return
            numbers[slot] = number
            end = max(end, match.end(slot))
    unit = unit_after(text.masked, max(end, match.end()), text.rules)
    first, last = text.sentence(start, end)
    each = re.search(r"(?i)\b(?:each|every|per)\b", text.masked[first:last])
    asks = rule.unit if not unit else ""
    on = limited(about.kind, about.item, unit, asks, each is not None)
    if on is None and about.kind in ("integer", "number") and unit not in ("", "?", "length"):
        stated = text.unit()
        converted = {slot: convert(number, unit, stated) for slot, number in numbers.items()}
        if stated and None not in converted.values():
            numbers = {slot: number for slot, number in converted.items() if number is not None}
            on = "value", ""
    if on is None:
        return
    what, part = on
    if about.kind == "integer" and any("." in n for n in numbers.values()):
        return
    lows = [float(n) for s, n in numbers.items() if s.startswith(("min", "above"))]
    highs = [float(n) for s, n in numbers.items() if s.startswith(("max", "below"))]
    if lows and highs and lows[0] >= highs[0]:
        return
    for kind, number in limit_facts(what, numbers, about.kind):
        if kind == "minLength" and _EMPTY.search(text.masked):
            continue
        yield Found(kind, number, start, max(end, match.end()), part)


_EMPTY = re.compile(r"(?i)\bempty string\b|\b(?:can|may) be empty\b|\bor empty\b")
_PLAIN = re.compile(rf"\s*({OPEN}[^{OPEN}]*{OPEN}|[-−]?\d[\d,]*(?:\.\d+)?(?![\w])|[A-Za-z](?:[\w+/.-]*[\w+])?)")


def _agree(found: list[Found]) -> list[Found]:
    """The facts that are stated once, or twice alike; of two lists of values, the one that has all of the other."""
    best: dict[tuple[str, str], Found | None] = {}
    for one in sorted(found, key=lambda f: (f.start, f.end)):
        key = one.kind, one.on
        other = best.get(key, one)
        if other is None or other.value == one.value:
            continue_ = best.setdefault(key, one)
            del continue_
            continue
        best[key] = None
    kept = [one for one in best.values() if one is not None]
    if any(f.kind == "const" for f in kept):
        kept = [f for f in kept if f.kind != "enum" or not any(c.kind == "const" and c.on == f.on for c in kept)]
    return sorted(kept, key=lambda f: (f.start, f.end, f.kind))
