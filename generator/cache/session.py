"""One source and what is known of it: whether anything changed since the last run, what is on the pages that did not, and what to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.cache.inputs import Look, Pages, is_settled
from generator.cache.store import Store, digest

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.pipeline import PageRead, Result

_PAGES_A_SHARD = 32


class Past(NamedTuple):
    """What the last run found. `outputs`: file name → SHA-256, or None where the docs document nothing."""

    dialect: str
    definitions: int
    diagnostics: tuple[Diagnostic, ...]
    outputs: Mapping[str, str] | None


class Session:
    """What one run knows of a source. It is the `Memory` of the pipeline, too.

    `request`: a digest of all that is asked for beside the pages. `tool`: one of the code that answers. `clock`: when the pages were looked at.
    """

    def __init__(
        self, store: Store, name: str, tool: str, request: str, pages: Pages, clock: int
    ) -> None:
        self.store = store
        self.name = name
        self.tool = tool
        self.request = request
        self.pages = pages
        self.clock = clock
        head = store.read_head(name)
        self.head = head if head and head["tool"] == tool else None
        self.raw: dict[str, list[Any]] = {}  # file → its digest and what is on it
        self.changed: set[str] = set()  # files of which `raw` is new
        self._loaded = False

    def past(self) -> Past | None:
        """What the last run found, if this one would find the same."""
        head = self.head
        if head is None or head["request"] != self.request:
            return None
        if head["summary"] != self.pages.summary() or head["unsettled"]:
            if self.different() != set():
                return None
            self._write(head["found"])  # so that the next run need not read them
        return self.found()

    def found(self) -> Past:
        """What the last run found, whatever this one would."""
        from generator.cache.codec import decode

        assert self.head is not None
        dialect, definitions, diagnostics, outputs = self.head["found"]
        return Past(dialect, definitions, decode(diagnostics), outputs)

    def different(self) -> set[str] | None:
        """The files whose content is not what it was; None where files came or went, or nothing is known of them."""
        table = self.table()
        if table.keys() != self.pages.looks.keys():
            return None
        return {file for file in table if self.pages.digest(file) != table[file]}

    def table(self) -> dict[str, str]:
        """The digests of the files as they were. Those that look as they did then are not read again."""
        assert self.head is not None
        rows = self.store.read_object(self.head["table"]) or []
        clock = self.head["clock"]
        for file, look, known in rows:
            now: Look | None = self.pages.looks.get(file)
            if now == tuple(look) and is_settled(now, clock):
                self.pages.digests.setdefault(file, known)
        return {file: known for file, _, known in rows}

    def recall(self, file: str) -> PageRead | None:
        """What is on a page, if its content is one that is known."""
        from generator.cache.codec import DecodeError, decode
        from generator.pipeline import PageRead

        self._load()
        known = self.raw.get(file)
        if known is None or self.pages.digest(file) != known[0]:
            return None
        try:
            return PageRead(*decode([0, *known[1]]))
        except DecodeError:
            return None

    def keep(self, file: str, read: PageRead) -> None:
        """Remember what is on a page."""
        from generator.cache.codec import encode

        self.raw[file] = [self.pages.digest(file), [encode(part) for part in read]]
        self.changed.add(file)

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        if self.head is not None:
            self.table()
            for name in self.head["shards"]:
                self.raw.update(self.store.read_object(name) or {})

    def load_page(self, file: str) -> None:
        """Load what was on one page, without the others."""
        if self.head is not None and not self._loaded:
            shards = self.head["shards"]
            name = shards[_shard(file, len(shards))]
            self.raw.update(self.store.read_object(name) or {})

    def save(self, result: Result, outputs: Mapping[str, str] | None) -> None:
        """Remember what this run found."""
        from generator.cache.codec import encode
        from generator.cache.context import describe_context

        count = 1
        while count * _PAGES_A_SHARD * 2 <= len(self.pages):
            count *= 2
        shards: list[dict[str, list[Any]]] = [{} for _ in range(count)]
        for file in sorted(self.raw):
            if file in self.pages:
                shards[_shard(file, count)][file] = self.raw[file]
        names = [self.store.write_object(shard) for shard in shards]
        found = [
            result.dialect,
            len(result.schema.definitions),
            encode(result.diagnostics),
            outputs,
        ]
        self._write(found, names, self.store.write_object(describe_context(result)))

    def save_page(self, file: str, found: list[Any]) -> None:
        """Remember what this run found, where it read one page and nothing else changed."""
        assert self.head is not None
        shards = list(self.head["shards"])
        at = _shard(file, len(shards))
        old = self.store.read_object(shards[at]) or {}
        shards[at] = self.store.write_object({**old, file: self.raw[file]})
        self._write(found, shards, self.head["context"])

    def _write(
        self, found: list[Any], shards: list[str] | None = None, context: str = ""
    ) -> None:
        if shards is None:
            assert self.head is not None
            shards, context = self.head["shards"], self.head["context"]
        looks = self.pages.looks
        table = self.store.write_object(
            [[file, look, self.pages.digest(file)] for file, look in looks.items()]
        )
        settled = all(is_settled(look, self.clock) for look in looks.values())
        head = {
            "tool": self.tool,
            "request": self.request,
            "clock": self.clock,
            "summary": self.pages.summary(),
            "unsettled": not settled,
            "table": table,
            "shards": shards,
            "context": context,
            "objects": [table, *shards, *([context] if context else [])],
            "found": found,
        }
        self.store.write_head(self.name, head)


def _shard(file: str, count: int) -> int:
    return int(digest(file.encode("utf-8", "surrogateescape"))[:8], 16) % count
