"""The YAML files that are a part of fieldgen: dialects and rules. What one says is kept beside it, as JSON.

PyYAML takes 20 ms to be imported and to read them, JSON takes 1.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from typing import Any

from generator.kept import keep, read_kept


def read_data(path: str) -> Any:
    """What a YAML file of ours says. Every scalar is text, so that `yes` and `no` stay words."""
    text = _read(path)
    return _made(path, text, lambda: read_texts(text))


def read_some(folder: str, names: Sequence[str], keys: Sequence[str]) -> Any:
    """What some of our YAML files say under some keys: name → key → what it says. Kept as one: to look for each takes four times as long."""
    paths = {name: os.path.join(folder, f"{name}.yaml") for name in names}
    made_of = [repr((names, keys)).encode(), *map(_read, paths.values())]

    def make() -> Any:
        files = {name: read_data(path) for name, path in paths.items()}
        return {
            name: {k: v for k, v in f.items() if k in keys} for name, f in files.items()
        }

    return _made(os.path.join(folder, "some"), b"\0".join(made_of), make)


def _made(path: str, made_of: bytes, make: Callable[[], Any]) -> Any:
    """What is made of files of ours, if it is not kept."""
    known = read_kept(path, ".json", made_of)
    if known is not None:
        return json.loads(known)
    data = make()
    text = json.dumps(data, separators=(",", ":"))
    keep(path, ".json", made_of, text.encode("ascii"))
    return data


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def read_texts(text: str | bytes) -> Any:
    """What YAML says, every scalar as text. Raises yaml.YAMLError."""
    import yaml  # 10 ms

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(text, Loader=loader)
