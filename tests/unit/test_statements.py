"""Our own layout of the codecs' statements against black's, at many widths."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.format import format_statement
from generator.options import Style
from generator.targets.splits import split
from generator.targets.statements import fit, format_block

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,60}", fullmatch=True)
CLASSES = st.from_regex(r"X[a-z]{0,30}", fullmatch=True)
# What keys may hold beyond letters: signs and words that the forms go by.
ODD = st.sampled_from(
    (" for x in y", " if", " else z", " = f", " or ", " | ", " from None", ", d", " x")
    + ("[a]", "(b)", ": e", "it's", "\\\\n", "日本語", ".md:1", "$", "")
)
SHAPES = (
    'self.{a} = data["{b}"]',
    'self.{a} = data.get("{b}")',
    'self.{a} = data.get("{b}", UNSET)',
    'self.{a} = {c}.from_dict(data["{b}"])',
    'self.{a} = _list(data["{b}"])',
    "self.{a} = {c}.from_dict({b})",
    "self.{a} = {b}",
    "self.{a} = _member({c}, {b})",
    'self.{a} = [None if item is None else {c}.from_dict(item) for item in _list(data["{b}"])]',
    'self.{a} = [[{c}.from_dict(item2) for item2 in _list(item)] for item in _list(data["{b}"])]',
    "self.{a} = {{key: None if item is None else {b}(item) for key, item in _dict({b}).items()}}",
    'data["{b}"] = [{{key2: item2.to_dict() for key2, item2 in item.items()}} for item in self.{a}]',
    'data["{b}"] = None if self.{a} is None else self.{a}.to_dict()',
    'data["{b}"] = None if self.{a} is None else [item.to_dict() for item in self.{a}]',
    'data["{b}"] = self.{a}',
    'data["{b}"] = self.{a}.to_dict()',
    'data["{b}"] = _write(self.{a})',
    "items: list[Any] = [_read_{b}(item) for item in _list(value)]",
    "{a}: dict[str, {c}] | Unset = UNSET",
    "{a}: list[{c}] | None = None",
    'raise _misfit("{c}", value)',
    "if {a} is None or {a} is UNSET:",
    "def {a}(value: Any) -> {c} | list[{c}]:",
    'self.{a} = [{c}.from_dict(item) for item in _list(data["{b}"])]',
    'self.{a} = {{key: {c}.from_dict(item) for key, item in _dict(data["{b}"]).items()}}',
    'raise _refuse(self, data, error, "{a}/{b}.md:1,14-26") from None',
    'data["{b}"] = [item.to_dict() for item in self.{a}]',
    "return [{c}.from_dict(item) for item in _list(value)]",
    "found: {c} = _closest(value, {a}, {b}, {c})",
    'self.{a} = _read_{b}(data["{c}"])',
    "{a}: {c} | None = None",
    "self.{a} = {{key: value for key, value in data.items() if key not in {b}}}",
    'self.{a} = {{key: {c}.from_dict(item) for key, item in data.items() if key != "{b}"}}',
    'self.{a} = {{key: item for key, item in data.items() if key not in {{"{b}", "{c}"}}}}',
    'self.{a} = {{key: None if item is None else {b}(item) for key, item in data.items() if key != "{c}"}}',
)


RARE = ("return dict(_list({a}))", "if self.{a} is not UNSET:")
ENTRIES = (
    '"{b}": self.{a}',
    '"{b}": self.{a}.to_dict()',
    '"{b}": _write(self.{a})',
    '"{b}": None if self.{a} is None else _write(self.{a})',
    '"{b}": [item.to_dict() for item in self.{a}]',
    '"{b}": {{key: None if item is None else _write(item) for key, item in self.{a}.items()}}',
)


def statement(shape: str, a: str, b: str, c: str, odd: str) -> str:
    key = f"y{b}{odd}" if '"{b}' in shape else f"y{b}"
    return shape.format(a=f"x{a}", b=key, c=c)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(SHAPES + RARE),
    NAMES,
    NAMES,
    CLASSES,
    ODD,
    st.integers(1, 4),
    st.integers(40, 120),
)
def test_as_black(
    shape: str, a: str, b: str, c: str, odd: str, level: int, length: int
) -> None:
    text = statement(shape, a, b, c, odd)
    style = Style(line_length=length)
    indent = 0 if text.startswith("def ") else level * 4
    assert fit(text, indent, style) == format_block(text, indent, style)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ENTRIES), NAMES, NAMES, ODD, st.integers(60, 120))
def test_an_entry_as_black(shape: str, a: str, b: str, odd: str, length: int) -> None:
    entry = statement(shape, a, b, "X", odd)
    if len(entry) + 13 > length and (found := split(f"{entry},", 12, length)):
        whole = format_statement(f"x = {{{entry},}}", 8, Style(line_length=length))
        assert found == "\n".join(whole.split("\n")[1:-1])


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_needs_black(shape: str) -> None:
    text = statement(shape, "name_" * 5, "name_" * 5, "Name" * 4, "")
    assert split(text, 0, len(text) - 1)
