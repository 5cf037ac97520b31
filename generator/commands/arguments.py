"""What the commands share: the flags of the options, and the sources that a command line asks for."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from generator.commands.parser import Parser, UsageError
from generator.config import (
    Config,
    ConfigError,
    SourceConfig,
    find_config,
    load_config,
)
from generator.config_schema import (
    OPTION_KEYS,
    OVERLAY,
    TEMPLATES,
    Key,
    is_dialect_file,
    known_dialects,
    read_value,
)
from generator.diagnostics import suggest
from generator.dialect.files import dialect_name
from generator.light import TYPE_CHECKING, NamedTuple
from generator.options import Options, Style

if TYPE_CHECKING:
    from typing import Any

    from generator.comparison.accept import Acceptance
    from generator.overlay import OverlayFile

_METAVARS = {
    "dialect": "NAME",
    "language": "NAME",
    "base-url": "URL",
    "templates": "DIR",
    "overlay": "FILE",
}


class Job(NamedTuple):
    """A source to read. `path` is relative to `base`; `out`, `templates` and `dialects` to the working folder (the last two may be empty).

    `home`: the folder from which on the names of the folders that the source stands in count. Of a source of the config it is the
    config's: what lies above it differs from machine to machine. By hand nothing is known of the project, so it is the root.
    `folder`: that of the config, as far as there is one, and `config` its file. `overlay`: a path, or what the config holds, or empty.
    `rules`: the path of the user's rules for descriptions, or empty.
    """

    name: str
    label: str
    path: str
    base: str
    home: str
    out: str
    templates: str
    options: Options
    style: Style
    dialects: tuple[str, ...] = ()
    folder: str = ""
    overlay: str | OverlayFile = ""
    accept: tuple[Acceptance, ...] = ()
    config: str = ""
    rules: str = ""


def add_source_flags(parser: Parser) -> None:
    """`--source` and `--config`."""
    parser.add_argument(
        "--source",
        metavar="NAME",
        action="append",
        default=[],
        help="Only this source of the config. May be repeated.",
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="The config file. Without it: the nearest pyproject.toml with a table [tool.fieldgen], or fieldgen.toml, from here upward.",
    )


def add_option_flags(
    parser: Parser, wanted: Callable[[Key], bool] = lambda key: True
) -> None:
    """The flags of the options, which go before the config. Flags that are not given are None."""
    group = parser.add_argument_group(
        "options of the source", "They go before the config's keys of the same names."
    )
    for key in (*OPTION_KEYS, TEMPLATES, OVERLAY):
        if not key.flag or not wanted(key):
            continue
        help_text = f"{key.help}{_default(key)}".replace("%", "%%")
        settings: dict[str, Any] = {"dest": key.field or key.name, "default": None}
        if key.kind == "boolean":
            group.add_argument(
                key.flag,
                action=argparse.BooleanOptionalAction,
                help=help_text,
                **settings,
            )
        elif key.kind == "strings":
            group.add_argument(
                key.flag,
                action="append",
                metavar=_metavar(key),
                help=f"{help_text} May be repeated.",
                **settings,
            )
        else:
            group.add_argument(
                key.flag, metavar=_metavar(key), help=help_text, **settings
            )


def _default(key: Key) -> str:
    if key.kind == "boolean":
        return f" Default: {key.flag.replace('--', '--' if key.default else '--no-')}."
    words = ", ".join(key.default) if key.kind == "strings" else key.default
    return f" Default: {words}." if words else ""


def _metavar(key: Key) -> str:
    return (
        f"{{{','.join(key.choices)}}}"
        if key.choices
        else _METAVARS.get(key.name, "TEXT")
    )


def plan_jobs(
    flags: argparse.Namespace, command: str, paths: list[str], out: str | None = None
) -> list[Job]:
    """The sources that the flags ask for: those paths, or the sources of the config. Raises UsageError and ConfigError.

    With `--config` nothing is looked for in the folders above: a build in a sandbox sees what it is given.
    """
    if paths and flags.source:
        raise UsageError(
            "--source names a source of the config, so it does not go with a PATH",
            command,
        )
    changes, templates = _read_flags(flags, command)
    overlay: str | None = getattr(flags, "overlay", None)
    file = flags.config or find_config(".")
    config = load_config(file) if file else Config()
    from generator.style import read_style_file

    black = find_black(flags, config, paths)
    style = read_style_file(black) if black else Style()
    if paths:
        jobs = _jobs_by_hand(paths, config, changes, templates, overlay, command, style)
    elif file:
        jobs = _jobs_of_config(config, flags.source, changes, templates, overlay, style)
    else:
        raise UsageError(
            "no PATH, and neither a pyproject.toml with a table [tool.fieldgen] nor a fieldgen.toml from here upward",
            command,
        )
    jobs = [_with_dialect(job, flags, command) for job in jobs]
    jobs = [_with_rules(job, flags) for job in jobs]
    if out is not None:
        if not out:
            raise UsageError("--out: expected a folder", command)
        if len(jobs) > 1:
            raise UsageError(
                f"--out names the folder of one source, and these are {len(jobs)}: {', '.join(job.name for job in jobs)}",
                command,
            )
        jobs = [jobs[0]._replace(out=out)]
    return jobs


def find_black(
    flags: argparse.Namespace, config: Config, paths: list[str]
) -> str | None:
    """The pyproject.toml whose `[tool.black]` shapes the outputs, or None. With `--config`: only beside that file."""
    from generator.style import find_style

    folder = "." if paths and not flags.config else config.folder or "."
    return find_style(folder, not flags.config or getattr(flags, "upward", False))


def plan_job(flags: argparse.Namespace, command: str) -> Job:
    """The one source that the flags ask for, by PATH or of the config. Raises UsageError (also where there are several) and ConfigError."""
    jobs = plan_jobs(flags, command, [] if flags.path is None else [flags.path])
    if len(jobs) > 1:
        names = ", ".join(job.name for job in jobs)
        message = f"there are {len(jobs)} sources; choose one with --source: {names}"
        raise UsageError(message, command)
    return jobs[0]


def own_dialects(flags: argparse.Namespace) -> tuple[str, ...]:
    """The files and folders of dialects that the config names, for its sources, too. Raises ConfigError."""
    file = flags.config or find_config(".")
    config = load_config(file) if file else Config()
    paths = [*config.dialects, *(p for s in config.sources for p in s.dialects)]
    return tuple(dict.fromkeys(_joined(config.folder, path) for path in paths))


def _read_flags(
    flags: argparse.Namespace, command: str
) -> tuple[dict[str, Any], str | None]:
    changes: dict[str, Any] = {}
    for key in OPTION_KEYS:
        value = getattr(flags, key.field, None)
        if value is not None:
            try:
                own = (".",) if key.field == "dialect" else ()  # see _with_dialect
                changes[key.field] = read_value(key, value, own)
            except ValueError as error:
                raise UsageError(f"{key.flag}: {error}", command) from None
    return changes, getattr(flags, "templates", None)


def _with_dialect(job: Job, flags: argparse.Namespace, command: str) -> Job:
    """The job with the dialect that it asks for as a name. A file of a dialect is one of the job's dialects, too.

    A flag's file is relative to the working folder, that of the config to the config.
    """
    wanted = job.options.dialect
    if is_dialect_file(wanted):
        by_flag = getattr(flags, "dialect", None) is not None
        path = wanted if by_flag else _joined(job.folder, wanted)
        options = job.options._replace(dialect=dialect_name(path))
        return job._replace(options=options, dialects=(*job.dialects, path))
    if not job.dialects and wanted not in known_dialects():
        hint = suggest(wanted, known_dialects()) or "`fieldgen dialects` lists all"
        raise UsageError(f'--dialect: there is no dialect "{wanted}"; {hint}', command)
    return job


def _with_rules(job: Job, flags: argparse.Namespace) -> Job:
    """The job with its language as a name, and the file of its rules where it is the user's."""
    wanted = job.options.language
    if not is_dialect_file(wanted):
        return job
    by_flag = getattr(flags, "language", None) is not None
    path = wanted if by_flag else _joined(job.folder, wanted)
    options = job.options._replace(language=dialect_name(path))
    return job._replace(options=options, rules=path)


