"""Official payloads of specifications, wherever the corpus is at hand: the rows of tests/accuracy/payloads.yaml."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "accuracy"))

import measure
import payloads

pytestmark = pytest.mark.skipif(
    not Path(os.environ.get("FIELDGEN_CORPUS", ""), "specs").is_dir(),
    reason="FIELDGEN_CORPUS names no folder",
)


@pytest.mark.parametrize("row", payloads.read_rows(), ids=lambda row: row["name"])
def test_official_payloads(row: dict[str, Any]) -> None:
    """Each is valid and goes unchanged through the dataclasses; where not, the reason is known, and no reason stands there in vain."""
    score = measure.measure_payloads(row)
    assert score.unexplained == ()


def test_a_wrong_payload_is_seen() -> None:
    """The check itself: a changed value, a lost key and a missing one."""
    assert payloads.within({"a": 1}, {"a": 1, "b": 2})
    assert not payloads.within({"a": 1.0}, {"a": 1})
    assert payloads.difference({"a": [1]}, {"a": [2]}) == "/a/0: 1, 2"
    assert payloads.difference({"a": 1, "b": 2}, {"a": 1}) == ": b is lost"
    found = payloads.parts({"do": [{"x": {"do": []}}]}, ["**", "do"])
    assert [place for place, _ in found] == ["/do", "/do/0/x/do"]
