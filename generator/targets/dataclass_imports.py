"""What a module of dataclasses needs besides its classes: helper functions, and what it imports of the standard library."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.options import Options, Style
from generator.targets.exports import from_import

_TYPING = ("Any", "Final", "Literal", "Self", "TypeAlias")
_ENUM = ("Enum", "IntEnum", "StrEnum")
_DATED = frozenset(("dates", "read_datetime", "read_date", "write_datetime"))
# What a helper function calls.
_NEEDS: dict[str, set[str]] = {
    "read_datetime": {"write_datetime"},
    "write": {"list", "dict"},
}


def needed_helpers(
    called: Collection[str], used: Collection[str], models: bool, options: Options
) -> set[str]:
    """The helper functions that the code needs, with what they need themselves. `called`, `used`: the helpers and names in it."""
    helpers = {*called, *({"UNSET"} if "UNSET" in used else ())}
    if models:
        helpers.add("refuse")
    for helper in tuple(helpers):
        helpers |= _NEEDS.get(helper, set())
    if "write" in helpers:
        helpers |= {"dates", "write_datetime"} if "dt" in used else set()
        helpers |= {"enums"} if options.enums == "enum" else set()
    return helpers


def import_lines(
    used: Collection[str],
    helpers: Collection[str],
    fields: Sequence[str],
    mappings: bool,
    style: Style,
) -> list[str]:
    """The import statements for what is used, for these helpers, and these names of `dataclasses`. `mappings`: some function takes one."""
    used = set(used)
    if "UNSET" in helpers:
        used |= {"Enum", "Final", "Literal"}
    if _DATED.intersection(helpers):
        used.add("dt")
    if "enums" in helpers:
        used.add("Enum")
    lines = ["import builtins"] if "builtins" in used else []
    lines += ["import datetime as dt"] if "dt" in used else []
    lines += ["import re"] if "matching" in helpers else []
    for module, words in (
        ("collections.abc", ["Mapping"] if mappings else []),
        ("dataclasses", fields),
        ("enum", [word for word in _ENUM if word in used]),
        ("typing", [word for word in _TYPING if word in used]),
    ):
        if words:
            lines.append(from_import(module, words, 0, style))
    return lines