def _jobs_by_hand(
    paths: list[str],
    config: Config,
    changes: dict[str, Any],
    templates: str | None,
    overlay: str | None,
    command: str,
    style: Style,
) -> list[Job]:
    options = config.options._replace(**changes)
    folder = (
        _joined(config.folder, config.templates) if templates is None else templates
    )
    jobs: dict[str, Job] = {}
    for path in paths:
        name = _name(path)
        if name in jobs:
            raise UsageError(
                f"{jobs[name].path} and {path} would both be written to out/{name}; build one at a time, with --out",
                command,
            )
        jobs[name] = Job(
            name,
            name,
            path,
            "",
            os.sep,
            os.path.join("out", name),
            folder,
            options,
            style,
            tuple(_joined(config.folder, path) for path in config.dialects),
            config.folder,
            overlay or "",
            config.accept,
            config.file,
        )
    return list(jobs.values())


def _name(path: str) -> str:
    """What a source given by hand is called: its file without the suffix, its folder, or the folder that its glob starts from."""
    if os.path.isfile(path):
        return os.path.splitext(os.path.basename(path))[0]
    if not os.path.isdir(path):
        parts = path.split("/")
        magic = [
            index
            for index, part in enumerate(parts)
            if any(mark in part for mark in "*?[")
        ]
        path = "/".join(parts[: magic[0]] if magic else parts) or (
            "/" if path.startswith("/") else "."
        )
    return os.path.basename(os.path.abspath(path)) or "docs"


