"""The kinds of facts: what docs can state of a field beyond its type, what the value of each is, and its word in JSON Schema."""

from __future__ import annotations

import re
import warnings

from generator.ir import Fact
from generator.light import NamedTuple
from generator.patterns import late
from generator.read.json_text import JsonValue, Number, dump_json, parse_json
from generator.schemawords import is_schema


class Kind(NamedTuple):
    """`takes`: what the value is, a key of `TAKES`. `keyword`: the word in JSON Schema."""

    takes: str
    keyword: str


# How messages call what a value must be.
TAKES = {
    "number": "a number",
    "positive": "a number above 0",
    "count": "a whole number from 0",
    "text": "a text",
    "pattern": "a regular expression",
    "flag": "true or false",
    "values": "a list of values",
    "value": "a value",
    "schema": "a JSON Schema",
    "condition": "{set: x}, {absent: x}, {field: x, equals: value}, {field: x, in: [values]} or a text",
}
KINDS: dict[str, Kind] = {
    keyword: Kind(takes, keyword)
    for takes, keywords in (
        ("number", "minimum maximum exclusiveMinimum exclusiveMaximum"),
        ("positive", "multipleOf"),
        ("count", "minLength maxLength minItems maxItems minProperties maxProperties"),
        ("pattern", "pattern"),
        ("text", "format contentEncoding contentMediaType"),
        ("flag", "uniqueItems readOnly writeOnly"),
    )
    for keyword in keywords.split()
} | {
    "recommended": Kind("flag", "x-recommended"),
    "unit": Kind("text", "x-unit"),
    "requiredIf": Kind("condition", "x-required-if"),
    "unique": Kind("flag", "x-unique"),  # of all objects: JSON Schema speaks of one
    "schema": Kind("schema", "allOf"),
}
SIMPLE = tuple(kind for kind in KINDS if kind != "schema")
# What has become part of a field (its type, its default, its deprecation): the fact only proves it.
APPLIED: dict[str, Kind] = {
    "enum": Kind("values", ""),
    "const": Kind("value", ""),
    "default": Kind("value", ""),
    "nullable": Kind("flag", ""),
    "deprecated": Kind("flag", ""),
    "examples": Kind("values", ""),
    "overlay": Kind("text", ""),  # what the user says against the docs
}
STATED = APPLIED | KINDS
_POSITIVE = late(r"[0-9.]*[1-9]")
ON = late(r"(?:(?:items|values)(?:\.(?:items|values))*)?")  # see `Fact.on`

# What JSON Schema's regular expressions have and Python's lack, as something of the same shape that Python has.
_FOREIGN = late(
    r"(?s)\\[pP]\{[^{}]+\}|\\u\{[0-9a-fA-F]+\}|\\c[A-Za-z]|\\k<\w+>|(?P<group>\(\?<)(?=[^\W\d])|\\."
)


class Condition(NamedTuple):
    """When a key must be there. `test`: the fields of these names are all `set`, all `absent`, or the one is `in` the values (JSON texts)."""

    test: str
    names: tuple[str, ...]
    values: tuple[str, ...] = ()


def condition(fact: Fact) -> Condition | None:
    """The condition of a `requiredIf`, or None where only its words tell."""
    return read_condition(parse_json(fact.value))


def read_condition(value: JsonValue) -> Condition | None:
    """The condition that a JSON object says in the vocabulary of `ir.Fact`, or None."""
    match value:
        case {"set": said, **more} if not more:
            return _about("set", said)
        case {"absent": said, **more} if not more:
            return _about("absent", said)
        case {"field": name, "equals": wanted, **more} if _is_text(name) and not more:
            return Condition("in", (str(name),), (dump_json(wanted),))
        case {"field": name, "in": [_, *_] as some, **more} if _is_text(name):
            values = tuple(map(dump_json, some))
            return None if more else Condition("in", (str(name),), values)
        case _:
            return None


def say(found: Condition) -> str:
    """A condition in words: if `a` and `b` are set."""
    names = [f"`{name}`" for name in found.names]
    match found.test:
        case "in":
            values = " or ".join(f"`{value}`" for value in found.values)
            return f"if {names[0]} is {values}"
        case "set":
            return f"if {' and '.join(names)} {'is' if len(names) == 1 else 'are'} set"
        case _ if len(names) == 1:
            return f"if {names[0]} is absent"
        case _:
            return f"if {' and '.join(names)} are absent"


def _about(test: str, said: JsonValue) -> Condition | None:
    names = said if isinstance(said, list) else [said]
    whole = bool(names) and all(map(_is_text, names))
    return Condition(test, tuple(map(str, names))) if whole else None


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str) and not isinstance(value, Number) and value != ""


def fits(takes: str, value: JsonValue) -> bool:
    """Whether a value is what a kind of fact takes."""
    match takes:
        case "number":
            return isinstance(value, Number)
        case "positive":
            return isinstance(value, Number) and bool(_POSITIVE.match(value))
        case "count":
            return isinstance(value, Number) and value.isdecimal()
        case "flag":
            return isinstance(value, bool)
        case "pattern":
            return _is_text(value) and is_pattern(str(value))
        case "values":
            return isinstance(value, list) and bool(value)
        case "value":
            return True
        case "schema":
            return isinstance(value, dict) and bool(value) and is_schema(value)
        case "condition":
            return _is_text(value) or read_condition(value) is not None
        case _:
            return _is_text(value)


def is_pattern(text: str) -> bool:
    """Whether a text is a regular expression, as far as Python's rules tell it of JSON Schema's."""
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(_FOREIGN.sub(_as_python, text))
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _as_python(match: re.Match[str]) -> str:
    if match["group"]:
        return "(?P<"
    token = match[0]
    if len(token) > 2:
        return r"(?:)" if token.startswith(r"\k") else "x"
    return token
