"""The outputs of the last run, read by a thread while this one finds out what becomes of them: all are large, and reading and hashing is not Python's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from threading import Thread

from generator.light import TYPE_CHECKING
from generator.output import OutputError, hash_output, read_output

if TYPE_CHECKING:
    from typing import Self


class Outputs:
    """The outputs in a folder that are what they were when they had these hashes."""

    def __init__(self, out: str, hashes: Mapping[str, str]) -> None:
        self.out = out
        self.hashes = hashes
        self.found: dict[str, bytes] = {}
        self.thread = Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.thread.join()  # processes are forked by those who come now

    def _read(self) -> None:
        for name, known in self.hashes.items():
            try:
                data = read_output(os.path.join(self.out, name))
            except OutputError:
                continue
            if data is not None and hash_output(data) == known:
                self.found[name] = data

    def all(self) -> dict[str, bytes]:
        """Those by their names."""
        self.thread.join()
        return self.found
