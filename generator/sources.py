"""Reads the files of a source: a file, a folder or a glob becomes `{path relative to the source: bytes}`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping

from generator.light import TYPE_CHECKING, NamedTuple
from generator.options import TARGET_NAMES

if TYPE_CHECKING:
    from generator.overlay import OverlayFile

SUFFIXES = (".md", ".markdown", ".mdown", ".mdx", ".yaml", ".yml")
"""What is read of a folder or a glob. A single file may also be .json, and so may all files of a folder or a glob."""
TEMPLATE_FOLDERS = tuple(f"{target}/" for target in TARGET_NAMES)

_DIALECT = (".yaml", ".yml")
_MAGIC = frozenset("*?[")
# Names stand in comments of the outputs: nothing there may end a line, turn the direction of writing, or be no text at all.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def _is_unsafe(name: str) -> bool:
    return not name.isprintable() and re.search(_UNSAFE, name) is not None


class SourceError(Exception):
    """A source that is not there or cannot be read."""


class Found(NamedTuple):
    """The files of a source by their path relative to it (POSIX slashes, sorted).

    `folder`: where those paths start. `path`: the source itself, as given.
    """

    pages: Mapping[str, bytes]
    folder: str
    path: str


def read_source(path: str, base: str = "") -> Found:
    """Read a file, a folder (with all folders in it) or a glob. `path` is relative to `base`, which is never read as a glob.

    Hidden files and folders are left out, unless `path` names them. Raises SourceError.
    """
    folder, names = list_source(path, base)
    pages = {name: read_page(folder, name) for name in names}
    return Found(pages, folder, os.path.join(base, path))


def read_page(folder: str, name: str) -> bytes:
    """One file of a source. Raises SourceError."""
    return _read(os.path.join(folder, name))


def list_source(path: str, base: str = "") -> tuple[str, list[str]]:
    """The folder that the files of a source are relative to, and their names, as `read_source` takes them. Raises SourceError."""
    full = os.path.join(base, path)
    if not path or _is_unsafe(path):
        raise SourceError(f'"{path}" is no path that fieldgen can read')
    if os.path.isdir(full):
        folder, names = full, _pages(_list(full))
        if not names:
            raise SourceError(f"{full}: holds no file that ends in {_listed(SUFFIXES)}")
    elif os.path.isfile(full):
        folder, names = os.path.dirname(full), [os.path.basename(full)]
        if not names[0].lower().endswith((*SUFFIXES, ".json")):
            raise SourceError(
                f"{full}: a source's file ends in {_listed((*SUFFIXES, '.json'))}"
            )
    elif os.path.lexists(full):
        raise SourceError(f"{full}: is neither a file nor a folder")
    elif not _MAGIC.isdisjoint(path):
        folder, names = _match(path, base)
    else:
        raise SourceError(f"{full}: there is no such file or folder")
    return folder, names


def _pages(names: Iterable[str]) -> list[str]:
    """Those names that are of pages. JSON, which stands beside many docs and is none, is taken where there is nothing else."""
    known = list(names)
    pages = [name for name in known if name.lower().endswith(SUFFIXES)]
    return pages or [name for name in known if name.lower().endswith(".json")]


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _read(path: str) -> bytes:
    if _is_unsafe(path):
        raise SourceError(f"{path}: the name holds control characters, or is not UTF-8")
    try:
        with open(path, "rb", buffering=0) as stream:  # all at once
            return stream.read()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None


def _list(root: str, depth: int | None = None) -> list[str]:
    """Paths of the files below a folder, sorted, without hidden ones; `depth`: the number of folder levels below it, or all."""
    try:
        return sorted(_walk(root, depth))
    except OSError as error:
        raise SourceError(
            f"{error.filename}: cannot be read: {error.strerror}"
        ) from None


def _walk(root: str, depth: int | None) -> Iterator[str]:
    """Links to folders are followed after all real folders, and no folder twice, so that a loop ends and a page has one name.

    A link to a folder that contains the source is not followed: it would take in everything around it.
    """
    home = os.path.realpath(root)
    seen: set[tuple[int, int]] = set()
    folders, links = [""], list[str]()
    while folders or links:
        if not folders:
            links.sort(reverse=True)
            link = links.pop()
            if not home.startswith(
                os.path.join(os.path.realpath(os.path.join(root, link)), "")
            ):
                folders.append(link)
            continue
        folder = folders.pop()
        status = os.stat(os.path.join(root, folder))
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(os.path.join(root, folder)) as entries:
            for entry in entries:
                path = folder + entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    if depth is None or path.count("/") < depth:
                        (links if entry.is_symlink() else folders).append(path + "/")
                elif (
                    entry.is_file() or entry.is_symlink()
                ):  # a broken link is an error when it is read, not a page less
                    yield path


def _match(pattern: str, base: str) -> tuple[str, list[str]]:
    """The folder that a glob starts from (its part before the first wildcard), and the files that match, relative to it."""
    full = os.path.join(base, pattern)
    parts = pattern.replace(os.sep, "/").split("/")
    first = next(
        index for index, part in enumerate(parts) if not _MAGIC.isdisjoint(part)
    )
    fixed, rest = "/".join(parts[:first]), [part for part in parts[first:] if part]
    folder = os.path.join(base, fixed or "/" * pattern.startswith("/"))
    if not os.path.isdir(folder or "."):
        raise SourceError(f"{full}: there is no folder {folder}")
    try:
        matches = re.compile("".join(_expressions(rest))).fullmatch
    except re.error as error:
        raise SourceError(f"{full}: is not a glob: {error.msg}") from None
    depth = None if "**" in rest else len(rest) - 1
    names = _pages(name for name in _list(folder or ".", depth) if matches(name))
    if not names:
        raise SourceError(f"{full}: no file that ends in {_listed(SUFFIXES)} matches")
    return folder, names


def pick_pages(path: str, home: str, names: Iterable[str]) -> tuple[str, list[str]]:
    """What `read_source` would read, if `names` were all files of a tree: the folder that it starts from, and the names, sorted.

    `path` is relative to the folder `home` of the tree, which is never read as a glob. Links to folders are not followed. Raises SourceError.
    """
    parts = [part for part in path.split("/") if part not in ("", ".")]
    above = [part for part in home.split("/") if part]
    while parts[:1] == [".."] and above:
        parts.pop(0)
        above.pop()
    full = "/".join([*above, *parts])
    listed = sorted(names)
    if full in listed:
        if not full.lower().endswith((*SUFFIXES, ".json")):
            raise SourceError(
                f"{path}: a source's file ends in {_listed((*SUFFIXES, '.json'))}"
            )
        return full.rpartition("/")[0], [full]
    first = next(
        (i for i, part in enumerate(parts) if not _MAGIC.isdisjoint(part)), None
    )
    fixed = [*above, *(parts if first is None else parts[:first])]
    prefix = "".join(f"{part}/" for part in fixed)
    inside = [name[len(prefix) :] for name in listed if name.startswith(prefix)]
    if not inside:
        raise SourceError(f"{path}: there is no such file or folder")
    shown = [name for name in inside if "/." not in f"/{name}"]
    if first is not None:
        try:
            matches = re.compile("".join(_expressions(parts[first:]))).fullmatch
        except re.error as error:
            raise SourceError(f"{path}: is not a glob: {error.msg}") from None
        shown = [name for name in shown if matches(name)]
    shown = _pages(shown)
    if not shown:
        raise SourceError(f"{path}: no file there ends in {_listed(SUFFIXES)}")
    if unsafe := next((name for name in shown if _is_unsafe(name)), ""):
        raise SourceError(
            f"{unsafe!a}: the name holds control characters, or is not UTF-8"
        )
    return "/".join(fixed), [prefix + name for name in shown]


def _expressions(parts: Iterable[str]) -> Iterator[str]:
    """A glob's parts as one regular expression: `**` any folders, `*` and `?` within a name, `[…]` and `[!…]` one character."""
    *folders, last = parts
    for part in folders:
        yield "(?:[^/]+/)*" if part == "**" else _expression(part) + "/"
    yield "(?:[^/]+/)*[^/]+" if last == "**" else _expression(last)


