"""Types in fieldgen's own notation: what `parse_type` reads back with the words `CANONICAL` as an equal type."""

from __future__ import annotations

import re
from typing import assert_never

from generator.ir import ListOf, Literal, MapOf, OneOf, Ref, Scalar, TypeRef
from generator.typeexpr import CANONICAL

# Names that are read as one word, and as no other. All others are written as a link.
_NAME = re.compile(r"[^\W\d_]\w*(?:[.$]\w+)*")
_TAKEN = (
    frozenset(CANONICAL.types)
    | frozenset(CANONICAL.generics)
    | CANONICAL.open
    | {"true", "false", "True", "False"}
)
_UNSAFE_IN_URL = re.compile(r"[^\w./~-]")
_TICK = r"\u0060"
_UNSAFE_IN_LABEL = re.compile(r"[^\w. -]+")


def print_type(type_: TypeRef, page: bool = False) -> str:
    """The text of a type. A linked reference is its key, or `[label](#key)` where the key is no plain name.

    Types must be as the parser makes them: unions flat, with one `Literal` at most; the values of literals strings, numbers or booleans;
    formats one word. `page`: for a markdown page, where every reference is a link and every literal is code.
    """
    match type_:
        case Scalar(kind, format_):
            return f"{kind}({format_})" if format_ else kind
        case ListOf(item):
            several = (
                isinstance(item, OneOf)
                or isinstance(item, Literal)
                and len(item.values) + item.open > 1
            )
            return (
                f"({print_type(item, page)})[]"
                if several
                else f"{print_type(item, page)}[]"
            )
        case MapOf(value):
            return f"Record<string, {print_type(value, page)}>"
        case OneOf(members):
            return " | ".join(print_type(member, page) for member in members)
        case Literal(values, open_):
            # `&` would be the begin of an HTML entity.
            shown = [value.replace("&", r"\u0026") for value in values]
            if page:
                shown = [f"`{value.replace('`', _TICK)}`" for value in shown]
            return " | ".join(shown + ["..."] * open_)
        case Ref(name, url):
            return (
                name
                if not (page or url) and _NAME.fullmatch(name) and name not in _TAKEN
                else f"[{_label(name)}]({url or fragment(name)})"
            )
        case _:
            assert_never(type_)


def _label(name: str) -> str:
    """The name without what means something in markdown. What counts is the URL; the label is for the reader."""
    return _UNSAFE_IN_LABEL.sub(" ", name).strip() or "type"


def fragment(key: str) -> str:
    """The link to a definition by its key."""
    return "#" + _UNSAFE_IN_URL.sub(
        lambda match: "".join(
            f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")
        ),
        key,
    )
