"""The rules of a language: its YAML file as patterns, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.prose.mask import VALUE
from generator.prose.values import NUMBER, WORD

FOLDER = Path(__file__).parent
SAYS = (
    "values",
    "value",
    "default",
    "limit",
    "fact",
    "number",
    "text",
    "deprecated",
    "required-if",
    "unit",
)
KINDS = ("string", "integer", "number", "boolean", "any", "list", "object", "enum")
PLACES = ("before", "after", "sentence", "text", "name")
_NUMBER = f"(?:{NUMBER}|{VALUE})"
_SLOTS = {
    "number": f"(?P<number>{_NUMBER})",
    "min": f"(?P<min>{_NUMBER})",
    "max": f"(?P<max>{_NUMBER})",
    "above": f"(?P<above>{_NUMBER})",
    "below": f"(?P<below>{_NUMBER})",
    "size": f"(?P<size>{_NUMBER})",
    "value": f"(?P<value>{VALUE})",
    "plain": f"(?P<plain>{VALUE}|{NUMBER}|{WORD})",
    "null": r"null\b",
}
_SLOT = re.compile(r"\{([a-z]+)\}")
_AGAIN = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class Guard:
    """A pattern that voids rules where it is found in a place of `PLACES`."""

    name: str
    place: str
    matches: re.Pattern[str]
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `rules`: where its phrase stands, the text says one of `SAYS`, unless a guard is found.

    `words`: one of them is in the text. `read`: how what follows the phrase is read. `only`, `not_`: kinds of types. `raw`: a pattern
    that the text as it is written has. `before`, `after`: patterns that what stands before and after it has.
    """

    says: str
    words: tuple[str, ...]
    phrase: re.Pattern[str]
    read: str = ""
    needs: int = 1
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    unless: tuple[Guard, ...] = ()
    raw: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    facts: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    unit: str = ""
    siblings: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """A language: what is cut first, the words of units, and the rules."""

    rules: tuple[Rule, ...]
    trigger: re.Pattern[str]
    cut: re.Pattern[str]
    units: Mapping[str, str]
    plain_number: re.Pattern[str]
    no_value: re.Pattern[str]


@lru_cache(maxsize=4)
def load_rules(language: str = "en", text: str = "") -> Rules:
    """The rules of one of our languages, or those of the text of a user's file."""
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    text = text or (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    return _compile(yaml.load(text, Loader=loader))


def _compile(data: dict[str, Any]) -> Rules:
    parts = data.get("parts", {})
    guards = {
        name: Guard(
            name,
            row["in"],
            pattern(row["matches"], parts),
            frozenset(row.get("only", ())),
        )
        for name, row in data["guards"].items()
    }
    rules = tuple(_rule(row, guards, parts) for row in data["rules"])
    words = sorted({word for rule in rules for word in rule.words})
    units = {word: key for key, some in data["units"].items() for word in some}
    return Rules(
        rules,
        pattern("|".join(map(re.escape, words))),
        pattern(data["cut"]),
        units,
        pattern(data["plain-number"]),
        pattern(data["no-value"]),
    )


def _rule(
    row: dict[str, Any], guards: Mapping[str, Guard], parts: Mapping[str, str]
) -> Rule:
    return Rule(
        says=row["says"],
        words=tuple(word.lower() for word in row["words"]),
        phrase=pattern(row["phrase"], parts),
        read=row.get("read", ""),
        needs=int(row.get("needs", 1)),
        only=frozenset(row.get("only", ())),
        without=frozenset(row.get("not", ())),
        unless=tuple(guards[name] for name in row.get("unless", ())),
        raw=re.compile(row["raw"]) if "raw" in row else None,
        before=pattern(row["before"], parts) if "before" in row else None,
        after=pattern(row["after"], parts) if "after" in row else None,
        facts=tuple(row.get("facts", {}).items()),
        kind=row.get("kind", ""),
        unit=row.get("unit", ""),
        siblings=row.get("siblings", "yes") == "yes",
    )


def pattern(text: str, parts: Mapping[str, str] = MappingProxyType({})) -> re.Pattern[str]:
    """A pattern of the file: slots filled, a blank as any white space, without regard to case."""
    whole = _SLOT.sub(lambda match: parts.get(match[1], match[0]), text)
    filled = _SLOT.sub(lambda match: _SLOTS.get(match[1], match[0]), _spaced(whole))
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        name = match[1]
        while name in seen:  # a slot may stand in several branches
            name += "_"
        seen.add(name)
        return f"(?P<{name}>"

    return re.compile(_AGAIN.sub(once, filled), re.IGNORECASE)


def _spaced(text: str) -> str:
    """The pattern with each blank outside of a class as any white space; `_` of it may be missing where ` ?` is written."""
    out, depth, escaped, index = "", 0, False, 0
    while index < len(text):
        char = text[index]
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "[":
            depth = 1
        elif char == "]":
            depth = 0
        elif char == " " and not depth:
            optional = text[index + 1 : index + 2] == "?"
            out += r"\s*" if optional else r"\s+"
            index += 2 if optional else 1
            continue
        out += char
        index += 1
    return out
