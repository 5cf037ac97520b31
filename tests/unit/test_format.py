"""Black: what goes through it, what it refuses, and single statements as it would write them in their module."""

from __future__ import annotations

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.format import FormatError, format_python, format_statement, needs_black
from generator.options import Style

lengths = st.sampled_from([40, 60, 79, 88, 100, 120])
names = st.from_regex(r"[a-z]{1,12}(_[a-z]{1,20}){0,4}", fullmatch=True).filter(
    lambda name: name not in ("if", "in", "is", "as", "or", "def", "for", "not", "and")
)
strings = st.text("abcdef |", max_size=30).map(lambda text: f'"{text}"')


def joined(items: st.SearchStrategy[str], sign: str) -> st.SearchStrategy[str]:
    return st.lists(items, min_size=1, max_size=9).map(sign.join)


statements = st.one_of(
    st.builds("{}: list[{}]".format, names, joined(names, " | ")),
    st.builds("{}: {} = None".format, names, joined(names, " | ")),
    st.builds("X: TypeAlias = {}".format, strings),
    st.builds("X: TypeAlias = {}".format, joined(names, " | ")),
    st.builds("X: TypeAlias = Literal[{}]".format, joined(strings, ", ")),
    st.builds("{}: NotRequired[Literal[{}]]".format, names, joined(strings, ", ")),
    st.builds("{} = {}({})".format, names, names, joined(names, ", ")),
    st.builds("return cls({})".format, joined(names, ", ")),
    st.builds("{} = [{}({}) for x in {}]".format, names, names, names, names),
    st.builds("{}({}={} if {} else {})".format, names, names, names, names, names),
    st.builds("{} = {}[{}] if {} else None".format, names, names, strings, names),
)


@settings(max_examples=300)
@given(statements, st.sampled_from([0, 4, 8]), lengths)
def test_a_statement_is_what_black_makes_of_it_in_its_module(
    statement: str, indent: int, length: int
) -> None:
    lines = ["class A:\n", "    def f(self):\n"][: indent // 4]
    module = "".join(lines) + " " * indent + statement + "\n"
    mode = black.Mode(line_length=length)
    expected = black.format_str(module, mode=mode).removeprefix("".join(lines))
    style = Style(line_length=length)
    assert format_statement(statement, indent, style) + "\n" == expected


def test_the_style_is_the_users() -> None:
    style = Style(line_length=20, string_normalization=False)
    text = "x = ['aaaaaa', 'bbbbbb']\n"
    assert format_python(text, style) == "x = [\n    'aaaaaa',\n    'bbbbbb',\n]\n"
    joins = Style(magic_trailing_comma=False)
    assert format_python("x = [\n    1,\n]\n", joins) == "x = [1]\n"
    known = Style(target_versions=("py311", "py312"))
    assert format_python("x=1", known) == "x = 1\n"


def test_an_unknown_target_version() -> None:
    with pytest.raises(FormatError, match='knows no target version "py999"'):
        format_python("x = 1\n", Style(target_versions=("py999",)))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("x = 1\ny = = 1\n", 2, "y = = 1"),
        ("class A:\npass\n", 2, "pass"),
        ("x = (\n", 1, "x = ("),
        ("x = '\n", 1, "x = '"),
    ],
)
def test_what_is_no_python(text: str, line: int, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        format_python(text, Style())
    assert caught.value.line == line
    assert message in caught.value.message


def test_needs_black() -> None:
    assert not needs_black(Style(), overridden=False)
    assert not needs_black(Style(100, ("py311",), True, False), overridden=False)
    assert needs_black(Style(), overridden=True)
    assert needs_black(Style(79), overridden=False)
    assert needs_black(Style(magic_trailing_comma=False), overridden=False)
    assert needs_black(Style(preview=True), overridden=False)
    assert needs_black(Style(unstable=True), overridden=False)
