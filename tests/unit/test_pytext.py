"""Text as docstrings: wrapped so that it reads as before."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.pytext import docstring, wrap

WORDS = st.sampled_from(("a", "boat", "lighthouses", "-", "1.", "12)", "x" * 30, "é"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("one  two   three", ["one two", "three"]),
        ("- one two three", ["- one", "  two", "  three"]),
        ("one two - three", ["one two -", "three"]),
        ("one two 1. 2. three", ["one two 1. 2.", "three"]),
        ("one two -", ["one two -"]),
        ("lighthouses", ["lighthouses"]),
        ("a lighthouses b", ["a", "lighthouses", "b"]),
        ("```\none two three\n```", ["```", "one two three", "```"]),
        ("", [""]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert wrap(text, 8) == lines


@given(st.lists(WORDS, min_size=1), st.integers(0, 40), st.integers(0, 3))
def test_no_line_is_too_long_unless_it_must_be(
    words: list[str], width: int, lead: int
) -> None:
    lines = wrap(" ".join(words), width, lead)
    assert " ".join(lines).split() == words
    marks = {"-", "1.", "12)"}
    for number, line in enumerate(lines):
        room = width - (0 if number else lead)
        first, *rest = line.split()
        if number:
            assert first not in marks
        while rest and rest[-1] in marks and len(line) > room:
            line = line.rpartition(" ")[0]
            rest.pop()
        item = number == 0 and first in marks and len(rest) == 1
        assert len(line) <= room or not rest or item


@given(st.text(st.sampled_from('ab \\"\n\t\u200b'), max_size=120), st.booleans())
def test_docstrings_are_text_and_no_code(text: str, nested: bool) -> None:
    indent = 4 * nested
    code = docstring(text, indent, 40)
    if not text.strip():
        assert code == ""
        return
    tree = ast.parse(f"if x:\n{code}" if nested else code)
    assert sum(isinstance(node, ast.Constant) for node in ast.walk(tree)) == 1
    assert all(line.startswith(" " * indent) for line in code.split("\n") if line)
