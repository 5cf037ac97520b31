"""Paths as links have them: relative to their page, or to the root of a site."""

from __future__ import annotations

import posixpath


def linked_path(path: str, file: str, folder: str) -> str:
    """The path within the source that a link on a page means. `folder`: the folders that the source stands in, as far as known."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    return _enter_again(joined, folder) if joined.startswith("../") else joined


def _enter_again(path: str, folder: str) -> str:
    """A path that leaves the source's folder and comes back, as generated pages write it: `../models/shared/x.md` from models/shared."""
    up = 0
    while path.startswith("../"):
        path, up = path[3:], up + 1
    own = folder.split("/")[-up:] if folder else []
    parts = path.split("/")
    if len(own) == up and parts[:up] == own:
        return "/".join(parts[up:])
    return "../" * up + path
