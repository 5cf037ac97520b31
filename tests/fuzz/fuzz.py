"""A fuzzer: changes kept files at random, and says what breaks. `make fuzz SECONDS=600 SEED=1`.

Whatever the files of a user look like: no traceback, no page of usual size that takes more than a second, no memory without bound, and
outputs that are JSON and Python. What breaks is kept, cut down, in the folder `--keep`; put it into `corpus/` once it is mended.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from changes import change, dialect_seeds, grow
from harness import run_fieldgen

from generator.dialect.files import DialectError, built_in_lists
from generator.options import TARGET_NAMES, Options
from generator.pipeline import Source, generate

LONGEST = 60_000  # characters of a page
SECONDS = 1.0  # of the processor, for one page of that size
MEMORY = 400  # MB more than at the start
PAGES = (".md", ".mdx", ".yaml", ".yml", ".json")
CONFIGS = (".toml",)


class Broken(Exception):
    """What an input broke."""


class Hang(Broken):
    """It did not end."""


class Input(NamedTuple):
    """Files, and how they are used. `name` is that of the file that was changed."""

    kind: str  # page, dialect or config
    name: str
    text: str
    dialect: str = "auto"


def seeds() -> list[Input]:
    """What is changed: the kept files and the inputs of all cases."""
    found: list[Input] = []
    folders = [HERE / "corpus", *sorted((HERE.parent / "cases").glob("*/*/input"))]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            kind = {**dict.fromkeys(PAGES, "page"), **dict.fromkeys(CONFIGS, "config")}
            if path.is_file() and path.suffix in kind:
                text = path.read_bytes()[:LONGEST].decode("utf-8", "surrogateescape")
                found.append(Input(kind[path.suffix], path.name, text))
    found += [Input("dialect", name, text) for name, text in dialect_seeds()]
    return found


def inputs(seed: int) -> Iterator[Input]:
    """Inputs without end, always the same for a seed."""
    chance = random.Random(seed)
    known = seeds()
    pages = [each for each in known if each.kind == "page"]
    lists = built_in_lists()
    while True:
        each = chance.choice(known if chance.random() < 0.2 else pages)
        other = chance.choice([one for one in known if one.kind == each.kind])
        text = each.text
        if chance.random() < 0.04:
            text = grow(chance, LONGEST)
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            text = change(chance, text, other.text, LONGEST)
        dialect = "auto"
        if each.kind == "page" and chance.random() < 0.1:
            dialect = chance.choice(lists)
        yield each._replace(text=text, dialect=dialect)


def try_input(each: Input) -> None:
    """Use an input as fieldgen's user would. Raises whatever is wrong."""
    if each.kind == "config":
        try_config(each)
        return
    options = Options(targets=tuple(TARGET_NAMES), dialect=each.dialect)
    page, dialects = {each.name: each.text.encode("utf-8", "surrogateescape")}, ()
    if each.kind == "dialect":
        options = Options(targets=("jsonschema",), dialect="mine")
        page, dialects = SAMPLE, (("mine.yaml", each.text),)  # type: ignore[assignment]
    try:
        made = generate(page, Source("x", "x", options, dialects=dialects))
    except DialectError as error:
        if not all(error.messages):
            raise Broken("an error without a message") from error
        return
    json.loads(made.files["schema.json"])
    for name, text in made.files.items():
        if name.endswith(".py"):
            ast.parse(text)
    for found in made.diagnostics:
        if found.span.line < 1 or found.span.column < 1:
            raise Broken(f"a place that is none: {found}")


SAMPLE = {"a.md": b"# Kite\n\n| Field | Type |\n|---|---|\n| a | `string` |\n", "b.yaml": b"fields:\n  - {name: a, type: string}\n"}  # fmt: skip


def try_config(each: Input) -> None:
    """Build with a config; its mistakes are messages."""
    with tempfile.TemporaryDirectory(prefix="fieldgen-fuzz-") as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        for file, data in SAMPLE.items():
            (folder / "docs" / file).write_bytes(data)
        text = each.text.encode("utf-8", "surrogateescape")
        (folder / each.name).write_bytes(text)
        code, _, said = run_fieldgen(["build", "--no-cache"], folder)
        if code not in (0, 1, 2) or "Traceback" in said or "a bug" in said:
            raise Broken(f"exit code {code}: {said}")


def trial(each: Input, memory: int) -> Exception | None:
    """What is wrong with an input, or None."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, 20)
    try:
        try_input(each)
        spent = time.process_time() - start
        if spent > SECONDS:
            return Broken(f"{spent:.1f} s for {len(each.text)} characters")
        if megabytes() - memory > MEMORY:
            return Broken(f"{megabytes() - memory} MB more than at the start")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        return error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return None


def megabytes() -> int:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def cut_down(each: Input, fails: Callable[[Input], bool], until: float) -> Input:
    """The input without the lines, and then the pieces, that it breaks without."""
    for parts in (lambda t: t.splitlines(keepends=True), list):
        pieces = parts(each.text)
        size = len(pieces) // 2
        while size and time.monotonic() < until:
            at = 0
            while at < len(pieces) and time.monotonic() < until:
                rest = pieces[:at] + pieces[at + size :]
                if fails(each._replace(text="".join(rest))):
                    pieces = rest
                else:
                    at += size
            size //= 2
        each = each._replace(text="".join(pieces))
    return each


def report(each: Input, error: Exception, keep: Path) -> None:
    """Print what broke, and keep the smallest input that does."""
    kind = type(error)

    def fails(one: Input) -> bool:
        return type(trial(one, megabytes())) is kind

    small = cut_down(each, fails, time.monotonic() + 20)
    keep.mkdir(parents=True, exist_ok=True)
    number = len(list(keep.iterdir()))
    path = keep / f"{number}-{small.kind}-{small.dialect}-{small.name}"
    path.write_bytes(small.text.encode("utf-8", "surrogateescape"))
    print(f"\n{path}: {each.kind}, dialect {each.dialect}")
    traceback.print_exception(error, limit=-6)


def _stop(*_: object) -> None:
    raise Hang("more than 20 s")


def run(seed: int, seconds: float, most: int, keep: Path) -> int:
    """Try inputs for some seconds, or some of them; the number of different things that broke."""
    signal.signal(signal.SIGPROF, _stop)
    begin, memory, number = time.monotonic(), megabytes(), 0
    broken: dict[str, int] = {}
    slowest = 0.0
    for each in inputs(seed):
        if number >= most or time.monotonic() - begin > seconds:
            break
        number += 1
        start = time.process_time()
        error = trial(each, memory)
        slowest = max(slowest, time.process_time() - start)
        if error is not None:
            last = traceback.extract_tb(error.__traceback__)[-1:]
            place = f"{type(error).__name__} {last[0].filename}:{last[0].lineno}" if last else str(error)[:20]  # fmt: skip
            broken[place] = broken.get(place, 0) + 1
            if broken[place] == 1:
                report(each, error, keep)
                memory = max(memory, megabytes() - MEMORY)
    print(f"{number} inputs, seed {seed}: {len(broken)} broke; the slowest took {slowest:.2f} s, memory grew by {megabytes() - memory} MB")  # fmt: skip
    for place, times in broken.items():
        print(f"  {times} times {place}")
    return len(broken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--inputs", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=HERE / "found")
    given = parser.parse_args()
    return min(run(given.seed, given.seconds, given.inputs, given.keep), 1)


if __name__ == "__main__":
    sys.exit(main())
