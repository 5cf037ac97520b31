"""What is in the files of a source: each is decoded and parsed once, pages of a dialect by whoever is free."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeAlias, overload

from generator.define.page import build_page
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.model import Dialect
from generator.forks import Forks, Workers, packed
from generator.ir import Definition
from generator.light import NamedTuple
from generator.read.blocks import Page
from generator.read.markdown import read_markdown
from generator.read.own_mark import is_native_page

if TYPE_CHECKING:
    from generator.fieldlists import Lists

Report: TypeAlias = Callable[[Diagnostic], None]
Tell: TypeAlias = Callable[[str, int, int], None]
"""Is told how far the work is: of what, how much is done, and of how much."""
_PART = 1 << 17  # characters: it takes some 10 ms to read them


class PageRead(NamedTuple):
    """What is on one page. It depends on nothing but the page, its name, and the dialect (empty: the page is none of markdown).

    `label`: what a page of fieldgen's own form calls the source. `blank`: there is no text on it.
    """

    definitions: tuple[Definition, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    dialect: str = ""
    label: str = ""
    blank: bool = False


class Memory(Protocol):
    """What is known of pages from an earlier run."""

    def recall(self, file: str) -> PageRead | None:
        """What is on a page, if that is known."""

    def keep(self, file: str, read: PageRead) -> None:
        """Remember what is on a page."""

    def witness(self, file: str) -> None:
        """Remember that the page, as it is written, counts for others: the dialect was told from it."""


class Reading(Sequence[Page]):
    """The files of a source: each is decoded and parsed when it is first asked for. As a sequence: its markdown pages."""

    def __init__(self, files: Mapping[str, bytes], memory: Memory | None) -> None:
        self.files = files
        self.memory = memory
        self.texts: dict[str, str] = {}
        self.pages: dict[str, Page] = {}
        self.known: dict[str, PageRead] = {}
        self.blank: list[PageRead] = []
        self.yaml: list[str] = []
        self.markdown: list[str] = []
        for file in sorted(files):
            known = memory.recall(file) if memory else None
            if known is None:
                known = self.decode(file)
            if known:
                self.known[file] = known
            if known and known.blank:
                self.blank.append(known)
            elif known.dialect == "" if known else not self.is_written(file):
                self.yaml.append(file)
            else:
                self.markdown.append(file)

    def decode(self, file: str) -> PageRead | None:
        """Decode a file; if there is no text, that is all there is to know."""
        found: list[Diagnostic] = []
        text = decode(file, self.files[file], found.append)
        if text:
            self.texts[file] = text
            return None
        return self.keep(file, PageRead((), tuple(found), blank=True))

    def is_written(self, file: str) -> bool:
        """Whether a file is a page of markdown in a dialect."""
        return in_dialect(file, self.texts[file])

    def keep(self, file: str, read: PageRead) -> PageRead:
        if self.memory:
            self.memory.keep(file, read)
        return read

    def text(self, file: str) -> str:
        if file not in self.texts:
            self.decode(file)
        return self.texts[file]

    def page(self, file: str) -> Page:
        """A markdown page as parsed."""
        if file not in self.pages:
            self.pages[file] = read_markdown(self.text(file), file)
        return self.pages[file]

    def read(
        self,
        dialect: Dialect,
        workers: Workers | None,
        tell: Tell,
        meanwhile: Callable[[], None],
    ) -> list[PageRead]:
        """What is on the markdown pages, in their order. `meanwhile` is done while others read, and not at all if nobody else does."""
        reads = {
            file: known
            for file in self.markdown
            if (known := self.known.get(file)) and known.dialect == dialect.name
        }
        left = [file for file in self.markdown if file not in reads]
        for file, read in self.read_pages(left, dialect, workers, tell, meanwhile):
            reads[file] = self.keep(file, read)
            tell("pages read", len(reads), len(self.files))
        return [reads[file] for file in self.markdown]

    def read_pages(
        self,
        files: list[str],
        dialect: Dialect,
        workers: Workers | None,
        tell: Tell,
        meanwhile: Callable[[], None],
    ) -> Iterator[tuple[str, PageRead]]:
        parts = list(self.parts(files)) if workers else []
        if workers and len(parts) > 1:
            texts = [[(file, self.text(file)) for file in part] for part in parts]
            if isinstance(workers, Forks):  # they have what is parsed, too
                reads = workers.map(
                    partial(read_part, dialect, self.pages),
                    texts,
                    lambda done: tell("parts of the docs read", done, len(parts)),
                )
            else:
                reads = workers.map(packed(partial(read_part, dialect, {})), texts)
            del texts
            meanwhile()
            for part in parts:
                yield from zip(part, next(reads), strict=True)
                self.forget(part, dialect)
            return
        for file in files:
            yield file, read_page(self.page(file), dialect)
            self.forget([file], dialect)

    def parts(self, files: list[str]) -> Iterator[list[str]]:
        """The files in parts of so much text that it pays to send them."""
        part: list[str] = []
        size = 0
        for file in files:
            part.append(file)
            size += len(self.text(file))
            if size >= _PART:
                yield part
                part, size = [], 0
        if part:
            yield part

    def forget(self, files: list[str], dialect: Dialect) -> None:
        """Let pages go that are read, where links do not need them once more."""
        if not dialect.hand_written:
            for file in files:
                self.pages.pop(file, None)
                self.texts.pop(file, None)

    def read_yaml(self, file: str, lists: Lists) -> PageRead:
        """What is in a file of fieldgen's own form; nothing if it is of another. Field lists of dialects go to `lists`."""
        known = self.known.get(file)
        if known:
            return known
        from generator.native import (
            is_native,
            read_native,
            read_native_page,
            says_version,
        )

        found: list[Diagnostic] = []
        text = self.text(file)
        if not is_yaml(file):
            native = read_native_page(text, file, found.append)
        elif not says_version(text) and lists.takes(file, text) or not is_native(text):
            return PageRead()  # what a list defines depends on other files
        else:
            native = read_native(text, file, found.append)
        definitions = tuple(native.definitions)
        read = PageRead(definitions, tuple(found), label=native.source)
        return self.keep(file, read)

    def __len__(self) -> int:
        return len(self.markdown)

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> list[Page]: ...
    def __getitem__(self, index: int | slice) -> Page | list[Page]:
        if isinstance(index, int):
            return self[index : index + 1 or None][0]
        files = self.markdown[index]
        if self.memory:
            for file in files:
                self.memory.witness(file)
        return [self.page(file) for file in files]


