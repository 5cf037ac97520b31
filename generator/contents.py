"""What is to be written: texts, bytes, contents that are others with some parts replaced, and those that wait in a file.

All may be large, so nobody copies them needlessly, and several are hashed or written at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Lock
    from typing import BinaryIO, TypeAlias, TypeVar

    T = TypeVar("T")

LARGE = 1 << 23  # bytes: it takes some 20 ms to hash and write them
_PIECE = 1 << 20


class Patched:
    """Another content with some parts replaced, as the pieces that it is made of."""

    def __init__(self, old: bytes, parts: Iterable[tuple[int, int, bytes]]) -> None:
        """`parts`: start, end, and what stands there now; one behind the other."""
        rest, at = memoryview(old), 0
        self.pieces: list[bytes | memoryview] = []
        for start, end, new in parts:
            self.pieces += (rest[at:start], new)
            at = end
        self.pieces.append(rest[at:])


class Stored:
    """A content that stands in a file, which others may stand in. `turn`: who reads the file has it."""

    def __init__(self, file: BinaryIO, place: range, turn: Lock) -> None:
        self.file = file
        self.place = place
        self.turn = turn

    @property
    def pieces(self) -> Iterator[bytes]:
        """It, read piece by piece."""
        for at in self.place[::_PIECE]:
            with self.turn:
                self.file.seek(at)
                piece = self.file.read(min(_PIECE, self.place.stop - at))
            yield piece


Content: TypeAlias = "str | bytes | Patched | Stored"


def pieces_of(content: Content) -> Iterable[bytes | memoryview]:
    """A content as bytes: mostly one piece."""
    if isinstance(content, Patched | Stored):
        return content.pieces
    return [content.encode("utf-8") if isinstance(content, str) else content]


def bytes_of(content: Content) -> bytes:
    """A content as a whole."""
    return b"".join(pieces_of(content))


def is_equal(content: Content, data: bytes) -> bool:
    """Whether a content is this."""
    rest, at = memoryview(data), 0
    for piece in pieces_of(content):
        if rest[at : at + len(piece)] != piece:
            return False
        at += len(piece)
    return at == len(data)


def ask_each(ask: Callable[[str], T], contents: Mapping[str, Content]) -> list[T]:
    """What a question by name gives for each content. Of large ones two are asked at a time: who hashes or writes does not hold Python's lock."""
    if len(contents) < 2 or sum(map(_size, contents.values())) < LARGE:
        return list(map(ask, contents))
    from concurrent.futures import ThreadPoolExecutor  # 10 ms

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(ask, contents))


def _size(content: Content) -> int:
    """How large a content is, nearly."""
    if isinstance(content, Patched):
        return sum(map(len, content.pieces))
    return len(content.place if isinstance(content, Stored) else content)
