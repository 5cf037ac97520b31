"""What `fieldgen init` proposes: looks through a folder for docs with field tables and sorts them into sources."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

from generator import pipeline
from generator.dialect.files import DialectError
from generator.light import NamedTuple
from generator.source import Source
from generator.sources import SUFFIXES, SourceError, read_source

# What tools leave behind or fetch: docs of others, or copies.
_OTHERS = frozenset(
    [
        "__pycache__",
        "bower_components",
        "build",
        "dist",
        "htmlcov",
        "node_modules",
        "site",
        "site-packages",
        "target",
        "third_party",
        "vendor",
        "venv",
    ]
)
_TABLE = re.compile(
    rb"<t[dh]\b|^[ \t>]*\|?[ \t]*:?--+:?[ \t]*(?:\||$)", re.MULTILINE | re.IGNORECASE
)


class Proposal(NamedTuple):
    """A source that the config may get. `shown`: the dialects as a build names them; `dialect`: the one to write down, or empty."""

    name: str
    path: str
    dialect: str
    shown: str
    pages: int
    definitions: int


class _Part(NamedTuple):
    """Pages of one folder that document something, or one page in the root. `folder`: its names, the root's is empty."""

    folder: tuple[str, ...]
    path: str
    dialect: str


def propose() -> tuple[list[Proposal], list[str]]:
    """The sources of the working folder, and what is said of docs that do not tell their dialect."""
    parts, said = [], list[str]()
    for folder, names in _walk():
        if folder in (".", ""):
            alone = [_part((), name, [name], said) for name in names]
            parts += [part for part in alone if part]
        elif part := _part(tuple(folder.split("/")), folder, names, said):
            parts.append(part)
    taken: dict[str, str] = {}
    proposals = []
    for path in _group(parts, 0):
        if proposal := _read(path, taken):
            taken[proposal.name] = path
            proposals.append(proposal)
    return proposals, said


def _walk() -> Iterable[tuple[str, list[str]]]:
    """Folders, from the root downward, and their pages that may document something."""
    for folder, folders, files in os.walk("."):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _OTHERS
            and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))
        )
        pages = [
            name
            for name in sorted(files)
            if not name.startswith(".") and name.lower().endswith(SUFFIXES)
        ]
        if pages:
            yield os.path.relpath(folder).replace(os.sep, "/"), pages


def _part(
    folder: tuple[str, ...], path: str, names: Sequence[str], said: list[str]
) -> _Part | None:
    """The pages of a folder, if they document something."""
    try:
        pages = {name: _bytes("/".join((*folder, name))) for name in names}
    except OSError:  # what cannot be read is nothing to propose
        return None
    markdown = [data for name, data in pages.items() if not pipeline.is_yaml(name)]
    if len(markdown) == len(pages) and not any(map(_TABLE.search, markdown)):
        return None
    try:
        loaded = pipeline.load(pages, Source("", ""))
    except DialectError as error:
        said.append(f"{path}: {error}")
        return None
    if not loaded.schema.definitions:
        return None
    return _Part(folder, path, loaded.dialect)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def _group(parts: Sequence[_Part], depth: int) -> list[str]:
    """The paths of the sources: the deepest folder that holds all parts of one dialect, but never the root."""
    if depth and len({part.dialect for part in parts if part.dialect}) <= 1:
        return [os.path.commonpath([part.path for part in parts]).replace(os.sep, "/")]
    paths: list[str] = []
    below: dict[str, list[_Part]] = {}
    for part in parts:
        if len(part.folder) > depth:
            below.setdefault(part.folder[depth], []).append(part)
        else:  # beside folders of other dialects; a page of the root
            paths.append(f"{part.path}/*" if part.folder else part.path)
    for group in below.values():
        paths += _group(group, depth + 1)
    return paths


def _read(path: str, taken: dict[str, str]) -> Proposal | None:
    """The source as a build would read it."""
    try:
        found = read_source(path)
        loaded = pipeline.load(found.pages, Source("", ""))
    except (SourceError, DialectError):
        return None
    name = _name(path, taken)
    count = len(loaded.schema.definitions)
    return Proposal(
        name, path, loaded.dialect, loaded.dialects, len(found.pages), count
    )


def _name(path: str, taken: Iterable[str]) -> str:
    """A name for the source: its last folder or its file; with more of its path, or a number, where it is taken."""
    words = [
        re.sub(r"[^A-Za-z0-9_]+", "-", word).strip("-").lower()
        for word in re.sub(r"/\*$|\.\w+$", "", path).split("/")
    ]
    words = [word for word in words if word] or ["docs"]
    for start in range(len(words) - 1, -1, -1):
        name = "-".join(words[start:])
        if name not in taken:
            return name
    return next(n for i in range(2, 10**6) if (n := f"{name}-{i}") not in taken)
