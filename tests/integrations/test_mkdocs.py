"""The plugin of MkDocs, in a site that MkDocs builds."""

from __future__ import annotations

import json
from pathlib import Path

from sample_project import make_project, run, snippets

# `mkdocs serve` without its server: the site as a writer sees it, and what is watched.
SERVE = """
from types import SimpleNamespace
from mkdocs.commands.build import build
from mkdocs.config import load_config
config = load_config("mkdocs.yml")
config.plugins.on_startup(command="serve", dirty=False)
build(config)
watched = []
config.plugins.on_serve(SimpleNamespace(watch=watched.append), config=config, builder=None)
print("watched", watched)
"""


def site_project(tmp_path: Path) -> Path:
    project = make_project(tmp_path, "fieldgen.toml", "mkdocs/mkdocs.yml")
    (project / "docs/index.md").write_text("# Shop\n\nWelcome.\n", "utf-8")
    return project


def break_page(project: Path) -> None:
    page = project / "docs/job.md"
    text = page.read_text("utf-8").replace("| string |", "| <b>strin |")
    page.write_text(text, "utf-8")


def test_schema_beside_the_page(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    run(project, "mkdocs", "build", "--strict")
    schema = json.loads((project / "site/jobs.schema.json").read_text("utf-8"))
    assert list(schema["$defs"]) == ["Job", "State"]
    run(project, "fieldgen", "build")
    built = (project / "src/shop/jobs/schema.json").read_text("utf-8")
    assert (project / "site/jobs.schema.json").read_text("utf-8") == built
    page = (project / "site/job/index.html").read_text("utf-8")
    assert '<a href="../jobs.schema.json#/$defs/Job">Job</a>' in page
    assert "admonition" not in page
    assert "JSON Schema" not in (project / "site/index.html").read_text("utf-8")
    assert not (project / "out").exists()


def test_findings_stop_a_strict_build(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    break_page(project)
    said = run(project, "mkdocs", "build", "--strict", code=1)
    assert "job.md:7:10: warning[unknown-type]" in said


def test_findings_in_the_page(tmp_path: Path) -> None:
    """They are shown to who writes, not to readers, unless the site says so."""
    project = site_project(tmp_path)
    break_page(project)
    run(project, "mkdocs", "build")
    page = project / "site/job/index.html"
    assert "unknown-type" not in page.read_text("utf-8")
    config = project / "mkdocs.yml"
    text = snippets()["mkdocs/mkdocs.yml"].replace(
        "- fieldgen", "- fieldgen:\n      diagnostics: always"
    )
    config.write_text(text, "utf-8")
    run(project, "mkdocs", "build")
    shown = page.read_text("utf-8")
    assert (
        "7:10: warning[unknown-type]" in shown
        and "<b>strin" not in shown.split("</table>")[1]
    )


def test_while_writing(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    break_page(project)
    (project / "ours.yaml").write_text("title: ours\nextends: plain\n", "utf-8")
    config = project / "fieldgen.toml"
    config.write_text("dialects = ['ours.yaml']\n" + config.read_text("utf-8"), "utf-8")
    said = run(project, "python", "-c", SERVE)
    assert "watched ['fieldgen.toml', 'ours.yaml']" in said
    page = (project / "site/job/index.html").read_text("utf-8")
    assert "7:10: warning[unknown-type]" in page


def test_mistakes_are_said_in_a_line(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    (project / "fieldgen.toml").write_text("enum = 'open'\n", "utf-8")
    said = run(project, "mkdocs", "build", code=1)
    assert 'fieldgen.toml: enum: unknown key; did you mean "enums"?' in said
    assert "Traceback" not in said


def test_sources_outside_the_site_are_left_out(tmp_path: Path) -> None:
    project = site_project(tmp_path)
    (project / "specs").mkdir()
    (project / "docs/job.md").rename(project / "specs/job.md")
    config = project / "fieldgen.toml"
    config.write_text(config.read_text("utf-8").replace('"docs"', '"specs"'), "utf-8")
    run(project, "mkdocs", "build", "--strict")
    assert not list((project / "site").rglob("*.schema.json"))
