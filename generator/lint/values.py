"""Single values of examples: whether they are of a type, or stand for one."""

from __future__ import annotations

import re

from generator.lint.tolerant import ELLIPSIS
from generator.read import nodes
from generator.read.json_text import json_text
from generator.read.nodes import Mapping, Node

_CONTROL = ("@", "$", "x-", "_comment", "//")  # keys that speak about the object
_HOLDER = re.compile(r"\s*(?:\$?\{.*\}|<.*>|\[.*\]|.*(?:\.\.\.|…).*|)\s*\Z", re.DOTALL)
# A value that tells the type instead of a value.
_TYPE_WORD = re.compile(
    r"(?i)\s*(?:an? )?(?:string|integer|int\d*|number|float|double|boolean|bool|object|array|null|date|datetime|timestamp|url|uri|uuid|any)\b(?:.*|\Z)|(?:true|false)\W.*|.* \| .*|.*\bor\b.*",
    re.DOTALL,
)


def is_control(key: str) -> bool:
    """Whether a key speaks about its object: `$schema`, `@type`, `x-note`."""
    return key.startswith(_CONTROL)


def is_untold(node: Node) -> bool:
    """Whether an example leaves a value open, or tells its type instead."""
    if isinstance(node, Mapping):
        return bool(node.entries) and all(is_control(k.text) for k, _ in node.entries)
    if not isinstance(node, nodes.Scalar):
        return False
    if node.plain:
        return node.text == ELLIPSIS or bool(node.text and _HOLDER.match(node.text))
    return bool(node.text and (_HOLDER.match(node.text) or _TYPE_WORD.match(node.text)))


def is_text(node: Node) -> bool:
    """Whether a value is a text, and not one that stands for another value."""
    scalar = isinstance(node, nodes.Scalar) and json_text(node)[0] == '"'
    return scalar and not is_untold(node)


def is_null(node: Node) -> bool:
    """Whether a value is null."""
    return isinstance(node, nodes.Scalar) and json_text(node) == "null"


def fits(node: Node, kind: str, form: str) -> bool:
    match kind:
        case "any":
            return True
        case "object":
            return isinstance(node, Mapping)
    if not isinstance(node, nodes.Scalar):
        return False
    text = json_text(node)
    match kind:
        case "string":
            return text[0] == '"'
        case "boolean":
            return text in ("true", "false")
        case "null":
            return text == "null"
        case _:
            if text[0] == '"':
                return form.endswith("64") and text[1:-1].isdigit()
            return text[0] in "-0123456789" and (
                kind == "number" or float(text).is_integer()
            )
