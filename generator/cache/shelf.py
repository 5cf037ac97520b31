"""What is kept of the pages of a source, some dozens in each object.

Of pages that people write, it is what is on them. Generated pages are read as soon as that would be decoded, so there it is their text: to
keep it costs a fifth, and where one page changed, it says what the page was.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.cache.inputs import Pages
from generator.cache.store import Store
from generator.diagnostics import Diagnostic, SourceSpan
from generator.kept import digest
from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from generator.dialect.files import Files
    from generator.pipeline import PageRead

_PAGES_AN_OBJECT = 32
_CODEC = "utf-8", "surrogateescape"  # gives any bytes back


class Shelf:
    """The pages of a source, and what an earlier run kept of them: `objects`. `dialects`: the user's."""

    def __init__(
        self, store: Store, pages: Pages, objects: Sequence[str], dialects: Files
    ) -> None:
        self.store = store
        self.pages = pages
        self.objects = list(objects)
        self.dialects = dialects
        self.rows: dict[str, list[Any]] = {}  # file → its digest and what is kept of it
        self.reads: dict[str, PageRead] = {}  # what is to be kept, where it is no text
        self.texts: set[str] = set()  # the files whose text is
        self.quick: dict[str, bool] = {}  # dialect → whether its pages are generated
        self.loaded = False

    def recall(self, file: str) -> PageRead | None:
        """What is on a page, if its content is one that is known. If that is all that is known, at least the file is not read again."""
        if not self.loaded:
            self.loaded = True
            for name in self.objects:
                self.rows.update(self.store.read_object(name) or {})
        row = self.rows.get(file)
        if row is None or self.pages.digest(file) != row[0]:
            return None
        if isinstance(row[1], str):
            self.pages.known[file] = row[1].encode(*_CODEC)
            return None
        read = _page_read(row[1])
        if read is not None:
            self.reads[file] = read
        return read

    def keep(self, file: str, read: PageRead) -> None:
        """Remember what is on a page."""
        self.rows.pop(file, None)
        if self.is_quick(read):
            self.texts.add(file)
        else:
            self.reads[file] = read
            self.pages.texts.pop(file, None)

    def is_quick(self, read: PageRead) -> bool:
        """Whether a page is read as soon as what is on it would be decoded."""
        if read.dialect and read.dialect not in self.quick:
            from generator.dialect.model import load_dialect

            dialect = load_dialect(read.dialect, self.dialects)
            self.quick[read.dialect] = not dialect.hand_written
        return self.quick[read.dialect] if read.dialect else read.blank

    def old_text(self, file: str) -> bytes | None:
        """The text that a page had, whatever it has now; None if it was none of a generator. No other page is looked at."""
        self.rows = self.store.read_object(self.objects[self._place(file)]) or {}
        sure, kept = self.rows.get(file, ("", None))
        return kept.encode(*_CODEC) if sure and isinstance(kept, str) else None

    def write(self) -> list[str]:
        """Keep the pages; returns the objects that hold them."""
        count = 1
        while count * _PAGES_AN_OBJECT * 2 <= len(self.pages):
            count *= 2
        self.objects = [""] * count
        parts: list[dict[str, list[Any]]] = [{} for _ in self.objects]
        for file in sorted(self.rows.keys() | self.reads.keys() | self.texts):
            if file in self.pages:
                parts[self._place(file)][file] = self._row(file)
        return [self._write(part) for part in parts]

    def write_page(self, file: str) -> list[str]:
        """Keep a page whose old text was asked for; returns the objects that hold them all."""
        self.objects[self._place(file)] = self._write(
            {**self.rows, file: self._row(file)}
        )
        return self.objects

    def _write(self, rows: dict[str, list[Any]]) -> str:
        from generator.cache.codec import encode

        return self.store.write_text(encode(rows))

    def _row(self, file: str) -> list[Any]:
        if file in self.reads:
            return [self.pages.digest(file), self.reads[file]]
        if file in self.texts:
            text = self.pages.texts[file].decode(*_CODEC)
            return [self.pages.digest(file), text]
        return self.rows[file]

    def _place(self, file: str) -> int:
        """The number of the object that holds a page."""
        name = digest(file.encode("utf-8", "surrogateescape"))
        return int(name[:8], 16) % len(self.objects)


def diagnostics(rows: list[Any]) -> tuple[Diagnostic, ...]:
    """The findings that JSON has these lists for."""
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


def _page_read(kept: list[Any]) -> PageRead | None:
    from generator.cache.codec import DecodeError, decode
    from generator.pipeline import PageRead

    definitions, found, *others = kept
    try:
        return PageRead(
            tuple([decode(each) for each in definitions]), diagnostics(found), *others
        )
    except DecodeError:
        return None
