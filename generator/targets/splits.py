"""How black splits the statements of the codecs, form by form. What no form is sure of is left to black itself.

Only statements of names, plain strings and our own signs are split here. A property test holds all forms against black.
"""

from __future__ import annotations

from generator.patterns import late
from generator.targets.layout import columns

# Strings without quotes, escapes and signs that the forms go by: what they find is the statement's own.
_PLAIN = late(
    r"""(?:[^"'\\]++|"(?:[^" \\]++| (?!(?:for|if|else|in|is|or|=) ))*+")*+\Z"""
)
_ASSIGNMENT = late(r'((?:[\w.]+(?:: [^="]+)?|\w+\["[^"]+"\]) = |return )(.+)\Z')
_ANNOTATED = late(r"(\w+): ([\w.]+(?:\[[^|]+\])?(?: \| [\w.]+(?:\[[^|]+\])?)+) = \Z")
_SIGNATURE = late(r"(def \w+\()([^()]+)(\) -> .+:)\Z")
_CHOICE = late(r"if ([\w. ]+?) (or [\w. ]+):\Z")
_RAISE = late(r"raise (\w+\([^()]+\))((?: from None)?)\Z")
_ENTRY = late(r'("[^"]+": )(.+),\Z')
# What a value may be.
_TERNARY = late(r"(\w+) (if [\w.]+ is \w+) (else (?!.* if ).+)\Z")
_COMPREHENSION = late(
    r"([\[{])(\w+: )?(.+) (for \w+(?:, \w+)? in [^ ]+(?: (?!for |if )[^ ]*)*)(?: (if .+))?([\]}])\Z"
)
_CALL = late(r"([\w.]+\()([^()]+)\)\Z")
_ARGUMENT = late(r'[^,"]*"[^"]*"[^,"]*|[^,"]+')
_NAMES = late(r"[\w.]+(?:\(\))?\Z")
_LOOKUP = late(r'(\w+\[)("[^"]+")\]\Z')


def split(text: str, indent: int, width: int) -> str:
    """A statement that is too long for a line on several lines, or nothing."""
    if not _PLAIN.match(text):
        return ""
    pad, inner = " " * indent, " " * (indent + 4)
    if match := _ASSIGNMENT.match(text):
        lines = _assignment(match[1], match[2], indent, width)
    elif match := _ENTRY.match(text):
        if _NAMES.match(match[2]):
            return pad + text  # black would not know where to split it, either
        lines = _item(match[1], match[2], ",", indent, width)
    elif match := _RAISE.match(text):
        lines = _item("raise ", match[1], match[2], indent, width)
        if len(lines) > 3:
            return "\n".join(lines)  # a string stays whole, however long it is
    elif match := _SIGNATURE.match(text):
        lines = [pad + match[1], f"{inner}{match[2]},", pad + match[3]]
    elif match := _CHOICE.match(text):
        lines = [f"{pad}if (", inner + match[1], inner + match[2], f"{pad}):"]
    else:
        return ""
    return "\n".join(lines) if _fits(lines, width) else ""


def _fits(lines: list[str], width: int) -> bool:
    return bool(lines) and max(map(columns, lines)) <= width


def _assignment(head: str, value: str, indent: int, width: int) -> list[str]:
    """`x = value`: split in the value's own brackets, or in parentheses around it."""
    pad = " " * indent
    if (match := _ANNOTATED.match(head)) and columns(pad + head) + 1 > width:
        members = match[2].split(" | ")
        inner = [f"{pad}    {match[2]}"]
        if columns(inner[0]) > width:
            inner = [f"{pad}    {'| ' * bool(i)}{m}" for i, m in enumerate(members)]
        return [f"{pad}{match[1]}: (", *inner, f"{pad}) = {value}"]
    lines = [] if _TERNARY.match(value) else _item(head, value, "", indent, width)
    if _fits(lines, width):
        return lines
    if not any(form.match(value) for form in (_TERNARY, _CALL, _NAMES)):
        return []
    body = _body(value, indent + 4, width)
    return [f"{pad}{head}(", *body, f"{pad})"] if body else []


def _item(head: str, value: str, tail: str, indent: int, width: int) -> list[str]:
    """A value with what stands before and behind it: on one line if it fits, else split in its own brackets; or nothing."""
    pad = " " * indent
    flat = f"{pad}{head}{value}{tail}"
    if columns(flat) <= width:
        return [flat]
    if match := _COMPREHENSION.match(value):
        open_, key, each, loop, test, close = match.groups()
        body = _loop(key or "", each, loop, test, indent + 4, width)
    elif _TERNARY.match(value):
        open_, close, body = "(", ")", _body(value, indent + 4, width)
    elif match := _CALL.match(value):
        open_, close, body = match[1], ")", _arguments(match[2], indent + 4, width)
    elif match := _LOOKUP.match(value):
        open_, close, body = match[1], "]", [f"{pad}    {match[2]}"]
    else:
        return []
    return [f"{pad}{head}{open_}", *body, f"{pad}{close}{tail}"] if body else []


def _body(value: str, indent: int, width: int) -> list[str]:
    """A value that stands alone in brackets."""
    match = _TERNARY.match(value)
    if match and indent + columns(value) > width:
        return [" " * indent + part for part in match.groups()]
    return _item("", value, "", indent, width)


def _loop(
    key: str, each: str, loop: str, test: str | None, indent: int, width: int
) -> list[str]:
    """What stands in the brackets of a comprehension."""
    pad = " " * indent
    tail = [loop, test] if test else [loop]
    flat = pad + " ".join([key + each, *tail])
    if columns(flat) <= width:
        return [flat]
    lines = _item(key, each, "", indent, width)
    return [*lines, *[pad + part for part in tail]] if lines else []


def _arguments(text: str, indent: int, width: int) -> list[str]:
    """What stands in the parentheses of a call."""
    pad = " " * indent
    if columns(pad + text) <= width or "," not in text:
        return [pad + text]
    return [f"{pad}{part.strip()}," for part in _ARGUMENT.findall(text)]
