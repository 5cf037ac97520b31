"""What is made of a file of ours, kept beside it in `__pycache__` as Python keeps what it compiles: rules as JSON, templates as byte code.

It begins with a digest of itself and of what it was made of, and counts only for that. Nothing is written where Python may not write its own.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress

try:  # as hashlib has it, which brings OpenSSL along: 3 ms
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


def digest(*parts: bytes) -> str:
    """A name for a content: 40 hex digits."""
    state = blake2b(digest_size=20)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


def read_kept(path: str, suffix: str, made_of: bytes) -> bytes | None:
    """What is kept of a file, if it was made of just this and is whole."""
    try:
        with open(_place(path, suffix), "rb") as stream:
            head, _, data = stream.read().partition(b"\n")
    except OSError:
        return None
    return data if head == digest(made_of, data).encode("ascii") else None


def keep(path: str, suffix: str, made_of: bytes, data: bytes) -> None:
    """Keep what was made of a file: all of it, or nothing where there is no right to."""
    if sys.dont_write_bytecode or sys.pycache_prefix is not None:
        return
    place = _place(path, suffix)
    with suppress(OSError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        write_whole(place, digest(made_of, data).encode("ascii") + b"\n" + data)


def temporary(path: str) -> str:
    """A name beside a file that nobody else uses."""
    return f"{path}.{os.getpid()}.{time.monotonic_ns()}.tmp"


def write_whole(path: str, data: bytes) -> None:
    """Write a file: who reads it at this moment sees the old one or the new one. Raises OSError, and leaves nothing behind."""
    unique = temporary(path)
    try:
        with open(unique, "xb") as stream:
            stream.write(data)
        os.replace(unique, path)
    except OSError:
        with suppress(OSError):
            os.unlink(unique)
        raise


def _place(path: str, suffix: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, "__pycache__", name + suffix)
