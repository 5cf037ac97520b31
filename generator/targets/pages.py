"""A package instead of one module: its files, and which page becomes which module."""

from __future__ import annotations

from keyword import iskeyword
from posixpath import splitext
from unicodedata import combining, normalize

from generator.casing import free_name, split_words
from generator.ir import Schema
from generator.light import NamedTuple

SUPPORT = "support"
ALL = "everything"
# Windows takes these for devices, whatever stands behind the dot.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul")
    + tuple(f"{port}{number}" for port in ("com", "lpt") for number in range(10))
)
_LONGEST = 200  # file systems allow 255


class File(NamedTuple):
    """One file of an output: its name in the out folder, its template and what the template sees."""

    name: str
    template: str
    view: object


def page_modules(schema: Schema) -> dict[str, str]:
    """The module of each page that defines something: {page: module}, in schema order.

    A module is called as its page with its folders, so that other pages do not change its name; where two are called alike, the later is
    numbered. No class is called so: the names of those begin with a capital, or with a letter that is not ASCII.
    """
    taken = {SUPPORT, ALL}
    out: dict[str, str] = {}
    for definition in schema.definitions:
        file = definition.span.file
        if file not in out:
            name = _spell(file)
            out[file] = free_name(name, taken, "_" if name[-1:].isdigit() else "")
            taken.add(out[file])
    return out


def _spell(file: str) -> str:
    """A page as the name of a module: small letters that all disks and linters take, so others by their base or their number."""
    text = "".join(
        char if char.isascii() else f"_u{ord(char):x}_"
        for char in normalize("NFKD", splitext(file)[0])
        if not combining(char)
    )
    name = "_".join(split_words(text)).lower()[:_LONGEST]
    if not name.isidentifier():
        name = f"page_{name}" if name else "page"
    return f"{name}_" if name in _DEVICES or iskeyword(name) else name
