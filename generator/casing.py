"""The words of a name, and a name in another case."""

from __future__ import annotations

import re
from collections.abc import Container

from generator.patterns import late

_ACRONYM_PLURAL = re.compile(r"([A-Z]{2,})s(?![a-z])")
_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[^A-Z\W_]+|[A-Z][0-9]*", re.ASCII)
_BETWEEN = re.compile(r"[\W_]+")
_WIRE = late(r"(_*)([A-Za-z][A-Za-z0-9_]*)\Z")


def split_words(name: str) -> list[str]:
    """The words of a name, as written: `userIDs` → user, IDs; `HTTPServer2` → HTTP, Server2; `self-harm/intent` → self, harm, intent."""
    text = _ACRONYM_PLURAL.sub(lambda m: m[1].capitalize() + "s", name)
    if text.isascii():
        return _WORD.findall(text)
    words: list[str] = []
    for part in _BETWEEN.split(text):
        words += _WORD.findall(part) if part.isascii() else [part]
    return [word for word in words if word]


def one_word(title: str) -> str:
    """A title as a part of a key: `External Fields` → ExternalFields."""
    words = re.findall(r"\w+", title)
    if len(words) < 2:
        return "".join(words)
    return "".join(word[:1].upper() + word[1:] for word in words)


def free_name(name: str, taken: Container[str], joint: str = "_") -> str:
    """The name, or with the first number from 2 behind it under which it is not taken."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}{joint}{number}"
    return free


def wire_name(name: str, rule: str) -> str:
    """The key that a wire-name rule (snake, camel, pascal) makes of a documented name; what is no identifier stays as documented."""
    match = _WIRE.match(name)
    if not match:
        return name
    words = [word.lower() for word in split_words(match[2])]
    if rule == "snake":
        return match[1] + "_".join(words)
    first = words[0] if rule == "camel" else words[0].capitalize()
    return match[1] + first + "".join(word.capitalize() for word in words[1:])
