"""The inside of cells: what a reader sees of a piece of markdown, and where its links lead."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.read.blocks import Inline
from generator.read.inline import is_struck, parse_inline, plain_text

LINKS = {"a": "u", "b c": "v"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", ""),
        ("  plain text ", "plain text"),
        # emphasis, as types and names have it
        ("*string*", "string"),
        ("*string*[]", "string[]"),
        ("Record<string, *any*>", "Record<string, any>"),
        ("Map<string, *List<string>*>", "Map<string, List<string>>"),
        ("**List[str]**", "List[str]"),
        ('*Optional[Literal["x"]]*', 'Optional[Literal["x"]]'),
        ("`a`,*b*,**c**", "a,b,c"),
        ("***x***", "x"),
        ("*a **b** c*", "a b c"),
        ("**a *b***", "a b"),
        ("*a*b", "ab"),
        ("_a_ __b__", "a b"),
        ("~~old~~ new", "old new"),
        # what is no emphasis
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_names", "snake_case_names"),
        ("an__init__s x__", "an__init__s x__"),
        ("call_me__maybe_", "call_me__maybe_"),
        ("* a *", "* a *"),
        ("**", "**"),
        ("a* b*", "a* b*"),
        ("**a*", "*a"),
        ("*a**", "a*"),
        ("*a **b*", "*a *b"),
        ("*foo**bar*", "foo**bar"),
        ("~100 and ~200", "~100 and ~200"),
        ("~~~a~~~", "~~~a~~~"),
        ('**"a"**b', '**"a"**b'),
        ("\\*a\\*", "*a*"),
        ("** DEPRECATED **: x", "** DEPRECATED **: x"),
        # code
        ("`a_b` and `*c*`", "a_b and *c*"),
        ("``a`b``", "a`b"),
        ("`` `a` ``", "`a`"),
        ("` `", ""),
        ("`a", "`a"),
        ("``a`", "``a`"),
        ("\\`a`", "`a`"),
        ("`a\\`b", "a\\b"),
        ("*a `*` b*", "a * b"),
        ("`a\nb`", "a b"),
        # escapes and entities
        ("a\\_b \\[c\\] \\d \\\\", "a_b [c] \\d \\"),
        ("\\&quot;", "&quot;"),
        (
            "&lt;T&gt; &amp;amp; &#39; &#x60; &#124; &copy; &nbsp;x",
            "<T> &amp; ' ` | © \xa0x",
        ),
        ("&notit; &no; &; & &#; a&b=c;", "&notit; &no; &; & &#; a&b=c;"),
        ("&#0; &#xD800; &#1114112;", "\ufffd \ufffd \ufffd"),
        ("&#42;a&#42;", "*a*"),
        # links
        ("[Foo](../foo.md)[]", "Foo[]"),
        ("[a [b] c](u)", "a [b] c"),
        ("[a\\]](u)", "a]"),
        ("[a](u (b) c)", "[a](u (b) c)"),
        ("[a] (u)", "[a] (u)"),
        ("List[[Foo](x.md)]", "List[Foo]"),
        ("[a](<b c>) [a]( u  'v' ) [a](u \"v\" w)", 'a a [a](u "v" w)'),
        ("![alt *x*](i.png) y", "alt x y"),
        ("[![alt](i.png)](u)", "alt"),
        ("string[] or [x] or []", "string[] or [x] or []"),
        ("a]b[c", "a]b[c"),
        ("<https://x.y/z?a=b> <mailto:a@b.c>", "https://x.y/z?a=b a@b.c"),
        # tags
        ("a<br>b<br/>c<br />d</br>e<BR>f", "a\nb\nc\nd\ne\nf"),
        ("a<br/><br/>b", "a\n\nb"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("One of:<ul><li>a</li><li>b</li></ul>c", "One of:\na\nb\nc"),
        ("<b>a</b> <i>b</i><sup>2</sup> <span class='x'>c</span>", "a b2 c"),
        ('<a name="x"></a> *y*', "y"),
        ("<img src='x' alt='y'/>", "y"),
        (
            "<string> Map<K, V> List<T> Set<B> <Foo a='b'> a < b",
            "<string> Map<K, V> List<T> Set<B> <Foo a='b'> a < b",
        ),
        ("map<string:int>", "map<string:int>"),
        ("a <!-- b *c* --> d <!-- e", "a  d <!-- e"),
        ("`<br>`", "<br>"),
        # breaks
        ("a\nb  \nc\\\nd", "a b\nc\nd"),
        ("a \n  b", "a b"),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", ()),
        ("a b", (Inline("a b"),)),
        ("a *b* c", (Inline("a b c"),)),
        ("`a`", (Inline("a", None, True),)),
        ("*`a`* b", (Inline("a", None, True), Inline(" b"))),
        ("`a``b`", (Inline("a``b", None, True),)),
        ("[A](x.md)[]", (Inline("A", "x.md"), Inline("[]"))),
        ("[A *b* `c`](x)", (Inline("A b ", "x"), Inline("c", "x", True))),
        ("[A](x)[B](x)[C](y)", (Inline("AB", "x"), Inline("C", "y"))),
        ("[A](<b c> 'title')", (Inline("A", "b c"),)),
        ('[A](f(x)(y(z)) "t")', (Inline("A", "f(x)(y(z))"),)),
        ("[A](f\\)x&amp;y)", (Inline("A", "f)x&y"),)),
        ("[A]()", (Inline("A", ""),)),
        ("[a [B](x)](y)", (Inline("[a "), Inline("B", "x"), Inline("](y)"))),
        ("*[a*](x)", (Inline("*"), Inline("a*", "x"))),
        ("**[A](x)**", (Inline("A", "x"),)),
        ("[A\\_B](x)", (Inline("A_B", "x"),)),
        ("[`a](b)`", (Inline("["), Inline("a](b)", None, True))),
        ("[![alt](i.png)](x)", (Inline("alt", "x"),)),
        ("![a [B](x)](y)", (Inline("a "), Inline("B", "x"))),
        ("<https://x.y>", (Inline("https://x.y", "https://x.y"),)),
        ('<a href="#x&amp;y">A <b>b</b></a> c', (Inline("A b", "#x&y"), Inline(" c"))),
        ("<code><a href=x>A</a></code>", (Inline("A", "x", True),)),
        ("a<br>`b`", (Inline("a\n"), Inline("b", None, True))),
    ],
)
def test_runs(text: str, runs: tuple[Inline, ...]) -> None:
    assert parse_inline(text) == runs


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("[X][a]", (Inline("X", "u"),)),
        ("[A][]", (Inline("A", "u"),)),
        ("[a]", (Inline("a", "u"),)),
        ("[B\n  C]", (Inline("B C", "v"),)),
        ("[*a*][ b C ]", (Inline("a", "v"),)),
        ("[a][x]", (Inline("[a][x]"),)),
        ("[x][]", (Inline("[x][]"),)),
        ("[a](y)", (Inline("a", "y"),)),
        ("[a][][]", (Inline("a", "u"), Inline("[]"))),
        ("![x][a]", (Inline("x"),)),
        ("[a]: x", (Inline("a", "u"), Inline(": x"))),
    ],
)
def test_reference_links(text: str, runs: tuple[Inline, ...]) -> None:
    assert parse_inline(text, LINKS) == runs


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("~~a~~", True),
        ("~~`a_b`~~", True),
        (" **~~a b~~** ", True),
        ('<a id="x"></a>~~a~~', True),
        ("~~a~~ ~~b~~", True),
        ("<del>a</del>", True),
        ("<s>a</s>", True),
        ("~~a~~ b", False),
        ("`~~a~~`", False),
        ("a", False),
        ("~~", False),
        ("~~ a ~~", False),
        ("<string>", False),
        ("", False),
    ],
)
def test_is_struck(text: str, struck: bool) -> None:
    assert is_struck(text) is struck


@given(st.text(st.sampled_from("ab `*_~[]()<>!&;#\\\n\"'x/=-:."), max_size=60))
def test_no_text_raises(text: str) -> None:
    for links in ({}, LINKS):
        runs = parse_inline(text, links)
        assert all(run.text for run in runs)
        assert all(left[1:] != right[1:] for left, right in pairwise(runs))
    is_struck(text)


UNITS = [
    *"[*`<_&\\!\n",
    *["~~", "![", "[](", "[a](", "[a][", "[a](b)", "[[a](b)", "[](a \"", "[](<", "`` ` ", "<!--", "<a b='", "<a href=x>", "*a _b ", "**a*", "a**b_", "&#", "  \n"],
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_the_time_is_linear(unit: str) -> None:
    begin = time.process_time()
    for text in (
        unit * 20_000,
        "[" * 20_000 + unit * 100,
        unit * 10_000 + "*_~~`]" * 10_000,
    ):
        parse_inline(text, LINKS)
    assert (
        time.process_time() - begin < 15
    )  # it takes some tenths of a second; quadratic time would be minutes
