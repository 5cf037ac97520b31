"""What detection has to know of a dialect. Little of its file: all dialects are asked whenever one is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.datafiles import read_some
from generator.dialect.files import (
    FOLDER,
    Files,
    built_in,
    extend,
    invert,
    list_names,
    load_data,
    page_names,
)
from generator.light import NamedTuple


class Evidence(NamedTuple):
    """A row of `detect`: what speaks for the dialect where (one of `keys.PLACES`), and how much. `needed`: one of the rows so marked must match."""

    place: str
    pattern: str
    points: float
    needed: bool = False

    @property
    def matches(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first asked for: to tell a dialect takes few of them."""
        return _compile(self.pattern)


class Clues(NamedTuple):
    """A dialect as detection sees it: which columns and sections it knows, and what speaks for it."""

    name: str
    title: str
    columns: Mapping[str, str]
    sections: Mapping[str, str]
    detect: tuple[Evidence, ...]


def all_clues(files: Files = ()) -> Iterator[Clues]:
    """Those of every dialect of markdown, in the order of their names. Raises DialectError."""
    return (_load(name, files) for name in page_names(files))


def list_clues(files: Files = ()) -> Iterator[Clues]:
    """Those of every dialect of field lists, in the order of their names. Raises DialectError."""
    return (_load(name, files) for name in list_names(files))


_compile = lru_cache(maxsize=1024)(re.compile)
_KEYS = ("title", "extends", "columns", "sections", "detect")


@lru_cache(maxsize=1)
def _ours() -> dict[str, Any]:
    """What our own dialects of markdown say of themselves, without what they extend."""
    said: dict[str, Any] = read_some(FOLDER, built_in(), _KEYS)
    return said


@lru_cache(maxsize=128)
def _load(name: str, files: Files) -> Clues:
    ours = name in built_in()
    data = extend(name, _ours().__getitem__) if ours else load_data(name, files)
    return Clues(
        name,
        data.get("title", ""),
        invert(data.get("columns", {})),
        invert(data.get("sections", {})),
        tuple(
            Evidence(
                row["in"],
                row["matches"],
                float(row["points"]),
                row.get("needed") == "yes",
            )
            for row in data.get("detect", ())
        ),
    )
