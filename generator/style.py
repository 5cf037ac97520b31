"""Reads the user's `[tool.black]`, so that the outputs pass their `black --check`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from generator.config import ConfigError, folders_upward, shown_path, tool_table
from generator.light import TYPE_CHECKING
from generator.options import Style

if TYPE_CHECKING:
    from typing import Any


def read_style(start: str) -> Style:
    """The style of the pyproject.toml that `find_style` finds. Raises ConfigError with all mistakes in its keys."""
    file = find_style(start)
    return read_style_file(file) if file else Style()


def find_style(start: str, upward: bool = True) -> str | None:
    """The nearest pyproject.toml with a table `[tool.black]`, from a folder upward, or in that folder only.

    Like black, it looks no higher than the root of the repository (a folder with .git or .hg). Raises ConfigError.
    """
    for folder in folders_upward(start):
        file = shown_path(os.path.join(folder, "pyproject.toml"))
        if tool_table(file, "black") is not None:
            return file
        if not upward or any(
            os.path.exists(os.path.join(folder, mark)) for mark in (".git", ".hg")
        ):
            break
    return None


def read_style_file(file: str) -> Style:
    """What the table `[tool.black]` of a file says, as far as fieldgen reads it. Raises ConfigError."""
    table = tool_table(file, "black")
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: tool.black: expected a table")
    table = {name.replace("_", "-"): value for name, value in table.items()}
    values: dict[str, Any] = {}
    errors = []
    for key, (name, read, expected) in _KEYS.items():
        if key in table:
            value = read(table[key])
            if value is None:
                errors.append(f"{file}: tool.black.{key}: expected {expected}")
            values[name] = value
    if errors:
        raise ConfigError(*errors)
    return Style(**values)


def _length(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(
        "[0-9]{1,9}", value
    ):  # black takes a number in quotes, too
        value = int(value)
    return (
        value
        if isinstance(value, int) and not isinstance(value, bool) and value > 0
        else None
    )


def _versions(value: object) -> tuple[str, ...] | None:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(
        isinstance(word, str) and re.fullmatch("(?i)py3[0-9]{1,2}", word)
        for word in words
    ):
        return None
    return tuple(word.lower() for word in words)


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _skip(value: object) -> bool | None:
    """black's config says what to skip, its `Mode` what to do."""
    return not value if isinstance(value, bool) else None


_KEYS: dict[str, tuple[str, Callable[[object], object], str]] = {
    "line-length": ("line_length", _length, "a whole number above 0"),
    "target-version": (
        "target_versions",
        _versions,
        'an array of versions such as "py311"',
    ),
    "skip-magic-trailing-comma": ("magic_trailing_comma", _skip, "true or false"),
    "skip-string-normalization": ("string_normalization", _skip, "true or false"),
    "preview": ("preview", _flag, "true or false"),
    "unstable": ("unstable", _flag, "true or false"),
}
