"""A text as rules see it: as long as it was, with code and quotes as closed values, and without markup, links' targets and examples.

Each value becomes `OPEN`, as many `INSIDE` as it has characters, and `OPEN`: so no rule looks into a value, and no value ends a sentence.
"""

from __future__ import annotations

import re

from generator.patterns import late

OPEN, INSIDE = "\x01", "\x02"
VALUE = f"{OPEN}{INSIDE}*{OPEN}"  # a pattern for a whole value

_CODE = late(r"(?s)(`+)(?!`)(.+?)(?<!`)\1(?!`)|<code>(.*?)</code>")
_TARGET = late(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\[\]\n]*\]")
_MARKUP = late(
    r"(?is)<br\s*/?>|<li\b[^>]*>|</?(?:ul|ol|p|div|li)\b[^<>]*>|<!--.*?-->|</?[a-z][^<>]*>"
    r"|&(?:lt|gt|nbsp|ge|le|amp);"
)
_QUOTE = late(
    r'"[^"\n]{0,80}"|“[^”\n]{0,80}”|&quot;[^\n]{0,80}?&quot;'
    r"|(?<![\w.])'[^'\n]{0,40}'(?!\w)|‘[^’\n]{0,40}’(?!\w)|(?P<sign>&#39;|&#x27;|&#34;|&#x60;)[^\n]{0,80}?(?P=sign)"
)
_SIGN = late(r"&(?:#\w+|quot);")
_BULLET = late(r"(?m)^(\s*)[*•](?=\s)")
_EMPHASIS = late(
    r"\*+|(?<![\w\x01])_+(?=[^\s_])|(?<=[^\s_])_+(?![\w\x01])|~~|\\(?=[^\w\s])"
)
_NULLS = ("`null`", "`NULL`")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&ge;": "≥", "&le;": "≤", "&amp;": "&"}


def mask(text: str) -> str:
    """The text with its values closed and its markup blank; each character that stays, stays in its place."""
    if "`" in text or "<code" in text:
        text = _CODE.sub(_close, text)
    if "<" in text or "&" in text:
        text = _MARKUP.sub(_unmark, text)
    if '"' in text or "'" in text or "“" in text or "‘" in text or "&" in text:
        text = _QUOTE.sub(_close, text)
        text = _SIGN.sub(_blank, text)
    if "](" in text or "][" in text:
        text = _TARGET.sub(_blank, text).replace("[", " ")
    if "*" in text or "_" in text or "~" in text or "\\" in text or "•" in text:
        text = _EMPHASIS.sub(_blank, _BULLET.sub(r"\1-", text))
    return text.replace("\xa0", " ")


def blank(text: str, start: int, end: int) -> str:
    """The text with a part of it blank; lines stay lines."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def end_of_link(text: str, end: int) -> int:
    """Where a link ends whose label ends at `end`, or just `end`."""
    match = _TARGET.match(text, end)
    return match.end() if match else end


def _close(match: re.Match[str]) -> str:
    if match[0] in _NULLS:  # no value, but a word that rules know
        return match[0].replace("`", " ")
    if match[0].startswith("```"):  # a block of code is no value
        return re.sub(r"[^\n]", " ", match[0])
    return OPEN + INSIDE * (len(match[0]) - 2) + OPEN


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _unmark(match: re.Match[str]) -> str:
    tag = match[0].lower()
    if tag in _ENTITIES:
        return _ENTITIES[tag].ljust(len(tag))
    if tag.startswith("<li"):
        return "\n- ".ljust(len(tag))
    if tag.startswith(
        ("<br", "</br", "</ul", "</ol", "<p", "</p", "<div", "</div", "</li")
    ):
        return "\n".ljust(len(tag))
    return " " * len(tag)
