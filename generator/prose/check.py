"""What is wrong with a user's file of rules: said before a rule is tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from generator.diagnostics import RulesError, suggest
from generator.facts import STATED

if TYPE_CHECKING:
    from generator.prose.rules import Rules

_TEXT, _LIST, _TABLE = "a text", "a list of texts", "a mapping"
KEYS = {
    **dict.fromkeys(("cut", "plain-number", "no-value", "replacement"), _TEXT),
    **dict.fromkeys(("note", "note-lead", "later"), _TEXT),
    **dict.fromkeys(("parts", "guards", "grammar", "units"), _TABLE),
    "rules": "a list of mappings",
}
GRAMMAR = dict.fromkeys(("joins", "means", "each", "empty", "verbs", "others"), _TEXT)
GUARD = {"in": _TEXT, "matches": _TEXT, "only": _LIST, "subject": _TEXT}
RULE = {
    **dict.fromkeys(("says", "phrase", "read", "needs", "raw", "before"), _TEXT),
    **dict.fromkeys(("after", "looks", "kind", "unit", "siblings"), _TEXT),
    **dict.fromkeys(("words", "only", "not", "unless"), _LIST),
    "facts": _TABLE,
}
READ = ("values", "words", "plain", "told")
UNITS = ("needed", "length-or-list", "length")
_NEEDED = {
    "fact": "facts",
    "number": "kind",
    "text": "kind",
}  # what a rule must have that says this
_GROUPS = {
    "required-if": ("when", "condition"),
    "unit": ("unit",),
    "number": ("number",),
}


def check_rules(data: object, language: str) -> None:
    """Raises RulesError for the first mistake in the shape of a file."""
    from generator.prose.rules import KINDS, PLACES, SAYS

    check = _Check(f"rules of {language}")
    file = check.table(data, KEYS, "the file")
    check.table(file.get("grammar", {}), GRAMMAR, "grammar")
    for name, words in file.get("units", {}).items():
        check.kind(words, _LIST, f"units: {name}")
    for name, part in file.get("parts", {}).items():
        check.kind(part, _TEXT, f"parts: {name}")
    guards = file.get("guards", {})
    for name, row in guards.items():
        where = f"guard {name}"
        check.table(row, GUARD, where, ("in", "matches"))
        check.words([row["in"]], PLACES, f"{where}: in")
        check.words(row.get("only", ()), KINDS, f"{where}: only")
    if not file.get("rules"):
        check.fail("the file has no `rules`")
    for number, row in enumerate(file["rules"], 1):
        where = f"rule {number}"
        check.table(row, RULE, where, ("says", "words", "phrase"))
        check.words([row["says"]], SAYS, f"{where}: says")
        if row["says"] in _NEEDED and not row.get(_NEEDED[row["says"]]):
            check.fail(f"{where} lacks `{_NEEDED[row['says']]}`")
        if not str(row.get("needs", "1")).isdecimal():
            check.fail(f"{where}: needs takes a number")
        check.words([row.get("read", "values")], READ, f"{where}: read")
        check.words([row.get("unit", "needed")], UNITS, f"{where}: unit")
        check.words([*row.get("only", ()), *row.get("not", ())], KINDS, where)
        check.words(row.get("unless", ()), guards, f"{where}: unless")
        stated = [*row.get("facts", {}), *filter(None, [row.get("kind")])]
        check.words(stated, STATED, where)


def check_patterns(rules: Rules, language: str) -> None:
    """Raises RulesError for the first pattern that is none, or lacks a group that its rule reads."""
    from generator.prose.rules import NEVER

    check = _Check(f"rules of {language}")
    for each in rules.patterns():
        try:
            _ = each.compiled
        except re.error as error:
            check.fail(f"`{each.text}` is no pattern: {error}")
    if rules.note.text != NEVER and not {"field", "label"} <= {
        *rules.note.compiled.groupindex
    }:
        check.fail("note: the pattern needs the groups `field` and `label`")
    for number, rule in enumerate(rules.rules, 1):
        groups = rule.phrase.compiled.groupindex
        lacking = [name for name in _GROUPS.get(rule.says, ()) if name not in groups]
        if (
            rule.says == "default"
            and not rule.read
            and not {"plain", "value"} & {*groups}
        ):
            lacking = ["plain"]
        if lacking:
            check.fail(f"rule {number}: the phrase has no group `{lacking[0]}`")


class _Check:
    def __init__(self, file: str) -> None:
        self.file = file

    def fail(self, message: str) -> NoReturn:
        raise RulesError(f"{self.file}: {message}")

    def table(
        self,
        row: Any,
        keys: Mapping[str, str],
        where: str,
        needed: Iterable[str] = (),
    ) -> dict[str, Any]:
        """The mapping that a row is, if it has the keys that it may have."""
        if not isinstance(row, dict):
            self.fail(f"{where} is no mapping")
        self.words(row, keys, where)
        for key, value in row.items():
            self.kind(value, keys[key], f"{where}: {key}")
        for key in needed:
            if not row.get(key):
                self.fail(f"{where} lacks `{key}`")
        return row

    def kind(self, value: object, kind: str, where: str) -> None:
        """Whether a value is what it must be."""
        listed = isinstance(value, list)
        if kind == _TEXT:
            fits = isinstance(value, str)
        elif kind == _TABLE:
            fits = isinstance(value, dict)
        else:
            inner = str if kind == _LIST else dict
            fits = listed and all(isinstance(v, inner) for v in value)  # type: ignore[attr-defined]
        if not fits:
            self.fail(f"{where} takes {kind}")

    def words(self, words: Iterable[str], known: Iterable[str], where: str) -> None:
        """Whether all words are known ones."""
        known = tuple(known)
        for word in words:
            if word not in known:
                hint = suggest(str(word), known) or f"known are {', '.join(known)}"
                self.fail(f'{where}: "{word}" is not known; {hint}')
