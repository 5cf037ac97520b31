"""Outputs that wait until all are there: in memory, and in a file where they would be most of what is in memory."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from generator.contents import LARGE, Content, Stored
from generator.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import BinaryIO

_SLICE = 1 << 20  # characters


class Place(NamedTuple):
    """Where an output stands: in the file of its target."""

    target: str
    range: range


class Park:
    """Where they wait. Copies of this process put theirs there, too, so each target has a file of its own, opened before there are copies.

    `size`: that of the docs in bytes. The outputs are larger, and only large ones are worth a file.
    """

    def __init__(self, targets: Iterable[str], size: int) -> None:
        self.files: dict[str, BinaryIO] = {}
        self.turn = Lock()
        if size > LARGE:
            from tempfile import TemporaryFile  # 10 ms

            # They have no names, and are gone with the process, whatever ends it.
            self.files = {name: TemporaryFile() for name in targets}  # noqa: SIM115

    def put(self, target: str, text: str) -> bytes | Place:
        """Put an output aside."""
        file = self.files.get(target)
        if file is None or len(text) < LARGE:
            return text.encode("utf-8")
        start = file.seek(0, 2)
        for at in range(0, len(text), _SLICE):  # so that there are not two of it
            file.write(text[at : at + _SLICE].encode("utf-8"))
        file.flush()
        return Place(target, range(start, file.tell()))

    def content(self, place: bytes | Place) -> Content:
        """What was put there."""
        if isinstance(place, bytes):
            return place
        return Stored(self.files[place.target], place.range, self.turn)
