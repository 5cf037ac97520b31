"""What is read the short way is what the long way reads: plain rows, cells of links, rules by their words, the evidence of dialects."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from harness import CASES
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.define import tables
from generator.define.page import build_page
from generator.diagnostics import Diagnostic
from generator.dialect.detect import detect_dialect, tell_dialect
from generator.dialect.files import built_in
from generator.dialect.model import load_dialect
from generator.ir import Definition, Field, Model, TypeRef, references
from generator.prose import About, find_facts, load_rules
from generator.read.blocks import Page
from generator.read.markdown import read_markdown
from generator.typegrammar import Parser
from generator.typelinks import parse_linked
from generator.typetokens import TypeSyntaxError

PLAIN = ("speakeasy-", "openapi-generator", "swagger-codegen")
GENERATED = [name for name in built_in() if not load_dialect(name).hand_written]

NAMES = ["`boat`", "`~boat`", "~~`boat`~~", "boat", "`a|b`", "`additionalProperties`"]
NAMES += ["**boat**", "**boat_2**", "**_boat**", "**boat__2**", "**boat_**"]
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
    plain = 0

    def count(*known: object) -> object:
        rows = tables_reader(*known)  # type: ignore[arg-type]

        def read_row(row: object) -> Field | None:
            nonlocal plain
            field = rows(row) if rows else None  # type: ignore[arg-type]
            plain += field is not None
            return field

        return read_row

    tables_reader = tables.plain_reader
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "plain_reader", count)
        short = read(page, name)
        patch.setattr(tables, "plain_reader", lambda *known: None)
        long = read(page, name)
    assert short == long
    assert places(short[0]) == places(long[0])
    return plain > 0


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
@given(TYPES, st.sampled_from(["speakeasy-typescript", "widdershins", "apimatic"]))
def test_cells_of_links(text: str, name: str) -> None:
    words = load_dialect(name).words
    short = parse_linked(text, words)
    if short is not None:
        long = Parser(text, words).whole()  # raises nothing
        assert (short, told(short)) == (long, told(long))


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
