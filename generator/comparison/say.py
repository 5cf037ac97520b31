"""What a change means, as a sentence for somebody who does not know the schema."""

from __future__ import annotations

import re

from generator.comparison.change import Difference
from generator.facts import KINDS

_SHOWN = 100  # characters of a text of the docs that a sentence shows

# rule → sentence. {it}: the field or the definition. What comes from the docs stands in code spans.
_SENTENCES = {
    "model-removed": "{it} is no longer documented.",
    "model-added": "{it} is new.",
    "model-renamed": "{old} is called {new} now.",
    "field-removed": "{it} is no longer documented.",
    "field-renamed": "{old} of {model} is called {new} now.",
    "field-respelled": "{old} of {model} is documented as {new} now; the key that is sent stays the same.",
    "field-added-required": "{it} is new, and must always be there.",
    "field-added-optional": "{it} is new, and may be left out.",
    "field-became-required": "{it} must always be there now; it could be left out before.",
    "field-became-optional": "{it} may be left out now; it was always there before.",
    "field-became-nullable": "{it} may be null now.",
    "field-became-non-nullable": "{it} must not be null any more.",
    "key-changed": "{it} is sent as {new} now, no longer as {old}.",
    "type-changed": "{it} {is_} of the type {new} now, no longer {old}.",
    "type-widened": "{it} {take} more than before: {new} now, no longer {old}.",
    "type-narrowed": "{it} {take} less than before: {new} now, no longer {old}.",
    "enum-value-removed": "{it} no longer {have} the value {old}.",
    "enum-value-added": "{it} {have} a new value: {new}.",
    "enum-opened": "{it} may have other values than those listed now.",
    "enum-closed": "{it} may only have the listed values now.",
    "enum-name-changed": "the value {it} is called {new} now; its name was {old}.",
    "union-option-removed": "{it} can no longer be {old}.",
    "union-option-added": "{it} can also be {new} now.",
    "default-added": "{it} has a default now: {new}.",
    "default-changed": "the default of {it} is {new} now; it was {old}.",
    "default-removed": "{it} has no documented default any more; it was {old}.",
    "undeprecated": "{it} is no longer deprecated.",
    "order-changed": "{it} has its parts in another order.",
}


def sentence(model: str, field: str, found: Difference, guess: str = "") -> str:
    """The sentence of a change. A guess says that it is one, and why."""
    name = _code(f"{model}.{field}" if field else model)
    it = f"{_part(found.part)}{name}"
    if found.rule in _SENTENCES:
        text = _SENTENCES[found.rule].format(
            it=it,
            model=_code(model),
            old=_code(found.old),
            new=_code(found.new),
            is_="are" if found.part else "is",
            have="have" if found.part else "has",
            take="take" if found.part else "takes",
        )
    else:
        text = _by_values(it, found)
    text = text[0].upper() + text[1:] if text[0].islower() else text
    return f"{text} This is a guess: {guess}." if guess else text


def _part(part: str) -> str:
    """`items.values` as: the values of the items of …"""
    words = part.split(".") if part else []
    return "".join(f"the {word} of " for word in reversed(words))


def _by_values(it: str, found: Difference) -> str:
    """A sentence that depends on whether there is an old and a new value."""
    old, new, have = found.old, found.new, "have" if found.part else "has"
    match found.rule:
        case "constraint-tightened" if not old:
            return f"{it} {have} a new limit: {_limit(new)}."
        case "constraint-loosened" if not new:
            return f"{it} no longer {have} the limit {_limit(old)}."
        case "constraint-tightened" | "constraint-loosened" | "constraint-changed":
            how = {"tightened": "a stricter", "loosened": "a looser"}
            word = how.get(found.rule.removeprefix("constraint-"), "another")
            return (
                f"{it} {have} {word} limit: {_limit(new)} now, no longer {_limit(old)}."
            )
        case "unit-changed":
            return (
                f"{it} means another thing: {_code(new)} now, no longer {_code(old)}."
            )
        case "deprecated":
            return f"{it} is deprecated{f': {_code(new)}' if new else ''}."
        case "advice-changed" if old and new:
            return f"the docs say {_code(new)} of {it} now, no longer {_code(old)}."
        case "advice-changed":
            said = "say now" if new else "no longer say"
            return f"the docs {said} of {it}: {_code(new or old)}."
        case "examples-changed":
            what, verb, another = f"the examples of {it}", "are", "others"
        case _:
            what, verb, another = f"the description of {it}", "is", "another one"
    if not new:
        return f"{what} {verb} gone."
    return f"{what} {verb} {another if old else 'new'}: {_code(new)}."


def _limit(text: str) -> str:
    """A limit by its word in JSON Schema, which people can look up."""
    kind, _, value = text.partition(": ")
    if kind == "requiredIf":
        return f"required under the condition {_code(value)}"
    flag = kind in KINDS and KINDS[kind].takes == "flag"
    return _code(kind if flag else text)


def _code(text: str) -> str:
    """A name or text of the docs as a code span of markdown, on one line, its beginning if it is long: nothing in it means anything."""
    line = " ".join(text.split())
    if len(line) > _SHOWN:
        line = f"{line[:_SHOWN].rstrip()}…"
    if "`" not in line:
        return f"`{line}`"
    longest = max(map(len, re.findall("`+", line)))
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}"
