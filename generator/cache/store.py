"""The folder `.fieldgen_cache`: objects that are called by the digest of their content, and a head for each source that says which count.

Nothing here is trusted: a head carries its own digest, an object's name is one, and what does not fit counts as missing. All is JSON,
which cannot do anything when it is read. Files appear by renaming, so that runs at the same time see old or new ones, never halves.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress

from generator.kept import digest, temporary, write_whole
from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

FOLDER = ".fieldgen_cache"
HEADS = 64  # sources at most, those that were built last
_NOTE = "# Made by fieldgen. This folder may be deleted at any time.\n*\n"
_FORGOTTEN = 3600.0  # seconds after which a file that no head knows is one that a killed run left


class Store:
    """One cache folder. Reading gives None for what is not there or not whole; writing fails silently: a cache is no reason to stop."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def read_head(self, name: str) -> dict[str, Any] | None:
        """What was last written under a name."""
        body = self._read(f"{name}.head")
        sum_, _, text = (body or b"").partition(b"\n")
        if digest(text) != sum_.decode("ascii", "replace"):
            return None
        head: dict[str, Any] = json.loads(text)
        return head

    def write_head(self, name: str, head: dict[str, Any]) -> None:
        """Replace what is under a name. `head["objects"]` lists the objects that it needs; those that only the old one needed go."""
        old = self.read_head(name)
        text = _json(head)
        self._write(f"{name}.head", f"{digest(text)}\n".encode("ascii") + text)
        kept = set(head.get("objects", ()))
        for gone in (old or {}).get("objects", ()):
            if gone not in kept:
                with suppress(OSError):
                    os.unlink(os.path.join(self.folder, f"{gone}.json"))
        self._sweep()

    def read_object(self, name: str) -> Any:
        """The object of this name."""
        data = self._read(f"{name}.json")
        return None if data is None or digest(data) != name else json.loads(data)

    def write_object(self, value: Any) -> str:
        """Keep an object; returns its name."""
        return self.write_text(_json(value))

    def write_text(self, data: bytes) -> str:
        """Keep the JSON of an object; returns its name."""
        name = digest(data)
        if not os.path.exists(os.path.join(self.folder, f"{name}.json")):
            self._write(f"{name}.json", data)
        return name

    def clock(self) -> int:
        """The time as the file system tells it, in nanoseconds; 0 where it cannot be told."""
        path = temporary(os.path.join(self.folder, "clock"))
        try:
            self._make_folder()
            with open(path, "xb"):
                pass
            return os.stat(path).st_mtime_ns
        except OSError:
            return 0
        finally:
            with suppress(OSError):
                os.unlink(path)

    def _read(self, file: str) -> bytes | None:
        try:
            with open(os.path.join(self.folder, file), "rb") as stream:
                return stream.read()
        except OSError:
            return None

    def _write(self, file: str, data: bytes) -> None:
        with suppress(OSError):
            self._make_folder()
            write_whole(os.path.join(self.folder, file), data)

    def _make_folder(self) -> None:
        os.makedirs(self.folder, exist_ok=True)
        note = os.path.join(self.folder, ".gitignore")
        if not os.path.exists(note):
            with open(note, "w", encoding="ascii") as stream:
                stream.write(_NOTE)

    def _sweep(self) -> None:
        """Remove what killed runs left, and the heads of sources that were not built for the longest time."""
        now = time.time()
        with suppress(OSError), os.scandir(self.folder) as entries:
            found = [(e.stat().st_mtime, e.name) for e in entries if e.is_file()]
            heads = sorted(row for row in found if row[1].endswith(".head"))
            gone = [name for _, name in heads[:-HEADS]]
            old = [name for when, name in found if now - when > _FORGOTTEN]
            gone += [name for name in old if name.endswith(".tmp")]
            if objects := [name for name in old if name.endswith(".json")]:
                left = [self.read_head(name[:-5]) or {} for _, name in heads[-HEADS:]]
                known = {f"{each}.json" for head in left for each in head["objects"]}
                gone += [name for name in objects if name not in known]
            for name in gone:
                with suppress(OSError):
                    os.unlink(os.path.join(self.folder, name))


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")
