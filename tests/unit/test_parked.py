"""Outputs that wait in files: what was put there comes back, whoever put it, also where several are read at the same time."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pytest

from generator import contents
from generator.commands import parked
from generator.commands.parked import Park, Place
from generator.commands.workers import can_fork
from generator.contents import is_equal
from generator.forks import Forks
from generator.output import MANIFEST, compare, write


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be large."""
    monkeypatch.setattr(parked, "LARGE", 10)
    monkeypatch.setattr(parked, "_SLICE", 13)
    monkeypatch.setattr(contents, "LARGE", 10)
    monkeypatch.setattr(contents, "_PIECE", 7)


def texts() -> dict[str, str]:
    rng = random.Random(3)
    sizes = [0, 5, 9, 10, 11, 500, 3000, 20000, 20001]
    return {f"f{n}": "".join(rng.choices("aé€\n", k=n)) for n in sizes}


@pytest.mark.parametrize("size", [0, 1000])
@pytest.mark.parametrize("shared", [False, True])
def test_all_comes_back(tmp_path: Path, size: int, shared: bool) -> None:
    if shared and not can_fork():
        pytest.skip("processes cannot be copied here")
    given = texts()
    park = Park(["odd", "even"], size)

    def put(target: str) -> list[tuple[str, bytes | Place]]:
        rest = target == "odd"
        return [
            (name, park.put(target, given[name]))
            for name in given
            if len(name) % 2 == rest
        ]

    made = Forks(2 if shared else 1).map(put, ["odd", "even"])
    places = dict(row for rows in made for row in rows)
    in_files = {name for name, place in places.items() if isinstance(place, Place)}
    assert in_files == {n for n, text in given.items() if size and len(text) >= 10}

    there = {name: park.content(place) for name, place in places.items()}
    write(compare(there, str(tmp_path), force=True))
    listed = json.loads((tmp_path / MANIFEST).read_text())["files"]
    for name, text in given.items():
        data = text.encode()
        assert (tmp_path / name).read_bytes() == data
        assert listed[name] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    again = compare(there, str(tmp_path), force=True)
    assert again.is_clean


def test_equal_contents() -> None:
    park = Park(["a"], 1000)
    there = park.content(park.put("a", "abc" * 20))
    assert is_equal(there, b"abc" * 20)
    for other in (b"", b"abc" * 19, b"abc" * 21, b"abd" * 20, b"abc" * 19 + b"abd"):
        assert not is_equal(there, other)
