"""One source and what is known of it: whether anything changed since the last run, what is on the pages that did not, and what to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.cache.inputs import Look, Pages, is_settled, look_at
from generator.cache.store import Store, digest
from generator.output import MANIFEST, is_current

if TYPE_CHECKING:
    from generator.cache.context import Context
    from generator.diagnostics import Diagnostic
    from generator.ir import Schema
    from generator.pipeline import PageRead

_PAGES_A_SHARD = 32


class Past(NamedTuple):
    """What the last run found. `outputs`: file name → SHA-256, or None where the docs document nothing."""

    dialect: str
    definitions: int
    diagnostics: tuple[Diagnostic, ...]
    outputs: Mapping[str, str] | None


class Kept(NamedTuple):
    """The objects that hold what is on the pages, and what their definitions know of each other."""

    shards: list[str]
    context: str


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
        self._loaded = False
        self._context: Context | None = None
        self._table: dict[str, str] | None = None
        self._reads: dict[str, PageRead] = {}
        self._witnesses: dict[str, None] = {}

    def past(self) -> Past | None:
        """What the last run found, if this one would find the same."""
        head = self.head
        if head is None or head["request"] != self.request:
            return None
        if head["summary"] != self.pages.summary() or head["unsettled"]:
            if self.different() != set():
                return None
            self._write()  # so that the next run need not read them
        return self.found()

    def found(self) -> Past:
        """What the last run found, whatever this one would."""
        assert self.head is not None
        dialect, definitions, rows, outputs = self.head["found"]
        return Past(dialect, definitions, _diagnostics(rows), outputs)

    def stand(self, outputs: Mapping[str, str], out: str) -> bool:
        """Whether the out folder holds these outputs of the last run. They are read only if they do not look as when that was last so."""
        assert self.head is not None
        looks = look_at(out, [MANIFEST, *outputs])
        if self.head["outputs"] == [list(look) for look in looks]:
            return True
        if not is_current(outputs, out):
            return False
        if all(is_settled(look, self.clock) for look in looks):
            self.head["outputs"] = looks
            self.store.write_head(self.name, self.head)
        return True

    def is_no_witness(self, file: str) -> bool:
        """Whether the dialect was, and is, told without looking at the page."""
        assert self.head is not None
        return file not in self.head["witnesses"]

    def only_changed(self) -> str | None:
        """The file that is the only one whose content is not what it was when the last run found what it found."""
        if self.head is None or self.head["request"] != self.request:
            return None
        changed = self.different()
        return next(iter(changed)) if changed and len(changed) == 1 else None

    def different(self) -> set[str] | None:
        """The files whose content is not what it was; None where files came or went, or nothing is known of them."""
        table = self.table()
        if table.keys() != self.pages.looks.keys():
            return None
        return {file for file in table if self.pages.digest(file) != table[file]}

    def table(self) -> dict[str, str]:
        """The digests of the files as they were. Those that look as they did then are not read again."""
        if self._table is None:
            assert self.head is not None
            rows = self.store.read_object(self.head["table"]) or []
            clock = self.head["clock"]
            for file, look, known in rows:
                now: Look | None = self.pages.looks.get(file)
                if now == tuple(look) and is_settled(now, clock):
                    self.pages.digests.setdefault(file, known)
            self._table = {file: known for file, _, known in rows}
        return self._table

    def recall(self, file: str) -> PageRead | None:
        """What is on a page, if its content is one that is known."""
        self._load()
        known = self.raw.get(file)
        if known is None or self.pages.digest(file) != known[0]:
            return None
        read = _page_read(known)
        if read is not None:
            self._reads[file] = read
        return read

    def witness(self, file: str) -> None:
        """Remember that the dialect was told from a page."""
        self._witnesses[file] = None

    def keep(self, file: str, read: PageRead) -> None:
        """Remember what is on a page."""
        self.raw.pop(file, None)
        self._reads[file] = read

    def _row(self, file: str) -> list[Any] | None:
        """The digest of a page and what is on it, as JSON can hold it. Made late: lists take more memory than what they stand for."""
        from generator.cache.codec import encode

        if file in self.raw or file not in self._reads:
            return self.raw.get(file)
        return [self.pages.digest(file), [encode(part) for part in self._reads[file]]]

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        if self.head is not None:
            self.table()
            for name in self.head["shards"]:
                self.raw.update(self.store.read_object(name) or {})

    def recall_page(self, file: str) -> PageRead | None:
        """What was on a page, whatever is on it now; no other is looked at."""
        assert self.head is not None
        shards = self.head["shards"]
        held = self.store.read_object(shards[_shard(file, len(shards))]) or {}
        return _page_read(held[file]) if file in held else None

    def context(self) -> Context:
        """What the definitions knew of each other. Without it, pages may not be looked at alone."""
        from generator.cache.context import read_context

        if self._context is None:
            assert self.head is not None
            data = self.store.read_object(self.head["context"])
            self._context = read_context(data or [[], [], [], True])
        return self._context

    def keep_schema(self, schema: Schema) -> Kept:
        """Write what is on the pages. It counts once `save` is told of it."""
        from generator.cache.context import describe_context

        count = 1
        while count * _PAGES_A_SHARD * 2 <= len(self.pages):
            count *= 2
        shards: list[list[str]] = [[] for _ in range(count)]
        for file in sorted(self.raw.keys() | self._reads.keys()):
            if file in self.pages:
                shards[_shard(file, count)].append(file)
        names = [
            self.store.write_object({file: self._row(file) for file in shard})
            for shard in shards
        ]
        read = [d for each in self._reads.values() for d in each.definitions]
        context = describe_context(schema, read).data()
        return Kept(names, self.store.write_object(context))

    def save(self, kept: Kept, past: Past) -> None:
        """Remember what this run found."""
        self._write(
            found=_plain(past),
            **kept._asdict(),
            witnesses=list(self._witnesses),
        )

    def save_page(self, file: str, past: Past, renewed: bool) -> None:
        """Remember what this run found, where it read one page and nothing else changed. `renewed`: what others see of it did."""
        assert self.head is not None
        shards = list(self.head["shards"])
        at = _shard(file, len(shards))
        old = self.store.read_object(shards[at]) or {}
        shards[at] = self.store.write_object({**old, file: self._row(file)})
        context = self.head["context"]
        if renewed:
            context = self.store.write_object(self.context().data())
        self._write(found=_plain(past), shards=shards, context=context)

    def _write(self, **news: Any) -> None:
        """Write the head as it is after this run: `news` over what it was."""
        looks = self.pages.looks
        rows = [[file, look, self.pages.digest(file)] for file, look in looks.items()]
        settled = all(is_settled(look, self.clock) for look in looks.values())
        known = self.head or {}
        head = {
            **known,
            **news,
            "tool": self.tool,
            "request": self.request,
            "clock": self.clock,
            "summary": self.pages.summary(),
            "unsettled": not settled,
            "table": self.store.write_object(rows),
            "outputs": None if "found" in news else known["outputs"],
        }
        head["objects"] = [head["table"], head["context"], *head["shards"]]
        self.head = head
        self.store.write_head(self.name, head)


def _plain(past: Past) -> list[Any]:
    rows = [[d.span, d.code, d.message, d.hint, d.related] for d in past.diagnostics]
    return [past.dialect, past.definitions, rows, past.outputs]


def _diagnostics(rows: list[Any]) -> tuple[Diagnostic, ...]:
    from generator.diagnostics import Diagnostic, SourceSpan

    return tuple(
        [
            Diagnostic(
                SourceSpan(*span),
                code,
                message,
                hint,
                tuple([SourceSpan(*other) for other in related]),
            )
            for span, code, message, hint, related in rows
        ]
    )


def _page_read(known: list[Any]) -> PageRead | None:
    from generator.cache.codec import DecodeError, decode
    from generator.pipeline import PageRead

    try:
        return PageRead(*decode([0, *known[1]]))
    except DecodeError:
        return None


def _shard(file: str, count: int) -> int:
    return int(digest(file.encode("utf-8", "surrogateescape"))[:8], 16) % count
