"""The built wheel works in an empty environment. Only this test sees a template or a dialect that was left out of it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from harness import REPO

PAGE = """\
# Lighthouse

A light that ships steer by.

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `name` | *string* | :heavy_check_mark: | What sailors call it. |
| `range` | *number* | :heavy_minus_sign: | How far it is seen, in miles. |
"""


def run(*arguments: str | Path, cwd: Path) -> str:
    """Run a command without anything of this checkout in its way; its stdout."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON")
    }
    done = subprocess.run(
        list(map(str, arguments)),
        check=False,
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the sdist, as `python -m build` does: a file left out of the sdist shows, too."""
    folder = tmp_path_factory.mktemp("dist")
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        folder,
        REPO,
        cwd=folder,
    )
    (found,) = folder.glob("*.whl")
    return found


def test_wheel_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)

    docs = tmp_path / "project" / "docs"
    docs.mkdir(parents=True)
    (docs / "lighthouse.md").write_text(PAGE, "utf-8")
    run(scripts / "fieldgen", "build", "docs", "--out", "lights", cwd=docs.parent)
    run(scripts / "fieldgen", "check", "docs", "--out", "lights", cwd=docs.parent)
    payload = run(
        scripts / "python",
        "-c",
        "from lights.models import Lighthouse; print(Lighthouse.from_dict({'name': 'Roter Sand'}).to_dict())",
        cwd=docs.parent,
    )
    assert payload.strip() == "{'name': 'Roter Sand'}"
    made = {path.name for path in (docs.parent / "lights").iterdir()}
    assert {"models.py", "typed_dicts.py", "schema.json"} <= made
