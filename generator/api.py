"""fieldgen as a library: read docs, write outputs, compare what two versions of docs say. docs/api.md shows each.

`generator/__init__.py` exports this, and imports it when it is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.comparison.change import Change
from generator.comparison.schemas import compare_schemas
from generator.config_schema import is_dialect_file
from generator.dialect.files import dialect_name
from generator.ir import Schema
from generator.options import OPTIONS, Options, Style
from generator.pipeline import Loaded, keep_text, render_targets
from generator.pipeline import load as load_pages
from generator.source import Source
from generator.sources import (
    read_dialects,
    read_overlay_file,
    read_source,
    read_templates,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

Path = str | os.PathLike[str]


def load(
    source: Path | Mapping[str, str | bytes],
    options: Options | None = None,
    *,
    label: str = "",
    dialects: Iterable[Path] = (),
    overlay: Path = "",
    executor: Executor | None = None,
) -> Loaded:
    """What docs say: `schema`, `diagnostics` in the order of their places, and `dialects`, the names of theirs.

    `source`: a file, a folder or a glob, or texts by the names of their files. `label`: what headers of outputs name as the source; without it,
    the path. `dialects`, `overlay`: files, as in the config. No config is read. `executor`: reads pages, many at the same time.

    What is wrong in the docs is no exception but a diagnostic. Raises SourceError for what is not there, DialectError for a dialect that
    is wrong or missing, ValueError for an option that takes no such value.
    """
    options = _checked(options or Options())
    own = [os.fspath(path) for path in dialects]
    if is_dialect_file(options.dialect):
        own.append(options.dialect)
        options = options._replace(dialect=dialect_name(options.dialect))
    if isinstance(source, Mapping):
        folder, label = "", label or "docs"
        pages = {name: _bytes(text) for name, text in source.items()}
    else:
        path = os.fspath(source)
        found = read_source(path)
        folder, label, pages = found.folder, label or path, dict(found.pages)
    corrections = read_overlay_file(os.fspath(overlay), folder) if overlay else None
    top = os.path.abspath(folder or ".").replace(os.sep, "/").lstrip("/")
    known = read_dialects(own)
    return load_pages(
        pages,
        Source(label, label, options, folder=top, dialects=known, overlay=corrections),
        workers=executor,
    )


def generate(
    schema: Schema,
    options: Options | None = None,
    *,
    style: Style | None = None,
    templates: Path = "",
    executor: Executor | None = None,
) -> dict[str, str]:
    """The outputs that the options ask for: the name of each file and its text. Nothing is written.

    `style`: what of black's settings shapes the Python. `templates`: a folder of your own ones, as in the config. `executor`: renders outputs, several
    at the same time. Raises SourceError where the folder is not there, TemplateError for a template that cannot be rendered, ValueError for an option that takes no such value.
    """
    options = _checked(options or Options())
    texts = read_templates(os.fspath(templates)) if templates else {}
    source = Source("", schema.source, options, style or Style(), texts)
    files, _ = render_targets(schema, source, keep_text, workers=executor)
    return files


def compare(old: Schema, new: Schema) -> list[Change]:
    """What has changed: of the definitions of the new schema in its order, and then what is gone. docs/diff.md lists the rules."""
    return compare_schemas(old, new)


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8") if isinstance(text, str) else text


def _checked(options: Options) -> Options:
    """The options, if each has a value that it may have. Raises ValueError."""
    for name, value in options._asdict().items():
        choices = OPTIONS[name].choices
        for word in value if isinstance(value, tuple) else (value,):
            if choices and word not in choices:
                allowed = ", ".join(choices)
                raise ValueError(f'{name}: "{word}" is not one of {allowed}')
    return options
