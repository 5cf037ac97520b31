"""Located nodes from YAML and JSON text."""

from __future__ import annotations

import time

import pytest
import yaml

from generator.diagnostics import Diagnostic
from generator.read.json_text import canonical, json_text, parse_json
from generator.read.yaml import MAX_DEPTH, Mapping, Node, Scalar, Sequence, read_yaml


def read(text: str) -> tuple[tuple[Node, ...], list[str]]:
    """The documents, and the findings as `line:column code message (hint)`."""
    found: list[Diagnostic] = []
    documents = read_yaml(text, "f.yaml", found.append)
    hints = [f" ({d.hint})" if d.hint else "" for d in found]
    return documents, [
        f"{d.span.line}:{d.span.column} {d.code} {d.message}{hint}"
        for d, hint in zip(found, hints, strict=True)
    ]


def read_one(text: str) -> Node:
    documents, found = read(text)
    assert found == []
    assert len(documents) == 1
    return documents[0]


def plain_value(node: Node) -> object:
    """The node without places: a list, a dict, or a text."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain_value(item) for item in node.items]
        case Mapping():
            return {key.text: plain_value(value) for key, value in node.entries}


def test_places_and_raw_text() -> None:
    node = read_one(
        "# first\nname: on\n\"é😀\": '1.10'\nlist:\n  - 2020-01-01\n  - {a: |\n      b}\n".replace(
            "|\n      b", "no"
        )
    )
    assert node == Mapping(
        (
            (Scalar("name", True, 2, 1), Scalar("on", True, 2, 7)),
            (Scalar("é😀", False, 3, 1), Scalar("1.10", False, 3, 7)),
            (
                Scalar("list", True, 4, 1),
                Sequence(
                    (
                        Scalar("2020-01-01", True, 5, 5),
                        Mapping(
                            ((Scalar("a", True, 6, 6), Scalar("no", True, 6, 9)),), 6, 5
                        ),
                    ),
                    5,
                    3,
                ),
            ),
        ),
        2,
        1,
    )


def test_block_texts_are_not_plain() -> None:
    assert read_one("a: |\n  true\n") == Mapping(
        ((Scalar("a", True, 1, 1), Scalar("true\n", False, 1, 4)),), 1, 1
    )


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_breaks_and_byte_order_mark(break_: str, mark: str) -> None:
    text = mark + break_.join(["a: 1", "b:", "  - c"])
    assert read_one(text) == read_one("a: 1\nb:\n  - c")


def test_breaks_of_yaml_1_1_are_characters() -> None:
    """No editor counts them as lines."""
    for character in "\x85\u2028\u2029":
        node = read_one(f"a: x{character}y\nb: 1\n")
        assert isinstance(node, Mapping)
        assert node.entries[0][1] == Scalar(f"x{character}y", True, 1, 4)
        assert node.entries[1][0] == Scalar("b", True, 2, 1)


def test_documents() -> None:
    documents, found = read("a: 1\n---\n# nothing\n---\n- b\n...\n")
    assert [plain_value(node) for node in documents] == [{"a": "1"}, ["b"]]
    assert found == []
    assert read("") == ((), []) and read("# nothing\n") == ((), [])


def test_repeated_keys() -> None:
    documents, found = read("a: 1\nb: 2\na: 3\n")
    assert [plain_value(node) for node in documents] == [{"a": "1", "b": "2"}]
    assert found == [
        '3:1 duplicate-key "a" stands twice in one mapping; what line 1 says counts'
    ]
    assert read('{"a": 1,\n "a": 2}')[1] == [
        '2:2 duplicate-key "a" stands twice in one mapping; what line 1 says counts'
    ]


def test_aliases_and_merge_keys() -> None:
    node = read_one(
        'x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {<<: [*x, *y], a: 9}\nw: *x\nv: {"<<": 1}\n'
    )
    assert plain_value(node) == {
        "x": {"a": "1", "b": "2"},
        "y": {"b": "3", "c": "4"},
        "z": {"a": "9", "b": "2", "c": "4"},
        "w": {"a": "1", "b": "2"},
        "v": {"<<": "1"},
    }
    assert isinstance(node, Mapping) and node.entries[0][1] is node.entries[3][1]


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 40)
)
MERGE_BOMB = "a0: &a0 {k: 1}\n" + "".join(
    f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}\n" for i in range(1, 40)
)
TEXT_BOMB = f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 1000)}]\n"
KEY_BOMB = f"? &a {'x' * 100_000}\n: [{', '.join(['*a'] * 1000)}]\n"


@pytest.mark.parametrize("text", [BOMB, MERGE_BOMB, TEXT_BOMB, KEY_BOMB])
def test_alias_bombs(text: str) -> None:
    start = time.perf_counter()
    documents, found = read(text)
    assert time.perf_counter() - start < 2
    assert documents == ()
    assert len(found) == 1 and "invalid-yaml aliases repeat too much text" in found[0]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "- " * 10_000,
        '{"a":' * 10_000 + "1" + "}" * 10_000,
        "? " * 10_000,
        "[" * 150 + "]" * 150,
    ],
)
def test_deep_nesting(text: str) -> None:
    documents, found = read(text)
    assert documents == ()
    assert (
        len(found) == 1
        and f"lists and mappings are nested more than {MAX_DEPTH} deep" in found[0]
    )


def test_the_deepest_nesting() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert plain_value(read_one(text)) == plain_value(read_one(f"\n--- {text}"))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a:\n\t- b", "2:1 invalid-yaml a tab indents this line (use spaces)"),
        ("a: 'b", "1:6 invalid-yaml a quote is opened and never closed (close the quote)"),
        ('a: "b\n\n\n', "1:6 invalid-yaml a quote is opened and never closed (close the quote)"),
        (
            'a: "b" | "c"',
            "1:10 invalid-yaml a `|` or `>` before a text begins a block of lines (put the whole value in quotes)",
        ),
        (
            "a: [b](#c)",
            "1:7 invalid-yaml this is neither a key nor the rest of the value before it (put the whole value in quotes, or mend the indentation)",
        ),
        (
            "a: b: c",
            "1:5 invalid-yaml a `: ` stands where no key can be (put the whole value in quotes if it holds `: `, or mend the indentation)",
        ),
        ("a: - b", "1:4 invalid-yaml a list cannot begin in the line of its key (begin a new line before `- `, or quote the value)"),
        ("a: @b", "1:4 invalid-yaml no value can begin with @ (put the whole value in quotes)"),
        (
            "a: [1, 2\n",
            "1:9 invalid-yaml a list in brackets goes on here without `,` or `]` (close the bracket, or quote what holds brackets or commas)",
        ),
        ("a:\n  b\nc\nd: 1", "4:1 invalid-yaml the line above is no `key: value` (add the colon, or indent the text under its key)"),
        (r'a: "\q"', "1:5 invalid-yaml an unknown escape in double quotes (write the backslash twice, or use single quotes)"),
        (r'a: "\ud83d\ude00"', "1:7 invalid-yaml an escape of no character in double quotes (write the character itself)"),
        (r'{"a": "\ud800"}', "1:7 invalid-yaml half of a surrogate pair is no character (write both halves, or the character itself)"),
        ("a: 1\nb: \x07", "2:4 invalid-yaml the character U+0007 cannot stand in YAML (write it as \\x07 in double quotes)"),
        ("a: \ud800", "1:4 invalid-yaml the character U+D800 cannot stand in YAML (leave it out)"),
        ("a: !!python/object/apply:os.system [x]", "1:4 invalid-yaml fieldgen does not read the tag !!python/object/apply:os.system (delete the tag)"),
        ("a: !mine x", "1:4 invalid-yaml fieldgen does not read the tag !mine (delete the tag)"),
        ("a: *b", "1:4 invalid-yaml nothing before has the anchor &b"),
        ("a: &b [*b]", "1:8 invalid-yaml *b stands inside of what it repeats"),
        ("a: &b 1\n---\nc: *b", "3:4 invalid-yaml nothing before has the anchor &b"),
        ("? [a]\n: b", "1:3 invalid-yaml a list or mapping cannot be a key (write a text before the colon)"),
        ("<<: 1", "1:5 invalid-yaml << takes a mapping, or a list of mappings"),
    ],
)  # fmt: skip
def test_what_is_no_yaml(text: str, finding: str) -> None:
    assert read(text) == ((), [finding])


def test_tags_of_yaml() -> None:
    node = read_one("a: !!str 1\nb: !!int 1\nc: ! 1\n")
    assert isinstance(node, Mapping)
    assert [value.plain for _, value in node.entries if isinstance(value, Scalar)] == [
        False,
        True,
        False,
    ]


def test_json() -> None:
    node = read_one(
        '{\n\t"a\\ud83d\\ude00\\/\x7f": [1.10, true, null, "x", ""],\r\n  "'
        + "k" * 2000
        + '": {}\n}\n'
    )
    assert isinstance(node, Mapping)
    assert plain_value(node) == {
        "a😀/\x7f": ["1.10", "true", "null", "x", ""],
        "k" * 2000: {},
    }
    assert [(key.line, key.column) for key, _ in node.entries] == [(2, 2), (3, 3)]
    assert isinstance(node.entries[0][1], Sequence)
    assert [
        item.plain for item in node.entries[0][1].items if isinstance(item, Scalar)
    ] == [True, True, True, False, False]


def test_the_pure_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x {b: 'c', d: |\n e\n}\n".replace("|\n e\n", "e") + 'f: [*x, no, "1"]\n'
    expected = read(text)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read(text) == expected
    assert read("a:\n\t- b")[1] == [
        "2:1 invalid-yaml a tab indents this line (use spaces)"
    ]
    assert read("a: \x07")[1] == [
        "1:4 invalid-yaml the character U+0007 cannot stand in YAML (write it as \\x07 in double quotes)"
    ]


@pytest.mark.parametrize(
    ("text", "json"),
    [
        ("", "null"), ("~", "null"), ("null", "null"), ("True", "true"), ("FALSE", "false"), ("no", '"no"'), ("on", '"on"'),
        ("1", "1"), ("+1", "1"), ("-007", "-7"), ("1.10", "1.10"), ("1.", "1.0"), (".5", "0.5"), ("-.5e3", "-0.5e3"), ("1e400", "1e400"),
        ("0x1F", "31"), ("0o17", "15"), ("1_000", '"1_000"'), ("12:30", '"12:30"'), (".inf", '".inf"'), (".", '"."'), ("-x", '"-x"'), ("e5", '"e5"'),
        ("9" * 5000, "9" * 5000), ("2020-01-01", '"2020-01-01"'), ('"1"', '"1"'), ("[1, {a: no}]", '[1, {"a": "no"}]'), ("é", '"é"'),
    ],
)  # fmt: skip
def test_json_text(text: str, json: str) -> None:
    node = read_one(f"x: {text}")
    assert isinstance(node, Mapping)
    assert json_text(node.entries[0][1]) == json


def test_canonical_json() -> None:
    assert canonical('{"a":1.10,"b":["\\u0041",1E5]}') == '{"a": 1.10, "b": ["A", 1E5]}'
    for text in ("NaN", "nope", '"\\ud800"', "[" * 101 + "]" * 101, "[" * 100_000):
        with pytest.raises(ValueError, match=r"."):
            canonical(text)
    assert parse_json("[1]") == ["1"]
