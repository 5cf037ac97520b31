"""What is read the short way is what the long way reads: plain rows, cells of links, rules by their words, the evidence of dialects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import pytest
from harness import CASES
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.define import plain_rows, tables
from generator.define.page import build_page
from generator.diagnostics import Diagnostic
from generator.dialect.detect import detect_dialect, tell_dialect
from generator.dialect.files import built_in
from generator.dialect.model import load_dialect
from generator.ir import (
    STRING,
    Alias,
    Definition,
    Enum,
    Field,
    Literal,
    Model,
    Ref,
    TypeRef,
    references,
    refielded,
    rekeyed,
    retyped,
)
from generator.prose import About, find_facts, load_rules
from generator.read.blocks import Page
from generator.read.markdown import read_markdown
from generator.read.rows import plain_row, split_row
from generator.typegrammar import Parser
from generator.typelinks import parse_linked, parse_one
from generator.typetokens import TypeSyntaxError

PLAIN = ("speakeasy-", "openapi-generator", "swagger-codegen")
GENERATED = [name for name in built_in() if not load_dialect(name).hand_written]

NAMES = ["`boat`", "`~boat`", "~~`boat`~~", "boat", "`a|b`", "`additionalProperties`"]
NAMES += ["**boat**", "**boat_2**", "**_boat**", "**boat__2**", "**boat_**"]
NAMES += ["`boat_2`", "` boat `", "`two boats`", "`boat\t`"]
NAMES += ["", "`__pydantic_extra__`", "``", "`boat`*", "`boat` [optional]"]
MARKS = ["[optional]", "[optional] [default to 2]", "[readonly]", "| [optional]"]
MARKS += [":heavy_check_mark:", ":heavy_minus_sign:", "", "perhaps", "✔️", "yes"]
TEXTS = ["", "N/A", "-", "The boat.", "> :warning: **DEPRECATED**: gone.", "a \\| b"]
TEXTS += [": warning: ** DEPRECATED **: gone", "A boat<br/>of wood", "[optional]"]
LABELS = ["Boat", "boat", "string", "Array", "Record", "or", "true", "Boat_2", "Boot"]
LABELS += [
    "**Boat**",
    "**string**",
    "*Boat*",
    "**Boat",
    "_Boat",
    "models.Boat",
    "models..Boat",
    "models.Boat.",
    "Optional[Boat]",
    "Optional[models.Boat]",
    "List[Dict[str, Boat]]",
    "Union[Boat, Boat_2, boat]",
    "Nullable[string]",
    "Optional[_Boat]",
    "Optional[2Boat]",
    "Boat, Boat_2",
    "Boat,Boat",
    "T.nilable[Boat]",
    "Boat[]",
    "`Boat`",
    "Boat\\_2",
    "Optional",
    "…",
]
URLS = ["boat.md", "../models/boat.md#boat", "#boat", "https://x.y/boat", "a&amp;b"]
URLS += ["", "<a b>", "a(b)c", 'boat.md "Boat"', "a\\_b"]
SIGNS = ["", "", " ", "[]", " | ", "Array<", ">", "Record<string, ", "*string*", "?"]
SIGNS += ["(", ")", '"', "`", "[", "]", "\\|", "Boat", "Optional<", ", ", "...", "{}"]
LINKS = st.builds("[{}]({})".format, st.sampled_from(LABELS), st.sampled_from(URLS))
TYPES = st.lists(st.sampled_from(SIGNS) | LINKS, max_size=6).map("".join)


def read(page: Page, name: str) -> tuple[tuple[Definition, ...], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return build_page(page, load_dialect(name), found.append), found


def places(definitions: Sequence[Definition]) -> list[object]:
    """What is no part of equality: where descriptions and references stand, what a name means elsewhere."""
    fields = [f for d in definitions if isinstance(d, Model) for f in d.fields]
    return [(f.text, *told(f.type)) for f in fields]


def told(type_: TypeRef) -> list[object]:
    return [(ref.span, ref.fallback) for ref in references(type_)]


def same_the_long_way(page: Page, name: str) -> bool:
    """Whether a page reads alike where no row is plain. Says whether any was."""
    plain: list[Field] = []

    def count(*known: object) -> object:
        fields = plain_rows.read_plain(*known)  # type: ignore[arg-type]
        plain.extend(field for field in fields or () if field)
        return fields

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "read_plain", count)
        short = read(page, name)
        patch.setattr(tables, "read_plain", lambda *known: None)
        long = read(page, name)
    assert short == long
    assert places(short[0]) == places(long[0])
    return bool(plain)


@pytest.mark.parametrize("name", GENERATED)
def test_plain_rows_of_cases(name: str) -> None:
    """The cases of a dialect stand in a folder of its name, or of the beginning of that."""
    folders = [folder for folder in CASES.iterdir() if name.startswith(folder.name)]
    files = sorted(path for folder in folders for path in folder.rglob("input/**/*.md"))
    texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
    plain = [same_the_long_way(read_markdown(text, "page.md"), name) for text in texts]
    own = load_dialect(name).field_name is not None  # its names are never plain
    assert any(plain) or own or not folders or not name.startswith(PLAIN)


ROWS = st.tuples(
    st.sampled_from(NAMES), TYPES, st.sampled_from(MARKS), st.sampled_from(TEXTS)
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(ROWS | st.lists(st.sampled_from(TEXTS), max_size=6), max_size=5),
    st.sampled_from([name for name in GENERATED if name.startswith(PLAIN)]),
    st.sampled_from(["", "\n[Boot]: boot.md\n"]),
    st.booleans(),
)
def test_plain_rows(
    rows: list[Sequence[str]], name: str, links: str, marks: bool
) -> None:
    third = "Required | Description | Default" if marks else "Notes | Description | X"
    head = f"# Boat\n\n## Properties\n\n| Name | Type | {third} |"
    lines = [head, "| --- | --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(row)} | |" for row in rows]
    same_the_long_way(read_markdown("\n".join(lines) + "\n" + links, "boat.md"), name)


@settings(max_examples=1000, deadline=None)
@given(st.text("| a\\\t\xa0`", max_size=30), st.integers(1, 5))
def test_rows_without_bars_in_cells(line: str, width: int) -> None:
    found = plain_row(width).match(line)  # type: ignore[union-attr]
    cells = split_row(line, 7)
    bare = line.replace("\\|", "").count("|")
    between = line[:1] == "|" and line.rstrip()[-1:] == "|"
    assert (found is not None) is (between and bare == line.count("|") == width + 1)
    if found is not None:
        starts = [found.start(at) + 1 for at in range(1, width + 1)]
        texts = [text.rstrip() for text in found.groups()]
        assert [cell.text for cell in cells if cell.text] == [t for t in texts if t]
        for cell, text, start in zip(cells, texts, starts, strict=False):
            if len(cells) == width and text:
                assert (cell.text, cell.column) == (text, start)


@settings(max_examples=1000, deadline=None)
@given(
    TYPES,
    st.sampled_from(
        ["speakeasy-typescript", "speakeasy-python", "widdershins", "apimatic"]
    ),
)
def test_cells_of_links(text: str, name: str) -> None:
    words = load_dialect(name).words
    short = parse_linked(text, words)
    if short is not None:
        long = Parser(text, words).whole()  # raises nothing
        assert (short, told(short)) == (long, told(long))


ONES = ["Boat", "models.Boat", "string", "Array", "true", "Boat_", "2", '"Boat"']
ONES += ['"a b"', '"é | `b` *c* _d_"', '"a&amp;b"', "'a'", '"', '"\\n"', '"\u2028"']
ONES += ["a..b", "a.2", "or", "Optional", "_Boat", "", "...", "b", "em", "null"]


@settings(max_examples=1000, deadline=None)
@given(
    st.sampled_from(ONES) | st.text('ab."\\_&|`', max_size=8),
    st.sampled_from(["{}", "`{}`", "``{}``", "`{}", "*{}*"]),
    st.sampled_from([n for n in GENERATED if not load_dialect(n).words.prose]),
)
def test_cells_of_one_name(text: str, mark: str, name: str) -> None:
    words = load_dialect(name).words
    short = parse_one(mark.format(text), words)
    if short is not None:
        assert short == Parser(mark.format(text), words).whole()


def test_cells_of_one_name_are_read_the_short_way() -> None:
    words = load_dialect("speakeasy-python").words
    assert parse_one("`models.Boat`", words) == Ref("models.Boat")
    assert parse_one('`"a boat"`', words) == Literal(('"a boat"',))
    assert parse_one("`str`", words) is None


def test_cells_of_links_are_read_the_short_way() -> None:
    words = load_dialect("speakeasy-typescript").words
    for text in ("[Boat](boat.md)[]", "Record<string, [A](a.md) \\| [B](b.md#b)>"):
        assert parse_linked(text, words) == Parser(text, words).whole()
    twice = "[A](a.md) \\| [B](b.md) \\| [A](a.md)"
    assert parse_linked(twice, words) == Parser(twice, words).whole()
    assert parse_linked("[string](string.md)", words) is None
    with pytest.raises(TypeSyntaxError):
        Parser("[A](a.md) [", words).whole()
    assert parse_linked("[A](a.md) [", words) is None
    words = load_dialect("speakeasy-python").words
    text = "List[[Optional[models.Boat]](boat.md)]"
    assert parse_linked(text, words) == Parser(text, words).whole()


def test_nodes_are_copied_whole() -> None:
    def whole(kind: type[Any]) -> Any:
        return kind(**{part.name: object() for part in fields(kind)})

    def changed(one: Any, other: Any) -> set[str]:
        names = [part.name for part in fields(one)]
        return {n for n in names if getattr(one, n) is not getattr(other, n)}

    field, model = whole(Field), whole(Model)
    assert changed(field, retyped(field, STRING)) == {"type"}
    assert changed(model, refielded(model, (field,))) == {"fields"}
    for kind in (Model, Enum, Alias):
        node = whole(kind)
        assert changed(node, rekeyed(node, "boat")) == {"key"}


def test_rules_of_the_words_that_stand_there() -> None:
    texts = [
        "One of `a`, `b`.",
        "The size in bytes, at most 20.",
        "Defaults to `red`.",
        "Deprecated: use boats.",
        "Must be an e-mail address.",
        "Nothing at all.",
    ]
    rules = load_rules()
    some = rules.within([text.lower() for text in texts])
    assert 0 < len(some.rules) < len(rules.rules)
    for text in texts:
        for kind in ("string", "integer", "list", "any"):
            about = About("boat", kind, "string" if kind == "list" else "")
            assert find_facts(text, about, some) == find_facts(text, about, rules)
    assert rules.within(["nothing"]).rules == ()


def test_dialects_are_told_as_they_are_explained() -> None:
    for source in sorted(CASES.rglob("input")):
        files = sorted(source.rglob("*.md"))[:60]
        texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
        pages = [read_markdown(text, "page.md") for text in texts]
        short, long = tell_dialect(pages), detect_dialect(pages)
        assert short[::2] == long[::2], source
        assert set(short.scores) <= set(long.scores)
