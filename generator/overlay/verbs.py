"""What a line of an overlay can say. All verbs stand in the table below and nowhere else in the reader."""

from __future__ import annotations

from typing import Literal

from generator.diagnostics import SourceSpan
from generator.ir import TypeRef
from generator.light import NamedTuple

Takes = Literal["name", "type", "text", "flag", "yes", "reason", "facts"]

# Verb → what it takes; in the order in which lines are applied: what is added can be changed, and what is renamed has its documented name until then.
VERBS: dict[str, Takes] = {
    "add": "type",
    "strike": "facts",
    "retype": "type",
    "require": "flag",
    "document": "text",
    "deprecate": "reason",
    "remove": "yes",
    "rename": "name",
}
# How messages call what a verb must be given.
TAKES: dict[Takes, str] = {
    "name": "a name",
    "type": "a type",
    "text": "a text",
    "flag": "true or false",
    "yes": "true",
    "reason": "true, false or a reason",
    "facts": "a list of facts, `default` among them, or `*` for all",
}
OF_DEFINITIONS = frozenset(("document", "deprecate", "remove", "rename", "retype"))
"""What can be said of a model, an enum or a union, too."""


class Line(NamedTuple):
    """A line: `pattern` names definitions (`Order`) or fields (`Order.status`); `*` and `?` stand for characters.

    `value`: a name, a text or a reason; `true` or `false`; a type, whose references are not linked; or kinds of facts.
    `words`: what stands there, to be shown.
    """

    pattern: str
    verb: str
    value: str | bool | TypeRef | tuple[str, ...]
    words: str
    span: SourceSpan
