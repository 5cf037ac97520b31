"""Cold builds against other generators, side by side: `python tests/benchmarks/peers.py FOLDER [--pages N] [--rounds N] [--peer COMMAND …]`.

FOLDER has what is installed of them: `bin/` of a virtual environment and `node_modules/`; `make bench-peers` sees to it. Who is not there
is left out. Pages are made up. fieldgen reads them and writes three outputs, from nothing; the peers write dataclasses from the JSON
Schema that fieldgen wrote, as quick as their flags make them. All come in turn, so that a busy moment meets all of them.

`--peer`, which may be repeated, adds another generator: a command in which {schema} is the JSON Schema, and {out} a file to write.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cold import FIELDGEN, Run, run
from incremental import write_docs
from kept import at_least, report


class Peer(NamedTuple):
    """Where a generator is installed, and its flags."""

    program: str
    flags: str


PEERS = {
    "datamodel-code-generator": Peer(
        "bin/datamodel-codegen",
        "--input {schema} --input-file-type jsonschema --output {out} --output-model-type dataclasses.dataclass"
        " --use-schema-description --use-field-description --disable-timestamp --disable-warnings --no-formatters",
    ),
    "quicktype": Peer(
        "node_modules/.bin/quicktype",
        "--telemetry=disable --lang python --python-version 3.10 -s schema {schema}#/$defs/ -o {out}",
    ),
}


class Contender(NamedTuple):
    """A command, and what it calls its version."""

    command: list[str]
    version: str


def find_peers(folder: Path, more: Sequence[str], home: Path) -> dict[str, Contender]:
    """The generators that are installed in a folder, and those of a command line."""
    places = {"schema": home / "out" / "schema.json", "out": home / "peer.py"}
    found = {}
    for name, peer in PEERS.items():
        program = str(folder.resolve() / peer.program)
        if Path(program).exists():
            said = subprocess.run(
                [program, "--version"], check=True, capture_output=True, text=True
            )
            version = re.search(r"[0-9]+\.\S+", said.stdout)
            flags = shlex.split(peer.flags.format_map(places))
            found[name] = Contender([program, *flags], version[0] if version else "")
    for line in more:
        command = shlex.split(line.format_map(places))
        found[command[0]] = Contender(command, "")
    return found


def build(home: Path) -> Run:
    """A build of fieldgen from nothing."""
    for name in ("out", ".fieldgen_cache"):
        shutil.rmtree(home / name, ignore_errors=True)
    return run([*FIELDGEN, "build", "docs/models", "--out", "out"], home)


def row(runs: list[Run]) -> dict[str, Any]:
    """The medians of some runs."""
    middle = Run(*(statistics.median(values) for values in zip(*runs, strict=True)))
    return {
        "seconds": round(middle.seconds, 2),
        "processor seconds": round(middle.processor, 2),
        "memory in MB": round(middle.memory),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="append", default=[])
    flags = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_docs(home / "docs" / "models", flags.pages)
        build(home)  # compiles, and writes the JSON Schema
        peers = find_peers(flags.folder, flags.peer, home)
        own: list[Run] = []
        taken: dict[str, list[Run]] = {name: [] for name in peers}
        for _ in range(flags.rounds):
            own.append(build(home))
            for name, runs in taken.items():
                runs.append(run(peers[name].command, home))
    ours = row(own)
    rows = {name: row(runs) for name, runs in taken.items()}
    ahead = {n: round(each["seconds"] / ours["seconds"], 1) for n, each in rows.items()}
    found: dict[str, Any] = {
        "pages": flags.pages,
        "fieldgen": ours,
        **{n: {"version": peers[n].version, **each} for n, each in rows.items()},
        "times ahead of": ahead,
    }
    if ahead:
        fastest = min(ahead.values())
        found["goals"] = {"times ahead of the fastest peer": at_least(fastest, 10)}
    report("peers", found)


if __name__ == "__main__":
    main()
