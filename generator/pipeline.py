"""The whole way from the bytes of the docs to the text of the outputs, on one screen. Pure: no disk, clock, environment or locale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.define.account import Account
from generator.define.page import account_tables, build_page
from generator.define.written.unmarked import fit_unmarked
from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.detect import Detection, detect_dialect
from generator.dialect.files import DialectError, Files
from generator.dialect.model import Dialect, load_dialect
from generator.format import FormatError, format_python, needs_black
from generator.ir import Definition, Schema
from generator.native import is_native, read_native
from generator.options import Options, Style
from generator.read.blocks import Page
from generator.read.markdown import read_markdown
from generator.render import RenderError, render
from generator.resolve import Context, resolve
from generator.targets import TARGETS, Target
from generator.targets.names import check_names

Report = Callable[[Diagnostic], None]


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its name, its label in headers (a path as in the config, never absolute), how to read and what to write.

    `folder`: the folders that the source stands in, as far as known; links like `../../models/shared/x.md` may leave the source and come back.
    `templates`: the user's template files, `"dataclass/module.py.jinja"` → text, which replace ours.
    `dialects`: the user's dialect files.
    """

    name: str
    label: str
    options: Options = field(default_factory=Options)
    style: Style = field(default_factory=Style)
    templates: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    dialects: Files = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a source: `files` (name in the out folder → text), findings in the order of their places, the schema, the dialect."""

    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    schema: Schema
    dialect: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A resolved schema, what was found on the way, and the dialect of its markdown pages (empty: there are none)."""

    schema: Schema
    diagnostics: tuple[Diagnostic, ...]
    dialect: str = ""


class TemplateError(ValueError):
    """A template of the user's cannot be rendered, or what it renders is no Python."""


def load(pages: Mapping[str, bytes], source: Source) -> Loaded:
    """Read the files of a source (path relative to it → bytes) into its resolved schema. Raises DialectError."""
    found: list[Diagnostic] = []
    texts = {
        file: text
        for file in sorted(pages)
        if (text := decode(file, pages[file], found.append))
    }
    markdown = [
        read_markdown(text, file) for file, text in texts.items() if not is_yaml(file)
    ]
    definitions, label = _read_yaml(texts, found.append)
    dialect = None
    if markdown:
        dialect = find_dialect(markdown, source)
        for page in markdown:
            definitions += build_page(page, dialect, found.append)
    if not definitions:
        found.append(
            Diagnostic(
                SourceSpan("", 1),
                "no-field-table",
                "no model, enum or union is documented here",
            )
        )
    external = dialect is not None and dialect.undocumented
    nearest = dialect is not None and dialect.links == "nearest"
    by_value = dialect is not None and dialect.members_by_value
    by_hand = dialect if dialect is not None and dialect.hand_written else None
    context = Context(
        source.options,
        frozenset(pages),
        source.folder,
        external,
        nearest,
        by_value,
        tuple(markdown) if by_hand else (),
        by_hand,
    )
    schema, more = resolve(Schema(label or source.label, tuple(definitions)), context)
    return Loaded(
        schema, tuple(sorted({*found, *more})), dialect.name if dialect else ""
    )


def account(pages: Mapping[str, bytes], source: Source) -> list[Account]:
    """What became of each table on the markdown pages of a source, in the order of their places. Raises DialectError."""
    markdown = [
        read_markdown(decode(file, pages[file], lambda _: None), file)
        for file in sorted(pages)
        if not is_yaml(file)
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
    if wanted != "auto":
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


def generate(pages: Mapping[str, bytes], source: Source) -> Result:
    """Read the files of a source and render its targets. Raises DialectError and TemplateError."""
    loaded = load(pages, source)
    targets = [TARGETS[name] for name in dict.fromkeys(source.options.targets)]
    files = {target.file: write(target, loaded.schema, source) for target in targets}
    found = set(loaded.diagnostics)
    if any(target.python for target in targets):
        found |= set(check_names(loaded.schema))
    return Result(files, tuple(sorted(found)), loaded.schema, loaded.dialect)


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


def is_yaml(file: str) -> bool:
    """Whether a file is none of markdown."""
    return file.lower().endswith((".yaml", ".yml", ".json"))


def _read_yaml(
    texts: Mapping[str, str], report: Report
) -> tuple[list[Definition], str]:
    """The definitions of the files in fieldgen's own form, and the label that the last of them gives the source."""
    definitions: list[Definition] = []
    label = ""
    for file, text in texts.items():
        if is_yaml(file) and is_native(text):
            native = read_native(text, file, report)
            definitions += native.definitions
            label = native.source or label
    return definitions, label
