"""The build back ends, with the projects of docs/integrations.md: sdist, the wheel that is made of it, editable installations."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest
from sample_project import OUTPUTS, make_project, run

BACKENDS = ("hatch", "setuptools", "pdm")
EDITABLE = "import build; build.ProjectBuilder('.').build('editable', 'dist')"
IN_WHEEL = {f"shop/jobs/{name}" for name in OUTPUTS}


def wheel_names(folder: Path) -> set[str]:
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names)), "a file is packed twice"
    assert wheel.name.endswith("-py3-none-any.whl")
    return set(names)


def sdist_names(folder: Path) -> set[str]:
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    return set(names)


def build(project: Path, *flags: str, code: int = 0) -> str:
    return run(
        project, "python", "-m", "build", "--no-isolation", "--outdir", "dist", *flags,
        code=code,
    )  # fmt: skip


@pytest.mark.parametrize("backend", BACKENDS)
def test_wheel_of_the_sdist(backend: str, tmp_path: Path) -> None:
    """Nothing is built before, and git ignores the outputs: all is written by the hooks."""
    project = make_project(tmp_path, f"{backend}/pyproject.toml")
    (project / ".gitignore").write_text("/src/shop/jobs/\n/dist/\n", "utf-8")
    build(project)
    assert {"docs/job.md", "pyproject.toml"} <= sdist_names(project / "dist")
    names = wheel_names(project / "dist")
    assert IN_WHEEL | {"shop/__init__.py"} <= names
    assert not [name for name in names if "docs" in name]


@pytest.mark.parametrize("backend", BACKENDS)
def test_wheel_with_packages(backend: str, tmp_path: Path) -> None:
    """The modules of a package are known when the docs are read."""
    project = make_project(tmp_path, f"{backend}/pyproject.toml")
    config = project / "pyproject.toml"
    table = "[tool.fieldgen.sources.jobs]\n"
    text = config.read_text("utf-8").replace(table, f'{table}layout = "package"\n')
    config.write_text(text, "utf-8")
    (project / ".gitignore").write_text("/src/shop/jobs/\n/dist/\n", "utf-8")
    build(project)
    wanted = {"models/__init__.py", "models/job.py", "models/everything.py"}
    assert {f"shop/jobs/{name}" for name in wanted} <= wheel_names(project / "dist")


@pytest.mark.parametrize("backend", BACKENDS)
def test_editable(backend: str, tmp_path: Path) -> None:
    """The outputs stand in place, where an editable installation finds them."""
    project = make_project(tmp_path, f"{backend}/pyproject.toml")
    run(project, "python", "-c", EDITABLE)
    made = {path.name for path in (project / "src/shop/jobs").iterdir()}
    assert made == OUTPUTS
    assert "up to date" in run(project, "fieldgen", "check")


@pytest.mark.parametrize("backend", BACKENDS)
def test_errors_of_the_docs_stop_the_build(backend: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, f"{backend}/pyproject.toml")
    (project / "docs/job.md").write_text("# No table here\n", "utf-8")
    said = build(project, "--wheel", code=1)
    assert "docs: error[no-field-table]" in said
    assert not list((project / "dist").glob("*.whl"))


@pytest.mark.parametrize("backend", BACKENDS)
def test_sdist_without_docs(backend: str, tmp_path: Path) -> None:
    """An unpacked sdist whose docs are missing is built with the outputs that it has, unless somebody has changed them."""
    project = make_project(tmp_path, f"{backend}/pyproject.toml")
    run(project, "fieldgen", "build")
    (project / "docs/job.md").unlink()
    (project / "docs").rmdir()
    assert "there is no such file or folder" in build(project, "--wheel", code=1)
    (project / "PKG-INFO").write_text(
        "Metadata-Version: 2.4\nName: shop\nVersion: 1.0\n", "utf-8"
    )
    build(project, "--wheel")
    assert wheel_names(project / "dist") >= IN_WHEEL
    with (project / "src/shop/jobs/models.py").open("a") as stream:
        stream.write("x = 1\n")
    assert "there is no such file or folder" in build(project, "--wheel", code=1)


@pytest.mark.parametrize("backend", ["setuptools", "pdm"])
def test_other_projects_are_left_alone(backend: str, tmp_path: Path) -> None:
    """A project that does not require fieldgen for builds has nothing built, whatever else is installed."""
    project = make_project(tmp_path, f"{backend}/pyproject.toml")
    config = project / "pyproject.toml"
    config.write_text(config.read_text("utf-8").replace(', "fieldgen"]', "]"), "utf-8")
    build(project, "--wheel")
    assert "shop/__init__.py" in wheel_names(project / "dist")
    assert not (project / "src/shop/jobs").exists()


def test_hatch_can_skip_the_hook(tmp_path: Path) -> None:
    project = make_project(tmp_path, "hatch/pyproject.toml")
    run(project, "python", "-m", "hatchling", "build", HATCH_BUILD_NO_HOOKS="1")
    assert not (project / "src/shop/jobs").exists()
