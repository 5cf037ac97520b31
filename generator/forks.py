"""Work that several processes of this machine share: this one, and a pool of copies of it, forked for the work, which have all that there is already.

So what a task needs costs nothing to send, only what a copy gives is. Everything else is `concurrent.futures`.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from generator.source import WorkError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

_shared: list[tuple[Callable[[Any], Any], list[Any]]] = []  # what copies are made with
_SWITCH = 0.0005  # seconds


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
    """Shares work among `jobs` processes, of which this is one. Each call of `map` has copies of its own, which know the function and all items."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        tell: Callable[[int], None] = lambda number: None,
    ) -> Iterator[R]:
        """What the function gives for each item, in their order. The copies begin at once, this process when it is asked for the first result.

        `tell` is told how many are done. Raises what the function raised for the first of the items for which it did, and WorkError if a
        process is gone.
        """
        todo = list(items)
        copies = min(self.jobs, len(todo)) - 1
        if copies < 1:
            return map(function, todo)
        from concurrent.futures import ProcessPoolExecutor  # 15 ms
        from multiprocessing import get_context

        pool = ProcessPoolExecutor(copies, get_context("fork"), _begin)
        _shared.append((function, todo))
        try:
            team = _Team(pool, function, todo)
            # A copy that is done with a small task has the next one already; of large ones it takes none before it can begin.
            team.begin(copies * (2 if len(todo) > 4 * self.jobs else 1))
        finally:
            _shared.pop()
        return team.results(tell)


class _Team:
    """This process and the copies in a pool. They take tasks from the front, and this one, whenever it would have to wait, from the back."""

    def __init__(
        self,
        pool: ProcessPoolExecutor,
        function: Callable[[Any], Any],
        items: list[Any],
    ) -> None:
        from concurrent.futures import Future

        self.pool = pool
        self.function = function
        self.items = items
        self.left = deque(range(len(items)))
        self.futures: dict[int, Future[Any]] = {n: Future() for n in self.left}

    def begin(self, count: int) -> None:
        """Give out the first tasks, each of which is followed by another one. Here the copies are made."""
        for _ in range(count):
            self.feed()

    def feed(self) -> None:
        """Give a copy the next task."""
        try:
            number = self.left.popleft()
        except IndexError:
            return
        try:
            task = self.pool.submit(_do, number)
        except Exception as error:  # noqa: BLE001 (who waits for the result is told)
            self.futures[number].set_exception(error)
        else:
            task.add_done_callback(partial(self.end, number))

    def end(self, number: int, task: Future[Any]) -> None:
        if task.cancelled():
            return
        self.feed()
        if error := task.exception():
            self.futures[number].set_exception(error)
        else:
            self.futures[number].set_result(task.result())

    def work(self) -> bool:
        """Do a task in this process, if one is left."""
        try:
            number = self.left.pop()
        except IndexError:
            return False
        try:
            self.futures[number].set_result(self.function(self.items[number]))
        except Exception as error:  # noqa: BLE001 (who asks for the result is told)
            self.futures[number].set_exception(error)
        return True

    def results(self, tell: Callable[[int], None]) -> Iterator[Any]:
        from concurrent.futures import BrokenExecutor

        try:
            with _quick_switches():
                for number in range(len(self.items)):
                    while not self.futures[number].done() and self.work():
                        pass
                    result = self.futures[number].result()
                    del self.futures[number]
                    self.items[number] = None
                    tell(number + 1)
                    yield result
                    del result  # all three may be large
        except BrokenExecutor:
            message = "a process that shared the work was ended, perhaps for want of memory; `--jobs 1` works in one process"
            raise WorkError(message) from None
        finally:
            self.left.clear()
            self.pool.shutdown(cancel_futures=True)


@contextmanager
def _quick_switches() -> Iterator[None]:
    """Let the thread that collects results have its turn soon, while this one is at work: the copies wait for it."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _begin() -> None:
    """What a copy does first: it leaves Ctrl-C to its parent, and ends with it."""
    import signal
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
