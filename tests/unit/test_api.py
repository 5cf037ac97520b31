"""fieldgen as a library; docs/api.md shows more, and is run as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import generator
from generator import Model, Options

PAGE = "# Kite\n\n| Field | Type |\n| --- | --- |\n| line | {} |\n"


def test_all_names_are_there() -> None:
    assert [name for name in generator.__all__ if not hasattr(generator, name)] == []
    assert set(generator.__all__) <= set(dir(generator))
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        generator.lode  # type: ignore[attr-defined]  # noqa: B018


def test_importing_costs_nothing() -> None:
    code = "import sys; old = set(sys.modules); import generator; print(sorted(set(sys.modules) - old))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['generator']\n"


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/kite.md").write_text(PAGE.format("rope"), "utf-8")
    (tmp_path / "own.yaml").write_text(
        "title: Ours\nextends: plain\ntypes:\n  rope: number\n", "utf-8"
    )
    (tmp_path / "fixes.yaml").write_text("Kite:\n  line:\n    require: true\n", "utf-8")
    options = Options(dialect=str(tmp_path / "own.yaml"))
    loaded = generator.load(tmp_path / "docs", options, label="kites")
    assert (loaded.dialect, loaded.diagnostics) == ("own", ())
    assert loaded.schema.source == "kites"
    (kite,) = loaded.schema.definitions
    assert isinstance(kite, Model)
    assert generator.print_type(kite.fields[0].type) == "number"
    again = generator.load(
        tmp_path / "docs", Options(dialect="own"), dialects=[tmp_path / "own.yaml"]
    )
    assert again.schema.definitions == loaded.schema.definitions
    mended = generator.load(
        tmp_path / "docs", options, overlay=tmp_path / "fixes.yaml"
    ).schema.definitions
    assert isinstance(mended[0], Model) and mended[0].fields[0].required


def test_templates(tmp_path: Path) -> None:
    (tmp_path / "markdown").mkdir()
    (tmp_path / "markdown/page.md.jinja").write_text(
        "{{ view.sections|length }}", "utf-8"
    )
    schema = generator.load({"kite.md": PAGE.format("number")}).schema
    files = generator.generate(
        schema, Options(targets=("markdown",)), templates=tmp_path
    )
    assert files == {"schema.md": "1"}


def test_what_is_wrong_is_raised(tmp_path: Path) -> None:
    with pytest.raises(generator.SourceError):
        generator.load(tmp_path / "none")
    with pytest.raises(generator.DialectError):
        generator.load({"a.md": PAGE}, Options(dialect="klingon"))
    with pytest.raises(ValueError, match='enums: "loose" is not one of literal, open'):
        generator.load({"a.md": PAGE}, Options(enums="loose"))
    schema = generator.load({"a.md": PAGE.format("number")}).schema
    with pytest.raises(ValueError, match='targets: "go" is not one of'):
        generator.generate(schema, Options(targets=("go",)))


def test_changes() -> None:
    old, new = (
        generator.load({"a.md": PAGE.format(type_)}).schema
        for type_ in ("number", "string")
    )
    (change,) = generator.compare(old, new)
    assert (change.model, change.field, change.old, change.new) == (
        "Kite",
        "line",
        "number",
        "string",
    )
    assert generator.compare(old, old) == []
