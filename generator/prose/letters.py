"""Patterns: those that a text states as regular expressions, and those that it states as the letters that may stand in a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.facts import is_pattern
from generator.patterns import late

_RANGES = late(r"(?:a-z|A-Z|0-9|a-f|A-F|0-7)+")
_SIGN = late(r"[^\w\s]|_")
# What JSON Schema's regular expressions lack, or read otherwise: flags inside, anchors and classes of other dialects.
_FOREIGN = late(r"\(\?[a-zA-Z-]+[:)]|\\[AzZGQE]|\[\[:|[*+?}]\+|\(\?>|\(\?P")
_DELIMITED = late(r"/(\^.*\$)/")


def as_pattern(text: str) -> str:
    """A documented regular expression as JSON Schema writes it, or nothing where it is none."""
    match = _DELIMITED.fullmatch(text)
    text = match[1] if match else text
    return text if is_pattern(text) and not _FOREIGN.search(text) else ""


def letters_pattern(letters: Sequence[str], lengths: Mapping[str, str]) -> str:
    """The pattern of texts of some letters, each a range (`a-z`) or a sign (`_`), and of the lengths that are stated beside it.

    Nothing where there is no range, or something else among them: then it is no list of letters.
    """
    ranges = [each for each in letters if _RANGES.fullmatch(each)]
    signs = [each for each in letters if _SIGN.fullmatch(each)]
    if not ranges or len(ranges) + len(signs) < len(letters):
        return ""
    inner = "".join(ranges) + "".join(map(_escape, sorted(signs, key="-".__eq__)))
    low, high = lengths.get("minLength", ""), lengths.get("maxLength", "")
    times = f"{{{low or '0'},{high}}}" if low or high else "*"
    return f"^[{inner}]{times}$"


def _escape(sign: str) -> str:
    return f"\\{sign}" if sign in "\\]^-[" else sign
