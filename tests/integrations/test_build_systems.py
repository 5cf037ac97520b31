"""Ninja and Make themselves; Bazel and Pants by what they run: the command of the rule, in a folder with nothing but its inputs."""

from __future__ import annotations

import ast
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import files_below
from sample_project import OUTPUTS, make_project, run, snippets

CONFIG = """\
templates = "templates"
dialects = ["dialects"]

[sources.jobs]
path = "docs"
out = "src/shop/jobs"
overlay = "mended.yaml"
"""
DIALECT = "title: ours\nextends: plain\n"
TEMPLATE = '{% extends "fieldgen/typeddict/module.py.jinja" %}\n'
BLACK = "[tool.black]\nline-length = 100\n"


def systems_project(tmp_path: Path, *titles: str) -> Path:
    """A project with a template, a dialect and settings of black, so that there is something of each kind to touch."""
    project = make_project(tmp_path, "fieldgen.toml", *titles)
    texts = {
        "fieldgen.toml": CONFIG,
        "dialects/ours.yaml": DIALECT,
        "templates/typeddict/module.py.jinja": TEMPLATE,
        "pyproject.toml": BLACK,
        "mended.yaml": "Tool:\n  document: A tool.\n",
        "docs/more/tool.md": "# Tool\n\n| Field | Type |\n| --- | --- |\n| `name` | string |\n",
    }
    for name, text in texts.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, "utf-8")
    (project / "build").mkdir()
    age(project)
    return project


def age(project: Path) -> None:
    """Let all inputs be some seconds old, so that the clock of the file system does not matter."""
    past = time.time() - 100
    for path in [project, *project.rglob("*")]:
        os.utime(path, (past, past))


def ninja(project: Path) -> str:
    return rest(run(project, "ninja", "-v"))


def make(project: Path) -> str:
    return rest(run(project, "make", "--no-print-directory", "build/jobs.stamp"))


def rest(said: str) -> str:
    """Wait until the clock of the file system has moved on: what is written next is newer."""
    time.sleep(0.05)
    return said


SYSTEMS = {
    "ninja": (ninja, "ninja/build.ninja", "no work to do"),
    "make": (make, "make/Makefile", "is up to date"),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_input_counts(name: str, tmp_path: Path) -> None:
    work, title, idle = SYSTEMS[name]
    project = systems_project(tmp_path, title)
    assert "wrote models.py" in work(project)
    assert {path.name for path in (project / "src/shop/jobs").iterdir()} >= OUTPUTS
    assert idle in work(project)
    for path in (
        "docs/job.md",
        "docs/more/tool.md",
        "dialects/ours.yaml",
        "templates/typeddict/module.py.jinja",
        "fieldgen.toml",
        "pyproject.toml",
        "mended.yaml",
    ):
        (project / path).touch()
        assert "src/shop/jobs is unchanged" in work(project), path
        assert idle in work(project), path


@pytest.mark.parametrize("name", SYSTEMS)
def test_pages_that_come_and_go(name: str, tmp_path: Path) -> None:
    work, title, idle = SYSTEMS[name]
    project = systems_project(tmp_path, title)
    work(project)
    page = project / "docs/more/a new page.md"
    page.write_text((project / "docs/more/tool.md").read_text().replace("Tool", "Saw"))
    assert "3 pages" in work(project)
    assert idle in work(project)
    page.touch()
    assert "3 pages" in work(project)
    page.unlink()
    assert "2 pages" in work(project)
    assert idle in work(project)


def test_restat_stops_what_comes_after(tmp_path: Path) -> None:
    project = systems_project(tmp_path, "ninja/build.ninja")
    assert "cp src/shop/jobs/schema.json site/jobs.json" in ninja(project)
    (project / "docs/job.md").touch()
    said = ninja(project)
    assert "fieldgen build" in said and "cp " not in said
    page = project / "docs/job.md"
    page.write_text(page.read_text("utf-8").replace("renders", "draws"), "utf-8")
    assert "cp src/shop/jobs/schema.json site/jobs.json" in ninja(project)
    assert "no work to do" in ninja(project)


def test_errors_are_not_taken_for_done(tmp_path: Path) -> None:
    project = systems_project(tmp_path, "ninja/build.ninja")
    ninja(project)
    for page in project.glob("docs/**/*.md"):
        page.write_text("# Nothing\n", "utf-8")
    for _ in range(2):
        said = run(project, "ninja", "-v", code=1)
        assert "error[no-field-table]" in said


# --- Bazel and Pants ----------------------------------------------------------------------------------------------------------


def calls(title: str) -> dict[str, dict[str, object]]:
    """The rules of a file of Bazel or Pants, which is Python: name of the rule → its keywords, as far as they are literals."""
    found = {}
    for node in ast.parse(snippets()[title]).body:
        assert isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        assert isinstance(node.value.func, ast.Name)
        words = {
            word.arg or "": ast.literal_eval(word.value)
            for word in node.value.keywords
            if not isinstance(word.value, ast.BinOp)  # glob(…)
        }
        found[node.value.func.id] = words
    return found


def bazel_command() -> tuple[str, list[str]]:
    rule = calls("bazel/BUILD.bazel")["genrule"]
    outs = rule["outs"]
    assert isinstance(outs, list)
    command = str(rule["cmd"])
    for name, value in {
        "$(execpath :fieldgen)": "fieldgen",
        "$(execpath fieldgen.toml)": "shop/fieldgen.toml",
        "$(RULEDIR)": "bazel-out/bin/shop",
    }.items():
        command = command.replace(name, value)
    assert "$" not in command
    return command, [f"bazel-out/bin/shop/{name}" for name in outs]


def pants_command() -> tuple[str, list[str]]:
    rule = calls("pants/BUILD")["adhoc_tool"]
    arguments, folders = rule["args"], rule["output_directories"]
    assert isinstance(arguments, list) and isinstance(folders, list)
    names = sorted(OUTPUTS)
    command = " ".join(("cd shop && fieldgen", *arguments))
    return command, [f"shop/{folder}/{name}" for folder in folders for name in names]


@pytest.mark.parametrize("command", [bazel_command, pants_command])
def test_hermetic(command: Callable[[], tuple[str, list[str]]], tmp_path: Path) -> None:
    """The outputs come from the inputs only: not from what lies above, not from the home folder; and nothing else is written."""
    line, outs = command()
    results = []
    for name in ("here", "somewhere/else/deep"):
        root = tmp_path / name / "execroot"
        shop = root / "shop"
        shutil.copytree(make_project(tmp_path / name, "fieldgen.toml"), shop)
        shutil.rmtree(shop / "src")
        for poison in (root, root.parent):  # a config that would be found upward
            (poison / "pyproject.toml").write_text("[tool.black]\nline-length = 20\n")
            (poison / "fieldgen.toml").write_text("broken")
        before = set(files_below(root))
        home = tmp_path / name / "home"
        home.mkdir()
        run(root, "bash", "-c", line, HOME=str(home), XDG_CACHE_HOME=str(home))
        written = {k: v for k, v in files_below(root).items() if k not in before}
        assert set(outs) <= set(written)
        assert {path.rpartition("/")[2] for path in written} == OUTPUTS
        assert not list(home.iterdir())
        results.append(written)
    assert results[0] == results[1]
    shown = run(
        root / "shop",
        "fieldgen",
        "build",
        "--config",
        "fieldgen.toml",
        "--list-outputs",
    )
    assert {line.rpartition("/")[2] for line in shown.splitlines()} == OUTPUTS
