"""What docs/accuracy.md says must hold: the rows of tests/accuracy/rows.yaml, wherever the corpus is at hand."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "accuracy"))

import lint
import measure

from generator.pipeline import Source, generate
from generator.print_ir import print_schema
from generator.sources import read_source

pytestmark = pytest.mark.skipif(
    not Path(os.environ.get("FIELDGEN_CORPUS", ""), "generated").is_dir(),
    reason="FIELDGEN_CORPUS names no folder",
)


@pytest.mark.parametrize("row", measure.read_rows(), ids=lambda row: row["name"])
def test_row(row: dict[str, Any]) -> None:
    score = measure.measure(row)
    shown = {name: score.disagreements.get(name, [])[:5] for name in score.failed}
    assert not score.failed, shown
    assert score.unexplained == ()


def test_tables() -> None:
    """What tables are taken for, against their labels; each miss is known."""
    score = measure.measure_tables({"name": "tables"})
    assert not score.failed, score.rows
    assert score.unexplained == ()


@pytest.mark.parametrize("row", measure.read_pairs(), ids=lambda row: row["name"])
def test_pair(row: dict[str, Any]) -> None:
    score = measure.measure_pair(row)
    shown = {name: score.disagreements.get(name, [])[:5] for name in score.failed}
    assert not score.failed, shown


@pytest.mark.parametrize("row", lint.read_rows(), ids=lambda row: row["name"])
def test_lint(row: dict[str, Any]) -> None:
    """What lint finds in examples: each finding has its verdict, and none is a false alarm."""
    score = measure.measure_lint(row)
    assert not score.failed, score.rows
    assert score.unexplained == ()


def all_docs() -> list[str]:
    """The docs of all rows, and of the specifications without a truth."""
    rows = {row["docs"] for row in measure.read_rows()}
    home = Path(os.environ.get("FIELDGEN_CORPUS", "")) / "specs"
    return sorted(
        rows | {f"specs/{path.parent.name}/docs" for path in home.glob("*/docs")}
    )


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize("docs", all_docs())
def test_printed_schema_builds_the_same(docs: str, form: str) -> None:
    """What `fieldgen ir` prints of docs builds byte for byte what the docs build."""
    found = read_source(str(measure.corpus() / docs))
    built = generate(found.pages, Source("docs", "docs"))
    printed = print_schema(built.schema, form).encode()
    again = generate({f"printed.{form}": printed}, Source("printed", "printed"))
    assert again.files == built.files
