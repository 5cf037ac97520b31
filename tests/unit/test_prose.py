"""The rules of generator/prose/en.yaml are sound, and single sentences say what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from harness import REPO

from generator.diagnostics import RulesError
from generator.facts import STATED
from generator.prose import About, find_facts, load_rules
from generator.prose.check import GUARD, RULE, UNITS, check_patterns, check_rules
from generator.prose.mask import mask
from generator.prose.rules import FOLDER, KINDS, PLACES, SAYS, Rule

RULES = load_rules()
DATA: dict[str, Any] = yaml.load(
    Path(FOLDER, "en.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
)
CASES = sorted((REPO / "tests" / "cases" / "facts").glob("*/input/docs/*"))


@pytest.mark.parametrize("row", DATA["rules"], ids=lambda row: str(row["words"][0]))
def test_rows_have_known_words(row: dict[str, Any]) -> None:
    assert set(row) <= set(RULE)
    assert row["says"] in SAYS
    assert row.get("read", "values") in ("values", "words", "plain", "told")
    assert row["words"] and all(word == word.lower() for word in row["words"])
    assert {*row.get("only", ()), *row.get("not", ())} <= set(KINDS)
    assert {*row.get("facts", {}), *filter(None, [row.get("kind")])} <= STATED.keys()
    assert row.get("unit", "needed") in UNITS


def test_guards_are_known_and_used() -> None:
    used = {name for row in DATA["rules"] for name in row.get("unless", ())}
    assert used == set(DATA["guards"])
    for row in DATA["guards"].values():
        assert set(row) <= set(GUARD)
        assert row["in"] in PLACES


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: str(rule.words[0]))
def test_patterns_compile(rule: Rule) -> None:
    patterns = [rule.phrase, rule.raw, rule.before, rule.after]
    patterns += [guard.matches for guard in rule.unless]
    assert all(pattern is None or pattern.compiled for pattern in patterns)


def test_each_rule_is_in_a_case() -> None:
    text = mask("\n".join(path.read_text("utf-8") for path in CASES))
    cells = [cell.strip() for line in text.splitlines() for cell in line.split(" | ")]
    silent = [
        rule.phrase.text
        for rule in RULES.rules
        if not any(rule.phrase.compiled.search(cell) for cell in cells)
    ]
    assert silent == []


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "`a` and \"b\" and 'c'",
        "[`x`](https://a.b/(c)) <br>- y &quot;z&quot; &#39;w&#39;",
        "*a* __b__ ~~c~~ snake_case \\_d",
        "“q” <ul><li>`v`</li></ul>&nbsp;",
    ],
)
def test_a_mask_is_as_long_as_its_text(text: str) -> None:
    assert len(mask(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        ("Can be `a` or `b`.", "string", ['enum ["a", "b"]']),
        ("Can be `a` or `b`.", "boolean", []),
        ("Can be `a` or `b` if set to sail.", "string", []),
        ("Must be `a`.", "list", []),
        ("Between 1,000 and 2,000.", "integer", ["maximum 2000", "minimum 1000"]),
        ("Between 0.5 and 1.", "integer", []),
        ("Between 2 and 1.", "integer", []),
        ("Max 5.", "string", []),
        ("Max 5 MB.", "string", []),
        ("Defaults to 'x'.", "string", ['default "x"']),
        ("Defaults to x.", "integer", []),
        ("Defaults to 1.5.", "integer", []),
        ("Defaults to &quot;x&quot;", "string", ['default "x"']),
        ("One of the following: `a`, `b`, ...", "string", []),
        ("Always `x`", "string", ['const "x"']),
        ("Always `x`, `y`", "string", []),
    ],
)
def test_sentences(text: str, kind: str, facts: list[str]) -> None:
    found = find_facts(text, About("field", kind), RULES)
    assert sorted(f"{fact.kind} {fact.value}" for fact in found) == sorted(facts)


SOUND = {"says": "value", "words": ["immer"], "phrase": "immer "}


def test_our_rules_are_sound() -> None:
    check_rules(DATA, "en")
    check_patterns(RULES, "en")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "the file is no mapping"),
        ("{}", "the file has no `rules`"),
        ("rules: {}", "the file: rules takes a list of mappings"),
        ("rules: [x]", "the file: rules takes a list of mappings"),
        ("ruls: []", 'the file: "ruls" is not known; did you mean "rules"?'),
        ("rules: [{says: value}]", "rule 1 lacks `words`"),
        ("rules: [{says: no, words: [a], phrase: a}]", 'rule 1: says: "no" is not'),
        ("rules: [{says: fact, words: [a], phrase: a}]", "rule 1 lacks `facts`"),
        ("rules: [{says: value, words: a, phrase: a}]", "rule 1: words takes a list"),
        ("rules: [{says: value, words: [a], phrase: a, needs: x}]", "takes a number"),
        ("rules: [{says: value, words: [a], phrase: a, unless: [b]}]", '"b" is not'),
        ("rules: [{says: value, words: [a], phrase: (}]", "`(` is no pattern"),
        ("rules: [{says: limit, words: [a], phrase: a, unit: x}]", 'unit: "x" is not'),
        ("note: x\nrules: [{says: value, words: [a], phrase: a}]", "note: the pattern"),
        ("rules: [{says: value, words: [a], phrase: a, looks: (}]", "`(` is no"),
        ("rules: [{says: default, words: [a], phrase: a}]", "no group `plain`"),
        ("rules: [{says: unit, words: [a], phrase: a}]", "no group `unit`"),
        ("guards: {g: {in: here, matches: x}}", 'guard g: in: "here" is not known'),
        ("units: {seconds: s}", "units: seconds takes a list of texts"),
        ("rules: [", "rules of de: while parsing"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, message: str) -> None:
    with pytest.raises(RulesError, match=re.escape(message)):
        load_rules("de", text)


def test_a_file_may_leave_out_what_it_does_not_need() -> None:
    rules = load_rules("de", yaml.safe_dump({"rules": [SOUND]}))
    (fact,) = find_facts("Ist immer `x`.", About("f", "string"), rules)
    assert (fact.kind, fact.value) == ("const", '"x"')


def test_words_are_those_of_the_text() -> None:
    text = 'The kind, which is **always** the string "[boat](x)".'
    for fact in find_facts(text, About("kind", "string"), RULES):
        assert re.search("always", text[fact.start : fact.end])
