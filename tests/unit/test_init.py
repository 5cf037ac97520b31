"""`fieldgen init`: what it asks, and that it never harms a file that is there. The cases show what it proposes."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.init import first_class

PAGE = "# Boat\n\n| Field | Type |\n| --- | --- |\n| `name` | string |\n"
TABLE = '[tool.fieldgen.sources.docs]\npath = "docs"\ndialect = "plain"\n'


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    Path("docs/boat.md").write_text(PAGE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("answer", "code"),
    [("y\n", 0), ("YES\n", 0), ("n\n", 1), ("\n", 1), ("", 1), ("maybe\n", 1)],
)
def test_question(
    answer: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["init"]) == code
    assert "Write this to fieldgen.toml? [y/N] " in capsys.readouterr().out
    assert Path("fieldgen.toml").is_file() == (code == 0)


@pytest.mark.parametrize(
    ("old", "gap"),
    [
        (b"", b""),
        (b"# mine\n", b"\n"),
        (b"# mine", b"\n\n"),
        (b"# mine\r\n[project]\r\nname = 'x'\r\n", b"\r\n"),
        ("# größe\n[tool.black]\nline-length = 90\n\n\n".encode(), b"\n"),
    ],
)
def test_what_stands_there_stays(old: bytes, gap: bytes) -> None:
    file = Path("pyproject.toml")
    file.write_bytes(old)
    assert main(["init", "--yes"]) == 0
    new = TABLE.replace("\n", "\r\n") if b"\r\n" in old else TABLE
    assert file.read_bytes() == old + gap + new.encode()
    before = tomllib.loads(old.decode())
    after = tomllib.loads(file.read_text("utf-8"))
    assert after["tool"].pop("fieldgen") and after == before | {"tool": after["tool"]}
    assert main(["build"]) == 0


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("[tool.fieldgen]\n", "pyproject.toml: has a table [tool.fieldgen] already"),
        (
            "tool = {black = {}}\n",
            "pyproject.toml: a table [tool.fieldgen] cannot be added at its end; write it by hand",
        ),
        ("[tool\n", "pyproject.toml: is not TOML: "),
    ],
)
def test_files_that_are_left_alone(
    old: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("pyproject.toml").write_text(old, "utf-8")
    assert main(["init", "--yes"]) == 2
    assert message in capsys.readouterr().err
    assert Path("pyproject.toml").read_text("utf-8") == old
    assert not Path("fieldgen.toml").exists()


def test_link_stays_a_link() -> None:
    Path("real.toml").write_text("# real\n", "utf-8")
    Path("pyproject.toml").symlink_to("real.toml")
    assert main(["init", "--yes"]) == 0
    assert Path("pyproject.toml").is_symlink()
    assert Path("real.toml").read_text("utf-8") == "# real\n\n" + TABLE


def test_names_are_unique(capsys: pytest.CaptureFixture[str]) -> None:
    sdk = PAGE.replace(
        "| Field | Type |\n| --- | --- |",
        "| Field | Type | Required |\n| --- | --- | --- |",
    )
    for name in ("a", "b"):
        folder = Path(name, "some docs")
        folder.mkdir(parents=True)
        (folder / "boat.md").write_text(
            sdk.replace("| string |", "| string | yes |"), "utf-8"
        )
    assert main(["init", "--yes"]) == 0
    config = tomllib.loads(Path("fieldgen.toml").read_text("utf-8"))
    assert {name: row["path"] for name, row in config["sources"].items()} == {
        "some-docs": "a/some docs",
        "b-some-docs": "b/some docs",
        "docs": "docs",
    }


def test_first_class_with_attributes() -> None:
    text = "@x\nclass A:\n    pass\n\n\n@x\nclass B:\n    a: int\n\n    @y\n    def f(self): ...\n"
    assert first_class(text) == "@x\nclass B:\n    a: int\n"
    assert first_class("class A:\n    a: int\n") == ""
