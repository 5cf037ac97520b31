"""What importing the outputs costs in each layout, in the same run: `python tests/benchmarks/layouts.py [--pages N] [--runs N]`.

Pages are made up, one model on each. A process of its own imports the outputs, already compiled, and reads and writes one object with
them. Prints the seconds of each layout and how many times cheaper the package is, with one model used and with all.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from cold import ENVIRONMENT, FIELDGEN
from incremental import write_docs
from kept import at_least, report

LAYOUTS = ("module", "package")
USE = """
import sys, time
start = time.perf_counter()
import models
if sys.argv[1] == "all":
    for name in models.__all__:
        getattr(models, name)
else:
    model = getattr(models, sys.argv[1])
    payload = eval(sys.argv[2])
    assert model.from_dict(payload).to_dict() == payload
print(time.perf_counter() - start)
"""


def build(home: Path, pages: int) -> None:
    """The outputs of made-up docs in both layouts."""
    write_docs(home / "docs", pages)
    for layout in LAYOUTS:
        command = [*FIELDGEN, "build", "docs", "--out", layout, "--layout", layout]
        done = subprocess.run(
            command, check=False, cwd=home, env=ENVIRONMENT, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()


def sample(home: Path) -> tuple[str, dict[str, Any]]:
    """A model that can be read alone, and a payload of it."""
    values = {"string": "quay", "number": 1.5, "boolean": True, "array": []}
    schema = json.loads((home / "module" / "schema.json").read_text("utf-8"))
    for name, model in schema["$defs"].items():
        required = {key: model["properties"][key] for key in model["required"]}
        if all("type" in each for each in required.values()):
            return name, {k: values[each["type"]] for k, each in required.items()}
    raise AssertionError("each model requires another one")


def use(home: Path, layout: str, what: str, payload: dict[str, Any]) -> float:
    """The seconds that a process takes to import the outputs and to use what is asked for."""
    command = [sys.executable, "-c", USE, what, repr(payload)]
    done = subprocess.run(
        command,
        check=False,
        cwd=home / layout,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=7)
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build(home, flags.pages)
        name, payload = sample(home)
        found: dict[str, Any] = {"pages": flags.pages}
        for what in (name, "all"):
            for layout in LAYOUTS:
                use(home, layout, what, payload)  # compiles
            taken: dict[str, list[float]] = {layout: [] for layout in LAYOUTS}
            for _ in range(flags.runs):  # in turn: a busy moment meets both
                for layout in LAYOUTS:
                    taken[layout].append(use(home, layout, what, payload))
            module, package = (statistics.median(taken[each]) for each in LAYOUTS)
            found["all models" if what == "all" else "one model"] = {
                "module": round(module, 4),
                "package": round(package, 4),
                "times cheaper": round(module / package, 1),
            }
    cheaper = found["one model"]["times cheaper"]
    found["goals"] = {"times cheaper is one model of a package": at_least(cheaper, 15)}
    report("layouts", found)


if __name__ == "__main__":
    main()
