"""The rules of a language: its YAML file as patterns, and what is wrong with it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from generator.datafiles import read_data, read_texts
from generator.diagnostics import RulesError
from generator.light import record
from generator.patterns import late
from generator.prose.mask import VALUE
from generator.prose.values import NUMBER, WORD, Lists

FOLDER = os.path.dirname(__file__)
NEVER = r"(?!)"  # of what a file leaves out
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
    "examples",
    "letters",
)
KINDS = ("string", "integer", "number", "boolean", "any", "list", "object", "enum")
ITEM_FACTS = ("format", "contentEncoding")  # on the items, where the field is a list
PLACES = ("before", "after", "sentence", "text", "written", "name", "elsewhere")
_NUMBER = f"(?:{NUMBER}|{VALUE})"
_SLOTS = {
    "number": f"(?P<number>{_NUMBER})",
    "min": f"(?P<min>{_NUMBER})",
    "max": f"(?P<max>{_NUMBER})",
    "above": f"(?P<above>{_NUMBER})",
    "below": f"(?P<below>{_NUMBER})",
    "size": f"(?P<size>{_NUMBER})",
    "value": f"(?P<value>{VALUE})",
    "field": f"(?P<field>{VALUE})",
    "plain": f"(?P<plain>{VALUE}|{NUMBER}|{WORD})",
    "null": r"null\b",
}
_SLOT = late(r"\{([a-z]+)\}")
_BLANK = late(r"\s")
_AGAIN = late(r"\(\?P<(\w+)>")


class Pattern:
    """A regular expression that is written out and compiled when it is first asked: most texts ask few of them.

    `parts`: what may fill its slots, as `expand` has it; None: it is as it is written.
    """

    __slots__ = ("_compiled", "_parts", "_written")

    def __init__(
        self,
        text: str,
        flags: int = re.IGNORECASE,
        parts: Mapping[str, str] | None = None,
    ) -> None:
        self._written = text
        self._parts = parts
        self._compiled: re.Pattern[str] | int = flags

    @property
    def text(self) -> str:
        """The expression, written out."""
        parts = self._parts
        return self._written if parts is None else expand(self._written, parts)

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        if isinstance(self._compiled, int):
            self._compiled = re.compile(self.text, self._compiled)
        return self._compiled


@record(frozen=True, slots=True)
class Guard:
    """A pattern that voids rules where it is found in a place of `PLACES`; of types of the kinds `only`, if there are some.

    `subject`: it finds what a sentence is about; where that is the field itself, it voids nothing.
    """

    name: str
    place: str
    matches: Pattern
    only: frozenset[str] = frozenset()
    subject: bool = False


@record(frozen=True, slots=True)
class Rule:
    """A row of `rules`: where its phrase stands, the text says one of `SAYS`, unless a guard is found.

    `words`: one of them is in the text. `read`: how what follows the phrase is read. `only`, `not_`: kinds of types. `raw`: a pattern
    that the text as it is written has. `before`, `after`: patterns that what stands before and after it has. `looks`: a pattern that each
    value that is read has.
    """

    says: str
    words: tuple[str, ...]
    phrase: Pattern
    read: str = ""
    needs: int = 1
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    unless: tuple[Guard, ...] = ()
    raw: Pattern | None = None
    before: Pattern | None = None
    after: Pattern | None = None
    looks: Pattern | None = None
    facts: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    unit: str = ""
    siblings: bool = True

    def fits(self, kind: str, item: str) -> bool:
        """Whether the rule is about a kind of type, or about the items of a list."""
        if kind in self.without:
            return False
        if not self.only or kind in self.only:
            return True
        of_items = self.says in ("values", "value") or any(
            word in ITEM_FACTS for word, _ in self.facts
        )
        return of_items and kind == "list" and item in self.only


@record(frozen=True, slots=True)
class Rules:
    """A language: what is cut first, the words of units, and the rules."""

    rules: tuple[Rule, ...]
    cut: Pattern
    units: Mapping[str, str]
    plain_number: Pattern
    no_value: Pattern
    replacement: Pattern
    lists: Lists
    each: Pattern
    empty: Pattern
    verbs: frozenset[str]
    others: frozenset[str]
    note: Pattern
    later: Pattern
    note_lead: Pattern
    _of: dict[tuple[str, str], tuple[tuple[str, ...], tuple[Rule, ...]]] = field(
        default_factory=dict
    )
    # Texts in which no phrase for their kind of type and its items stands: what fields share is looked at once.
    silent: set[tuple[str, str, str]] = field(default_factory=set)

    def patterns(self) -> Iterator[Pattern]:
        """All patterns of the file."""
        yield from (self.cut, self.plain_number, self.no_value, self.replacement)
        yield from (self.each, self.empty, self.note, self.note_lead, self.later)
        for rule in self.rules:
            yield rule.phrase
            yield from (guard.matches for guard in rule.unless)
            yield from filter(None, (rule.raw, rule.before, rule.after, rule.looks))

    def within(self, texts: Collection[str]) -> Rules:
        """What is left of the rules for parts of these texts, in lower case: those of which a word stands in one, with these words."""
        once: set[str] = set()  # most words of docs come again and again
        for text in texts:
            once.update(text.split())
        some = "\n".join(once)
        words = {
            word
            for word in {word for rule in self.rules for word in rule.words}
            if all(map(some.__contains__, word.split()))
            and (not _BLANK.search(word) or any(word in text for text in texts))
        }
        rules = tuple(
            replace(rule, words=tuple(word for word in rule.words if word in words))
            for rule in self.rules
            if not words.isdisjoint(rule.words)
        )
        return replace(self, rules=rules, _of={}, silent=set())

    @property
    def words(self) -> tuple[str, ...]:
        """A text with none of these words states nothing."""
        return _brief(self.rules)

    def of(self, kind: str, item: str) -> tuple[tuple[str, ...], tuple[Rule, ...]]:
        """The rules for a kind of type (and that of its items), after the words of which a text must have one."""
        known = self._of.get((kind, item))
        if known is None:
            fitting = (rule for rule in self.rules if rule.fits(kind, item))
            # Units first: limits and defaults ask for them.
            rules = tuple(sorted(fitting, key=lambda rule: rule.says != "unit"))
            known = self._of[kind, item] = _brief(rules), rules
        return known

    def concern(self, text: str, kind: str, item: str) -> bool:
        """Whether a text, in lower case, has a word of the rules for this kind of type."""
        return any(map(text.__contains__, self.of(kind, item)[0]))


def languages() -> tuple[str, ...]:
    """The languages that we have rules for: a file each."""
    files = sorted(os.listdir(FOLDER))
    return tuple(file[:-5] for file in files if file.endswith(".yaml"))


@lru_cache(maxsize=4)
def load_rules(language: str = "en", text: str = "") -> Rules:
    """The rules of one of our languages, or those of the text of a user's file. Raises RulesError for what is wrong with the latter."""
    if not text:
        return _compile(read_data(os.path.join(FOLDER, f"{language}.yaml")))
    import yaml

    from generator.prose.check import check_patterns, check_rules

    try:
        data = read_texts(text)
    except yaml.YAMLError as error:
        raise RulesError(f"rules of {language}: {error}") from None
    check_rules(data, language)
    rules = _compile(data)
    check_patterns(rules, language)
    return rules


