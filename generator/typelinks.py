"""Types that consist of links: the docs have thousands of cells like `[Boat](boat.md)[]`, but few shapes of such cells.

Where the labels are plain names, a type depends on them in one way: they are the names of its references. So each shape is parsed once,
with names that stand for nothing in the place of the links.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.ir import Ref, TypeRef, map_type, references
from generator.typegrammar import Parser
from generator.typetokens import TypeSyntaxError
from generator.typewords import Words

_LINK = re.compile(r"\[(\*\*|)([^\W\d_]\w*)\1\]\(([^()\s<>\\&]+)\)")
_SLOT = "Ꙩ"  # no docs have a name with this letter; if some do, their cells are parsed one by one


def parse_linked(text: str, words: Words) -> TypeRef | None:
    """The type of a cell in which all links have plain names as labels, or at least some; None: it is to be parsed as it is."""
    parts = _LINK.split(text)  # text, marks, label, URL, text, …
    labels = parts[2::4]
    if not labels or _SLOT in text or not words.vocabulary.isdisjoint(labels):
        return None
    slots: dict[tuple[str, str], str] = {}
    for at, label in enumerate(labels):
        bold, _, url = parts[4 * at + 1 : 4 * at + 4]
        slot = slots.setdefault((label, url), f"{_SLOT}{len(slots)}")
        parts[4 * at + 1 : 4 * at + 4] = f"[{bold}", slot, f"{bold}](#)"
    shape = _parse_shape("".join(parts), words)
    if shape is None:
        return None
    linked = {slot: Ref(*link) for link, slot in slots.items()}
    return map_type(shape, lambda ref: linked.get(ref.name, ref))


@lru_cache(maxsize=4096)
def _parse_shape(text: str, words: Words) -> TypeRef | None:
    """The type of a shape; None where it is none, or one of which slots are more than the names of references."""
    try:
        type_ = Parser(text, words).whole()
    except TypeSyntaxError:
        return None
    slots = [ref for ref in references(type_) if ref.name.startswith(_SLOT)]
    plain = all(ref == Ref(ref.name, "#") and not ref.fallback for ref in slots)
    return type_ if plain and repr(type_).count(_SLOT) == len(slots) else None
