"""Facts in a text: each rule whose phrase stands there, and no guard against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.casing import split_words
from generator.prose.limits import convert, limit_facts, limited, unit_after, unit_end
from generator.prose.mask import OPEN, blank, mask
from generator.prose.rules import ITEM_FACTS, Rule, Rules
from generator.prose.values import (
    Value,
    Values,
    as_kind,
    as_number,
    plain_value,
    read_values,
)
from generator.read.inline import plain_text
from generator.read.json_text import dump_json, parse_json

_SENTENCE = re.compile(r"(?<=[.!?])\)?\s+(?=[^a-z\s])|;\s|\n")
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[.;:,(–—]|\b(?:and|but)\b")
_VERBS = frozenset("the a an this its must should can may will shall be is are always range ranges contain contains have has".split())
_PARTS = frozenset("of all sum total first last both each every no other".split())
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
    words, some = rules.of(about.kind, about.item)
    low = text.lower()
    for word in words:
        if word in low:
            break
    else:
        return []
    seen: _Text | None = None
    found: list[Found] = []
    for rule in some:
        for word in rule.words:
            if word in low:
                break
        else:
            continue
        if rule.raw is None or rule.raw.compiled.search(text):
            seen = seen or _Text(text, about, rules)
            found += _read(rule, seen)
    return _agree(found)


def _cut(masked: str, rules: Rules) -> str:
    """The text without its examples."""
    while match := rules.cut.compiled.search(masked):
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
    for match in rule.phrase.compiled.finditer(text.masked):
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
    if rule.before and not rule.before.compiled.search(before):
        return True
    if rule.after and not lines and not rule.after.compiled.match(after):
        return True
    places = {
        "before": before,
        "after": after,
        "sentence": f"{before} \n {after}",
        "text": text.masked[:start] + "\n" + text.masked[end:],
        "name": text.about.name,
    }
    for guard in rule.unless:
        if guard.only and text.about.kind not in guard.only:
            continue
        if guard.matches.compiled.search(places[guard.place]):
            if guard.subject and _is_own(before, text.about.name):
                continue  # it is the field itself
            return True
    return False


def _is_own(before: str, name: str) -> bool:
    """Whether what stands before a phrase ends with the field's name as its subject: `The flow type` of `type`."""
    part = _BREAK.split(before)[-1].lower()
    words = [word.rstrip("s") for word in _WORD.findall(part) if word not in _VERBS]
    own = [word.lower().rstrip("s") for word in split_words(name)]
    if not words or not own or len(words) > 4 or not _PARTS.isdisjoint(words):
        return False
    return words[-1] == own[-1] or set(words) <= set(own)


def _state(rule: Rule, text: _Text, match: re.Match[str], end: int, values: Values | None) -> Iterator[Found]:
    """What a phrase that nothing speaks against says."""
    start, about = match.start() + _lead(match[0]), text.about
    match rule.says:
        case "values" | "value" if values:
            yield from _values(rule, text, start, values)
        case "default":
            slot = "plain" if "plain" in match.groupdict() else "value"
            value = values.items[0] if values else plain_value(text.text, *match.span(slot))
            yield from _default(text, start, end, value)
        case "limit":
            yield from _limit(rule, text, match, start)
        case "fact":
            on = "items" if about.kind == "list" and rule.facts[0][0] in ITEM_FACTS else ""
            for word, stated in rule.facts:
                plain = stated in ("true", "false") or stated.isdecimal()
                shown = stated if plain else dump_json(stated)
                yield Found(word, shown, start, end, on)
        case "number":
            number = as_number(plain_value(text.text, *match.span("number")).text)
            if number and number.strip("0.-"):
                yield Found(rule.kind, number, start, end)
        case "text" if values and len(values.items) == 1 and values.items[0].closed:
            yield Found(rule.kind, dump_json(values.items[0].text), start, end)
        case "deprecated":
            _, last = text.sentence(start, end)
            _, behind = text.sentence(last, min(last + 2, len(text.masked)))
            instead = text.rules.replacement.compiled.search(text.masked, end, behind)
            reason = text.text[instead.start() : instead.end()] if instead else ""
            stop = max(last, instead.end()) if instead else last
            yield Found("deprecated", dump_json(reason), start, stop)
        case "required-if":
            said = plain_text(text.text[match.start("when") : match.end("condition")])
            yield Found("requiredIf", dump_json(" ".join(said.split())), start, end)
        case "unit":
            key = text.rules.units.get(match["unit"].lower(), "")
            if key and key not in ("length", "each", "bytes"):
                yield Found("unit", dump_json(key), start, match.end("unit"))




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
    if _PATH.match(shown):
        return
    number = as_number(shown)
    if not value.closed:
        if text.rules.no_value.compiled.match(shown):
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
    yield Found("default", read, start, end)


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
    last_word = unit_end(text.masked, max(end, match.end())) if unit else end
    if about.kind == "integer" and any("." in n for n in numbers.values()):
        return
    lows = [float(n) for s, n in numbers.items() if s.startswith(("min", "above"))]
    highs = [float(n) for s, n in numbers.items() if s.startswith(("max", "below"))]
    if lows and highs and lows[0] >= highs[0]:
        return
    for kind, number in limit_facts(what, numbers, about.kind):
        if kind == "minLength" and _EMPTY.search(text.masked):
            continue
        yield Found(kind, number, start, last_word, part)


_PATH = re.compile(r"\.\w+\.|\$[\w{(]|\{\{|%\w+%")  # where a value comes from, not a value
_EMPTY = re.compile(r"(?i)\bempty string\b|\b(?:can|may) be empty\b|\bor empty\b")
_PLAIN = re.compile(rf"\s*({OPEN}[^{OPEN}]*{OPEN}|[-−]?\d[\d,]*(?:\.\d+)?(?![\w])|[A-Za-z](?:[\w+/.-]*[\w+])?)")


def _agree(found: list[Found]) -> list[Found]:
    """The facts that are stated once, or twice alike; of two lists of values, the one that has all of the other."""
    best: dict[tuple[str, str], Found | None] = {}
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        kind = "enum" if one.kind == "const" else one.kind
        other = best.setdefault((kind, one.on), one)
        if other is None or other.value == one.value or one.end <= other.end:
            continue
        best[kind, one.on] = _wider(one, other) if kind == "enum" else None
    kept = [one for one in best.values() if one is not None]
    return sorted(kept, key=lambda f: (f.start, f.end, f.kind))


def _wider(one: Found, other: Found) -> Found | None:
    """Of two lists of values, the one that has all of the other; None: neither has."""
    values = [set(listed_values(found)) for found in (one, other)]
    if values[0] >= values[1]:
        return one
    return other if values[1] >= values[0] else None


def listed_values(found: Found) -> list[str]:
    """The values of an enum or a const as JSON texts."""
    parsed = parse_json(found.value)
    return [dump_json(value) for value in parsed] if isinstance(parsed, list) else [found.value]
