"""Text of pages is data: whatever stands in names, descriptions and values, the outputs are the same code with other strings.

The cases below tests/cases/hostile show single tricks; here hypothesis looks for more.
"""

from __future__ import annotations

import ast
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.options import Options
from generator.pipeline import Source, generate

# All of Unicode but what no UTF-8 file can hold, and more often what means something to markdown, Python or Jinja.
TRICKS = st.sampled_from(
    [
        '"',
        '"""',
        "'''",
        "\\",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "`",
        "|",
        "<br/>",
        "#",
        "\n",
        "\r",
        "\u2028",
        "\u202e",
        "\0",
        "\t",
        "[",
        "](",
        "*",
        "_",
        "~~",
        "$",
        "&lt;",
    ]
)
LETTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(st.one_of(TRICKS, LETTERS), max_size=12).map("".join)


def page(description: str, value: str, name: str = "name") -> dict[str, bytes]:
    """A model page with a text in its description cell, one in a literal, one as a field's name."""
    literal = json.dumps(value, ensure_ascii=False).replace("|", "\\|")
    lines = [
        "# Trap",
        "",
        one_line(description),
        "",
        "## Fields",
        "",
        "| Field | Type | Required | Description |",
        "| --- | --- | --- | --- |",
        f"| `first` | *string* | :heavy_check_mark: | Text {cell(description)} |",
        f"| `constant` | *{cell(literal)}* | :heavy_check_mark: | N/A |",
        f"| {cell(name)} | *number* | :heavy_minus_sign: | N/A |",
        "",
    ]
    return {"trap.md": "\n".join(lines).encode()}


def one_line(text: str) -> str:
    """A paragraph that cannot become a heading, a table or a fence: those are the docs' own business, not a trick."""
    return "Text " + " ".join(text.split()).replace("|", "/")


def cell(text: str) -> str:
    return " ".join(text.split()).replace("\\|", "|").replace("|", "\\|")


def skeleton(code: str) -> str:
    """The code without its strings."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def outputs(pages: dict[str, bytes]) -> dict[str, str]:
    return generate(
        pages, Source("docs", "docs", Options(dialect="speakeasy-typescript"))
    ).files


@given(description=TEXTS)
def test_descriptions_are_data(description: str) -> None:
    files = outputs(page(description, "x"))
    harmless = outputs(page("Some words.", "x"))
    for name in ("models.py", "typed_dicts.py"):
        assert skeleton(files[name]) == skeleton(harmless[name])
    json.loads(files["schema.json"])


@given(value=TEXTS, name=TEXTS)
def test_values_and_names_are_data(value: str, name: str) -> None:
    """Whatever they become, it compiles, defines what it should and calls nothing at import but what all files call."""
    files = outputs(page("Some words.", value, name))
    calls = {
        called(outputs(page("Some words.", "x"))[file])
        for file in ("models.py", "typed_dicts.py")
    }
    assert {
        called(files[file]) for file in ("models.py", "typed_dicts.py")
    } <= calls | {frozenset(), *map(frozenset, ({"TypedDict"}, {"dataclass"}))}
    json.loads(files["schema.json"])


def called(code: str) -> frozenset[str]:
    """The names that a module calls while it is imported."""
    found = set()
    for statement in ast.parse(code).body:
        inner = (
            statement.body + statement.decorator_list
            if isinstance(statement, ast.ClassDef)
            else [statement]
        )
        for node in inner:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                found |= {
                    ast.unparse(each.func)
                    for each in ast.walk(node)
                    if isinstance(each, ast.Call)
                }
    return frozenset(found)


@pytest.mark.parametrize("where", ["description", "value", "name"])
def test_a_huge_cell(where: str) -> None:
    """100 kB in one cell: it comes through, and in no more than a moment."""
    text = "harbour " * 12_500
    files = outputs(page(**{"description": "d", "value": "v", where: text.strip()}))
    assert "Trap" in json.loads(files["schema.json"])["$defs"]
    for name in ("models.py", "typed_dicts.py"):
        ast.parse(files[name])


def test_a_wide_header_does_not_explode() -> None:
    """GitHub's markdown pads short rows: 2,000 columns by 2,000 rows of one cell each would be 4 million cells."""
    header = "|" + " Field | Type |" + " x |" * 2_000
    rule = "|" + " --- |" * 2_002
    rows = "\n".join("| a |" for _ in range(2_000))
    result = generate(
        {"wide.md": f"# Wide\n\n{header}\n{rule}\n{rows}\n".encode()},
        Source("docs", "docs"),
    )
    assert len(result.schema.definitions) <= 1
