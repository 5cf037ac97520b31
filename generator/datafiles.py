"""The YAML files that are a part of fieldgen: dialects and rules. What one says is kept beside it, as Python keeps what it compiled.

PyYAML takes 20 ms to be imported and to read them, JSON takes 1. What is kept stands in `__pycache__`, with the digest of the file that it is
made of, and is not written where Python may not write its own.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from hashlib import blake2b
from typing import Any


def read_data(path: str) -> Any:
    """What a YAML file of ours says. Every scalar is text, so that `yes` and `no` stay words."""
    with open(path, "rb") as stream:
        text = stream.read()
    digest = blake2b(text, digest_size=20).hexdigest()
    kept = _kept(path)
    with (
        suppress(OSError, ValueError, TypeError),
        open(kept, encoding="ascii") as known,
    ):
        made_of, data = json.load(known)
        if made_of == digest:
            return data
    data = read_texts(text)
    if not sys.dont_write_bytecode and sys.pycache_prefix is None:
        _keep(kept, json.dumps([digest, data], separators=(",", ":")))
    return data


def read_texts(text: str | bytes) -> Any:
    """What YAML says, every scalar as text. Raises yaml.YAMLError."""
    import yaml  # 10 ms

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(text, Loader=loader)


def _kept(path: str) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, "__pycache__", f"{name}.json")


def _keep(path: str, text: str) -> None:
    """Write a file as a whole, or not at all: there may be no right to."""
    unique = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(unique, "x", encoding="ascii") as stream:
            stream.write(text)
        os.replace(unique, path)
    except OSError:
        with suppress(OSError):
            os.unlink(unique)
