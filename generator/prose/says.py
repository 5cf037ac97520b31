"""What a phrase states that stands in a text and that no guard speaks against."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.patterns import late
from generator.prose.letters import as_pattern, letters_pattern
from generator.prose.limits import convert, limit_facts, limited, unit_after, unit_end
from generator.prose.mask import end_of_link
from generator.prose.rules import ITEM_FACTS, Rule
from generator.prose.text import Found, Text
from generator.prose.values import Value, Values, as_kind, as_number, plain_value
from generator.read.inline import plain_text
from generator.read.json_text import dump_json

_LEAD = late(r"[^\w\x01>=<≥≤-]*")
_SHAPE = late(r"[<>{}*^]|\$\{|\.\.\.|…|:$|^\$|^https?://|[xX]{3}|^.{60}|\(\)|^@")
_NO_EXAMPLE = late(r"[<>\"\n{}*]|\.\.\.|…|^\s*$")  # it shows a shape, or more than one
_PATH = late(r"\.\w+\.|\$[\w{(]|\{\{|%\w+%")  # where a value comes from, not a value


def lead(phrase: str) -> int:
    """How many signs stand before the first word of a phrase."""
    found = _LEAD.match(phrase)
    return found.end() if found and found.end() < len(phrase) else 0


def state(
    rule: Rule, text: Text, match: re.Match[str], end: int, values: Values | None
) -> Iterator[Found]:
    """What a phrase that nothing speaks against says."""
    start, about = match.start() + lead(match[0]), text.about
    match rule.says:
        case "values" | "value" if values:
            yield from _values(rule, text, start, values)
        case "default":
            slot = "plain" if "plain" in match.groupdict() else "value"
            value = (
                values.items[0] if values else plain_value(text.text, *match.span(slot))
            )
            yield from _default(text, start, end, value)
        case "limit":
            yield from _limit(rule, text, match, start)
        case "fact":
            end += text.text[start : end + 1].count("`") % 2  # `null` is a word
            on = (
                "items"
                if about.kind == "list" and rule.facts[0][0] in ITEM_FACTS
                else ""
            )
            for word, stated in rule.facts:
                plain = stated in ("true", "false") or stated.isdecimal()
                shown = stated if plain else dump_json(stated)
                yield Found(word, shown, start, end, on)
        case "number":
            number = as_number(plain_value(text.text, *match.span("number")).text)
            if number and number.strip("0.-"):
                yield Found(rule.kind, number, start, end)
        case "text" if values and len(values.items) == 1 and values.items[0].closed:
            said = values.items[0].text
            said = as_pattern(said) if rule.kind == "pattern" else said
            if said:
                yield Found(rule.kind, dump_json(said), start, end)
        case "letters" if values:
            said = letters_pattern([item.text for item in values.items], text.lengths)
            if said:
                yield Found("pattern", dump_json(said), start, end)
        case "examples" if values:
            yield from _examples(text, start, values)
        case "deprecated":
            _, last = text.sentence(start, end)
            _, behind = text.sentence(last, min(last + 2, len(text.masked)))
            instead = text.rules.replacement.compiled.search(text.masked, end, behind)
            ends = end_of_link(text.text, instead.end()) if instead else last
            reason = text.text[instead.start() : ends] if instead else ""
            stop = max(last, ends)
            yield Found("deprecated", dump_json(reason), start, stop)
        case "required-if":
            said = plain_text(text.text[match.start("when") : match.end("condition")])
            yield Found("requiredIf", dump_json(" ".join(said.split())), start, end)
        case "unit":
            key = text.rules.units.get(match["unit"].lower(), "")
            if key and key not in ("length", "each"):
                yield Found("unit", dump_json(key), start, match.end("unit"))


def _values(rule: Rule, text: Text, start: int, values: Values) -> Iterator[Found]:
    about = text.about
    kind, on = (about.item, "items") if about.kind == "list" else (about.kind, "")
    if kind == "enum":
        kind = "any"  # what it lists is held against its own values
    if kind not in ("string", "integer", "number", "any", "boolean"):
        return
    if rule.read == "told" and not values.told:
        return
    items = [
        item for item in values.items if item.closed or item.text.lower() != "null"
    ]
    if len(items) < max(rule.needs, 1) or rule.says == "value" and len(items) != 1:
        return
    if (
        rule.says == "values"
        and len(items) == 1
        or kind == "boolean"
        and rule.says == "values"
    ):
        return
    if kind == "string" and any(
        not item.closed and as_number(item.text) for item in items
    ):
        return
    if not rule.siblings and any(about.is_sibling(item.text) for item in items):
        return
    if kind == "any" and rule.says == "value" and not items[0].closed:
        return
    texts = [as_kind(item, kind) for item in items]
    if kind == "any" and any(t and t[0] != '"' for t in texts):
        texts = [as_kind(item, "number") for item in items]
    if None in texts or any(
        item.text.strip() != item.text or "\n" in item.text for item in items
    ):
        return
    if any(_is_shape(item.text) for item in items):
        return
    shown = list(dict.fromkeys(t for t in texts if t is not None))
    end = values.more[1] if values.more else values.end
    if len(items) < len(values.items):
        yield Found("nullable", "true", start, end, on)
    if len(shown) == 1:
        yield Found("const", shown[0], start, end, on)
    else:
        yield Found("enum", "[" + ", ".join(shown) + "]", start, end, on)


def _examples(text: Text, start: int, values: Values) -> Iterator[Found]:
    """Examples that are values of the field's type: a text in code or quotes, or a number."""
    kind = text.about.kind
    closed = kind != "string" or all(item.closed for item in values.items)
    if not closed or any(_NO_EXAMPLE.search(item.text) for item in values.items):
        return
    texts = [as_kind(item, kind) for item in values.items]
    if None not in texts:
        shown = ", ".join(dict.fromkeys(t for t in texts if t is not None))
        yield Found("examples", f"[{shown}]", start, values.end)


