"""The files of dialects, ours and the user's: found by name, checked, and each laid over the one that it extends."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from generator.diagnostics import suggest
from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TypeAlias

FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "dialects")
LISTS = os.path.join(FOLDER, "lists")
_LIST_KEYS = {"models", "keys"}  # only dialects of field lists have them
Files: TypeAlias = tuple[tuple[str, str], ...]
"""The user's dialects: (path as it is shown to the user, text of the file)."""


def fold(text: str) -> str:
    """A word as it is compared: lower case, white space folded."""
    return " ".join(text.lower().split())


def invert(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Word, as it is compared → the key whose list it stands in."""
    return {fold(word): key for key, words in table.items() for word in words}


class DialectError(ValueError):
    """There is no such dialect, its file is not one, or docs do not tell theirs. `messages`: one for each mistake.

    `located`: each message says its file and line.
    """

    def __init__(self, *messages: str, located: bool = False) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages
        self.located = located


def dialect_name(path: str) -> str:
    """The name of the dialect in a file: that of the file."""
    return os.path.splitext(os.path.basename(path))[0]


@lru_cache(maxsize=1)
def built_in() -> tuple[str, ...]:
    """The names of our own dialects, sorted."""
    return _names(FOLDER)


@lru_cache(maxsize=1)
def built_in_lists() -> tuple[str, ...]:
    """The names of our own dialects of field lists, sorted."""
    return _names(LISTS)


def _names(folder: str) -> tuple[str, ...]:
    files = sorted(os.listdir(folder))
    return tuple(file[:-5] for file in files if file.endswith(".yaml"))


@lru_cache(maxsize=16)
def user_files(files: Files) -> dict[str, tuple[str, str]]:
    """The user's dialects by name. Raises DialectError where a name is taken."""
    found: dict[str, tuple[str, str]] = {}
    for path, text in files:
        name = dialect_name(path)
        if name in (*built_in(), *built_in_lists(), "auto"):
            what = "a dialect of fieldgen is called so, too"
        elif name in found and found[name][1] != text:
            what = f"{found[name][0]} is called so, too"
        else:
            found[name] = path, text
            continue
        message = f"{path}:1: {what}: call the file otherwise than {name}"
        raise DialectError(message, located=True)
    return found


def dialect_names(files: Files = ()) -> list[str]:
    """The names of all dialects, sorted."""
    return sorted((*built_in(), *built_in_lists(), *user_files(files)))


def page_names(files: Files = ()) -> list[str]:
    """The names of the dialects of markdown, sorted."""
    own = (name for name in user_files(files) if not is_list(name, files))
    return sorted((*built_in(), *own))


def list_names(files: Files = ()) -> list[str]:
    """The names of the dialects of field lists, sorted."""
    own = (name for name in user_files(files) if is_list(name, files))
    return sorted((*built_in_lists(), *own))


def is_list(name: str, files: Files = ()) -> bool:
    """Whether a dialect is one of field lists in YAML and JSON. Raises DialectError."""
    if name in built_in_lists():
        return True
    return name not in built_in() and not _LIST_KEYS.isdisjoint(load_data(name, files))


def load_data(name: str, files: Files = ()) -> dict[str, Any]:
    """What a dialect says, with all that it extends. Raises DialectError."""
    _check_circle(name, files)
    return extend(name, lambda each: _read(each, files))


def extend(name: str, read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """What a dialect says, over what it extends. `read`: what each says itself."""
    data = dict(read(name))
    parent = data.pop("extends", None)
    if parent is None:
        return data
    base = extend(parent, read)
    base.pop("detect", None)  # what speaks for the parent does not speak for the child
    return _merge(base, data)


def list_family(name: str, files: Files = ()) -> str:
    """The dialect that a dialect of field lists extends, directly or not, as far as these say which key means what."""
    parent = _read(name, files).get("extends")
    says = parent and "keys" in load_data(parent, files)
    return list_family(parent, files) if parent and says else name


def _check_circle(name: str, files: Files) -> None:
    chain = [name]
    while parent := _read(chain[-1], files).get("extends"):
        if parent in chain:
            way = " → ".join((*chain, parent))
            path, text = user_files(files)[name]
            lines = text.splitlines()
            line = next(i for i, row in enumerate(lines, 1) if "extends" in row)
            message = f"{path}:{line}: dialects extend each other in a circle: {way}"
            raise DialectError(message, located=True)
        chain.append(parent)


@lru_cache(maxsize=128)
def _read(name: str, files: Files) -> dict[str, Any]:
    """What the file of a dialect says. The user's are checked; a test checks ours."""
    own = user_files(files).get(name)
    if name in built_in() or name in built_in_lists():
        return _read_ours(name)
    if own is None:
        known = dialect_names(files)
        hint = suggest(name, known) or f"known are {', '.join(known)}"
        raise DialectError(f'there is no dialect "{name}"; {hint}')
    return _read_theirs(*own, tuple(dialect_names(files)))


def _read_theirs(path: str, text: str, parents: tuple[str, ...]) -> dict[str, Any]:
    from generator.dialect.check import check_dialect, to_plain
    from generator.read.yaml import read_yaml

    mistakes = check_dialect(path, text, parents)
    if mistakes:
        raise DialectError(*mistakes, located=True)
    data = [to_plain(node) for node in read_yaml(text, path, lambda _: None)]
    return data[0] if data and isinstance(data[0], dict) else {}


@lru_cache(maxsize=128)
def _read_ours(name: str) -> dict[str, Any]:
    from generator.datafiles import read_data

    folder = FOLDER if name in built_in() else LISTS
    data: dict[str, Any] = read_data(os.path.join(folder, f"{name}.yaml"))
    return data


def _merge(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """What a dialect says itself, over what it extends: tables are merged a key at a time, `types` a word at a time."""
    out = dict(base)
    for key, value in own.items():
        merges = isinstance(value, dict) and isinstance(base.get(key), dict)
        out[key] = {**base[key], **value} if merges else value
    return out
