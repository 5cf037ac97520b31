"""The pages of a source: which of them are as they were, told by a look at each file, and read only if somebody asks.

A file whose look (time, size, inode) is what it was has the content that it had, unless it was written in the very tick of the clock in
which we looked. So looks count only if they are older than the look at them: the rule that git has for its index.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from generator.kept import digest
from generator.light import TYPE_CHECKING
from generator.sources import read_page

if TYPE_CHECKING:
    from typing import TypeAlias

Look: TypeAlias = tuple[int, int, int, int]
"""mtime and ctime in nanoseconds, size, inode."""
_UNSEEN: Look = (0, 0, -1, 0)


def look_at(folder: str, names: Sequence[str]) -> list[Look]:
    """How the files look. What cannot be looked at looks like nothing else does: reading it will say why."""
    looks, stat, prefix = [], os.stat, os.path.join(folder, "")
    for name in names:
        try:
            s = stat(prefix + name)
            looks.append((s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino))
        except (OSError, ValueError):
            looks.append(_UNSEEN)
    return looks


def is_settled(look: Look, clock: int) -> bool:
    """Whether a file that looked so at `clock` cannot have changed since without looking otherwise."""
    return look != _UNSEEN and look[0] < clock and look[1] < clock


class Pages(Mapping[str, bytes]):
    """The files of a source by their names. `read`: those that were read.

    `known`: the content of some that need not be read. `texts`: the content of those that were asked for, as far as somebody wants to keep it.
    """

    def __init__(
        self, folder: str, names: Sequence[str], looks: Sequence[Look]
    ) -> None:
        self.folder = folder
        self.looks = dict(zip(names, looks, strict=True))
        self.digests: dict[str, str] = {}  # of the files whose content is known
        self.read: set[str] = set()
        self.known: dict[str, bytes] = {}
        self.texts: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name not in self.looks:
            raise KeyError(name)
        if name in self.known:
            self.texts[name] = self.known[name]
            return self.known[name]
        self.texts[name] = data = read_page(self.folder, name)
        now = digest(data)
        if name in self.read and self.digests[name] != now:
            now = ""  # it changed between two looks: what is known of it may be of both
        self.read.add(name)
        self.digests[name] = now
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self.looks)

    def __len__(self) -> int:
        return len(self.looks)

    def __contains__(self, name: object) -> bool:
        return name in self.looks

    def size(self) -> int:
        """The size of all files in bytes, by their looks."""
        return sum(look[2] for look in self.looks.values())

    def digest(self, name: str) -> str:
        """The digest of a file's content, which is read if it is not known."""
        if name not in self.digests:
            _ = self[name]
        return self.digests[name]
