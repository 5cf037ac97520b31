"""pre-commit, the GitHub Action, validate-pyproject."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from harness import REPO
from sample_project import installation, make_project, run, snippets

MANIFEST = REPO / ".pre-commit-hooks.yaml"


def manifest() -> dict[str, dict[str, Any]]:
    rows = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return {row["id"]: row for row in rows}


def git_project(tmp_path: Path, *hooks: str) -> Path:
    """A repository with our hooks, run by the fieldgen that is installed: pre-commit would install it from an index."""
    project = make_project(tmp_path, "fieldgen.toml")
    config = yaml.safe_load(snippets()["pre-commit/.pre-commit-config.yaml"])
    (repository,) = config["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= {*manifest()}
    rows = [manifest()[hook] | {"language": "system"} for hook in hooks]
    text = yaml.safe_dump({"repos": [{"repo": "local", "hooks": rows}]})
    (project / ".pre-commit-config.yaml").write_text(text, "utf-8")
    run(project, "git", "init", "--quiet")
    run(project, "git", "config", "user.email", "a@example.org")
    run(project, "git", "config", "user.name", "A")
    run(project, "git", "add", ".")
    return project


def commit(project: Path, code: int) -> str:
    return run(project, "pre-commit", "run", code=code)


def test_manifest_is_valid(tmp_path: Path) -> None:
    run(tmp_path, "pre-commit", "validate-manifest", MANIFEST)
    assert list(manifest()) == ["fieldgen", "fieldgen-check"]


def test_build_hook(tmp_path: Path) -> None:
    """The hook fails until all that it wrote is staged: also the second time, when it writes nothing."""
    project = git_project(tmp_path, "fieldgen")
    for _ in range(2):
        assert "not staged src/shop/jobs/models.py" in commit(project, 1)
    run(project, "git", "add", ".")
    commit(project, 0)
    run(project, "git", "commit", "--quiet", "-m", "x")
    page = project / "docs/job.md"
    page.write_text(page.read_text("utf-8").replace("renders", "draws"), "utf-8")
    run(project, "git", "add", "docs")
    assert "not staged src/shop/jobs/schema.json" in commit(project, 1)
    run(project, "git", "add", ".")
    commit(project, 0)


def test_build_hook_and_ignored_outputs(tmp_path: Path) -> None:
    project = git_project(tmp_path, "fieldgen")
    (project / ".gitignore").write_text("/src/shop/jobs/\n", "utf-8")
    run(project, "git", "add", ".")
    commit(project, 0)
    assert (project / "src/shop/jobs/models.py").is_file()


def test_check_hook(tmp_path: Path) -> None:
    project = git_project(tmp_path, "fieldgen-check")
    assert "missing src/shop/jobs/models.py" in commit(project, 1)
    run(project, "fieldgen", "build")
    assert "not staged src/shop/jobs/models.py" in commit(project, 1)
    run(project, "git", "add", ".")
    commit(project, 0)


def run_action(project: Path, code: int, **inputs: str) -> tuple[str, str]:
    """Run the last step of action.yml as a runner does; what it prints, and the summary. The first step installs from an index."""
    action = yaml.safe_load((REPO / "action.yml").read_text("utf-8"))
    assert action["runs"]["using"] == "composite"
    values = {name: row["default"] for name, row in action["inputs"].items()} | inputs

    def filled(text: str) -> str:
        for name, value in values.items():
            text = text.replace(f"${{{{ inputs.{name} }}}}", value)
        assert "${{" not in text
        return text

    step = action["runs"]["steps"][-1]
    temporary = project.parent / "runner"
    summary = temporary / "summary.md"
    (temporary / "fieldgen/bin").mkdir(parents=True, exist_ok=True)
    command = temporary / "fieldgen/bin/fieldgen"
    if not command.exists():
        command.symlink_to(installation() / "bin/fieldgen")
    summary.write_text("", "utf-8")
    env = {name: filled(value) for name, value in step["env"].items()}
    env |= {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(summary)}
    said = run(
        project / filled(step["working-directory"]),
        "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"],
        code=code, **env,
    )  # fmt: skip
    return said, summary.read_text("utf-8")


def test_action(tmp_path: Path) -> None:
    assert "uses: OWNER/fieldgen@" in snippets()["github/.github/workflows/docs.yml"]
    project = make_project(tmp_path, "fieldgen.toml")
    page = project / "docs/job.md"
    text = page.read_text("utf-8").replace(
        "| `id` | string | yes |", "| `id` | strin | yes |"
    )
    page.write_text(text, "utf-8")
    said, summary = run_action(project, 1)
    annotation = "::warning title=unknown-type,file=docs/job.md,line=7,col=10::"
    assert annotation in said
    assert "::error title=outdated-output,file=src/shop/jobs/models.py" in said
    assert "docs/job.md:7:10: warning[unknown-type]: " in said
    assert "| warning | `unknown-type` | docs/job.md:7:10 |" in summary
    assert summary.index("| error |") < summary.index("| warning |")

    run(project, "fieldgen", "build")
    page.write_text(snippets()["docs/job.md"], "utf-8")
    run(project, "fieldgen", "build")
    said, summary = run_action(project.parent, 0, **{"working-directory": "project"})
    assert (said, summary.splitlines()[-1]) == (
        "",
        "Nothing found: the outputs are what the docs say.",
    )
    said, _ = run_action(project, 0, args="lint docs --format github")
    assert said == ""


def test_action_names_no_input_in_a_script() -> None:
    """An input in the text of a script would be code; in the environment it is data."""
    action = yaml.safe_load((REPO / "action.yml").read_text("utf-8"))
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_validate_pyproject(tmp_path: Path) -> None:
    project = make_project(tmp_path, "hatch/pyproject.toml")
    config = project / "pyproject.toml"
    run(project, "validate-pyproject", config)
    config.write_text(config.read_text("utf-8").replace("out = ", "output = "), "utf-8")
    said = run(project, "validate-pyproject", config, code=1)
    assert "tool.fieldgen.sources.jobs" in said and "output" in said
