"""The cache: what it gives is what a run without it gives, whatever happened to the docs, to the cache or to a run."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from pathlib import Path

import edits
import kills
import pytest
from harness import run_fieldgen

from generator import ir
from generator.cache.codec import DecodeError, brief, decode, encode
from generator.cache.inputs import is_settled
from generator.cache.store import FOLDER, Store
from generator.cache.tool import tool_digest
from generator.diagnostics import SourceSpan

SPAN = SourceSpan("a.md", 3, 7)


def test_random_edits(tmp_path: Path) -> None:
    edits.run(tmp_path, 15, 125, 1)


def test_killed_builds(tmp_path: Path) -> None:
    kills.kill_builds(tmp_path, 1, 20, 1)


def test_builds_at_once(tmp_path: Path) -> None:
    kills.build_at_once(tmp_path, 1, 20, 1)


def make_docs(home: Path, pages: int = 130) -> None:
    edits.Docs(home / "docs", pages, 5)
    assert run_fieldgen(["build", "docs", "--out", "out"], home)[0] == 0


def test_nothing_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_docs(tmp_path)
    run_fieldgen(["check", "docs", "--out", "out"], tmp_path)

    def read(*_: object) -> bytes:
        raise AssertionError("a page was read")

    monkeypatch.setattr("generator.cache.inputs.read_page", read)
    code, out, _ = run_fieldgen(["check", "docs", "--out", "out"], tmp_path)
    assert (code, out) == (0, "docs: up to date\n")


def test_one_page_is_read_again(tmp_path: Path) -> None:
    make_docs(tmp_path)
    run_fieldgen(["check", "docs", "--out", "out"], tmp_path)
    page = next(
        path
        for path in sorted((tmp_path / "docs" / "models").iterdir())[1:]
        if "## Fields" in path.read_text("utf-8")
    )
    page.write_text(page.read_text("utf-8").replace(". |", ". Really. |"), "utf-8")
    os.utime(page, ns=(1, 1))
    _, out, _ = run_fieldgen(["build", "docs", "--out", "out", "--verbose"], tmp_path)
    assert "; 1 page read in " in out and "wrote models.py" in out, out


def change(*pages: Path) -> None:
    for page in pages:
        page.write_bytes(page.read_bytes() + b"\nMore.\n")
        os.utime(page, ns=(1, 1))


def test_pages_that_did_not_change_are_not_read_again(tmp_path: Path) -> None:
    make_docs(tmp_path)
    run_fieldgen(["check", "docs", "--out", "out"], tmp_path)
    first, *_, last = sorted((tmp_path / "docs" / "models").iterdir())
    change(first, last)
    _, out, _ = run_fieldgen(["build", "docs", "--out", "out", "--verbose"], tmp_path)
    assert "; 2 pages read in " in out, out
    edits.build_both_ways(tmp_path, [])


def test_pages_of_odd_bytes(tmp_path: Path) -> None:
    """What is kept of a page is all of it, whatever it is."""
    make_docs(tmp_path)
    first, second, third, *_, last = sorted((tmp_path / "docs" / "models").iterdir())
    first.write_bytes(b"\xef\xbb\xbf" + first.read_bytes())
    second.write_bytes("# Hafen\r\n\nKöln \u2028 \U0001f6a2\r".encode() + b"\n\0\x1b\n")
    third.write_bytes(b"# \xed\xa0\xbd\xed\xb8\x80 \xff\n")
    edits.build_both_ways(tmp_path, [])
    for page in (first, last, second, third):
        change(page)
        edits.build_both_ways(tmp_path, [])
    change(first, last)
    edits.build_both_ways(tmp_path, [])


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff" * 99, b"x\n{}"])
def test_damaged_caches_count_as_missing(tmp_path: Path, damage: bytes) -> None:
    make_docs(tmp_path, 10)
    for path in (tmp_path / FOLDER).iterdir():
        path.write_bytes(damage)
    edits.build_both_ways(tmp_path, [])


def test_missing_objects_are_made_again(tmp_path: Path) -> None:
    make_docs(tmp_path, 10)
    for path in (tmp_path / FOLDER).glob("*.json"):
        path.unlink()
    (tmp_path / "docs" / "models" / "item1.md").write_text("# Nothing\n", "utf-8")
    edits.build_both_ways(tmp_path, [])


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file", "utf-8")
    make_docs(tmp_path, 10)
    edits.build_both_ways(tmp_path, [])


def test_changed_outputs_are_seen(tmp_path: Path) -> None:
    make_docs(tmp_path, 10)
    with (tmp_path / "out" / "models.py").open("a") as file:
        file.write("# more\n")
    code, out, _ = run_fieldgen(["check", "docs", "--out", "out"], tmp_path)
    assert (code, out) == (1, "would change out/models.py\n")


@pytest.mark.parametrize("name", ["models.py", ".fieldgen.json"])
def test_outputs_are_read_only_if_they_look_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make_docs(tmp_path, 10)
    check = ["check", "docs", "--out", "out"]
    output = tmp_path / "out" / name
    text = output.read_bytes()
    for file in output.parent.iterdir():
        os.utime(file, (1, 1))
    time.sleep(0.02)  # so that the looks are older than the check
    with monkeypatch.context() as patch:
        assert run_fieldgen(check, tmp_path)[0] == 0
        patch.setattr("generator.output._read", lambda path: pytest.fail(path))
        assert run_fieldgen(check, tmp_path)[0] == 0
    output.write_bytes(text.replace(b"e", b"a", 1))
    os.utime(output, (1, 1))
    assert run_fieldgen(check, tmp_path)[0] == 1
    assert run_fieldgen(["build", "docs", "--out", "out"], tmp_path)[0] == 0
    assert output.read_bytes() == text
    assert run_fieldgen(check, tmp_path)[0] == 0


def test_another_tool_reads_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_docs(tmp_path, 10)
    monkeypatch.setattr("generator.__version__", "other")
    _, out, _ = run_fieldgen(["check", "docs", "--out", "out", "--verbose"], tmp_path)
    assert "; 10 pages read in " in out


def test_the_code_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "generator"
    (code / "templates").mkdir(parents=True)
    for name in ("__init__.py", "templates/a.jinja"):
        (code / name).write_text("old", "utf-8")
        os.utime(code / name, (1, 1))
    monkeypatch.setattr("generator.__file__", str(code / "__init__.py"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    stores = [Store(str(tmp_path / name)) for name in ("a", "b")]
    clock = stores[0].clock()
    told = tool_digest(stores[0], clock)
    with monkeypatch.context() as patch:
        patch.setattr("generator.cache.tool._read", lambda path: pytest.fail(path))
        assert told == tool_digest(stores[0], clock) == tool_digest(stores[1], clock)
    (code / "templates" / "a.jinja").write_text("new", "utf-8")
    os.utime(code / "templates" / "a.jinja", (2, 2))
    assert tool_digest(stores[1], clock) not in (told, "")
    # What was made with the code as it was may not count for the code as it is.
    assert tool_digest(stores[1], 2_000_000_000) == ""


def test_heads_and_objects_do_not_pile_up(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    for number in range(3):
        name = store.write_object([number])
        store.write_head("a", {"objects": [name], "number": number})
    assert store.read_head("a") == {"objects": [name], "number": 2}
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {".gitignore", "a.head", f"{name}.json"}
    os.utime(tmp_path / f"{name}.json", (0, 0))
    (tmp_path / "old.tmp").touch()
    os.utime(tmp_path / "old.tmp", (0, 0))
    store.write_head("b", {"objects": []})
    assert {path.name for path in tmp_path.iterdir()} == files | {"b.head"}


def test_an_object_must_be_what_its_name_says(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    name = store.write_object({"a": 1})
    assert store.read_object(name) == {"a": 1}
    (tmp_path / f"{name}.json").write_text('{"a":2}')
    assert store.read_object(name) is None


def test_looks_of_the_same_tick_do_not_count() -> None:
    assert is_settled((5, 5, 1, 1), 6)
    assert not is_settled((6, 5, 1, 1), 6)
    assert not is_settled((5, 6, 1, 1), 6)


def test_every_node_is_encoded() -> None:
    nodes = [
        node
        for node in vars(ir).values()
        if isinstance(node, type)
        and dataclasses.is_dataclass(node)
        and node is not ir.Schema
    ]
    assert nodes
    ref = ir.Ref("a", "b.md#c", SPAN, ir.STRING, True)
    fact = ir.Fact("minimum", "1", "at least 1", SPAN)
    field = ir.Field("f", ir.ListOf(ir.MapOf(ref)), SPAN, True, "d", "1", ("e",), "")
    values = (ir.EnumValue('"a"', "A"),)
    notes = (ir.Note("t", SPAN, "l"), ir.Note("u", SPAN))
    fields = (dataclasses.replace(field, facts=(fact,), text=SPAN), field)
    everything = (
        ir.Model("k", "n", SPAN, fields, anchors=("a",), rest=ref, notes=notes),
        ir.Model("k", "n", SPAN, bases=(ref,), options=(ref, ref), patterned=fields),
        ir.Enum("k", "n", SPAN, values, True),
        ir.Alias("k", "n", SPAN, ir.OneOf((ir.NULL, ir.Literal(("1",), True)))),
    )
    rows = json.loads(encode([*everything, *map(brief, everything)]))
    again = tuple([decode(row) for row in rows])
    assert again == everything * 2 and repr(again) == repr(everything * 2)
    assert all(node.__name__ in repr(everything) for node in nodes)


@pytest.mark.parametrize("text", ["[99]", "[[1]]", "[7, 1]", "[]"])
def test_what_is_no_definition_is_not_decoded(text: str) -> None:
    with pytest.raises(DecodeError):
        decode(json.loads(text))
