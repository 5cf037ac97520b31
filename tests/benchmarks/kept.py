"""What all benchmarks do with their figures: hold them against goals, print them and keep them.

They are kept in `.benchmarks/NAME.jsonl`, which git ignores, or in the folder that FIELDGEN_BENCHMARKS names: a line a run, with what is
needed to compare two.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]


def at_most(figure: float, bar: float) -> dict[str, Any]:
    """A figure, and the goal that it shall not pass."""
    return {"is": figure, "at most": bar, "met": figure <= bar}


def at_least(figure: float, bar: float) -> dict[str, Any]:
    """A figure, and the goal that it shall reach."""
    return {"is": figure, "at least": bar, "met": figure >= bar}


def report(name: str, found: dict[str, Any]) -> None:
    """Print what a benchmark found, and keep it."""
    print(json.dumps(found, indent=2, ensure_ascii=False))
    folder = Path(os.environ.get("FIELDGEN_BENCHMARKS") or REPO / ".benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    line = json.dumps({**circumstances(), **found}, ensure_ascii=False)
    with (folder / f"{name}.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def circumstances() -> dict[str, Any]:
    """When and where it was: figures of two runs mean something only where these are alike."""
    command = ["git", "describe", "--always", "--dirty"]
    told = subprocess.run(
        command, check=False, cwd=REPO, capture_output=True, text=True
    )
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": told.stdout.strip(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
