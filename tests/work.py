"""How much work a call makes, counted and not timed: the same on every machine, whatever else that machine does."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

# Methods that go over all of the text or list that they belong to. Others are told where to look, or look at one end.
_WALKS = {
    str: set(dir(str)) - {"endswith", "find", "index", "rfind", "rindex", "startswith"},
    list: {"copy", "count", "index", "insert", "remove", "reverse", "sort"},
    dict: {"copy"},
    set: {"copy"},
}
# Counts line ends in what is new since it was called last.
_TOLD_WHERE = {"ParserBase.updatepos"}
_LITTLE = 10_000
_SIZED = (str, bytes, list, tuple, dict, set, frozenset)


class Work(NamedTuple):
    """What a call did.

    `calls`: functions called, those written in C as well. `lines`: lines run, each turn of a loop for itself. `size`: how long the texts
    and collections are that functions were given or gave back, each once, and those that methods written in C went over: so text that is
    cut again and again counts, though no line of Python looks at it.
    """

    calls: Counter[str]
    lines: Counter[str]
    size: Counter[str]


class _Count:
    def __init__(self) -> None:
        self.work = Work(Counter(), Counter(), Counter())
        self.seen: dict[int, Any] = {}  # they stay alive, so that no id comes twice

    def line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self.work.lines[frame.f_code.co_qualname] += 1
        return self.line

    def call(self, frame: FrameType, event: str, argument: Any) -> None:
        name = frame.f_code.co_qualname
        if event == "call":
            self.work.calls[name] += 1
            for value in frame.f_locals.values():
                self.meet(name, value)
        elif event == "return":
            self.meet(name, argument)
        elif event == "c_call":
            self.work.calls[name] += 1
            owner = argument.__self__
            walks = argument.__name__ in _WALKS.get(type(owner), ())
            if walks and name not in _TOLD_WHERE:
                self.work.size[name] += len(owner)

    def meet(self, name: str, value: Any) -> None:
        if type(value) in _SIZED and id(value) not in self.seen:
            self.seen[id(value)] = value
            self.work.size[name] += len(value)


def count(call: Callable[[], object]) -> Work:
    """Make a call and count its work."""
    counting = _Count()
    before = sys.getprofile(), sys.gettrace()
    sys.settrace(counting.line)
    sys.setprofile(counting.call)
    try:
        call()
    finally:
        sys.setprofile(before[0])
        sys.settrace(before[1])
    return counting.work


def outgrown(small: Work, large: Work, times: int) -> dict[str, tuple[int, int]]:
    """The functions whose work grew by more than `times`, each with its work before and after. A quarter, and what is little, is let pass."""
    return {
        f"{what} of {name}": (before[name], now)
        for what, before, after in zip(Work._fields, small, large, strict=True)
        for name, now in after.items()
        if now > 1.25 * times * before[name] + _LITTLE
    }
