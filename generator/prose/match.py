"""Facts in a text: each rule whose phrase stands there, and no guard against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.casing import split_words
from generator.patterns import late
from generator.prose.later import with_later
from generator.prose.mask import OPEN, VALUE, blank
from generator.prose.rules import Rule, Rules
from generator.prose.says import lead, state
from generator.prose.text import About, Found, Text
from generator.prose.values import Value, Values, plain_value, read_values
from generator.read.json_text import dump_json, parse_json

# What stands around each match is looked at, so a text costs its length times its matches.
_LONG = 20_000  # characters
_MANY = 60  # matches
_WORD = late(r"\w+")
_BREAK = late(r"[.;:,(–—]|\b(?:and|but)\b")
_CLOSED = late(VALUE)
_PLAIN = late(
    rf"\s*({OPEN}[^{OPEN}]*{OPEN}|[-−]?\d+(?:,\d{{3}})*(?:\.\d+)?(?![\w])|[A-Za-z](?:[\w+/.-]*[\w+])?)"
)


def find_facts(text: str, about: About, rules: Rules) -> list[Found]:
    """The facts that a text states of its field, in the order of their places."""
    text = _beginning(text)
    low = text.lower()
    place = text, about.kind, about.item
    if place in rules.silent or not rules.concern(low, about.kind, about.item):
        return []
    _, some = rules.of(about.kind, about.item)
    seen: Text | None = None
    heard = False
    found: list[Found] = []
    for rule in some:
        for word in rule.words:
            if word in low:
                break
        else:
            continue
        if rule.raw is None or rule.raw.compiled.search(text):
            seen = seen or Text(text, about, rules)
            matches = _hear(rule, seen)
            if not matches:
                continue
            heard = True
            said = list(_read(rule, seen, matches))
            if said and rule.says == "unit":
                seen.unit = str(parse_json(said[0].value))
            elif rule.says == "limit":
                seen.lengths |= {fact.kind: fact.value for fact in said if not fact.on}
            found += said
    if not heard:
        rules.silent.add(place)
    return _agree(found) if found else []


def _beginning(text: str) -> str:
    """The text, or as many paragraphs of a very long one as one reads as a description."""
    if len(text) <= _LONG:
        return text
    return text[: max(text.rfind("\n", 0, _LONG), 0)]


def _hear(rule: Rule, text: Text) -> list[re.Match[str]]:
    """Where the phrase of a rule stands."""
    shown = text.whole if rule.says == "examples" else text.masked
    return list(islice(rule.phrase.compiled.finditer(shown), _MANY))


def _read(rule: Rule, text: Text, matches: list[re.Match[str]]) -> Iterator[Found]:
    shown = text.whole if rule.says == "examples" else text.masked
    if len(matches) == _MANY:
        return  # a document, in which the words are not about one field
    for match in matches:
        end = match.end()
        values: Values | None = None
        if rule.read == "plain":
            word = _plain(text, end)
            if word is None:
                continue
            end = word.end
            values = Values((word,), end)
        elif rule.read or rule.says in ("value", "text", "examples", "letters"):
            bare = rule.read == "words"
            values = read_values(text.text, shown, end, text.rules.lists, bare)
            if values is None:
                continue
            values = with_later(text, values) if rule.says == "values" else values
            end = values.end
        looks = rule.looks.compiled.search if rule.looks else None
        if looks and values and not all(looks(item.text) for item in values.items):
            continue
        if _is_void(rule, text, match.start() + lead(match[0]), end, values):
            continue
        yield from state(rule, text, match, end, values)


def _plain(text: Text, start: int) -> Value | None:
    found = _PLAIN.match(text.masked, start)
    return plain_value(text.text, found.start(1), found.end(1)) if found else None


def _is_void(
    rule: Rule, text: Text, start: int, end: int, values: Values | None
) -> bool:
    """Whether what stands around a phrase and its values, from `start` to `end`, speaks against it."""
    first, last = text.sentence(start, end)
    lines = values is not None and values.lines
    told = values is not None and values.told  # meanings may say whatever they like
    masked = text.whole if rule.says == "examples" else text.masked
    if values and values.more:
        masked = blank(masked, *values.more)
    before = masked[first:start]
    after = "" if lines else masked[end:last]
    if rule.before and not rule.before.compiled.search(before):
        return True
    if rule.after and not lines and not rule.after.compiled.match(after):
        return True
    places = {
        "before": before,
        "after": after,
        "sentence": f"{before} \n {after}",
        "text": f"{masked[:start]}\n{masked[end:]}" if told else masked,
        "written": text.text,
        "name": text.about.name,
    }
    for guard in rule.unless:
        if guard.only and text.about.kind not in guard.only:
            continue
        if guard.place == "elsewhere":
            places["elsewhere"] = _elsewhere(text, start, end, values)
        if guard.matches.compiled.search(places[guard.place]):
            if guard.subject and _is_own(text.shown(first, start), text):
                continue  # it is the field itself
            return True
    return False


def _elsewhere(text: Text, start: int, end: int, values: Values | None) -> str:
    """The sentences beside a phrase that hold a value which is none of those behind it, and no field beside this one."""
    known = {item.text for item in values.items} if values else set()
    known.add(text.about.name)
    found = []
    for first, last in text.sentences():
        first = end if first <= start < last else first
        shown = (
            plain_value(text.text, *match.span()).text
            for match in _CLOSED.finditer(text.masked, first, last)
        )
        if any(v not in known and v not in text.about.names for v in shown):
            found.append(text.masked[first:last])
    return "\n".join(found)


def _is_own(before: str, text: Text) -> bool:
    """Whether what stands before a phrase ends with the field's name as its subject: `The flow type` of `type`."""
    part, rules = _BREAK.split(before)[-1].lower(), text.rules
    words = [
        word.rstrip("s") for word in _WORD.findall(part) if word not in rules.verbs
    ]
    own = [word.lower().rstrip("s") for word in split_words(text.about.name)]
    if not words or not own or len(words) > 4 or not rules.others.isdisjoint(words):
        return False
    return words[-1] == own[-1] or set(words) <= set(own)


# Of two limits that hold for different cases the looser one holds for all: that with the smaller or the greater number.
_LIMITS = dict.fromkeys(("minimum", "minLength", "minItems", "exclusiveMinimum"), -1)
_LIMITS |= dict.fromkeys(("maximum", "maxLength", "maxItems", "exclusiveMaximum"), 1)


def _agree(found: list[Found]) -> list[Found]:
    """The facts that are stated once, or twice alike; of two lists of values, the one that has all of the other.

    Two conditions or units are no contradiction, and no single fact either.
    """
    best: dict[tuple[str, str], Found] = {}
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        kind = "enum" if one.kind == "const" else one.kind
        key = kind, one.on
        other = best.setdefault(key, one)
        same = other is one or other.value == one.value or one.end <= other.end
        if same or other.against is not None or kind == "examples":
            continue
        if kind in _LIMITS:
            best[key] = max(one, other, key=lambda f: _LIMITS[f.kind] * float(f.value))
            continue
        if kind in ("requiredIf", "unit"):
            best[key] = one._replace(value="", against=(other.start, other.end))
            continue
        wider = _wider(one, other) if kind == "enum" else None
        best[key] = wider or one._replace(against=(other.start, other.end))
    kept = [one for one in best.values() if one.value]
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
    return (
        [dump_json(value) for value in parsed]
        if isinstance(parsed, list)
        else [found.value]
    )
