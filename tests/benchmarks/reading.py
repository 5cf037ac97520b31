"""From bytes to located tables, and how a build grows with one page: `python tests/benchmarks/reading.py [FOLDER …] [--kilobytes N]`.

For each folder, MB a second of its markdown pages: decoded and read into blocks whose cells have their places, in processor time of one
process, the best of three. Without a folder, those of FIELDGEN_CORPUS are taken, or pages are made up.

For each shape of tests/shapes.py, the seconds that the build of a page of N kilobytes takes, and how many times that one of twice the
size takes.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from incremental import write_docs
from kept import REPO, at_least, at_most, report

sys.path[:0] = [str(REPO), str(REPO / "tests")]

from shapes import SHAPES, Shape

from generator.pipeline import generate
from generator.read.blocks import Table
from generator.read.markdown import read_markdown
from generator.source import Source


def seconds(*works: Callable[[], object], runs: int = 3) -> list[float]:
    """The processor time that each work takes, at best. They come in turn, so that a busy moment meets all of them."""
    taken: list[list[float]] = []
    for _ in range(runs):
        taken.append([])
        for work in works:
            start = time.process_time()
            work()
            taken[-1].append(time.process_time() - start)
    return [min(times) for times in zip(*taken, strict=True)]


def read(pages: dict[str, bytes]) -> int:
    """Read some pages, down to each cell; gives the number of cells. Rows are split when they are asked for."""
    cells = 0
    for name, data in pages.items():
        for block in read_markdown(data.decode(), name).blocks:
            if isinstance(block, Table):
                cells += sum(map(len, block.rows))
    return cells


def measure(folder: Path) -> dict[str, Any]:
    """How quickly the pages of a folder are read."""
    files = [file for end in ("md", "mdx") for file in folder.rglob(f"*.{end}")]
    pages = {str(file): file.read_bytes() for file in sorted(files)}
    size = sum(map(len, pages.values())) / 1e6
    cells = read(pages)
    (best,) = seconds(lambda: read(pages))
    return {
        "pages": len(pages),
        "MB": round(size, 2),
        "cells": cells,
        "seconds": round(best, 4),
        "MB a second": round(size / best, 1),
    }


def folders(wanted: list[Path], made_up: Path) -> dict[str, Path]:
    """The folders to read, each with its name."""
    corpus = os.environ.get("FIELDGEN_CORPUS")
    if wanted or not corpus:
        if not wanted:
            write_docs(made_up, 1000)
        return {str(path): path for path in wanted} or {"made up": made_up}
    top = Path(corpus)
    names = [path.parent for path in sorted(top.glob("*/*/docs")) if path.is_dir()]
    names += [path.parent for path in sorted(top.glob("*/*/*/docs")) if path.is_dir()]
    return {path.relative_to(top).as_posix(): path / "docs" for path in names}


def grow(shape: Shape, size: int) -> dict[str, float]:
    """The seconds of a page of some size, and how many times that a page of twice the size takes."""
    times = size // len(shape.unit.replace("§", "10000").encode())
    once, twice = shape.page(times), shape.page(2 * times, first=10_000 + times)
    source = Source("docs", "docs")
    generate(shape.page(9), source)
    gc.collect()
    works = (partial(generate, page, source) for page in (once, twice))
    base, more = seconds(*works)
    return {"seconds": round(base, 3), "twice as large": round(more / base, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="*")
    parser.add_argument("--kilobytes", type=int, default=250)
    flags = parser.parse_args()
    gc.disable()  # as `fieldgen build` does
    with tempfile.TemporaryDirectory() as made_up:
        wanted = folders(flags.folder, Path(made_up, "made up"))
        rows = {name: measure(path) for name, path in wanted.items()}
    shapes = {name: grow(each, flags.kilobytes * 1000) for name, each in SHAPES.items()}
    size, took = (sum(row[key] for row in rows.values()) for key in ("MB", "seconds"))
    steepest = max(shape["twice as large"] for shape in shapes.values())
    found = {
        "kilobytes": flags.kilobytes,
        "folders": rows,
        "shapes": shapes,
        "goals": {
            "MB a second of all folders": at_least(round(size / took, 1), 8),
            "a page of twice the size costs": at_most(steepest, 2.5),
        },
    }
    report("reading", found)


if __name__ == "__main__":
    main()
