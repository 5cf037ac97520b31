"""Types that are read a short way: a name or a text alone, and links.

The docs have thousands of cells like `[Boat](boat.md)[]`, but few shapes of such cells. Where the labels are plain names, or names in plain
generics (`[Optional[models.Boat]](boat.md)`), a type depends on them in one way: they are the names of its references. So each shape is
parsed once, with names that stand for nothing in the place of those in links.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.ir import Literal, Ref, TypeRef, map_type, references
from generator.typegrammar import Parser
from generator.typetokens import TypeSyntaxError
from generator.typewords import Words

# No sign in a label may be a part of a word or, with those around it, of a tag or a phrase.
_LINK = re.compile(
    r"\[(\*\*|)((?:[\w.]++|, ?|\[(?:[\w.]++|, ?|\[[\w.]*+\])*+\])++)\1\]\(([^()\s<>\\&]+)\)"
)
_NAME = re.compile(r"(?<![\w.])[^\W\d_]\w*+(?:\.\w++)*+")
_ONE = re.compile(rf'(`?)(?:("[^"\\\\&\0-\x1f]*+")|({_NAME.pattern}))\1')
_SLOT = "Ꙩ"  # no docs have a name with this letter; if some do, their cells are parsed one by one
_URLS = ("#", "#://")  # of slots: whether a link leads out of the docs may count


def parse_one(text: str, words: Words) -> TypeRef | None:
    """The type of a cell that is one name or one text in quotes, maybe as code; None: it is to be parsed as it is."""
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    _, quoted, name = found.groups()
    if quoted is not None:
        return Literal((quoted,))
    return None if name in words.vocabulary else Ref(name)


def parse_linked(text: str, words: Words) -> TypeRef | None:
    """The type of a cell of links with plain names in their labels; None: it is to be parsed as it is."""
    if "](" not in text or _SLOT in text:
        return None
    vocabulary = words.vocabulary
    slots: dict[tuple[str, str], str] = {}

    def fit(link: re.Match[str]) -> str:
        bold, label, url = link.groups()

        def fill(found: re.Match[str]) -> str:
            name = found[0]
            if name in vocabulary:
                return name
            return slots.setdefault((name, url), f"{_SLOT}{len(slots)}")

        filled = _NAME.sub(fill, label)
        if filled == label:
            return link[0]
        return f"[{bold}{filled}{bold}]({_URLS['://' in url]})"

    shaped = _LINK.sub(fit, text)
    shape = _parse_shape(shaped, words) if slots else None
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
    slots = [ref for ref in references(type_) if ref.url in _URLS]
    plain = all(map(_is_slot, slots)) and repr(type_).count(_SLOT) == len(slots)
    return type_ if plain else None


def _is_slot(ref: Ref) -> bool:
    """Whether a reference is to a slot and says no more."""
    name = ref.name
    plain = name[:1] == _SLOT and name[1:].isdecimal() and ref.fallback is None
    return plain and ref == Ref(name, ref.url)
