"""The whole way from the bytes of the docs to the text of the outputs, on one screen. Pure: no disk, clock, environment or locale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol, overload

from generator.define.account import Account
from generator.define.page import account_tables, build_page
from generator.define.written.unmarked import fit_unmarked
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.detect import Detection, detect_dialect
from generator.dialect.files import DialectError, is_list
from generator.dialect.model import Dialect, load_dialect
from generator.fieldlists import Lists
from generator.format import FormatError, format_python, needs_black
from generator.ir import Definition, Schema
from generator.native import (
    is_native,
    is_native_page,
    read_native,
    read_native_page,
    says_version,
)
from generator.overlay import read_overlay
from generator.read.blocks import Page
from generator.read.markdown import read_markdown
from generator.render import RenderError, render
from generator.resolve import Context, resolve
from generator.source import Source, TemplateError
from generator.targets import TARGETS, Target
from generator.targets.names import check_names

__all__ = [
    "Loaded",
    "Memory",
    "PageRead",
    "Result",
    "Source",
    "TemplateError",
    "account",
    "find_dialect",
    "generate",
    "link_context",
    "load",
    "rivalry",
    "write",
]
Report = Callable[[Diagnostic], None]
Tell = Callable[[str, int, int], None]
"""Is told how far the work is: of what, how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a source: `files` (name in the out folder → text), findings in the order of their places, the schema, the dialect.

    `dialects`: that of the pages and those of field lists, as the summary names them.
    """

    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    schema: Schema
    dialect: str = ""
    dialects: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A resolved schema, what was found on the way, and the dialect of its markdown pages (empty: there are none).

    `lists`: the dialects of its field lists in YAML and JSON.
    """

    schema: Schema
    diagnostics: tuple[Diagnostic, ...]
    dialect: str = ""
    lists: tuple[str, ...] = ()

    @property
    def dialects(self) -> str:
        """All dialects, as the summary of a build names them."""
        return ", ".join(filter(None, (self.dialect, *self.lists)))


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


def load(
    pages: Mapping[str, bytes],
    source: Source,
    memory: Memory | None = None,
    tell: Tell = lambda what, done, total: None,
) -> Loaded:
    """Read the files of a source (path relative to it → bytes) into its resolved schema. Raises DialectError.

    `memory` may know what is on a page; a page that it knows is not read.
    """
    found: list[Diagnostic] = []
    reading = Reading(pages, memory)
    lists = Lists(source.options.dialect, source.dialects)
    reads = [reading.read_yaml(file, lists) for file in reading.yaml]
    label = next((read.label for read in reversed(reads) if read.label), "")
    dialect = None
    if reading.markdown:
        dialect = find_dialect(reading, source)
        for number, file in enumerate(reading.markdown):
            reads.append(reading.read(file, dialect))
            tell("pages read", number + 1, len(pages))
    definitions = [each for read in reads for each in read.definitions]
    definitions += lists.read()
    found += lists.diagnostics
    if not reading.markdown:
        told = {d.span.file for d in definitions} | {d.span.file for d in found}
        for file in reading.yaml:
            if file not in told and is_yaml(file):
                found += lists.unread(file)
    for read in (*reading.blank, *reads):
        found += read.diagnostics
    if not definitions:
        found.append(
            Diagnostic(
                SourceSpan("", 1),
                "no-field-table",
                "no model, enum or union is documented here",
            )
        )
    by_hand = dialect is not None and dialect.hand_written
    context = link_context(source, pages, dialect, tuple(reading) if by_hand else ())
    if source.overlay:
        overlay = read_overlay(source.overlay, found.append)
        context = replace(context, overlay=overlay)
    schema, more = resolve(Schema(label or source.label, tuple(definitions)), context)
    name = dialect.name if dialect else ""
    return Loaded(schema, tuple(sorted({*found, *more})), name, lists.names)


def link_context(
    source: Source,
    files: Iterable[str],
    dialect: Dialect | None,
    pages: tuple[Page, ...] = (),
) -> Context:
    """What the passes may know of a source. `files`: its names; `pages`: its pages, where the dialect is one that people write."""
    context = Context(
        source.options, frozenset(files), source.folder, rules=source.rules
    )
    if dialect is None:
        return context
    return replace(
        context,
        undocumented=dialect.undocumented,
        nearest=dialect.links == "nearest",
        by_value=dialect.members_by_value,
        pages=pages,
        dialect=dialect if dialect.hand_written else None,
    )


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

    def read(self, file: str, dialect: Dialect) -> PageRead:
        """What is on a markdown page."""
        known = self.known.get(file)
        if known and known.dialect == dialect.name:
            return known
        found: list[Diagnostic] = []
        definitions = build_page(self.page(file), dialect, found.append)
        if not dialect.hand_written:  # else links need it once more
            del self.pages[file]
            self.texts.pop(file, None)
        return self.keep(file, PageRead(definitions, tuple(found), dialect.name))

    def read_yaml(self, file: str, lists: Lists) -> PageRead:
        """What is in a file of fieldgen's own form; nothing if it is of another. Field lists of dialects go to `lists`."""
        known = self.known.get(file)
        if known:
            return known
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


