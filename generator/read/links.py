"""Where links lead: their targets, labels and definitions, and the entities and escapes in them (CommonMark 4.7, 6.3)."""

from __future__ import annotations

import re

from generator.patterns import late

_ENTITY = late(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMON = {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&#39;": "'",
    "&nbsp;": "\xa0",
}
_ESCAPE = late(r"""\\([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])|(&)""")
_OPEN = late(r"\([ \t\n]*")
_ANGLE_URL = late(r"<((?:[^<>\n\\]|\\.)*+)>")
_URL_PART = late(r"(?:[^\s()\\]|\\[^\s])*+\\?")
_CLOSE = late(
    r"""(?:[ \t\n]++(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+[ \t\n]*\)""",
    re.DOTALL,
)
_REFERENCE = late(r"\[((?:[^\[\]\\]|\\.){0,999}+)\]", re.DOTALL)
_LABEL = late(r"[ \t]*\[((?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*\n?[ \t]*", re.DOTALL)
_BARE_URL = late(r"[^\s<]\S*+")
_TITLE = late(
    r"""(?:[ \t]+|[ \t]*\n[ \t]*)(?:"(?:[^"\n\\]|\\.)*+"|'(?:[^'\n\\]|\\.)*+'|\((?:[^()\n\\]|\\.)*+\))[ \t]*(?:\n|$)"""
)
_END = late(r"[ \t]*(?:\n|$)")
_DEEPEST = (
    32  # nested parentheses in a URL: as in cmark, and what keeps the time linear
)


def decode_entity(text: str, at: int) -> tuple[str, int]:
    """What the entity at `at` means and where it ends; an `&` that begins none stands for itself."""
    found = _ENTITY.match(text, at)
    if found is None:
        return "&", at + 1
    whole = found[0]
    char = _COMMON.get(whole)
    if char is None:
        if whole[1] == "#":
            from html import unescape  # 2 ms to import, and few pages need it

            char = unescape(whole)
        else:
            from html.entities import html5

            char = html5.get(whole[1:])
            if char is None:
                return "&", at + 1
    return char, found.end()


def decode_text(text: str) -> str:
    """`text` with its backslash escapes and entities resolved."""
    if "\\" not in text and "&" not in text:
        return text
    parts: list[str] = []
    at = 0
    while found := _ESCAPE.search(text, at):
        parts.append(text[at : found.start()])
        char, at = (
            (found[1], found.end()) if found[1] else decode_entity(text, found.start())
        )
        parts.append(char)
    return "".join(parts) + text[at:]


def find_target(text: str, at: int) -> tuple[str, int] | None:
    """URL and end of the link target `(url "title")` that begins at `at`, or None."""
    begin = _OPEN.match(text, at)
    if begin is None:
        return None
    start = begin.end()
    if angle := _ANGLE_URL.match(text, start):
        url, end = angle[1], angle.end()
    elif text.startswith("<", start):
        return None
    else:
        end = _skip_url(text, start)
        if end < 0:
            return None
        url = text[start:end]
    close = _CLOSE.match(text, end)
    return (decode_text(url), close.end()) if close else None


def _skip_url(text: str, at: int) -> int:
    """Where the URL that begins at `at` ends: its parentheses are balanced. -1 if they are not."""
    depth = 0
    while True:
        found = _URL_PART.match(text, at)
        assert found is not None
        at = found.end()
        char = text[at : at + 1]
        if char == "(":
            depth += 1
            if depth > _DEEPEST:
                return -1
        elif char == ")" and depth:
            depth -= 1
        else:
            return -1 if depth else at
        at += 1


def find_label(text: str, at: int) -> tuple[str, int]:
    """The label `[…]` that begins at `at` and its end; "" and `at` if there is none, "" and its end for `[]`."""
    found = _REFERENCE.match(text, at)
    if found is None or (found[1] and not found[1].strip()):
        return "", at
    return found[1], found.end()


def fold_label(label: str) -> str:
    """A label as `Page.links` has it: in lower case, its white space folded."""
    return " ".join(label.lower().split())


def take_definitions(text: str, links: dict[str, str]) -> int:
    """Put the definitions that `text` begins with into `links` (the first of a label counts); return where the rest begins.

    Unlike CommonMark a title stays on one line. Footnotes (`[^1]: …`) are no definitions.
    """
    at = 0
    while label := _LABEL.match(text, at):
        name = fold_label(label[1])
        angle = _ANGLE_URL.match(text, label.end())
        url = angle or _BARE_URL.match(text, label.end())
        if not name or name.startswith("^") or url is None:
            break
        end = _TITLE.match(text, url.end()) or _END.match(text, url.end())
        if end is None:
            break
        links.setdefault(name, decode_text(angle[1] if angle else url[0]))
        at = end.end()
    return at