def read_part(
    dialect: Dialect, parsed: Mapping[str, Page], texts: list[tuple[str, str]]
) -> list[PageRead]:
    """What is on some pages: a task for any executor. `parsed`: pages that need no parsing."""
    return [
        read_page(parsed.get(file) or read_markdown(text, file), dialect)
        for file, text in texts
    ]


def read_page(page: Page, dialect: Dialect) -> PageRead:
    """What is on a markdown page."""
    found: list[Diagnostic] = []
    definitions = build_page(page, dialect, found.append)
    return PageRead(definitions, tuple(found), dialect.name)


def decode(file: str, data: bytes, report: Report) -> str:
    """The text of a file; empty, with a finding, where it is no UTF-8 or says nothing."""
    data = data.removeprefix(BOM_UTF8)  # as the codec utf-8-sig, in a fifth of the time
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        byte = f"byte 0x{data[error.start]:02x} is not UTF-8"
        place = SourceSpan(file, 1).within(before, len(before))
        report(Diagnostic(place, "not-utf8", byte))
        return ""
    if not text or text.isspace():
        report(Diagnostic(SourceSpan(file, 1), "empty-page", "the file is empty"))
        return ""
    return text


def in_dialect(file: str, text: str) -> bool:
    """Whether a file is markdown that a dialect reads, and not YAML or a page of fieldgen's own form."""
    return not is_yaml(file) and not is_native_page(text)


def is_yaml(file: str) -> bool:
    """Whether a file is none of markdown."""
    return file.lower().endswith((".yaml", ".yml", ".json"))
