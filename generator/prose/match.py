"""Facts in a text: each rule whose phrase stands there, and no guard against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.casing import split_words
from generator.prose.mask import OPEN, VALUE
from generator.prose.rules import Rule, Rules
from generator.prose.says import lead, state
from generator.prose.text import About, Found, Text
from generator.prose.values import Value, Values, plain_value, read_values
from generator.read.json_text import dump_json, parse_json

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[.;:,(–—]|\b(?:and|but)\b")
_CLOSED = re.compile(VALUE)
_PLAIN = re.compile(
    rf"\s*({OPEN}[^{OPEN}]*{OPEN}|[-−]?\d[\d,]*(?:\.\d+)?(?![\w])|[A-Za-z](?:[\w+/.-]*[\w+])?)"
)


def find_facts(text: str, about: About, rules: Rules) -> list[Found]:
    """The facts that a text states of its field, in the order of their places."""
    words, some = rules.of(about.kind, about.item)
    low = text.lower()
    for word in words:
        if word in low:
            break
    else:
        return []
    seen: Text | None = None
    found: list[Found] = []
    for rule in some:
        for word in rule.words:
            if word in low:
                break
        else:
            continue
        if rule.raw is None or rule.raw.compiled.search(text):
            seen = seen or Text(text, about, rules)
            said = list(_read(rule, seen))
            if said and rule.says == "unit":
                seen.unit = str(parse_json(said[0].value))
            found += said
    return _agree(found)


def _read(rule: Rule, text: Text) -> Iterator[Found]:
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
            values = read_values(
                text.text, text.masked, end, text.rules.lists, rule.read == "words"
            )
            if values is None:
                continue
            end = values.end
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
        "text": (
            f"{text.masked[:start]}\n{text.masked[end:]}" if told else text.masked
        ),
        "name": text.about.name,
    }
    for guard in rule.unless:
        if guard.only and text.about.kind not in guard.only:
            continue
        if guard.place == "elsewhere":
            places["elsewhere"] = _elsewhere(text, start, end, values)
        if guard.matches.compiled.search(places[guard.place]):
            if guard.subject and _is_own(before, text.about.name, text.rules):
                continue  # it is the field itself
            return True
    return False


def _elsewhere(text: Text, start: int, end: int, values: Values | None) -> str:
    """The sentences beside a phrase that hold a value which is none of those behind it, and no field beside this one."""
    known = {item.text for item in values.items} if values else set()
    known |= {*text.about.siblings, text.about.name}
    found = []
    for first, last in text.sentences():
        first = end if first <= start < last else first
        shown = (
            plain_value(text.text, *match.span()).text
            for match in _CLOSED.finditer(text.masked, first, last)
        )
        if any(value not in known for value in shown):
            found.append(text.masked[first:last])
    return "\n".join(found)


def _is_own(before: str, name: str, rules: Rules) -> bool:
    """Whether what stands before a phrase ends with the field's name as its subject: `The flow type` of `type`."""
    part = _BREAK.split(before)[-1].lower()
    words = [
        word.rstrip("s") for word in _WORD.findall(part) if word not in rules.verbs
    ]
    own = [word.lower().rstrip("s") for word in split_words(name)]
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
        if same or other.against is not None:
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
