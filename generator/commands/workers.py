"""`--jobs`: how many processes work at the same time, and where they come from."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from generator.commands.parser import Parser
from generator.light import TYPE_CHECKING
from generator.source import WorkError

if TYPE_CHECKING:
    from generator.forks import Workers

_MOST = 8  # by default: beyond it, who collects what the others did has no time left


def add_jobs_flag(parser: Parser) -> None:
    """`--jobs`."""
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_number,
        default=None,
        help="How many processes may work at the same time, where that pays. Default: one a core on Linux, up to 8; elsewhere 1.",
    )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f'"{text}" is no number of processes')
    return int(text)


def can_fork() -> bool:
    """Whether processes can be copied here. macOS can, too, but its own libraries may not survive it."""
    return sys.platform == "linux"


def job_count(flags: argparse.Namespace) -> int:
    """What `--jobs` says, or how many cores this process may use. Elsewhere a process takes longer to start than most docs to read."""
    if flags.jobs is not None:
        return int(flags.jobs)
    if can_fork():
        return min(len(os.sched_getaffinity(0)), _MOST)
    return 1


@contextmanager
def workers(jobs: int) -> Iterator[Workers | None]:
    """Who shares the work of this process; nobody with one job."""
    if jobs < 2:
        yield None
        return
    if can_fork():
        from generator.forks import Forks

        yield Forks(jobs)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    try:
        with ProcessPoolExecutor(jobs) as pool:  # starts none before there is work
            yield pool
    except BrokenExecutor as error:
        raise WorkError(f"{error} `--jobs 1` works in one process.") from None
