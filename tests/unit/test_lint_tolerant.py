"""JSON as docs print it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.lint.tolerant import ELLIPSIS, parse_tolerant
from generator.read.json_text import json_text
from generator.read.nodes import InvalidText, Mapping, Node, Sequence

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 2]))
def test_reads_all_json(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    (node,) = parse_tolerant(text).nodes
    assert json.loads(json_text(node)) == value


@given(st.text(alphabet="{}[]\",:/*#.…<> \n'\\ab1"))
def test_says_no_to_the_rest(text: str) -> None:
    """Whatever stands in a block, it is read or refused."""
    try:
        parse_tolerant(text)
    except InvalidText as error:
        assert error.line >= 1 and error.column >= 1


@pytest.mark.parametrize(
    ("text", "elided"),
    [
        ("{}", False),
        ("{...}", True),
        ("{…}", True),
        ('{"a": 1, ...}', True),
        ('{"a": 1, ...otherFields}', True),
        ('{"a": 1 // one\n}', False),
        ('{"a": 1 // and others\n}', True),
        ('{"a": 1, /* ... */}', True),
        ("{ // a tram\n}", True),
        ("[ {}, ... ]", False),
        ('{"a": 1, <more>}', True),
    ],
)
def test_knows_where_something_is_left_out(text: str, elided: bool) -> None:
    parsed = parse_tolerant(text)
    (node,) = parsed.nodes
    inner: Node = node.items[0] if isinstance(node, Sequence) else node
    assert isinstance(inner, Mapping)
    assert ((inner.line, inner.column) in parsed.elided) is elided


@pytest.mark.parametrize(
    "value", ["...", "…", "<id>", "<the id of it>", "string", "UUID[]", "{{id}}"]
)
def test_a_value_may_be_untold(value: str) -> None:
    (node,) = parse_tolerant(f'{{"a": {value}, "b": 1}}').nodes
    assert isinstance(node, Mapping)
    keys = [key.text for key, _ in node.entries]
    assert keys == ["a", "b"]
    assert json_text(node.entries[0][1]) == json.dumps(ELLIPSIS, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1\n "b": 2}', (1, 7)),
        ('{"a": 1 "b": 2}', (1, 9)),
        ('{\n  "a" 1}', (2, 7)),
        ('{"a": [1}', (1, 9)),
        ('{"a": 1', (1, 8)),
    ],
)
def test_names_the_place_of_a_mistake(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(InvalidText) as caught:
        parse_tolerant(text)
    assert (caught.value.line, caught.value.column) == place
