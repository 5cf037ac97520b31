"""Dialects and rules are read from YAML once; what is kept of them counts only while it is what the file says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from generator.datafiles import read_data, read_some
from generator.kept import keep

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


def data(path: Path) -> object:
    """What is kept, below the line that says of what it is."""
    return json.loads(kept(path).read_text("ascii").partition("\n")[2])


def test_what_is_kept_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_data(str(path)) == DATA
    assert data(path) == DATA
    monkeypatch.setitem(sys.modules, "yaml", None)  # may not be imported
    assert read_data(str(path)) == DATA
    keep(str(path), ".json", TEXT.encode(), b'"other"')
    assert read_data(str(path)) == "other"


def test_a_file_that_changed_is_read_anew(path: Path) -> None:
    read_data(str(path))
    path.write_text(TEXT.replace("b", "é"), "utf-8")
    assert read_data(str(path))["more"] == {"a": "é"}
    assert read_data(str(path))["more"] == {"a": "é"}


def test_some_keys_of_some_files(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = path.parent / "other.yaml"
    other.write_text("words: []\n", "utf-8")
    folder, names = str(path.parent), ("other", "words")
    both = {"other": {"words": []}, "words": {"words": DATA["words"]}}
    assert read_some(folder, names, ("words",)) == both
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "yaml", None)
        (path.parent / "__pycache__" / "other.yaml.json").unlink()
        assert read_some(folder, names, ("words",)) == both  # as it was kept
    more = {"words": {"more": DATA["more"]}, "other": {}}
    assert read_some(folder, names, ("more",)) == more
    assert read_some(folder, names[1:], ("words",)) == {"words": both["words"]}
    other.write_text("words: [new]\n", "utf-8")
    assert read_some(folder, names, ("words",))["other"] == {"words": ["new"]}


@pytest.mark.parametrize("text", ["", "[1", "[]", "3", '["x", 1, 2]', "é"])
def test_what_is_damaged_counts_as_missing(path: Path, text: str) -> None:
    read_data(str(path))
    kept(path).write_text(text, "utf-8")
    assert read_data(str(path)) == DATA
    assert data(path) == DATA


def test_nothing_is_kept_where_python_keeps_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read_data(str(path)) == DATA
    assert not kept(path).exists()


def test_no_folder_to_write_to(path: Path) -> None:
    (path.parent / "__pycache__").write_text("", "utf-8")
    assert read_data(str(path)) == DATA
