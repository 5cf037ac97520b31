"""What is kept beside our files: it counts only for what it was made of. Byte code of templates: of ours, never of users'."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import REPO
from jinja2 import Environment

import generator
from generator import render, templatecode
from generator.cache.store import Store
from generator.cache.tool import tool_digest
from generator.kept import keep, read_kept

NAME = "demo/a.jinja"
TEXT = "{% for a in view %}\n{{ a }}\n{% endfor %}\n"


@pytest.fixture(autouse=True)
def may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def test_it_counts_for_what_it_was_made_of(tmp_path: Path) -> None:
    path = str(tmp_path / "a.txt")
    keep(path, ".upper", b"a\n", b"A\n")
    assert read_kept(path, ".upper", b"a\n") == b"A\n"
    assert read_kept(path, ".upper", b"b\n") is None
    assert read_kept(path, ".lower", b"a\n") is None
    (kept,) = (tmp_path / "__pycache__").iterdir()
    for damaged in (b"", kept.read_bytes()[:-1], kept.read_bytes() + b"A", b"\n"):
        kept.write_bytes(damaged)
        assert read_kept(path, ".upper", b"a\n") is None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a template, as if it were one of ours."""
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    monkeypatch.setattr(render, "FOLDERS", (str(tmp_path),))
    yield tmp_path
    render._environment.cache_clear()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the templates that jinja2 compiles."""
    found: list[str] = []
    usual = Environment.compile

    def compile(self: Any, source: str, name: str, filename: str) -> Any:
        found.append(os.path.basename(filename))
        return usual(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", compile)
    return found


def anew(view: object, overrides: dict[str, str] | None = None) -> str:
    """What another process would render."""
    render._environment.cache_clear()
    return render.render(NAME, view, overrides or {})


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("__pycache__/*"))


def test_a_template_is_compiled_once(folder: Path, compiled: list[str]) -> None:
    assert [anew((1, 2)), anew((3,))] == ["1\n2\n", "3\n"]
    assert compiled == ["a.jinja"]
    assert [file.parent.parent.name for file in kept(folder)] == ["demo"]


def test_one_that_changed_is_compiled_anew(folder: Path, compiled: list[str]) -> None:
    anew(())
    (folder / NAME).write_text("other {{ view }}", "utf-8")
    assert [anew(1), anew(2)] == ["other 1", "other 2"]
    assert compiled == ["a.jinja"] * 2


@pytest.mark.parametrize("what", ["syntax", "python", "jinja2", "place"])
def test_what_else_byte_code_depends_on(
    what: str, folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew(())
    if what == "syntax":
        monkeypatch.setitem(render._SYNTAX, "trim_blocks", False)
    elif what == "python":
        monkeypatch.setattr(sys, "version", "3.99")
    elif what == "jinja2":
        monkeypatch.setattr(templatecode.jinja2, "__version__", "99")
    else:
        shutil.copytree(folder, folder / "moved")
        monkeypatch.setattr(render, "FOLDERS", (str(folder / "moved"),))
    text = "\n1\n\n" if what == "syntax" else "1\n"
    assert [anew((1,)), anew((1,))] == [text, text]
    assert compiled == ["a.jinja"] * 2


def test_the_users_are_not_kept(folder: Path, compiled: list[str]) -> None:
    child = f'{{% extends "fieldgen/{NAME}" %}}'
    for _ in range(2):
        assert anew((1,), {NAME: "mine"}) == "mine"
        assert anew((1,), {NAME: child}) == "1\n"
    assert len(compiled) == 5  # theirs each time, ours once
    assert len(kept(folder)) == 1


def test_damaged_byte_code_counts_as_missing(folder: Path, compiled: list[str]) -> None:
    anew(())
    (file,) = kept(folder)
    file.write_bytes(file.read_bytes()[:-9] + b"123456789")
    assert anew((1,)) == "1\n"
    assert compiled == ["a.jinja"] * 2


def test_no_right_to_write(
    folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "demo" / "__pycache__").write_text("", "utf-8")
    assert anew((1,)) == "1\n"
    (folder / "demo" / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert anew((1,)) == "1\n"
    assert compiled == ["a.jinja"] * 2
    assert kept(folder) == []


def test_errors_of_kept_templates_have_a_place(folder: Path) -> None:
    (folder / NAME).write_text("\n\n{{ view.none }}", "utf-8")
    for _ in range(2):
        with pytest.raises(render.RenderError, match=rf"^{NAME}:3: "):
            anew(3)


def test_what_is_kept_is_none_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache looks at our files: what is kept beside them may not change what it sees."""
    ignored = shutil.ignore_patterns("__pycache__")
    for part in ("generator", "templates"):
        shutil.copytree(REPO / part, tmp_path / part, ignore=ignored)
    monkeypatch.setattr(generator, "__file__", str(tmp_path / "generator/__init__.py"))
    store = Store(str(tmp_path / "cache"))
    before = tool_digest(store, store.clock())
    keep(str(tmp_path / "generator/dialects/plain.yaml"), ".json", b"", b"1")
    keep(str(tmp_path / "templates/typeddict/module.py.jinja"), ".x.py", b"", b"1")
    names = {path.name for path in kept(tmp_path)}
    assert names >= {"plain.yaml.json", "module.py.jinja.x.py"}
    assert tool_digest(store, store.clock()) == before
    (tmp_path / "templates/typeddict/module.py.jinja").write_text("new", "utf-8")
    assert tool_digest(store, store.clock()) != before
