"""The whole way from the bytes of the docs to the text of the outputs, on one screen. Pure: no disk, clock, environment or locale."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from generator.define.account import Account
from generator.define.page import account_tables, build_page
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.detect import Detection, tell_dialect
from generator.dialect.files import DialectError, is_list
from generator.dialect.model import Dialect, load_dialect
from generator.forks import Forks, Workers, packed
from generator.format import FormatError, format_python, needs_black
from generator.ir import Definition, Schema
from generator.light import record
from generator.read.blocks import Page
from generator.read.markdown import read_markdown
from generator.reading import (
    Memory,
    PageRead,
    Reading,
    Tell,
    decode,
    in_dialect,
    is_yaml,
)
from generator.render import RenderError, load_template, render
from generator.source import Source, TemplateError
from generator.targets import TARGETS, Target
from generator.targets.names import check_names

if TYPE_CHECKING:
    from generator.fieldlists import Lists
    from generator.resolve import Context
    from generator.resolve.context import Share

__all__ = [
    "Loaded",
    "Memory",
    "PageRead",
    "Result",
    "Source",
    "TemplateError",
    "account",
    "decode",
    "find_dialect",
    "generate",
    "in_dialect",
    "is_yaml",
    "link_context",
    "load",
    "rivalry",
    "write",
]


T = TypeVar("T")
Task: TypeAlias = Callable[[], Any]
S = TypeVar("S")
Put: TypeAlias = Callable[[str, str], S]
"""Is given the name of a target and the text of an output; what it gives back is kept of it."""
_FEW = 500  # fields, which are rendered in some 20 ms


@record(frozen=True, slots=True)
class Result:
    """What became of a source: `files` (name in the out folder → text), findings in the order of their places, the schema, the dialect.

    `dialects`: that of the pages and those of field lists, as the summary names them.
    """

    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    schema: Schema
    dialect: str = ""
    dialects: str = ""


@record(frozen=True, slots=True)
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


class Produced(NamedTuple, Generic[T, S]):
    """The outputs by their names, all findings, and what else was done with the schema."""

    files: dict[str, S]
    diagnostics: tuple[Diagnostic, ...]
    also: T


def load(
    pages: Mapping[str, bytes],
    source: Source,
    memory: Memory | None = None,
    tell: Tell = lambda what, done, total: None,
    workers: Workers | None = None,
    meanwhile: Task = lambda: None,
) -> Loaded:
    """Read the files of a source (path relative to it → bytes) into its resolved schema. Raises DialectError.

    `memory` may know what is on a page; a page that it knows is not read. `workers`: do what can be done at the same time. `meanwhile`: what
    this process may do of what is to come, while the others read.
    """
    found: list[Diagnostic] = []
    reading = Reading(pages, memory)
    reads: list[PageRead] = []
    lists: Lists | None = None
    if reading.yaml or not reading.markdown:
        from generator.fieldlists import Lists  # 20 ms, and most sources have none

        lists = Lists(source.options.dialect, source.dialects)
        reads += [reading.read_yaml(file, lists) for file in reading.yaml]
    label = next((read.label for read in reversed(reads) if read.label), "")
    dialect = None
    if reading.markdown:
        dialect = find_dialect(reading, source)
        reads += reading.read(dialect, workers, tell, meanwhile)
    definitions = [each for read in reads for each in read.definitions]
    if lists:
        definitions += lists.read()
        found += lists.diagnostics
    if lists and not reading.markdown:
        told = {d.span.file for d in definitions} | {d.span.file for d in found}
        # What is printed names other files. Without pages, the reads are those of the lists.
        told |= {
            f for f, one in zip(reading.yaml, reads, strict=True) if one.definitions
        }
        for file in reading.yaml:
            if file not in told and is_yaml(file):
                found += lists.unread(file)
    for read in (*reading.blank, *reads):
        found += read.diagnostics
    if not definitions and lists and not reading.markdown and lists.found:
        found += lists.empty()
    elif not definitions:
        found.append(
            Diagnostic(
                SourceSpan("", 1),
                "no-field-table",
                "no model, enum or union is documented here",
            )
        )
    from generator.resolve import resolve

    by_hand = dialect is not None and dialect.hand_written
    context = link_context(source, pages, dialect, tuple(reading) if by_hand else ())
    context = replace(context, share=_sharing(workers))
    if source.overlay:
        from generator.overlay import read_overlay

        overlay = read_overlay(source.overlay, found.append)
        context = replace(context, overlay=overlay)
    schema, more = resolve(Schema(label or source.label, tuple(definitions)), context)
    name, listed = dialect.name if dialect else "", lists.names if lists else ()
    return Loaded(schema, tuple(sorted({*found, *more})), name, listed)


def _sharing(workers: Workers | None) -> Share | None:
    """How a pass lets others do some of its work."""
    if workers is None:
        return None
    if isinstance(workers, Forks):
        return workers.map
    return lambda function, items: workers.map(packed(function), items)


def link_context(
    source: Source,
    files: Iterable[str],
    dialect: Dialect | None,
    pages: tuple[Page, ...] = (),
) -> Context:
    """What the passes may know of a source. `files`: its names; `pages`: its pages, where the dialect is one that people write."""
    from generator.resolve import Context

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
        return _fit(pages, load_dialect(wanted, source.dialects))
    detection = tell_dialect(pages, source.dialects)
    dialect = load_dialect(detection.name, source.dialects)
    if detection.rival:
        rival = load_dialect(detection.rival, source.dialects)
        if _read(pages, dialect) != _read(pages, rival):
            raise DialectError(rivalry(detection))
    return _fit(pages, dialect)


def _fit(pages: Sequence[Page], dialect: Dialect) -> Dialect:
    """The dialect as the whole source tells what is required, if people write it."""
    if not dialect.hand_written:
        return dialect
    from generator.define.written.unmarked import fit_unmarked

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
    workers: Workers | None = None,
) -> Result:
    """Read the files of a source and render its targets. Raises DialectError and TemplateError."""
    ready = partial(get_ready, source)
    loaded = load(pages, source, memory, tell, workers, ready)
    made = produce(loaded, source, keep_text, lambda schema: None, tell, workers)
    return Result(
        made.files, made.diagnostics, loaded.schema, loaded.dialect, loaded.dialects
    )


def get_ready(source: Source) -> None:
    """Import what resolving and rendering take, some 60 ms: a process does that while others read."""
    import_module("generator.resolve")
    for name in source.options.targets:
        target = TARGETS[name]
        target.load(source.options)
        load_template(target.template, source.templates)


def produce(
    loaded: Loaded,
    source: Source,
    put: Put[S],
    also: Callable[[Schema], T],
    tell: Tell = lambda what, done, total: None,
    workers: Workers | None = None,
) -> Produced[T, S]:
    """Render the targets and, at the same time, do what else is to be done with the schema. Raises TemplateError.

    `put` takes an output as soon as it is there, in the process that made it.
    """
    schema = loaded.schema
    python = any(TARGETS[name].python for name in source.options.targets)
    own: list[Task] = [partial(also, schema), partial(_names, schema, python)]
    files, (kept, named) = render_targets(schema, source, put, own, tell, workers)
    found = tuple(sorted({*loaded.diagnostics, *named}))
    return Produced(files, found, kept)


def render_targets(
    schema: Schema,
    source: Source,
    put: Put[S],
    own: Sequence[Task] = (),
    tell: Tell = lambda what, done, total: None,
    workers: Workers | None = None,
) -> tuple[dict[str, S], list[Any]]:
    """The outputs as `put` keeps them, and what tasks of our own give, which cannot be sent. Raises TemplateError."""
    sent = source._replace(templates=dict(source.templates), overlay=None)
    names = list(dict.fromkeys(source.options.targets))
    shared = workers if workers and _is_large(schema) else None
    results: Iterator[Any]
    if isinstance(shared, Forks):  # copies of this process have all that there is
        texts = {name: write(TARGETS[name], schema, sent) for name in names}
        tasks: list[Task] = [partial(_put, put, *text) for text in texts.items()]
        # They begin at one end, we at the other, so the small ones are left for whoever is done.
        done = shared.map(_do, [*tasks[:1], *own, *tasks[1:]])
        first, given = next(done), [next(done) for _ in own]
        results = chain([first], done, given)
    else:
        write_one = partial(write_target, schema, sent)
        # Others are at work from here on, while we do ours.
        made = shared.map(packed(write_one), names) if shared else map(write_one, names)
        given = [task() for task in own]
        results = chain(map(partial(_put, put), names, made), given)
    files: dict[str, S] = {}
    for number in range(len(names)):
        files.update(next(results))
        tell("outputs rendered", number + 1, len(names))
    return files, list(results)


def keep_text(target: str, text: str) -> str:
    """The text of an output, for those who want no more."""
    return text


def _put(
    put: Put[S], name: str, files: Iterable[tuple[str, str]]
) -> list[tuple[str, S]]:
    return [(file, put(name, text)) for file, text in files]


def _do(task: Task) -> Any:
    return task()


def _names(schema: Schema, python: bool) -> list[Diagnostic]:
    return check_names(schema) if python else []


def _is_large(schema: Schema) -> bool:
    """Whether so much is to be rendered that it pays to share it."""
    return sum(1 for d in schema.definitions for _ in getattr(d, "fields", ())) > _FEW


def write_target(schema: Schema, source: Source, name: str) -> list[tuple[str, str]]:
    """The files of a target: a task for any executor."""
    return list(write(TARGETS[name], schema, source))


def write(target: Target, schema: Schema, source: Source) -> Iterator[tuple[str, str]]:
    """The files of an output, each with its text: view model, template, and black where our own templates do not see to the shape."""
    overridden = any(
        name.startswith((f"{target.name}/", "package/")) for name in source.templates
    )
    shaped = target.python and needs_black(source.style, overridden)
    for name, template, view in target.files(schema, source.options, source.style):
        try:
            text = render(template, view, source.templates)
            del view  # it is as large as the text
            yield name, format_python(text, source.style) if shaped else text
        except RenderError as error:
            raise TemplateError(str(error)) from error
        except FormatError as error:
            raise TemplateError(f"{template}: {error}") from error
