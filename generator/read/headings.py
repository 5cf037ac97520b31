"""What belongs to a heading: its text without marks, the ids in it, and the slug that GitHub makes of it."""

from __future__ import annotations

from generator.patterns import late
from generator.read.inline import plain_text

_ID = late(
    r"""<[A-Za-z][^<>\s]*+(?=[^<>]*>)[^<>]*?\s(?:id|name)\s*=\s*["'{]*([^"'\s<>{}]+)"""
)
_SECOND_ID = late(r"""\sname="[^"<>]*"\s+id="([^"\s<>]+)\"""")
_CUSTOM = late(
    r"\{(?:#([^\s{}]+)[^{}]*|:[ \t]*(?:[^{}]*?#([^\s{}]+))?[^{}]*|/\*[ \t]*#(\S+)[ \t]*\*/|[.][^{}]*?(?:#([^\s{}]+)[^{}]*)?)\}$"
)
_PLAIN = late(r"[a-z0-9_-]*")
_DROPPED = late(r"[^a-z0-9_\- ]")


def strip_marks(text: str) -> str:
    """The text of an ATX heading without the closing `#`s (CommonMark 4.2)."""
    text = text.strip()
    if text.endswith("#"):
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
            return bare.rstrip()
    return text


def find_anchors(text: str) -> tuple[str, ...]:
    """The ids that the tags in `text` carry: `<a name="…">`, `<h2 id="…">`, in order."""
    if "=" not in text or "<" not in text:
        return ()
    found = _ID.findall(text)
    if "id=" in text and "name=" in text:  # one tag may carry both
        found += _SECOND_ID.findall(text)
    return tuple(dict.fromkeys(found))


def split_custom_id(text: str) -> tuple[str, tuple[str, ...]]:
    """The text of a heading without a trailing `{#id}`, `{: #id .class}` or `{/* #id */}`, and that id."""
    if text.endswith("}") and (found := _CUSTOM.search(text, text.rfind("{"))):
        ids = tuple(filter(None, found.groups()))
        return text[: found.start()].rstrip(), ids
    return text, ()


def slugify(text: str, links: dict[str, str], seen: dict[str, int]) -> str:
    """The id that GitHub gives the heading `text` (markdown), unique in its page: `seen` counts the slugs given so far."""
    words = plain_text(text, links).lower()
    slug = words.replace(" ", "-")
    if not _PLAIN.fullmatch(slug):
        if words.isascii():
            slug = _DROPPED.sub("", words).replace(" ", "-")
        else:
            slug = "".join(
                "-" if char == " " else char for char in words if _is_kept(char)
            )
    base = slug
    while slug in seen:
        seen[base] += 1
        slug = f"{base}-{seen[base]}"
    seen[slug] = 0
    return slug


def _is_kept(char: str) -> bool:
    if char.isascii():
        return char.isalnum() or char in "_- "
    from unicodedata import category  # only few pages need it

    return category(char)[0] in "LM" or category(char) in ("Nd", "Nl", "Pc")
