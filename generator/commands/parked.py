"""Outputs that wait until all are there: in memory, and in a file where they would be most of what is in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

_LARGE = 1 << 22  # characters
_SLICE = 1 << 20


class Parked(Mapping[str, bytes]):
    """The outputs by their names, as they are on the disk."""

    def __init__(self) -> None:
        self.places: dict[str, bytes | range] = {}
        self.file: BinaryIO | None = None

    def take(self, name: str, text: str) -> None:
        """Put an output aside."""
        if len(text) < _LARGE:
            self.places[name] = text.encode("utf-8")
            return
        if self.file is None:
            from tempfile import TemporaryFile  # 10 ms

            # It has no name, and is gone with the process, whatever ends it.
            self.file = TemporaryFile()  # noqa: SIM115
        start = self.file.seek(0, 2)
        for at in range(0, len(text), _SLICE):  # so that there are not two of it
            self.file.write(text[at : at + _SLICE].encode("utf-8"))
        self.places[name] = range(start, self.file.tell())

    def __getitem__(self, name: str) -> bytes:
        place = self.places[name]
        if isinstance(place, bytes):
            return place
        assert self.file is not None
        self.file.seek(place.start)
        return self.file.read(len(place))

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)
