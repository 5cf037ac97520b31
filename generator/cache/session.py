"""One source and what is known of it: whether anything changed since the last run, what is on the pages that did not, and what to keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from generator.cache.inputs import Pages, is_settled, look_at
from generator.cache.shelf import Shelf, diagnostics
from generator.cache.store import Store
from generator.cache.table import Table
from generator.light import TYPE_CHECKING, NamedTuple
from generator.output import MANIFEST, is_current

if TYPE_CHECKING:
    from typing import Any

    from generator.cache.context import Context
    from generator.diagnostics import Diagnostic, SourceSpan
    from generator.dialect.files import Files
    from generator.ir import Schema
    from generator.pipeline import PageRead


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

    `request`: a digest of all that is asked for beside the pages. `find_tool` gives one of the code that answers. `clock`: when the pages were
    looked at. `dialects`: the user's.
    """

    def __init__(
        self,
        store: Store,
        name: str,
        find_tool: Callable[[], str],
        request: str,
        pages: Pages,
        clock: int,
        dialects: Files,
    ) -> None:
        self.store = store
        self.name = name
        self.find_tool = find_tool
        self.request = request
        self.pages = pages
        self.clock = clock
        head = store.read_head(name)
        self.head = head if head and head["tool"] == self.tool else None
        self.table = Table(store, pages, clock, self.head["table"] if self.head else ())
        objects = self.head["shards"] if self.head else ()
        self.shelf = Shelf(store, pages, objects, dialects)
        self._learned = False
        self._context: Context | None = None
        self._own: set[tuple[str, SourceSpan]] = set()  # definitions that pages have
        self._whole = False  # pages may not be looked at alone
        self._witnesses: dict[str, None] = {}

    @cached_property
    def tool(self) -> str:
        """A digest of the code that answers; empty if it changed meanwhile. It takes 10 ms where there is nothing in the cache, and is needed late."""
        return self.find_tool()

    def get_ready(self) -> None:
        """Do what saving takes anyway."""
        _ = self.tool

    def past(self) -> Past | None:
        """What the last run found, if this one would find the same."""
        head = self.head
        if head is None or head["request"] != self.request:
            return None
        if not self.table.is_current():
            if self.table.different != set():
                return None
            self._write()  # so that the next run need not read them
        return self.found()

    def found(self) -> Past:
        """What the last run found, whatever this one would."""
        assert self.head is not None
        dialect, definitions, rows, outputs = self.head["found"]
        return Past(dialect, definitions, diagnostics(rows), outputs)

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
        changed = self.table.different
        return next(iter(changed)) if changed and len(changed) == 1 else None

    def recall(self, file: str) -> PageRead | None:
        """What is on a page, if its content is one that is known."""
        if not self._learned:
            self._learned = True
            self.table.learn()
        read = self.shelf.recall(file)
        if read is not None:
            self._note(read)
        return read

    def witness(self, file: str) -> None:
        """Remember that the dialect was told from a page."""
        self._witnesses[file] = None

    def keep(self, file: str, read: PageRead) -> None:
        """Remember what is on a page."""
        self.shelf.keep(file, read)
        self._note(read)

    def _note(self, read: PageRead) -> None:
        """Remember what the context of the definitions takes of a page."""
        from generator.cache.context import is_entangled

        self._own.update([(d.name, d.span) for d in read.definitions])
        by_hand = read.dialect != "" and not self.shelf.is_quick(read)
        self._whole = self._whole or by_hand or any(map(is_entangled, read.definitions))

    def context(self) -> Context:
        """What the definitions knew of each other. Without it, pages may not be looked at alone."""
        from generator.cache.context import NOTHING, read_context

        if self._context is None:
            assert self.head is not None
            data = self.store.read_object(self.head["context"])
            self._context = read_context(data) if data else NOTHING
        return self._context

    def keep_schema(self, schema: Schema) -> Kept:
        """Write what is on the pages. It counts once `save` is told of it."""
        from generator.cache.codec import encode
        from generator.cache.context import NOTHING, describe_context

        context = NOTHING if self._whole else describe_context(schema, self._own)
        data = encode(context.data())
        return Kept(self.shelf.write(), self.store.write_text(data))

    def save(self, kept: Kept, past: Past) -> None:
        """Remember what this run found."""
        self._write(
            found=_plain(past),
            **kept._asdict(),
            witnesses=list(self._witnesses),
        )

    def save_page(self, file: str, past: Past, renewed: bool) -> None:
        """Remember what this run found, where it read one page, which was recalled, and nothing else changed. `renewed`: what others see of it did."""
        from generator.cache.codec import encode

        assert self.head is not None
        shards = self.shelf.write_page(file)
        context = self.head["context"]
        if renewed:
            context = self.store.write_text(encode(self.context().data()))
        self._write(found=_plain(past), shards=shards, context=context)

    def _write(self, **news: Any) -> None:
        """Write the head as it is after this run: `news` over what it was."""
        if not self.tool:
            return
        self.table.write()
        known = self.head or {}
        head = {
            **known,
            **news,
            "tool": self.tool,
            "request": self.request,
            "table": self.table.parts,
            "outputs": None if "found" in news else known["outputs"],
        }
        tables = [part[0] for part in self.table.parts]
        head["objects"] = [*tables, head["context"], *head["shards"]]
        self.head = head
        self.store.write_head(self.name, head)


def _plain(past: Past) -> list[Any]:
    rows = [[d.span, d.code, d.message, d.hint, d.related] for d in past.diagnostics]
    return [past.dialect, past.definitions, rows, past.outputs]