def _jobs_of_config(
    config: Config,
    names: list[str],
    changes: dict[str, Any],
    templates: str | None,
    overlay: str | None,
    style: Style,
) -> list[Job]:
    known = [source.name for source in config.sources]
    for name in names:
        if name not in known:
            hint = suggest(name, known) or (
                f"known are {', '.join(known)}" if known else "it has none"
            )
            raise ConfigError(f'{config.file}: there is no source "{name}"; {hint}')
    if not known:
        raise ConfigError(
            f"{config.file}: has no source to build; add a table for one, or name a PATH"
        )
    jobs = []
    for source in config.sources:
        if names and source.name not in names:
            continue
        label = (
            source.name
            if os.path.isabs(source.path)
            else source.path.replace(os.sep, "/")
        )
        out = _joined(config.folder, source.out)
        folder = (
            _joined(config.folder, source.templates) if templates is None else templates
        )
        options = source.options._replace(**changes)
        jobs.append(
            Job(
                source.name,
                label,
                source.path,
                config.folder,
                config.folder,
                out,
                folder,
                options,
                style,
                tuple(_joined(config.folder, path) for path in source.dialects),
                config.folder,
                _overlay(config, source) if overlay is None else overlay,
                source.accept,
                config.file,
            )
        )
    return jobs


def _overlay(config: Config, source: SourceConfig) -> str | OverlayFile:
    """The overlay of a source: its path from the working folder, or its table with the lines of the config."""
    if isinstance(source.overlay, str):
        return _joined(config.folder, source.overlay)
    from generator.toml_places import locate_table

    path = ("sources", source.name, "overlay")
    from generator.overlay import OverlayFile  # 20 ms

    return OverlayFile(
        config.file, table=locate_table(config.file, path, source.overlay)
    )


def _joined(folder: str, path: str) -> str:
    return os.path.normpath(os.path.join(folder, path)) if path else ""
