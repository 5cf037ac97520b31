"""Whatever fieldgen can say or be told is in some case: every diagnostic, option, choice, target, dialect and command."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import all_cases, case_config

from generator.codes import CODES
from generator.comparison.rules import RULES
from generator.dialect.files import FOLDER, built_in, built_in_lists
from generator.options import OPTIONS as DECLARED
from generator.overlay.verbs import VERBS

OPTIONS = {name.replace("_", "-"): row for name, row in DECLARED.items()}
# A flag that is spelt otherwise than its key.
FLAGS = {"target": "targets", "fact": "facts", "no-places": "places"}
DIALECTS = built_in() + built_in_lists()


def config_tables() -> Iterator[dict[str, Any]]:
    """Every table of the cases' configs that may hold options."""
    for case in all_cases():
        config = case_config(case)
        yield config
        sources = config.get("sources")
        if isinstance(sources, dict):
            yield from (table for table in sources.values() if isinstance(table, dict))


def used() -> set[tuple[str, str]]:
    """(option, value) of everything that a case sets, by config or by flag. A flag without a value gives an empty one."""
    pairs: set[tuple[str, str]] = set()
    for table in config_tables():
        for key, value in table.items():
            pairs.add((key, ""))
            values = value if isinstance(value, list) else [value]
            pairs |= {(key, word) for word in values if isinstance(word, str)}
    for case in all_cases():
        for line in case.commands:
            words = shlex.split(line)
            for word, after in zip(words, [*words[1:], ""], strict=True):
                if word.startswith("--"):
                    flag, _, value = word[2:].partition("=")
                    key = FLAGS.get(flag, flag)
                    pairs |= {(key, ""), (key, value or after)}
    return pairs


def test_every_diagnostic_occurs() -> None:
    texts = [
        file.read_text("utf-8")
        for case in all_cases()
        for file in (  # `fieldgen lint` prints them as its result
            case.expected / "diagnostics.txt",
            case.expected / "stdout.txt",
        )
        if file.is_file()
    ]
    assert [
        code for code in CODES if not any(f"[{code}]" in text for text in texts)
    ] == []


def test_every_option_is_used() -> None:
    keys = {key for key, _ in used()}
    assert [key for key in OPTIONS if key not in keys] == []


@pytest.mark.parametrize("key", OPTIONS)
def test_every_choice_is_used(key: str) -> None:
    values = {value for option, value in used() if option == key}
    choices = OPTIONS[key].choices
    assert [choice for choice in choices if choice not in values] == []


def test_every_dialect_is_used() -> None:
    """The summary of some case's build names the dialect, or it is there to be extended."""
    files = (case.expected / "stdout.txt" for case in all_cases())
    said = "".join(file.read_text("utf-8") for file in files if file.is_file())
    texts = (path.read_text("utf-8") for path in Path(FOLDER).rglob("*.yaml"))
    parents = {m[1] for text in texts if (m := re.search(r"(?m)^extends: (.+)$", text))}
    named = {n for m in re.finditer(r"pages?, (.+) → ", said) for n in m[1].split(", ")}
    unused = [name for name in DIALECTS if name not in named]
    assert [name for name in unused if name not in parents] == []


def test_every_command_is_used() -> None:
    words = {
        shlex.split(line)[1]
        for case in all_cases()
        for line in case.commands
        if line.startswith("fieldgen ")
    }
    assert {"build", "check", "diff", "ir", "explain"} <= words


def test_every_rule_of_diff_occurs() -> None:
    files = (case.expected / "stdout.txt" for case in all_cases())
    said = "".join(file.read_text("utf-8") for file in files if file.is_file())
    assert [rule for rule in RULES if f"[{rule}]" not in said] == []


def test_every_word_of_overlays_is_used() -> None:
    files = [f for case in all_cases() for f in case.input.rglob("fixes.yaml")]
    said = "".join(file.read_text("utf-8") for file in files)
    assert [verb for verb in VERBS if f"{verb}: " not in said] == []


def test_options_name_every_target() -> None:
    """The names stand in options.py, too, which must not import the targets."""
    from generator.options import TARGET_NAMES
    from generator.targets import TARGETS

    assert tuple(TARGETS) == TARGET_NAMES
