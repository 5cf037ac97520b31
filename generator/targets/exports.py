"""The import statements and `__all__` of a generated module, in the order that ruff (I001, RUF022) asks for: constants, classes, the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.options import Style
from generator.targets.layout import columns

_DIGITS = re.compile(r"[0-9]+")


def exports(names: Iterable[str], style: Style) -> str:
    """`__all__ = [...]` on one line if it fits, else a name a line."""
    items = [f'"{name}"' for name in sorted(names, key=_order)]
    if not items:
        return "__all__: list[str] = []"
    line = f"__all__ = [{', '.join(items)}]"
    if columns(line) <= style.line_length:
        return line
    return "\n".join(["__all__ = [", *[f"    {item}," for item in items], "]"])


def from_import(module: str, names: Iterable[str], indent: int, style: Style) -> str:
    """`from module import …` on one line if it fits, else a name a line, as black does it."""
    words = sorted(names, key=import_order)
    pad = " " * indent
    line = f"{pad}from {module} import {', '.join(words)}"
    if columns(line) <= style.line_length:
        return line
    rows = [f"{pad}    {word}," for word in words]
    return "\n".join([f"{pad}from {module} import (", *rows, f"{pad})"])


def import_order(name: str) -> tuple[int, str, str]:
    """The order of names in an import statement, and of statements: as that of `__all__`, capitals and small letters alike."""
    kind, _ = _order(name)
    return kind, _DIGITS.sub(_number, name.lower()), name


def _order(name: str) -> tuple[int, str]:
    kind = 2
    if name.isupper() and (len(name) > 1 or not name.isascii()):  # ruff counts bytes
        kind = 0
    elif name[0].isupper():
        kind = 1
    return kind, _DIGITS.sub(_number, name)


def _number(match: re.Match[str]) -> str:
    """Digits such that texts compare as ruff compares numbers: shorter before longer; after a zero, digit by digit."""
    digits = match[0]
    if digits[0] == "0":
        return f"0\x00{digits}\x00"
    return f"0{chr(len(digits))}{digits}"
