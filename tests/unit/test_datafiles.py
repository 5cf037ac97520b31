"""Dialects and rules are read from YAML once; what is kept of them counts only while it is what the file says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from generator.datafiles import read_data

TEXT = "words: [yes, 1, null]\nmore: {a: b}\n"
DATA = {"words": ["yes", "1", "null"], "more": {"a": "b"}}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    file = tmp_path / "words.yaml"
    file.write_text(TEXT, "utf-8")
    return file


def kept(path: Path) -> Path:
    return path.parent / "__pycache__" / "words.yaml.json"


def test_what_is_kept_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_data(str(path)) == DATA
    digest, data = json.loads(kept(path).read_text("ascii"))
    assert data == DATA
    monkeypatch.setitem(sys.modules, "yaml", None)  # may not be imported
    assert read_data(str(path)) == DATA
    kept(path).write_text(json.dumps([digest, "other"]), "ascii")
    assert read_data(str(path)) == "other"


def test_a_file_that_changed_is_read_anew(path: Path) -> None:
    read_data(str(path))
    path.write_text(TEXT.replace("b", "é"), "utf-8")
    assert read_data(str(path))["more"] == {"a": "é"}
    assert read_data(str(path))["more"] == {"a": "é"}


@pytest.mark.parametrize("text", ["", "[1", "[]", "3", '["x", 1, 2]', "é"])
def test_what_is_damaged_counts_as_missing(path: Path, text: str) -> None:
    read_data(str(path))
    kept(path).write_text(text, "utf-8")
    assert read_data(str(path)) == DATA
    assert json.loads(kept(path).read_text("ascii"))[1] == DATA


def test_nothing_is_kept_where_python_keeps_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read_data(str(path)) == DATA
    assert not kept(path).exists()


def test_no_folder_to_write_to(path: Path) -> None:
    (path.parent / "__pycache__").write_text("", "utf-8")
    assert read_data(str(path)) == DATA
