"""Work that several processes of this machine share: a pool of copies of this process, forked for the work, which have all that there is already.

So what a task needs costs nothing to send, only what it gives is. Everything else is `concurrent.futures`.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from generator.source import WorkError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

_shared: list[tuple[Callable[[Any], Any], list[Any]]] = []  # what copies are made with


class Workers(Protocol):
    """Whoever does work: any `concurrent.futures.Executor`, or `Forks`."""

    def map(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """What the function gives for each item, in their order."""


def packed(function: Callable[[T], R]) -> Callable[[T], R]:
    """The function with all that it holds pickled once, not for each item; some executors also look at each part of what they are sent."""
    return partial(_call, pickle.dumps(function, 5))


def _call(data: bytes, item: Any) -> Any:
    return pickle.loads(data)(item)


class Forks:
    """Shares work among `jobs` processes. Each call of `map` has a pool of its own, whose processes know the function and all items."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        tell: Callable[[int], None] = lambda number: None,
    ) -> Iterator[R]:
        """What the function gives for each item, in their order. The work begins at once; `tell` is told how many are done.

        Raises what the function raised for the first of the items for which it did, and WorkError if a process is gone.
        """
        from concurrent.futures import ProcessPoolExecutor  # 20 ms
        from multiprocessing import get_context

        todo = list(items)
        count = min(self.jobs, len(todo))
        pool = ProcessPoolExecutor(count, get_context("fork"), _begin)
        _shared.append((function, todo))
        try:
            results = pool.map(_do, range(len(todo)))  # here they are forked
        finally:
            _shared.pop()
        return _give(pool, results, tell)


def _give(
    pool: ProcessPoolExecutor, results: Iterator[R], tell: Callable[[int], None]
) -> Iterator[R]:
    from concurrent.futures import BrokenExecutor

    try:
        for number, result in enumerate(results, 1):
            tell(number)
            yield result
    except BrokenExecutor:
        message = "a process that shared the work was ended, perhaps for want of memory; `--jobs 1` works in one process"
        raise WorkError(message) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """What a copy does first: it leaves Ctrl-C to its parent, and ends with it."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _do(number: int) -> Any:
    function, items = _shared[-1]
    return function(items[number])
