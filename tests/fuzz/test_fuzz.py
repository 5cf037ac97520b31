"""The kept files, as they are and changed at random: `fuzz.py` says what is asked of them. `make fuzz` runs longer."""

from __future__ import annotations

import signal
from itertools import islice
from pathlib import Path

import fuzz
import pytest

from generator.dialect.files import built_in_lists

KEPT = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_kept_files(path: Path) -> None:
    """What broke once, or is made to hurt, in each way that it may be read."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    kind = "config" if path.suffix == ".toml" else "page"
    dialects = built_in_lists() if path.suffix in (".yaml", ".json") else ()
    for dialect in ("auto", *dialects):
        fuzz.try_input(fuzz.Input(kind, path.name, text, dialect))


def test_changed_files(tmp_path: Path) -> None:
    """Some inputs, always the same: how long each takes is for the long run to judge."""
    for each in islice(fuzz.inputs(7), 150):
        try:
            fuzz.try_input(each)
        except Exception as error:
            kept = tmp_path / f"{each.kind}-{each.dialect}-{each.name}"
            kept.write_bytes(each.text.encode("utf-8", "surrogateescape"))
            raise AssertionError(f"{kept} breaks it") from error


def test_the_fuzzer_sees_what_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that fails is found, the input cut down and kept."""

    def fail(each: fuzz.Input) -> None:
        if "|" in each.text:
            raise KeyError("a bar")

    monkeypatch.setattr(fuzz, "try_input", fail)
    before = signal.getsignal(signal.SIGPROF)
    assert fuzz.run(1, 60, 40, tmp_path) == 1
    signal.signal(signal.SIGPROF, before)
    (kept,) = tmp_path.iterdir()
    assert kept.read_text("utf-8") == "|"
