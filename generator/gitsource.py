"""Reads a source as it was in a revision of git: through git itself, without a checkout."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Iterable

from generator.sources import Found, SourceError, pick_pages

# What a hook of git sets for the commands it runs: with it, git would look at the hook's repository whatever the folder.
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_LINK, _MODULE = "120000", "160000"
_LINKS = 20  # that may lead to each other


def read_revision(path: str, base: str, revision: str) -> Found:
    """The files of a source (a file, a folder or a glob, relative to `base`) in a revision, as `sources.read_source` gives them of the disk.

    Raises SourceError, where git, the repository, the revision or the source is not there.
    """
    full = os.path.join(base, path)
    folder = _existing(os.path.dirname(full) if os.path.isfile(full) else full)
    top = os.path.realpath(
        _git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\r\n")
    )
    commit = _commit(folder, revision)
    if os.path.isabs(path):
        base, path = os.sep, os.path.relpath(path, os.sep)
    home = os.path.relpath(os.path.realpath(base or "."), top).replace(os.sep, "/")
    up = [part for part in home.split("/") if part == ".."]
    if up:  # the config stands above the repository: its paths lead down into it
        above = os.path.relpath(top, os.path.realpath(base or "."))
        path, home = os.path.relpath(path, above), ""
    path = os.path.normpath(path).replace(os.sep, "/")
    if home == ".":
        home = ""
    tree = _tree(folder, commit)
    try:
        start, names = pick_pages(path, home, tree)
    except SourceError as error:
        raise SourceError(f"{error} in the revision {revision}") from None
    blobs = _blobs(folder, [_target(name, tree, commit, folder) for name in names])
    cut = len(start) + 1 if start else 0
    pages = {name[cut:]: data for name, data in zip(names, blobs, strict=True)}
    shown = os.path.relpath(os.path.join(top, start))
    return Found(pages, "" if shown == "." else shown.replace(os.sep, "/"), full)


def _existing(path: str) -> str:
    """The nearest folder that is there: a source may have been deleted since."""
    folder = os.path.abspath(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def _commit(folder: str, revision: str) -> str:
    if not revision or revision.startswith("-"):
        raise SourceError(f'"{revision}" is no revision of git')
    try:
        found = _git(
            folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"
        )
    except SourceError:
        shallow = _git(folder, "rev-parse", "--is-shallow-repository")
        hint = (
            "; the repository is a shallow clone: fetch more of it"
            if shallow.strip() == b"true"
            else ""
        )
        raise SourceError(f'git knows no revision "{revision}"{hint}') from None
    return found.decode().strip()


def _tree(folder: str, commit: str) -> dict[str, tuple[str, str]]:
    """All files of a revision: path → (mode, name of the blob)."""
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", commit)
    tree = {}
    for row in listed.decode("utf-8", "surrogateescape").split("\0"):
        about, _, name = row.partition("\t")
        if name and not about.startswith(_MODULE):
            mode, _, blob = about.split(" ")
            tree[name] = mode, blob
    return tree


def _target(
    name: str, tree: dict[str, tuple[str, str]], commit: str, folder: str
) -> str:
    """The blob of a file; that of the file that a symbolic link leads to."""
    place = name
    for _ in range(_LINKS):
        mode, blob = tree.get(place, ("", ""))
        if not mode:
            break
        if mode != _LINK:
            return blob
        link = _blobs(folder, [blob])[0].decode("utf-8", "surrogateescape")
        place = posixpath.normpath(posixpath.join(posixpath.dirname(place), link))
    raise SourceError(f"{name}: is a link to nowhere in the revision {commit[:12]}")


def _blobs(folder: str, names: Iterable[str]) -> list[bytes]:
    """The contents of blobs, from one process."""
    asked = list(names)
    out = _git(folder, "cat-file", "--batch", stdin="\n".join([*asked, ""]).encode())
    found, start = [], 0
    for _ in asked:
        end = out.index(b"\n", start)
        size = int(out[start:end].split(b" ")[2])
        found.append(out[end + 1 : end + 1 + size])
        start = end + 1 + size + 1
    return found


def _git(folder: str, *arguments: str, stdin: bytes = b"") -> bytes:
    """What git prints. Raises SourceError with what it complains about."""
    known = {k: v for k, v in os.environ.items() if k not in _OF_HOOKS}
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments],
            input=stdin,
            capture_output=True,
            env=known | {"LC_ALL": "C"},
            check=False,
        )
    except FileNotFoundError:
        raise SourceError("git is not installed, or not in the PATH") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if said and "not a git repository" in said[0]:
            raise SourceError(f"{os.path.relpath(folder)}: is in no git repository")
        raise SourceError(f"git {arguments[0]}: {said[0] if said else 'failed'}")
    return done.stdout
