"""Patterns that are compiled late: all can be compiled, and each is what it would have been."""

from __future__ import annotations

import re
from importlib import import_module

from harness import REPO

from generator import patterns
from generator.patterns import late


def test_all_can_be_compiled() -> None:
    found = 0
    for path in sorted((REPO / "generator").rglob("*.py")):
        if "late(" in path.read_text("utf-8"):
            name = ".".join(path.relative_to(REPO).with_suffix("").parts)
            for value in vars(import_module(name)).values():
                if isinstance(value, patterns._Late):
                    assert value.groups >= 0
                    found += 1
    assert found > 50


def test_it_is_compiled_when_it_is_asked() -> None:
    broken = late("(")
    pattern = late(r"(?P<word>B+)", re.IGNORECASE)
    assert [m["word"] for m in pattern.finditer("abbcB")] == ["bb", "B"]
    assert pattern.pattern == r"(?P<word>B+)"
    assert pattern.sub("-", "abbc") == "a-c"
    try:
        broken.match("")
    except re.error:
        return
    raise AssertionError("a broken pattern was not compiled")