def account(pages: Mapping[str, bytes], source: Source) -> list[Account]:
    """What became of each table on the markdown pages of a source, in the order of their places. Raises DialectError."""
    texts = {file: decode(file, pages[file], lambda _: None) for file in sorted(pages)}
    markdown = [
        read_markdown(text, file)
        for file, text in texts.items()
        if in_dialect(file, text)
    ]
    if not markdown:
        return []
    dialect = find_dialect(markdown, source)
    return [row for page in markdown for row in account_tables(page, dialect)]


def find_dialect(pages: Sequence[Page], source: Source) -> Dialect:
    """The dialect of a source: the one that is asked for, or the one that is detected. Raises DialectError.

    Where two dialects fit and read different things, the docs do not tell, and it is not for us to guess.
    """
    wanted = source.options.dialect
    if wanted != "auto" and not is_list(wanted, source.dialects):
        return fit_unmarked(pages, load_dialect(wanted, source.dialects))
    detection = detect_dialect(pages, source.dialects)
    dialect = load_dialect(detection.name, source.dialects)
    if detection.rival:
        rival = load_dialect(detection.rival, source.dialects)
        if _read(pages, dialect) != _read(pages, rival):
            raise DialectError(rivalry(detection))
    return fit_unmarked(pages, dialect)


def _read(pages: Sequence[Page], dialect: Dialect) -> list[Definition]:
    return [d for page in pages for d in build_page(page, dialect, lambda _: None)]


def rivalry(detection: Detection) -> str:
    """What is said where two dialects fit: both, and how to choose one."""
    first, second = detection.name, detection.rival
    return (
        f"the docs may be written in the dialect {first} or {second}; say which one: "
        f"--dialect {first} or --dialect {second} (`fieldgen dialects --explain PATH` shows why)"
    )


def generate(
    pages: Mapping[str, bytes],
    source: Source,
    memory: Memory | None = None,
    tell: Tell = lambda what, done, total: None,
) -> Result:
    """Read the files of a source and render its targets. Raises DialectError and TemplateError."""
    loaded = load(pages, source, memory, tell)
    targets = [TARGETS[name] for name in dict.fromkeys(source.options.targets)]
    files: dict[str, str] = {}
    rendered = f"outputs of {len(loaded.schema.definitions)} definitions rendered"
    for target in targets:
        tell(rendered, len(files), len(targets))
        files[target.file] = write(target, loaded.schema, source)
    found = set(loaded.diagnostics)
    if any(target.python for target in targets):
        found |= set(check_names(loaded.schema))
    return Result(
        files, tuple(sorted(found)), loaded.schema, loaded.dialect, loaded.dialects
    )


def write(target: Target, schema: Schema, source: Source) -> str:
    """One output file: view model, template, and black where our own templates do not see to the shape."""
    overridden = any(name.startswith(f"{target.name}/") for name in source.templates)
    view = target.view(schema, source.options, source.style)
    try:
        text = render(target.template, view, source.templates)
        if target.python and needs_black(source.style, overridden):
            text = format_python(text, source.style)
    except RenderError as error:
        raise TemplateError(str(error)) from error
    except FormatError as error:
        raise TemplateError(f"{target.template}: {error}") from error
    return text


def decode(file: str, data: bytes, report: Report) -> str:
    """The text of a file; empty, with a finding, where it is no UTF-8 or says nothing."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        byte = f"byte 0x{data[error.start]:02x} is not UTF-8"
        report(Diagnostic(SourceSpan(file, line, column), "not-utf8", byte))
        return ""
    if not text.strip():
        report(Diagnostic(SourceSpan(file, 1), "empty-page", "the file is empty"))
        return ""
    return text


def in_dialect(file: str, text: str) -> bool:
    """Whether a file is markdown that a dialect reads, and not YAML or a page of fieldgen's own form."""
    return not is_yaml(file) and not is_native_page(text)


def is_yaml(file: str) -> bool:
    """Whether a file is none of markdown."""
    return file.lower().endswith((".yaml", ".yml", ".json"))
