"""Sample projects from the snippets of docs/integrations.md, and fieldgen as if it were installed."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from harness import REPO, scratch

PAGE = REPO / "docs/integrations.md"
BIN = Path(sys.executable).parent
OUTPUTS = {"models.py", "typed_dicts.py", "schema.json", ".fieldgen.json"}


@functools.cache
def snippets() -> dict[str, str]:
    """The files that the page shows, by their titles."""
    blocks = re.findall(
        r'^```\w+ title="([^"]+)"[^\n]*\n(.*?)^```$',
        PAGE.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    return dict(blocks)


@functools.cache
def installation() -> Path:
    """A folder with the metadata that an installation of this checkout has, and with the command."""
    folder = scratch() / "installation"
    (folder / "bin").mkdir(parents=True)
    code = "import hatchling.build as b, sys; b.prepare_metadata_for_build_editable(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, folder], cwd=REPO, check=False)
    assert done.returncode == 0
    project = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
    groups = project["entry-points"] | {"console_scripts": project["scripts"]}
    rows = [
        f"[{group}]\n" + "".join(f"{name} = {what}\n" for name, what in table.items())
        for group, table in groups.items()
    ]
    (metadata,) = folder.glob("*.dist-info")
    (metadata / "entry_points.txt").write_text("\n".join(rows), "utf-8")
    script = folder / "bin/fieldgen"
    script.write_text(
        f"#!{sys.executable}\nfrom generator.cli import main\nraise SystemExit(main())\n",
        "utf-8",
    )
    script.chmod(0o755)
    return folder


def environment(**more: str) -> dict[str, str]:
    """The environment of a user who has installed fieldgen: nothing of CI, of git or of another Python."""
    dropped = ("GIT_", "GITHUB_", "PYTHON", "PRE_COMMIT", "CI", "FIELDGEN_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
    path = os.pathsep.join(
        (str(installation() / "bin"), str(BIN), os.environ.get("PATH", ""))
    )
    own = {
        "PATH": path,
        "PYTHONPATH": os.pathsep.join((str(installation()), str(REPO))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
        "HOME": str(installation()),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return kept | own | more


def run(folder: Path, *command: str | Path, code: int = 0, **env: str) -> str:
    """Run a command in a project; what it prints, stderr and stdout."""
    done = subprocess.run(
        list(map(str, command)),
        check=False,
        cwd=folder,
        env=environment(**env),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = done.stderr + done.stdout
    assert done.returncode == code, f"{command} ends with {done.returncode}\n{said}"
    return said


def make_project(folder: Path, *titles: str) -> Path:
    """A project with the page, an empty package, and these files of the docs, each under its name without the first folder."""
    project = folder / "project"
    (project / "src/shop").mkdir(parents=True)
    (project / "src/shop/__init__.py").write_text("", "utf-8")
    for title in ("docs/job.md", *titles):
        name = title if title == "docs/job.md" else title.partition("/")[2] or title
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(snippets()[title], "utf-8")
    return project
