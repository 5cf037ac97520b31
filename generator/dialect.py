"""Dialects: how a kind of docs writes its field tables. Each is a YAML file of words in generator/dialects; this module only reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.diagnostics import SourceSpan, suggest
from generator.marks import SAYS, Mark
from generator.typeexpr import CANONICAL, Words, parse_type

FOLDER = Path(__file__).parent / "dialects"
KEYS = (
    "marks",
    "split",
    "field-name",
    "model-name",
    "surplus",
    "short-rows",
    "required-default",
    "title",
    "extends",
    "columns",
    "required",
    "sections",
    "silent",
    "types",
    "generics",
    "prefixes",
    "suffixes",
    "separators",
    "open",
    "deprecation",
    "example-list",
    "detect",
)
_NOWHERE = SourceSpan("", 0)


class DialectError(ValueError):
    """There is no such dialect, or its file is not one."""


@dataclass(frozen=True)
class Evidence:
    """A row of `detect`: what speaks for the dialect where, and how much. `place`: required, type, header, section or values."""

    place: str
    matches: re.Pattern[str]
    points: int


@dataclass(frozen=True)
class Dialect:
    """The words of a kind of docs. Words of headers, marks and sections are compared in lower case with white space folded."""

    name: str
    title: str
    columns: Mapping[str, str]  # header word → column
    required: Mapping[str, bool]  # mark → required
    sections: Mapping[str, str]  # heading → fields, values, types or other
    silent: frozenset[str]  # cells that say nothing
    words: Words
    deprecation: re.Pattern[str] | None
    example_list: re.Pattern[str] | None
    detect: tuple[Evidence, ...]
    # What words inside cells say, and cells that hold several columns.
    marks: tuple[Mark, ...] = ()
    split: tuple[tuple[str, re.Pattern[str]], ...] = ()
    # Where in its cell a field's name stands, and where in a heading a definition's.
    field_name: re.Pattern[str] | None = None
    model_name: re.Pattern[str] | None = None
    surplus: str = ""  # the column whose cell holds bars that are not escaped
    short_rows: bool = False  # the last cells of a row may be missing
    required_default: bool = False  # fields that do not tell are required


def fold(text: str) -> str:
    """A word as it is compared: lower case, white space folded."""
    return " ".join(text.lower().split())


def dialect_names() -> list[str]:
    """The names of all dialects, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def _read(name: str) -> dict[str, Any]:
    import yaml  # 45 ms

    path = FOLDER / f"{name}.yaml"
    if name not in dialect_names():
        raise DialectError(
            f'there is no dialect "{name}"; {suggest(name, dialect_names()) or "known are " + ", ".join(dialect_names())}'
        )
    # BaseLoader: every scalar is text, so that `yes` and `no` stay words.
    data = yaml.load(
        path.read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader),
    )
    if not isinstance(data, dict):
        raise DialectError(f"{path.name}: a dialect is a mapping")
    for key in data:
        if key not in KEYS:
            raise DialectError(
                f'{path.name}: there is no key "{key}"; {suggest(key, KEYS)}'
            )
    return data


def _merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """What a dialect says itself, over what it extends: tables are merged a key at a time, `types` a word at a time."""
    out = dict(base)
    for key, value in own.items():
        merges = isinstance(value, dict) and isinstance(base.get(key), dict)
        out[key] = {**base[key], **value} if merges else value
    return out


def _load(name: str, chain: tuple[str, ...] = ()) -> dict[str, Any]:
    if name in chain:
        raise DialectError(
            f"dialects extend each other in a circle: {' → '.join((*chain, name))}"
        )
    data = _read(name)
    parent = data.pop("extends", None)
    if parent is None:
        return data
    base = _load(parent, (*chain, name))
    base.pop("detect", None)  # what speaks for the parent does not speak for the child
    return _merge(base, data)


def _inverted(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {fold(word): key for key, words in table.items() for word in words}


@lru_cache(maxsize=64)
def load_dialect(name: str) -> Dialect:
    """The dialect of this name, with all that it extends. Raises DialectError."""
    data = _load(name)
    types = {
        word: parse_type(text, CANONICAL, _NOWHERE)
        for word, text in data.get("types", {}).items()
    }
    return Dialect(
        name=name,
        title=data.get("title", ""),
        columns=_inverted(data.get("columns", {})),
        required={
            word: key == "yes"
            for word, key in _inverted(data.get("required", {})).items()
        },
        sections=_inverted(data.get("sections", {})),
        silent=frozenset(data.get("silent", ())),
        words=Words(
            types,
            data.get("generics", {}),
            data.get("prefixes", {}),
            data.get("suffixes", {}),
            frozenset(data.get("separators", ())),
            frozenset(data.get("open", ())),
        ),
        deprecation=_pattern(data.get("deprecation")),
        example_list=_pattern(data.get("example-list")),
        marks=tuple(_mark(row) for row in data.get("marks", ())),
        split=tuple(
            (row["in"], re.compile(row["matches"], re.DOTALL))
            for row in data.get("split", ())
        ),
        field_name=_pattern(data.get("field-name")),
        model_name=_pattern(data.get("model-name")),
        surplus=data.get("surplus", ""),
        short_rows=data.get("short-rows") == "yes",
        required_default=data.get("required-default") == "yes",
        detect=tuple(
            Evidence(row["in"], re.compile(row["matches"]), int(row["points"]))
            for row in data.get("detect", ())
        ),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.DOTALL) if text else None


def _mark(row: Mapping[str, str]) -> Mark:
    if row["says"] not in SAYS:
        raise DialectError(
            f'no mark says "{row["says"]}"; {suggest(row["says"], SAYS)}'
        )
    pattern = re.compile(row["matches"], re.DOTALL | re.IGNORECASE)
    cut = row.get("cut") == "yes"
    return Mark(row["in"], pattern, row["says"], cut, row.get("separator", ","))


def all_dialects() -> Iterator[Dialect]:
    """Every dialect, in the order of their names."""
    return (load_dialect(name) for name in dialect_names())