def _compile(data: dict[str, Any]) -> Rules:
    parts = data.get("parts", {})
    grammar = data.get("grammar", {})
    guards = {
        name: Guard(
            name,
            row["in"],
            pattern(row["matches"], parts),
            frozenset(row.get("only", ())),
            row.get("subject") == "yes",
        )
        for name, row in data.get("guards", {}).items()
    }
    rules = tuple(_rule(row, guards, parts) for row in data["rules"])
    units = {word: key for key, some in data.get("units", {}).items() for word in some}
    return Rules(
        rules,
        pattern(data.get("cut", NEVER)),
        units,
        pattern(data.get("plain-number", r"^\s*(?:$|[.,;:)\n])")),
        pattern(data.get("no-value", NEVER)),
        pattern(data.get("replacement", NEVER)),
        Lists(grammar.get("joins", NEVER), grammar.get("means", NEVER)),
        pattern(grammar.get("each", NEVER)),
        pattern(grammar.get("empty", NEVER)),
        frozenset(grammar.get("verbs", "").split("|")),
        frozenset(grammar.get("others", "").split("|")),
        pattern(data.get("note", NEVER)),
        pattern(data.get("later", NEVER)),
        pattern(data.get("note-lead", NEVER)),
    )


def _brief(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The words of rules, without those that have another one in them."""
    words = sorted({word for rule in rules for word in rule.words})
    return tuple(w for w in words if not any(o in w and o != w for o in words))


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
        raw=Pattern(row["raw"], 0) if "raw" in row else None,
        before=pattern(row["before"], parts) if "before" in row else None,
        after=pattern(row["after"], parts) if "after" in row else None,
        looks=Pattern(row["looks"], 0) if "looks" in row else None,
        facts=tuple(row.get("facts", {}).items()),
        kind=row.get("kind", ""),
        unit=row.get("unit", ""),
        siblings=row.get("siblings", "yes") == "yes",
    )


def pattern(text: str, parts: Mapping[str, str] = MappingProxyType({})) -> Pattern:
    """A pattern of the file, without regard to case."""
    return Pattern(text, re.IGNORECASE, parts)


def expand(text: str, parts: Mapping[str, str]) -> str:
    """A pattern of the file with its slots filled, and a blank as any white space."""
    whole = _SLOT.sub(lambda match: parts.get(match[1], match[0]), text)
    filled = _SLOT.sub(lambda match: _SLOTS.get(match[1], match[0]), _spaced(whole))
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        name = match[1]
        while name in seen:  # a slot may stand in several branches
            name += "_"
        seen.add(name)
        return f"(?P<{name}>"

    return _AGAIN.sub(once, filled)


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