def _is_shape(text: str) -> bool:
    """Whether a text shows how values look, and is none itself."""
    return _SHAPE.search(text) is not None


def _default(text: Text, start: int, end: int, value: Value) -> Iterator[Found]:
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
    if (
        kind == "any"
        and not value.closed
        and number is None
        and shown.lower() not in ("true", "false")
    ):
        return
    unit = unit_after(text.masked, end, text.rules) if value.end == end else ""
    counts = number is not None and kind in ("integer", "number")
    if not counts and unit not in ("", "?"):
        return  # the value is a number of a unit, and the type has none
    if number is not None and kind in ("integer", "number"):
        if unit:
            end = unit_end(text.masked, end)
            known = convert(number, unit, text.unit) if unit != "?" else None
            if known is None:
                return
            number = known
        read = as_kind(Value(number, 0, 0, False), kind)
    else:
        read = as_kind(value, "string" if kind == "enum" else kind)
    if (
        read is None
        or read == "null"
        or kind == "string"
        and not value.closed
        and not shown.isascii()
    ):
        return
    yield Found("default", read, start, end)


def _limit(rule: Rule, text: Text, match: re.Match[str], start: int) -> Iterator[Found]:
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
    each = text.rules.each.compiled.search(text.masked, first, last)
    asks = rule.unit if not unit else ""
    on = limited(about.kind, about.item, unit, asks, each is not None)
    if (
        on is None
        and about.kind in ("integer", "number")
        and unit not in ("", "?", "length")
    ):
        stated = text.unit
        converted = {
            slot: convert(number, unit, stated) for slot, number in numbers.items()
        }
        if stated and None not in converted.values():
            numbers = {
                slot: number for slot, number in converted.items() if number is not None
            }
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
        if kind == "minLength" and text.rules.empty.compiled.search(text.masked):
            continue
        yield Found(kind, number, start, last_word, part)
