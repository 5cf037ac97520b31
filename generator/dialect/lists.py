"""Dialects of field lists in YAML and JSON: where the models are, where their fields are, and which key means what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.diagnostics import SourceSpan
from generator.dialect.files import Files, list_family, load_data
from generator.facts import SIMPLE
from generator.ir import TypeRef
from generator.light import NamedTuple, record
from generator.typeexpr import CANONICAL, Words, parse_type

_NOWHERE = SourceSpan("", 0)
_WORD = r"(?:\\.|[^.\[\]{}^@\\])"  # `\.` is a dot in a key
_ENDS = r"(?:\[\]|\{\})*"
_STEP = re.compile(rf"({_WORD}*)({_ENDS})")
PATH = re.compile(rf"\^*(?:\.|@key|@file|{_WORD}*{_ENDS}(?:\.{_WORD}+{_ENDS})*)")

# What a key of a field, or of what describes a type, can mean. docs/dialects.md explains each.
MEANINGS = (
    *("name", "type", "format", "description", "default", "example", "deprecated"),
    *("required", "optional", "nullable", "recommended", "required-names"),
    *("enum", "open", "const", "items", "values", "fields", "patterned", "list", "map"),
    *("ref", "like", "bases", "refine", "all-of", "any-of", "by-key", "inline"),
    *("inner-key", "either", "may-of", "unevaluated", "first-items", "more-items"),
    *SIMPLE,
)
# What a rule can say.
SAYS = (
    *("required", "optional", "nullable", "recommended", "deprecated", "open"),
    *("list", "map", "type", "exclusive-minimum", "exclusive-maximum", "inline", "by-key"),
    *("no-field",),
    *SIMPLE,
)  # fmt: skip
VALUE_PARTS = ("value", "name", "description")


class Path(NamedTuple):
    """Where something stands, seen from a node: `up` mappings above it, and from there `steps`.

    A step is a key, `[]` (each item of a list) or `{}` (each entry of a mapping). `special`: `@key`, the key that the node stands under, or
    `@file`, the name of the file.
    """

    up: int
    steps: tuple[str, ...]
    special: str = ""


class Rule(NamedTuple):
    """What a value says: where it stands, the pattern that its text matches (None: it is there), what that says, and a value."""

    at: Path
    matches: re.Pattern[str] | None
    says: str
    value: str


class Place(NamedTuple):
    """Where definitions stand, how they are called, and what their keys mean where that is not what `keys` says."""

    at: Path
    name: tuple[Path, ...]
    suffix: str
    keys: Mapping[str, tuple[Path, ...]]
    when: tuple[Path, ...]  # without one of these, it is no definition


@record(frozen=True, eq=False)
class ListDialect:
    """The words of a kind of field list. `keys`: meaning → where it may stand; the first that is there counts."""

    name: str
    title: str
    family: str  # dialects of one family may refer to each other's files
    words: Words
    models: tuple[Place, ...]
    keys: Mapping[str, tuple[Path, ...]]
    value_keys: Mapping[str, tuple[Path, ...]]  # of the values of an enum
    rules: tuple[Rule, ...]
    catalog: tuple[tuple[Path, tuple[Path, ...]], ...]  # what `like` names
    defaults: Mapping[str, Path]  # meaning → what the top of the file says of all
    untyped: TypeRef | None
    lost: frozenset[str]  # keys whose meaning has no place in the schema …
    lost_below: tuple[Path, ...]  # … and those that stand deeper
    kept: frozenset[str]  # keys that are kept word for word: they speak JSON Schema
    lone_refs: re.Pattern[str] | None  # files in which what stands beside `ref` is void
    known: frozenset[str]  # keys that mean nothing to us, where others are mistakes
    closed: bool
    texts: bool  # values may be texts of what they are: "8"
    dotted: bool
    type_facts: tuple[tuple[re.Pattern[str], str, str], ...]


def parse_path(text: str) -> Path:
    """A path as a dialect writes it: `resources[].schema`, `^name`, `@key`, `.`."""
    rest = text.lstrip("^")
    up = len(text) - len(rest)
    if rest.startswith("@"):
        return Path(up, (), rest)
    return Path(up, tuple(_steps(rest)) if rest != "." else ())


def _steps(text: str) -> Iterator[str]:
    for match in _STEP.finditer(text):
        if match[1]:
            yield match[1].replace("\\.", ".")
        yield from (match[2][i : i + 2] for i in range(0, len(match[2]), 2))


def _paths(data: Mapping[str, Any]) -> dict[str, tuple[Path, ...]]:
    return {key: _path_list(some) for key, some in data.items()}


def _path_list(some: str | list[str]) -> tuple[Path, ...]:
    return tuple(map(parse_path, [some] if isinstance(some, str) else some))


def _place(row: Mapping[str, Any]) -> Place:
    names, when = _path_list(row["name"]), _path_list(row.get("when", []))
    keys = _paths(row.get("keys", {}))
    return Place(parse_path(row["at"]), names, row.get("suffix", ""), keys, when)


def _rule(row: Mapping[str, str]) -> Rule:
    pattern = re.compile(row["matches"], re.DOTALL) if "matches" in row else None
    return Rule(parse_path(row["at"]), pattern, row["says"], row.get("value", ""))


@lru_cache(maxsize=64)
def load_list(name: str, files: Files = ()) -> ListDialect:
    """The dialect of this name. Raises DialectError."""
    data = load_data(name, files)
    types = {
        word: parse_type(text, CANONICAL, _NOWHERE)
        for word, text in data.get("types", {}).items()
    }
    words = Words(
        types,
        data.get("generics", {}),
        data.get("prefixes", {}),
        data.get("suffixes", {}),
        frozenset(data.get("separators", ())),
        frozenset(data.get("open", ())),
        rewrite=tuple(
            (re.compile(row["matches"], re.IGNORECASE), row["to"])
            for row in data.get("rewrite", ())
        ),
    )
    untyped = data.get("without-type")
    rules = tuple(map(_rule, data.get("rules", ())))
    return ListDialect(
        name,
        data.get("title", ""),
        list_family(name, files),
        words,
        tuple(map(_place, data.get("models", ()))),
        _paths(data.get("keys", {})),
        _paths(data.get("value-keys", {})),
        rules,
        tuple(
            (parse_path(row["at"]), _path_list(row["name"]))
            for row in data.get("catalog", ())
        ),
        {key: parse_path(text) for key, text in data.get("file-keys", {}).items()},
        parse_type(untyped, CANONICAL, _NOWHERE) if untyped else None,
        frozenset(word for word in data.get("lost", ()) if "." not in word),
        tuple(parse_path(word) for word in data.get("lost", ()) if "." in word),
        frozenset(data.get("kept", ())),
        re.compile(data["lone-refs"]) if "lone-refs" in data else None,
        frozenset(data.get("known", ())),
        data.get("closed-keys") == "yes",
        data.get("text-values") == "yes",
        data.get("dotted-names") == "yes",
        tuple(
            (re.compile(row["matches"], re.IGNORECASE), row["says"], row["value"])
            for row in data.get("type-facts", ())
        ),
    )
