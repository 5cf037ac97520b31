"""Work that several processes or any executor share: the same outputs, and a clear message where one of them is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from harness import REPO, all_cases

import generator
from generator import pipeline, reading
from generator.commands.workers import can_fork
from generator.forks import Forks, Workers
from generator.ir import Model
from generator.options import Options
from generator.resolve import prose
from generator.source import Source, WorkError

CASES = sorted({case.folder / "input" for case in all_cases()})


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be shared, however little it is."""
    monkeypatch.setattr(reading, "_PART", 100)
    monkeypatch.setattr(pipeline, "_FEW", 0)
    monkeypatch.setattr(prose, "_PART", 2_000)
    monkeypatch.setattr(prose, "_PARTS", 2)


@pytest.fixture(params=["forks", "processes", "threads"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    if request.param == "forks":
        if not can_fork():
            pytest.skip("processes cannot be copied here")
        yield Forks(2)
        return
    pool: Executor = ThreadPoolExecutor(2)
    if request.param == "processes":
        pool = ProcessPoolExecutor(2, get_context("spawn"))
    with pool:
        yield pool


def pages_of(folder: Path) -> dict[str, bytes]:
    ends = (".md", ".mdx", ".yaml")
    files = [p for p in sorted(folder.rglob("*")) if p.suffix in ends and p.is_file()]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def build(pages: dict[str, bytes], workers: Workers | None) -> object:
    source = Source("docs", "docs", Options())
    try:
        return pipeline.generate(pages, source, workers=workers)
    except ValueError as error:  # what is wrong is the same, too
        return type(error), str(error)


@pytest.mark.usefixtures("small")
def test_outputs_are_the_same(workers: Workers) -> None:
    for folder in CASES[:: 1 if isinstance(workers, ThreadPoolExecutor) else 12]:
        pages = pages_of(folder)
        if len(pages) > 1:
            assert build(pages, workers) == build(pages, None), folder


BOAT = """# Boat{0}

| Field | Type | Required | Description |
| --- | --- | --- | --- |
| `seats` | *number* | :heavy_check_mark: | At least {0}, at most 90. |
| `next` | [Boat0](boat0.md) | :heavy_check_mark: | The next one. |
"""


@pytest.mark.usefixtures("small")
def test_facts_are_struck_whoever_reads_them(workers: Workers) -> None:
    pages = {f"boat{n}.md": BOAT.format(n).encode() for n in range(80)}
    struck = ("Boat3.seats", "Boat70.seats:maximum", "Boat99.seats")
    source = Source("docs", "docs", Options(ignore_facts=struck))
    shared = pipeline.load(pages, source, workers=workers)
    assert shared == pipeline.load(pages, source)
    models = [d for d in shared.schema.definitions if isinstance(d, Model)]
    assert sum(len(field.facts) for d in models for field in d.fields) == 80 * 2 - 3
    assert [one.code for one in shared.diagnostics] == ["unused-strike"]


@pytest.mark.usefixtures("small")
def test_api_takes_an_executor(workers: Workers) -> None:
    if isinstance(workers, Forks):
        pytest.skip("the API takes executors")
    assert isinstance(workers, Executor)
    folder = REPO / "specs/openai"
    loaded = generator.load(folder, executor=workers)
    assert loaded == generator.load(folder)
    outputs = generator.generate(loaded.schema, executor=workers)
    assert outputs == generator.generate(loaded.schema)


@pytest.mark.usefixtures("small")
def test_dask() -> None:
    """A cluster of machines, or of processes here, does the work: as docs/performance.md shows."""
    distributed = pytest.importorskip("distributed")
    folder = REPO / "specs/openai"
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        executor = client.get_executor()
        loaded = generator.load(folder, executor=executor)
        outputs = generator.generate(loaded.schema, executor=executor)
    assert loaded == generator.load(folder)
    assert outputs == generator.generate(loaded.schema)


def fail(number: int) -> int:
    if number == 1:
        raise ValueError("one")
    return number


PARENT = os.getpid()


def die(number: int) -> int:
    """The first task: it is given to a copy, and ends it."""
    if number == 0 and os.getpid() != PARENT:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def who(number: int) -> int:
    time.sleep(0.02)
    return os.getpid()


@pytest.mark.skipif(not can_fork(), reason="processes cannot be copied here")
def test_forks() -> None:
    told: list[int] = []
    assert list(Forks(2).map(str, range(5), told.append)) == ["0", "1", "2", "3", "4"]
    assert told == [1, 2, 3, 4, 5]
    with pytest.raises(ValueError, match="one"):
        list(Forks(2).map(fail, range(3)))
    with pytest.raises(WorkError, match="--jobs 1"):
        list(Forks(2).map(die, range(3)))
    for jobs, items in ((2, 30), (3, 30), (3, 3)):  # this process works, too
        assert len(set(Forks(jobs).map(who, range(items)))) == jobs
    assert list(Forks(1).map(who, range(3))) == [PARENT] * 3
    assert list(Forks(4).map(who, range(0))) == []


ENDLESS = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from generator.forks import Forks

def work(number):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

list(Forks(3).map(work, range(3)))
"""


@pytest.mark.skipif(not can_fork(), reason="processes cannot be copied here")
def test_helpers_end_with_their_parent() -> None:
    command = [sys.executable, "-c", ENDLESS, str(REPO)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pids = [int(parent.stdout.readline()) for _ in range(3)]
        parent.kill()
    for helper in set(pids) - {parent.pid}:
        for _ in range(100):
            if not Path(f"/proc/{helper}").exists():
                break
            time.sleep(0.05)
        assert not Path(f"/proc/{helper}").exists()