def _expression(part: str) -> str:
    def translate(match: re.Match[str]) -> str:
        text = match[0]
        if text.startswith("*"):
            return "[^/]*"
        if text == "?":
            return "[^/]"
        if len(text) == 1:
            return re.escape(text)
        inside = text[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"(?!/)[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"

    return re.sub(r"\*+|\?|\[!?\]?[^\]]*\]|.", translate, part)


def read_templates(folder: str) -> dict[str, str]:
    """The user's templates by their names, for example `dataclass/module.py.jinja`. Raises SourceError."""
    texts = {}
    for name in _template_names(folder):
        try:
            texts[name] = _read(os.path.join(folder, name)).decode("utf-8")
        except UnicodeDecodeError:
            raise SourceError(f"{folder}/{name}: a template is UTF-8 text") from None
    return texts


def list_templates(folder: str) -> list[str]:
    """The paths of the user's templates. Raises SourceError."""
    return [os.path.join(folder, name) for name in _template_names(folder)]


def _template_names(folder: str) -> list[str]:
    if not os.path.isdir(folder):
        raise SourceError(f"{folder}: there is no such folder of templates")
    names = _list(folder)
    if not any(name.startswith(TEMPLATE_FOLDERS) for name in names):
        raise SourceError(
            f"{folder}: replaces no template of fieldgen: those are in {', '.join(TEMPLATE_FOLDERS)}"
        )
    return names


def read_dialects(paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The user's dialects, (path, text) each: YAML files, and all that stand in folders. Raises SourceError."""
    return tuple((path, _decode_dialect(path)) for path in list_dialects(paths))


def list_dialects(paths: Iterable[str]) -> list[str]:
    """The paths of the user's dialects, those in folders, too. Raises SourceError."""
    files: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            names = [name for name in _list(path, 0) if name.endswith(_DIALECT)]
            if not names:
                raise SourceError(f"{path}: holds no file that ends in .yaml or .yml")
            files.update(dict.fromkeys(os.path.join(path, name) for name in names))
        elif not os.path.lexists(path):
            raise SourceError(f"{path}: there is no such file or folder of dialects")
        elif not path.endswith(_DIALECT):
            raise SourceError(f"{path}: a dialect is a file that ends in .yaml or .yml")
        else:
            files[path] = None
    return list(files)


def read_overlay_file(overlay: str | OverlayFile, folder: str) -> OverlayFile:
    """An overlay with its path from the folder of the source. A path is read, a table of the config is there already. Raises SourceError."""
    path = overlay if isinstance(overlay, str) else overlay.file
    try:
        file = os.path.relpath(path, folder or ".").replace(os.sep, "/")
    except ValueError:  # another drive
        file = path.replace(os.sep, "/")
    if not isinstance(overlay, str):
        return overlay._replace(file=file)
    if not path.endswith(_DIALECT):
        raise SourceError(f"{path}: an overlay is a file that ends in .yaml or .yml")
    if not os.path.isfile(path):
        raise SourceError(f"{path}: there is no such overlay")
    try:
        from generator.overlay import OverlayFile  # 20 ms

        return OverlayFile(file, _read(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SourceError(f"{path}: an overlay is UTF-8 text") from None


def read_rules(path: str) -> str:
    """The text of the user's rules for descriptions. Raises SourceError."""
    if not os.path.isfile(path):
        raise SourceError(f"{path}: there is no such file of rules")
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{path}: a file of rules is UTF-8 text") from None


def _decode_dialect(path: str) -> str:
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError(f"{path}: a dialect is UTF-8 text") from None
