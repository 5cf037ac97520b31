"""Text as Python source in black's shape: string literals, docstrings, comments. Page text can never become code here."""

from __future__ import annotations

import re
from functools import lru_cache

# Control characters, the line separators that Python knows beyond \\n, and what is invisible or turns the direction of text (category Cf).
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
# What type checkers and linters take for an order to them when a comment begins with it.
_ORDER = re.compile(r"(?:type|mypy|pyright|fmt|ruff|noqa|pylint|isort|pragma)\b")
_LIST_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ ]+")
_FENCE = re.compile(r"[ ]*(?:```|~~~)")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    return _SHORT.get(char) or (
        f"\\x{code:02x}"
        if code < 256
        else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def escape_hidden(text: str) -> str:
    """The text with hidden characters as escapes; backslashes must have been doubled before."""
    return text if text.isprintable() else HIDDEN.sub(_escape, text)


@lru_cache(maxsize=4096)  # keys come again and again
def quote(text: str) -> str:
    """A string literal as black writes it: double quotes unless single quotes need fewer escapes."""
    body = escape_hidden(text.replace("\\", "\\\\"))
    if body.count("'") < body.count('"'):
        return "'" + body.replace("'", "\\'") + "'"
    return '"' + body.replace('"', '\\"') + '"'


def comment(text: str) -> str:
    """A comment of one line."""
    if text.isprintable() or not HIDDEN.search(text):
        return "# " + text.strip()
    return "# " + escape_hidden(text.replace("\\", "\\\\")).strip()


def remark(text: str) -> str:
    """A comment of one line that no type checker or linter takes for an order to it."""
    return comment(f"> {text}" if _ORDER.match(text.lstrip()) else text)


def remarks(text: str, indent: int, width: int) -> list[str]:
    """Text as comments of whole lines."""
    pad = " " * indent
    lines = wrap(text, max(width - indent - 2, 20)) if text else []
    return [f"{pad}{remark(line) if line else '#'}" for line in lines]


def wrap(text: str, width: int, lead: int = 0) -> list[str]:
    """Lines of at most `width` characters: each line of the text by itself, list items with a hanging indent, code blocks as they are.

    `lead`: so many columns of the first line are taken.
    """
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        if fenced or len(line) <= width - (0 if lines else lead):
            lines.append(line.rstrip())
        else:
            lines += _wrap_line(line, width, 0 if lines else lead)
    return lines


def _wrap_line(line: str, width: int, lead: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip(" "))]
    mark = _LIST_MARK.match(line, len(indent))
    hanging = indent + " " * len(mark[0]) if mark else indent
    lines: list[str] = []
    current = indent
    empty = True  # nothing but the indent stands in the current line
    for word in line.split():
        full = len(current) + 1 + len(word) > width - (0 if lines else lead)
        if full and not empty and not _LIST_MARK.match(word + " "):
            lines.append(current)
            current, empty = hanging, True
        current += word if empty else " " + word
        empty = False
    lines.append(current)
    return lines


def docstring(text: str, indent: int, width: int) -> list[str]:
    """A docstring as lines that begin with the indent, wrapped to the width; no lines for no text.

    Black's rules are kept: no space behind the opening quotes; closing quotes on a line of their own below several lines, else behind
    the text, with a space after a quote; at least one of the lines below the first stands at the indent.
    """
    text = text.strip()
    if not text:
        return []
    pad = " " * indent
    body = text.expandtabs(4).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if not body.isprintable() and HIDDEN.search(body):
        body = "\n".join(escape_hidden(line) for line in body.split("\n"))
    if body.startswith('"'):
        body = "\\" + body
    closed = body + " " if body.endswith('"') else body
    if "\n" not in body and len(closed) + indent + 6 <= width:
        return [f'{pad}"""{closed}"""']
    first, *rest = wrap(body, max(width - indent, 20), lead=3)
    first = first.strip()
    if not rest:  # one word that is too long: black leaves the closing quotes behind it
        return [
            f'{pad}"""{first} """' if first.endswith('"') else f'{pad}"""{first}"""'
        ]
    margin = min((len(line) - len(line.lstrip()) for line in rest if line), default=0)
    return [
        f'{pad}"""{first}',
        *(f"{pad}{line[margin:]}" if line else "" for line in rest),
        f'{pad}"""',
    ]
