"""Our own layout of the codecs' statements against black's, at many widths."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.format import format_statement
from generator.options import Style
from generator.targets.statements import fit

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,60}", fullmatch=True)
CLASSES = st.from_regex(r"X[a-z]{0,30}", fullmatch=True)
SHAPES = (
    'self.{a} = data["{b}"]',
    'self.{a} = data.get("{b}")',
    'self.{a} = data.get("{b}", UNSET)',
    'self.{a} = {c}.from_dict(data["{b}"])',
    'self.{a} = _list(data["{b}"])',
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


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SHAPES),
    NAMES,
    NAMES,
    CLASSES,
    st.integers(1, 4),
    st.integers(40, 120),
)
def test_as_black(shape: str, a: str, b: str, c: str, level: int, length: int) -> None:
    text = shape.format(a=f"x{a}", b=f"y{b}", c=c)
    style = Style(line_length=length)
    assert fit(text, level * 4, style) == format_statement(text, level * 4, style)
