"""Descriptions made fit to stand outside their page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import SourceSpan
from generator.ir import ANY, STRING, Alias, Enum, EnumValue, Field
from generator.targets.markdown_text import describe, describe_field, readable

BASE = "https://docs.example.com/api"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain *text* with `code`.", "Plain *text* with `code`."),
        ("  padded \n", "padded"),
        ("a<br/>b<br>c</br>d<BR />e", "a\nb\nc\nd\ne"),
        ("a <br/> b<br/>  - c", "a\nb\n  - c"),
        ("a<br/><br/><br/><br/>b", "a\n\nb"),
        ("a  \nb\t\n\n\n\nc", "a\nb\n\nc"),
        ("a\r\n\r\nb\r\rc", "a\n\nb\n\nc"),
        ("`<br>` and `&amp;` stay", "`<br>` and `&amp;` stay"),
        ("```json<br/>{<br/>  1<br/>}<br/>```", "```json\n{\n  1\n}\n```"),
        ("an open ` and <br/> a break", "an open ` and\na break"),
        ("&lt;b&gt; &amp;amp; &#x41;&#65;&nbsp;c", "<b> &amp; AA c"),
        ("?a=1&copy=2 &nothing; AT&T", "?a=1&copy=2 &nothing; AT&T"),
        (
            "<https://example.com> and <b>bold</b>",
            "<https://example.com> and <b>bold</b>",
        ),
        # lines of a paragraph are one
        ("a\nb\r\nc\rd", "a b c d"),
        ("a  \nb\nc  \nd\\\ne", "a\nb c\nd\\\ne"),
        ("a\n- b\n  c\n* d\n1. e\n\nf\ng", "a\n- b c\n* d\n1. e\n\nf g"),
        ("```\na\nb\n```\nc\nd", "```\na\nb\n```\nc d"),
        ("# a\nb\n> c\n| d |\n| e |", "# a\nb\n> c\n| d |\n| e |"),
        # links
        ("[a](https://x.org/?b=1 'T')", "[a](https://x.org/?b=1 'T')"),
        ("[a](mailto:a@x.org)", "[a](mailto:a@x.org)"),
        ("See [the *guide*](../b.md) now", "See the *guide* now"),
        ("[a](javascript:alert(1)) [b](data:x)", "a b"),
        ("[a](<b c.md>) [b]( /x  'T' ) [c]()", "a b c"),
        ("[a](x_(y).md).", "a."),
        ("![logo](logo.png) ![x](http://x.org/i.png)", "logo ![x](http://x.org/i.png)"),
        ("[![alt](i.png)](p.md)!", "alt!"),
        ("[![alt](http://x.org/i.png)](p.md)", "![alt](http://x.org/i.png)"),
        ("[`f()[0]`](p.md)", "`f()[0]`"),
        ("[a [b] c](p.md)", "a [b] c"),
        ("[a [b](p.md) c](q.md)", "[a b c](q.md)"),
        ("\\[a](p.md) and [a\\](p.md)", "\\[a](p.md) and [a\\](p.md)"),
        ("`[a](p.md)`", "`[a](p.md)`"),
        ("a](p.md) [b] (p.md) [c][d]", "a](p.md) [b] (p.md) [c][d]"),
        (
            '<a href="p.md">x</a> <a class="k" href=\'http://x.org\'>y</a>',
            "x [y](http://x.org)",
        ),
        ('<a name="top"></a>Text', "Text"),
    ],
)
def test_without_a_base_url(text: str, expected: str) -> None:
    assert readable(text, "models/page.md", "") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md#c)", f"[a]({BASE}/models/b.md#c)"),
        ("[a](../b.md)", f"[a]({BASE}/b.md)"),
        ("[a](/b.md)", "[a](https://docs.example.com/b.md)"),
        ("[a](#top)", f"[a]({BASE}/models/my%20page.md#top)"),
        ("[a](//x.org/b)", "[a](https://x.org/b)"),
        ("[a](<b (c) d.md>)", f"[a]({BASE}/models/b%20%28c%29%20d.md)"),
        ("![a](i.png 'T')", f"![a]({BASE}/models/i.png)"),
        ("[a](javascript:x)", "a"),
        ("[a](http://x.org/b.md)", "[a](http://x.org/b.md)"),
        ("[a](//[bad)", "a"),
        ('<a href="b.md">x</a>', f"[x]({BASE}/models/b.md)"),
    ],
)
def test_with_a_base_url(text: str, expected: str) -> None:
    assert readable(text, "models/my page.md", BASE) == expected
    assert readable(text, "models/my page.md", BASE + "/") == expected


@pytest.mark.parametrize(
    "part",
    ["[", "![", "]", "](", "[a](", "[a](b", '[a](b "', "[a](b '", "[a](b (", "[a](<", "[a](  ", "`", "`` ``` ", "<a ", "<a href=", "<br ", "&#", "\\", "[a](b(", "![a](b) ", "[[a](b)", "a\n", "[\n", "- a\n"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(part: str) -> None:
    start = time.perf_counter()
    readable(part * 40_000, "p.md", "")
    readable("[" * 20_000 + part * 20_000 + "](x)" * 20_000, "p.md", "")
    assert time.perf_counter() - start < 4


pieces = st.sampled_from(["[", "]", "(", ")", "](", "a", " ", "\n", "`", "```", "<br>", "&amp;", "\\", "!", "x.md", "http://x", "<a href='b'>", "</a>"])  # fmt: skip


@given(st.lists(pieces, max_size=25).map("".join))
def test_no_relative_link_is_left_and_lines_are_clean(text: str) -> None:
    result = readable(text, "p.md", "")
    assert result == result.strip("\n")
    assert "\n\n\n" not in result
    assert all(line == line.rstrip() for line in result.split("\n"))


PLACE = SourceSpan("p.md", 1)


def test_describe() -> None:
    enum = Enum(
        "E",
        "E",
        PLACE,
        (EnumValue('"a"', "A", "The first<br/>of all."), EnumValue('"b"'), EnumValue("1", "", "[One](x.md).")),
        description="An enum.",
        deprecated="Use [F](f.md).",
    )  # fmt: skip
    assert describe(enum, "") == (
        "An enum.\n\n- `a`: The first\n  of all.\n- `1`: One.\n\nDeprecated: Use F."
    )
    alias = Alias("D", "D", PLACE, ANY, deprecated="", url="https://x.org/D")
    assert describe(alias, "") == "Documented at https://x.org/D\n\nDeprecated."


def test_describe_field() -> None:
    assert describe_field(Field("a", STRING, PLACE), "") == ""
    field = Field("a", STRING, PLACE, description="Text.", deprecated="")
    assert describe_field(field, "") == "Text.\n\nDeprecated."
