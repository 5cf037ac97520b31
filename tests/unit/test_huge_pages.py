"""Pages that are huge: their work grows as they do, counted function by function, and each row keeps its place.

Seconds are in tests/benchmarks/reading.py.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from shapes import SHAPES
from work import count, outgrown

from generator.ir import Model
from generator.pipeline import generate
from generator.read.blocks import Table
from generator.read.markdown import read_markdown
from generator.source import Source

SOURCE = Source("docs", "docs")
TIMES = 10


@pytest.mark.parametrize("name", SHAPES)
def test_work_grows_as_the_page_does(name: str) -> None:
    """Ten times of the same are ten times the work, in each function. Pages differ in length and all numbers, so no memo helps."""
    shape = SHAPES[name]
    first = shape.page(shape.few + 1, 10_000)
    few, many = shape.page(shape.few, 20_000), shape.page(shape.few * TIMES, 30_000)
    generate(first, SOURCE)  # imports, and compiles patterns
    small = count(lambda: generate(few, SOURCE))
    large = count(lambda: generate(many, SOURCE))
    assert outgrown(small, large, TIMES) == {}


ROWS = 5_000
HEADER = "| Field | Type | Required | Description |"
# Rows that are told from their neighbours by what they hold: the number of cells that are read, the row, and what its description becomes.
KINDS = [
    (4, "| `f§` | string | yes | The berth §. |", "The berth §."),
    (4, "|`f§`|string|no|Either `a \\| b` or §.|", "Either `a | b` or §."),
    (
        4,
        "  f§ | [Quay](#quay) | yes | In [a\\[§\\]](#x_(y)).",
        "In [a\\[§\\]](#x_(y)).",
    ),
    (3, "| f§ | `integer` | no |", ""),
    (5, "| f§ | string[] | yes | Left | § |", "Left"),
    (4, "| f§ |\tnumber\t| no | \\| § |", "| §"),
]


def table(end: str) -> tuple[list[str], str]:
    """The lines of a huge table, and the page."""
    rows = (KINDS[n % len(KINDS)][1].replace("§", str(n)) for n in range(ROWS))
    lines = ["# Harbour", "", HEADER, "| --- | --- | --- | --- |", *rows]
    lines += ["", "# Quay", "", HEADER, "| --- | --- | --- | --- |", "| a | string |"]
    return lines, end.join([*lines, ""])


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_cell_has_its_place(end: str) -> None:
    lines, text = table(end)
    first = next(b for b in read_markdown(text, "a.md").blocks if isinstance(b, Table))
    assert len(first.rows) == ROWS
    for number, row in enumerate(first.rows):
        assert len(row) == KINDS[number % len(KINDS)][0]
        for cell in row:
            written = lines[cell.line - 1][cell.column - 1 :]
            assert cell.line == number + 5
            assert written.startswith(cell.text.replace("|", "\\|"))


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_row_is_a_field(end: str) -> None:
    lines, text = table(end)
    result = generate({"a.md": text.encode()}, SOURCE)
    harbour = result.schema.definitions[0]
    assert isinstance(harbour, Model)
    assert [field.name for field in harbour.fields] == [f"f{n}" for n in range(ROWS)]
    for number, field in enumerate(harbour.fields):
        _, row, described = KINDS[number % len(KINDS)]
        assert (field.span.line, field.required) == (number + 5, "yes" in row)
        written = lines[number + 4][field.span.column - 1 :]
        assert written.lstrip("`").startswith(f"f{number}")
        assert field.description == described.replace("§", str(number))
    found = {(d.span.line, d.code) for d in result.diagnostics}
    short, long = ({n + 5 for n in range(at, ROWS, len(KINDS))} for at in (3, 4))
    assert found == {
        *((line, "short-row") for line in (*short, len(lines))),
        *((line, "long-row") for line in long),
    }


@pytest.mark.parametrize("name", ["a cell of text", "a written cell of text"])
def test_a_cell_of_200_kb(name: str) -> None:
    """Nothing of it is lost, and what stands behind it is read."""
    page = SHAPES[name].page(5_000)
    (text,) = page.values()
    assert len(text) > 200_000
    (model,) = generate(page, SOURCE).schema.definitions
    assert isinstance(model, Model)
    words = "It has so many words that {} of them fit."
    told = " ".join(words.format(10_000 + n) for n in range(5_000))
    assert [field.description for field in model.fields] == [told]


@pytest.mark.parametrize("name", ["rows", "written rows", "HTML rows"])
def test_a_page_of_1_mb(name: str) -> None:
    shape = SHAPES[name]
    page = shape.page(1_000_000 // len(shape.unit.encode()))
    (text,) = page.values()
    (model,) = generate(page, SOURCE).schema.definitions
    assert isinstance(model, Model)
    lines = text.decode().splitlines()
    for field in model.fields:
        written = lines[field.span.line - 1][field.span.column - 1 :]
        assert written.lstrip("`").startswith(field.name)
    assert len(model.fields) >= 1_000_000 // len(shape.unit.encode())


def compare_all(rows: list[str]) -> None:
    for row in rows:
        for other in rows:
            row == other  # noqa: B015


def cut_again_and_again(rows: list[str]) -> None:
    text = "".join(rows)
    while text:
        text = text[2:]
        text.strip()


def count_line_ends(rows: list[str]) -> None:
    text = "".join(rows)
    for at in range(len(rows)):
        text.count("\n", 0, at)


def hand_over_the_rest(rows: list[str]) -> None:
    for at in range(len(rows)):
        look_at(rows[at:])


def leave_one_out(rows: list[str]) -> None:
    names = frozenset(rows)
    for row in rows:
        look_at(names - {row})


def look_at(rows: object) -> None:
    pass


def look_at_each(rows: list[str]) -> None:
    for row in rows:
        look_at(row.strip())


@pytest.mark.parametrize(
    "work",
    [compare_all, cut_again_and_again, count_line_ends, hand_over_the_rest, leave_one_out],
)  # fmt: skip
def test_more_work_than_that_is_seen(work: Callable[[list[str]], None]) -> None:
    few, many = ([f"{n:04}\n" for n in range(times)] for times in (20, 20 * TIMES))
    small, large = count(lambda: work(few)), count(lambda: work(many))
    assert outgrown(small, large, TIMES) != {}
    small, large = count(lambda: look_at_each(few)), count(lambda: look_at_each(many))
    assert outgrown(small, large, TIMES) == {}
