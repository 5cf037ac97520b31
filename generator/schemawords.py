"""The keywords of JSON Schema 2020-12 that say which values are valid, and what each takes."""

from __future__ import annotations

from generator.read.json_text import JsonValue, Number

# What a keyword takes → keywords.
_TAKES = {
    "schema": (
        *("not", "if", "then", "else", "contains", "propertyNames", "items"),
        *("additionalProperties", "unevaluatedProperties", "unevaluatedItems"),
    ),
    "schemas": ("allOf", "anyOf", "oneOf", "prefixItems"),
    "named schemas": ("properties", "patternProperties", "dependentSchemas"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "positive": ("multipleOf",),
    "count": (
        *("minLength", "maxLength", "minItems", "maxItems"),
        *("minProperties", "maxProperties", "minContains", "maxContains"),
    ),
    "flag": ("uniqueItems",),
    "text": ("pattern", "format", "contentEncoding", "contentMediaType", "$ref"),
    "texts": ("required",),
    "named texts": ("dependentRequired",),
    "type": ("type",),
    "values": ("enum",),
    "value": ("const",),
}
KEYWORDS = {word: takes for takes, words in _TAKES.items() for word in words}
_TYPES = frozenset(
    ("string", "integer", "number", "boolean", "object", "array", "null")
)


def is_schema(value: JsonValue) -> bool:
    """Whether a value is a JSON Schema of nothing but these keywords."""
    if isinstance(value, dict):
        return all(
            word in KEYWORDS and _fits(KEYWORDS[word], said)
            for word, said in value.items()
        )
    return isinstance(value, bool)


def _fits(takes: str, said: JsonValue) -> bool:
    number = isinstance(said, Number)
    match takes, said:
        case "schema", _:
            return is_schema(said)
        case "schemas", [_, *_]:
            return all(map(is_schema, said))
        case "named schemas", dict():
            return all(map(is_schema, said.values()))
        case "number", str():
            return number
        case "positive", str():
            return number and not said.startswith("-") and said.strip("0.") != ""
        case "count", str():
            return number and said.isdecimal()
        case "flag", bool():
            return True
        case "text", str():
            return not number
        case "texts", list():
            return _are_texts(said)
        case "named texts", dict():
            return all(isinstance(x, list) and _are_texts(x) for x in said.values())
        case "type", str():
            return said in _TYPES
        case "type", [_, *_]:
            return _are_texts(said) and all(word in _TYPES for word in said)
        case "values", list():
            return True
        case _:
            return takes == "value"


def _are_texts(items: list[JsonValue]) -> bool:
    texts = [x for x in items if isinstance(x, str) and not isinstance(x, Number)]
    return len(set(texts)) == len(items)
