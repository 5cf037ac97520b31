"""For hooks of git: whether a commit takes the outputs along as they are on the disk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from generator.output import OutputError

_AT_ONCE = 200  # a command line may be no longer than 32 kB


def unstaged(paths: Sequence[str]) -> list[str]:
    """Which of the files git does not have in its index as they are: new ones, changed ones, deleted ones.

    What `.gitignore` names is left out: it is never committed. The environment of a hook stays, since it names the index that is
    committed. Raises OutputError without git or a repository.
    """
    known = [path for path in paths if os.path.isdir(os.path.dirname(path) or ".")]
    if not known:
        return []
    rows: list[str] = []
    for start in range(0, len(known), _AT_ONCE):
        listed = _git(
            "status",
            "--porcelain=v1",
            "--no-renames",
            "-z",
            "--untracked-files=all",
            paths=known[start : start + _AT_ONCE],
        )
        rows += [row for row in listed.split("\0") if len(row) > 3]
    changed = [row[3:] for row in rows if row[1] != " "]
    top = _git("rev-parse", "--show-toplevel", paths=[]).rstrip("\r\n")
    return [os.path.relpath(os.path.join(top, name)) for name in changed]


def _git(*arguments: str, paths: Sequence[str]) -> str:
    command = ["git", "--literal-pathspecs", *arguments]
    command += ["--", *paths] if paths else []
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise OutputError(
            "--pre-commit: git is not installed, or not in the PATH"
        ) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OutputError(f"--pre-commit: {said[0] if said else 'git failed'}")
    return done.stdout.decode("utf-8", "surrogateescape")
