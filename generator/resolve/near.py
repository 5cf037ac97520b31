"""The known name that is nearest to one that is not known: cheap also where a thousand pages have links that lead nowhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import nsmallest

from generator.diagnostics import suggest

_LOOKED_UP = 600  # names that pairs of letters are looked up for, for each hint
_COMPARED = 16  # names that are compared letter by letter, for each hint


class NearNames:
    """Known names by the pairs of letters in them. What a hint costs does not grow with their number."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_pair: dict[str, list[str]] = defaultdict(list)
        self.hints: dict[str, str] = {}
        for name in dict.fromkeys(names):
            for pair in _pairs(name):
                self.by_pair[pair].append(name)

    def hint(self, word: str) -> str:
        """`did you mean "…"?`, or nothing."""
        if word not in self.hints:
            self.hints[word] = suggest(word, self.candidates(word))
        return self.hints[word]

    def candidates(self, word: str) -> list[str]:
        """The names that share most pairs with a word. Rare pairs come first, since common ones tell little."""
        shared: Counter[str] = Counter()
        left = _LOOKED_UP
        held = [self.by_pair[pair] for pair in _pairs(word) if pair in self.by_pair]
        for names in sorted(held, key=len):
            shared.update(names[:left])
            left -= len(names)
            if left <= 0:
                break
        size = len(word)
        return nsmallest(
            _COMPARED, shared, key=lambda n: (-shared[n] / (size + len(n)), n)
        )


def _pairs(name: str) -> set[str]:
    marked = f"^{name.lower()}$"
    return {marked[at : at + 2] for at in range(len(marked) - 1)}
