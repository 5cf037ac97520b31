"""Statements of the codecs laid out as black does it. What this room does not know goes to black itself."""

from __future__ import annotations

import re

from generator.format import format_statement
from generator.options import Style
from generator.targets.layout import columns

# `x = [item for …]`, `x = {key: item for …}`, `return […]`: one comprehension in brackets, nothing behind it.
# `x = f(…)`, `raise f(…) from None`: one call with arguments whose parentheses are the last brackets.
_CALL = re.compile(r"((?:[\w.]+(?:: \w+)? = |raise )[\w.]+)\(([^()]+)\)( from None)?\Z")
_ARGUMENT = re.compile(
    r"""((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,"'][^,"']*)+)"""
)
_COMPREHENSION = re.compile(
    r"([\w.: \[\],\"=']*?)([\[{])(.+?) (for \w+(?:, \w+)? in .+)([\]}])\Z"
)


def fit(text: str, indent: int, style: Style) -> str:
    """A statement without line breaks, at `indent` columns, in as many lines as black gives it."""
    if indent + columns(text) <= style.line_length:
        return " " * indent + text
    return (
        _split_call(text, indent, style)
        or _split_comprehension(text, indent, style)
        or format_block(text, indent, style)
    )


def _split_call(text: str, indent: int, style: Style) -> str:
    """`name = call(…)` or `raise call(…) from None`, its arguments on a line of their own, where black would do so; otherwise nothing."""
    match = _CALL.match(text)
    if not match:
        return ""
    pad = " " * indent
    inner = [f"{pad}    {match[2]}"]
    if columns(inner[0]) > style.line_length and "," in match[2]:
        inner = [f"{pad}    {argument}," for argument in _ARGUMENT.findall(match[2])]
    lines = [f"{pad}{match[1]}(", *inner, f"{pad}){match[3] or ''}"]
    return "\n".join(lines) if max(map(columns, lines)) <= style.line_length else ""


def _split_comprehension(text: str, indent: int, style: Style) -> str:
    """`name = [x for y in z if …]` over three to five lines, where black would do so; otherwise nothing."""
    match = _COMPREHENSION.match(text)
    if not match or " for " in match[4][3:] or match[4].count(" if ") > 1:
        return ""
    if not match[1].endswith(("= ", "return ")):
        return ""
    pad, inner = " " * indent, " " * (indent + 4)
    body = f"{match[3]} {match[4]}"
    if columns(inner + body) <= style.line_length:
        lines = [inner + body]
    else:
        loop, test, condition = match[4].partition(" if ")
        lines = [inner + match[3], inner + loop]
        lines += [f"{inner}if {condition}"] if test else []
    if max(map(columns, lines)) > style.line_length:
        return ""
    return "\n".join([f"{pad}{match[1]}{match[2]}", *lines, f"{pad}{match[5]}"])


def format_block(text: str, indent: int, style: Style) -> str:
    """One statement as black writes it; a clause (`case …:`, `if …:`) without its body, too."""
    if not text.endswith(":"):
        return format_statement(text, indent, style)
    if text.startswith("case "):
        whole = format_statement(
            f"match x:\n    {text}\n        pass", indent - 4, style
        )
        return "\n".join(whole.split("\n")[1:-1])
    if text == "else:":
        return " " * indent + text
    return "\n".join(
        format_statement(f"{text}\n    pass", indent, style).split("\n")[:-1]
    )
