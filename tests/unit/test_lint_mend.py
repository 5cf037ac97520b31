"""`fieldgen lint --format overlay`: what it prints mends what it says, and breaks nothing else."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from harness import REPO, run_fieldgen

CASES = REPO / "tests/cases"
FOLDERS = sorted(
    path.parent.relative_to(CASES).as_posix()
    for path in (CASES / "lint").rglob("docs")
    if path.is_dir()
)


def findings(home: Path, *more: str) -> Counter[str]:
    _, out, _ = run_fieldgen(["lint", "docs", "--format", "json", *more], home)
    rows: list[dict[str, Any]] = json.loads(out)["findings"]
    return Counter(
        f"{r['file']}:{r['line']}:{r['column']}: {r['message']}" for r in rows
    )


def brief(found: Counter[str]) -> Counter[str]:
    """The findings without what is documented: an overlay says more of that."""
    return Counter(line.partition("; documented")[0] for line in found.elements())


@pytest.mark.parametrize("folder", FOLDERS)
def test_overlay_mends_what_it_says(folder: str, tmp_path: Path) -> None:
    shutil.copytree(CASES / folder / "docs", tmp_path / "docs")
    before = findings(tmp_path)
    _, overlay, _ = run_fieldgen(["lint", "docs", "--format", "overlay"], tmp_path)
    (tmp_path / "mend.yaml").write_text(overlay, encoding="utf-8")
    said = Counter(re.findall(r"(?m)^  # (.*)$", overlay))
    assert said <= before
    after = findings(tmp_path, "--overlay", "mend.yaml")
    assert brief(after) == brief(before - said)
    last = re.search(r"(?m)^# (\d+) finding", overlay)
    assert (before - said).total() == int(last[1] if last else 0)
    code, _, told = run_fieldgen(["build", "docs", "--overlay", "mend.yaml"], tmp_path)
    assert code in (0, 1) and "overlay" not in told, told


ROWS = "| Field | Type | Required |\n| --- | --- | --- |\n| `b` | string | no |\n| `c` | string | no |\n"


@pytest.mark.parametrize(
    ("documented", "shown", "line"),
    [
        ("integer", '"x"', "integer | string"),
        ("integer", "1.5", "number"),
        ("string[]", '"x"', "string[] | string"),
        ("string", '["x", 1]', "string | (string | integer)[]"),
        ("string[]", "[[]]", ""),  # what the list holds is not shown
        ("string[]", '{"d": 1}', ""),  # nor what else this object may have
        ("`1` \\| `2`", "3", "1 | 2 | 3"),
        ("`1` \\| `2`", "null", "1 | 2 | null"),
    ],
)
def test_lines(documented: str, shown: str, line: str, tmp_path: Path) -> None:
    example = f'{{"a": {shown}, "b": "x", "c": "y"}}'
    row = f"| `a` | {documented} | yes |\n"
    docs = f"# Boat\n\n{ROWS}{row}\n```json\n{example}\n```\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/boat.md").write_text(docs, encoding="utf-8")
    assert findings(tmp_path)
    _, overlay, _ = run_fieldgen(["lint", "docs", "--format", "overlay"], tmp_path)
    said = re.findall(r"(?m)^    retype: (.*)$", overlay)
    assert said == ([line] if line else []), overlay
