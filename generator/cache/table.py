"""What the files of a source were when the last run looked at them.

It is kept in parts of files that follow each other: those that look as they did are not even read when others changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property

from generator.cache.inputs import Look, Pages, is_settled
from generator.cache.store import Store
from generator.kept import digest
from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_FILES_A_PART = 256


class Table:
    """The files as they are (`pages`, looked at when it was `clock`) and as they were (`parts`: what `write` gave)."""

    def __init__(
        self, store: Store, pages: Pages, clock: int, parts: Sequence[list[Any]]
    ) -> None:
        self.store = store
        self.pages = pages
        self.clock = clock
        self.parts = list(parts)
        looks = list(pages.looks.items())
        starts = range(0, len(looks), _FILES_A_PART)
        self.looks = [looks[at : at + _FILES_A_PART] for at in starts]
        self.summaries = [digest(json.dumps(part).encode()) for part in self.looks]

    def is_current(self) -> bool:
        """Whether all files look as they did. Then they are what they were."""
        return [part[1] for part in self.parts] == self.summaries

    @cached_property
    def different(self) -> set[str] | None:
        """The files whose content is not what it was; None where files came or went, or nothing is known of them."""
        if len(self.parts) != len(self.looks):
            return None
        found: set[str] = set()
        for part, looks, summary in zip(
            self.parts, self.looks, self.summaries, strict=True
        ):
            if part[1] == summary:
                continue
            rows = list(self._rows(part))
            if [file for file, _, _ in rows] != [file for file, _ in looks]:
                return None
            found |= {
                file for file, _, known in rows if self.pages.digest(file) != known
            }
        return found

    def learn(self) -> None:
        """Take over what is known of the content of all files that look as they did, so that they need not be read."""
        for part in self.parts:
            for _ in self._rows(part):
                pass

    def _rows(self, part: list[Any]) -> Iterator[tuple[str, Look, str]]:
        """File, look and digest of the files of a part. Those that look as they did have the content that they had."""
        name, _, clock = part
        for file, look, known in self.store.read_object(name) or []:
            was: Look = tuple(look)
            if self.pages.looks.get(file) == was and is_settled(was, clock):
                self.pages.digests.setdefault(file, known)
            yield file, was, known

    def write(self) -> None:
        """Keep what the files are. Those that could change without looking otherwise get no summary: it would say too much."""
        old = {summary: part for part in self.parts if (summary := part[1])}
        parts = []
        for looks, summary in zip(self.looks, self.summaries, strict=True):
            if summary in old:
                parts.append(old[summary])
                continue
            rows = [[file, look, self.pages.digest(file)] for file, look in looks]
            settled = all(is_settled(look, self.clock) for _, look in looks)
            name = self.store.write_object(rows)
            parts.append([name, summary if settled else "", self.clock])
        self.parts = parts
