"""Depfiles, what a hook of git wants to know, and the summary of a job."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.depends import depfile_text
from generator.diagnostics import SourceSpan
from generator.report.finding import Finding
from generator.report.summary import ROWS, render_summary

PAGE = "# Boat\n\n| Field | Type |\n| --- | --- |\n| `name` | string |\n"


def test_escapes() -> None:
    text = depfile_text(["out/a b.py"], ["docs/$x.md", "docs/#1.md", "docs/my page.md"])
    assert text == (
        "out/a\\ b.py: \\\n  docs/$$x.md \\\n  docs/\\#1.md \\\n  docs/my\\ page.md\n"
        "docs/$$x.md:\ndocs/\\#1.md:\ndocs/my\\ page.md:\n"
    )


def test_depfile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outputs and the folder that they stand in are no inputs, even where the source holds them."""
    monkeypatch.chdir(tmp_path)
    Path("docs/sub").mkdir(parents=True)
    Path("docs/sub/boat.md").write_text(PAGE, "utf-8")
    Path("fieldgen.toml").write_text("[sources.a]\npath='docs'\nout='docs/sub'\n")
    assert main(["build", "--depfile", "made/a.d", "--depfile-target", "stamp"]) == 0
    first, *rows = Path("made/a.d").read_text("utf-8").splitlines()
    assert first == "stamp: \\"
    needed = [row.strip(" \\") for row in rows if row.startswith("  ")]
    assert needed[:2] == ["docs/sub/boat.md", "fieldgen.toml"]
    assert needed[2].endswith("generator/__init__.py") and needed[3:] == ["docs"]


def test_depfile_names_the_rules_of_a_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("boat.md").write_text(PAGE, "utf-8")
    rule = "rules: [{says: value, words: [immer], phrase: 'immer '}]"
    Path("de.yaml").write_text(rule, "utf-8")
    assert main(["build", "boat.md", "--language", "de.yaml", "--depfile", "a.d"]) == 0
    assert "\n  de.yaml \\\n" in Path("a.d").read_text("utf-8")


def test_no_depfile_of_a_build_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", "nowhere", "--depfile", "a.d"]) == 2
    assert not Path("a.d").exists()


def test_modules_of_a_package_are_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is listed before the first build is what that build writes, and what its depfile names."""
    monkeypatch.chdir(tmp_path)
    Path("docs/sub").mkdir(parents=True)
    for name in ("boat", "sub/boat"):
        Path(f"docs/{name}.md").write_text(PAGE.replace("Boat", name.title()), "utf-8")
    command = ["build", "docs", "--out", "out", "--layout", "package"]
    assert main([*command, "--list-outputs"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert main([*command, "--depfile", "a.d"]) == 0
    made = sorted(p.as_posix() for p in Path("out").rglob("*") if p.is_file())
    assert sorted(listed) == made and "out/models/sub_boat.py" in made
    rule = Path("a.d").read_text("utf-8").partition(":")[0].split()
    assert sorted([*rule, "out/.fieldgen.json"]) == made


def test_outputs_of_a_package_whose_docs_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    flags = ["--list-outputs", "--layout", "package"]
    assert main(["build", "nowhere", *flags]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_pre_commit_needs_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("boat.md").write_text(PAGE, "utf-8")
    assert main(["build", "boat.md", "--pre-commit"]) == 2
    assert "--pre-commit: fatal: not a git repository" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "")
    assert main(["check", "boat.md", "--pre-commit"]) == 2
    assert "git is not installed" in capsys.readouterr().err


def test_summary_quotes_what_docs_say() -> None:
    span = SourceSpan("a_b.md", 1, 2)
    found = Finding(span, "unknown-type", "warning", "no <b>|x| [y](z)\n`q`", "", ())
    row = render_summary([found]).splitlines()[-1]
    assert row == (
        "| warning | `unknown-type` | a\\_b.md:1:2 | no &lt;b&gt;\\|x\\| \\[y\\](z) \\`q\\` |"
    )


def test_summary_is_not_endless() -> None:
    span = SourceSpan("a.md", 1)
    note = Finding(span, "empty-page", "note", "x", "", ())
    error = note._replace(severity="error")
    text = render_summary([note] * ROWS + [error])
    assert text.count("\n| ") == ROWS + 2 and text.endswith("1 more are in the log.\n")
    assert text.splitlines()[4].startswith("| error |")
