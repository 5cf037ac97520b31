"""What else the outputs depend on: the code of fieldgen with its dialects and templates, Python, and the packages that shape text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress

import generator
from generator.cache.store import Store
from generator.kept import digest, keep, read_kept
from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_PACKAGES = ("black", "jinja2", "pyyaml", "markupsafe")
_SUFFIXES = (".py", ".yaml", ".json", ".jinja")
_SETTLED = 2_000_000_000  # ns: code that changed just now may change again within one tick of the clock


def tool_digest(store: Store, clock: int) -> str:
    """A digest of all that, as it was at `clock`; empty if something changed since.

    The files are read, and the packages looked for, only if one of them or of their folders looks changed.
    """
    rows, folders = list(_files()), list(_folders())
    looks, place = _summary(rows, clock), _summary(folders, clock)
    now = store.clock()
    if any(clock <= row[1] <= now for row in rows):
        return ""
    known = store.read_head("tool") or {"looks": "", "place": ""}
    as_known = known["looks"] == looks != "", known["place"] == place != ""
    content = known["content"] if as_known[0] else _content(rows, looks)
    versions = known["versions"] if as_known[1] else sorted(_versions())
    if not all(as_known) and (looks or place):
        head = {"looks": looks, "content": content, "place": place}
        store.write_head("tool", {**head, "versions": versions, "objects": []})
    told = repr((generator.__version__, sys.version, versions, content))
    return digest(told.encode())


def _summary(rows: list[Any], clock: int) -> str:
    """A digest of how files look; empty where one could change without looking otherwise."""
    settled = all(row[1] < clock - _SETTLED for row in rows)
    return digest(repr(rows).encode()) if settled else ""


def _content(rows: list[tuple[str, int, int]], looks: str) -> str:
    """A digest of what is in the files. It is kept beside them, too, for the next cache: it takes 10 ms."""
    place, made_of = os.path.abspath(generator.__file__), looks.encode("ascii")
    if looks and (kept := read_kept(place, ".digest", made_of)):
        return kept.decode("ascii")
    content = digest(*[_read(path) for path, _, _ in rows])
    if looks:
        keep(place, ".digest", made_of, content.encode("ascii"))
    return content


def _files() -> Iterator[tuple[str, int, int]]:
    """The files of the package and of its templates (beside it in a checkout), with their times and sizes."""
    own = os.path.dirname(os.path.abspath(generator.__file__))
    beside = os.path.join(os.path.dirname(own), "templates")
    inside = os.path.isdir(os.path.join(own, "templates"))
    todo = [own] if inside else [own, beside]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                rows = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in rows:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    todo.append(entry.path)
            elif entry.name.endswith(_SUFFIXES):
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return path.encode("utf-8", "surrogateescape") + b"\0" + stream.read()


def _folders() -> Iterator[tuple[str, int]]:
    """The folders that packages are found in: what is installed or removed changes their time."""
    for folder in sys.path:
        with suppress(OSError):
            yield folder, os.stat(folder or ".").st_mtime_ns


def _versions() -> Iterator[str]:
    """The installed packages by the names of their metadata, as `importlib.metadata` finds them, which takes 30 ms to import."""
    left = set(_PACKAGES)
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            package = name.lower().partition("-")[0]
            if package in left and name.endswith((".dist-info", ".egg-info")):
                left.discard(package)
                yield name.lower()
