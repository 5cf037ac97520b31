"""Finds and reads the user's config: `[tool.fieldgen]` of pyproject.toml, or fieldgen.toml, where the table is the whole file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

from generator.config_schema import (
    DEFAULT_KEYS,
    SOURCE_KEYS,
    SOURCE_NAME,
    Key,
    read_value,
)
from generator.diagnostics import suggest
from generator.light import TYPE_CHECKING, NamedTuple
from generator.options import Options

if TYPE_CHECKING:
    from typing import Any

    from generator.comparison.accept import Acceptance


class ConfigError(Exception):
    """What is wrong with a config: one message for each mistake, with its file and key."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class SourceConfig(NamedTuple):
    """A source of the config. All paths are as written, relative to `Config.folder`; `templates`, `dialects` and `overlay` may be empty."""

    name: str
    path: str
    out: str
    templates: str
    options: Options
    dialects: tuple[str, ...] = ()
    overlay: str | Mapping[str, Any] = ""
    accept: tuple[Acceptance, ...] = ()


class Config(NamedTuple):
    """A config file as read. `file` and `folder` are as shown to the user: relative to the working folder where they can be.

    `options`, `templates` and `dialects` are the file's defaults. Without a config file all is empty.
    """

    file: str = ""
    folder: str = ""
    options: Options = Options()
    templates: str = ""
    sources: tuple[SourceConfig, ...] = ()
    dialects: tuple[str, ...] = ()
    accept: tuple[Acceptance, ...] = ()


def read_toml(file: str) -> dict[str, Any]:
    """A TOML file as a dict. Raises ConfigError if it cannot be read or is not TOML."""
    import tomllib

    try:
        with open(file, "rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: is not TOML: {error}") from None
    except RecursionError:
        raise ConfigError(f"{file}: is nested too deeply") from None


def folders_upward(start: str) -> Iterable[str]:
    """The folder and the folders above it, absolute, the nearest first."""
    folder = os.path.abspath(start)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def tool_table(file: str, name: str) -> object:
    """The table `[tool.NAME]` of a pyproject.toml, or None where the file or the table is missing.

    A file that does not mention the name is not parsed: on the way upward there may be broken ones that are none of our business.
    """
    try:
        with open(file, "rb") as stream:
            if name.encode() not in stream.read():
                return None
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    tool = read_toml(file).get("tool")
    return tool.get(name) if isinstance(tool, dict) else None


def find_config(start: str) -> str | None:
    """The nearest config file from a folder upward. Raises ConfigError if a folder has two, or a file on the way is broken."""
    for folder in folders_upward(start):
        pyproject, own = shown_path(os.path.join(folder, "pyproject.toml")), shown_path(
            os.path.join(folder, "fieldgen.toml")
        )
        has_table = tool_table(pyproject, "fieldgen") is not None
        if os.path.isfile(own):
            if has_table:
                raise ConfigError(
                    f"{own}: {pyproject} beside it has a table [tool.fieldgen], too; keep one of the two"
                )
            return own
        if has_table:
            return pyproject
    return None


def shown_path(path: str) -> str:
    """A path relative to the working folder, or absolute where there is no such way (another drive)."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return os.path.abspath(path)


def load_config(file: str) -> Config:
    """Read a config file. Raises ConfigError with all mistakes of the file at once."""
    document: object = read_toml(file)
    where = ""
    if os.path.basename(file) == "pyproject.toml":
        where = "tool.fieldgen"
        for word in where.split("."):
            document = document.get(word) if isinstance(document, dict) else None
        if document is None:
            raise ConfigError(f"{file}: has no table [tool.fieldgen]")
    reader = _Reader(file)
    config = reader.read(document, where)
    if reader.errors:
        raise ConfigError(*reader.errors)
    return config


class _Reader:
    """Reads one config file and collects its mistakes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.folder = os.path.dirname(file)
        self.errors: list[str] = []

    def read(self, document: object, where: str) -> Config:
        if not isinstance(document, dict):
            self.complain(where, "expected a table")
            return Config()
        tables = document.get("sources", {})
        values = self.values(
            {name: value for name, value in document.items() if name != "sources"},
            DEFAULT_KEYS,
            where,
            ("sources",),
        )
        templates = values.pop("templates", "")
        dialects = values.pop("dialects", ())
        accept = values.pop("accept", ())
        options = Options(**values)
        defaults = Config(
            self.file, self.folder, options, templates, (), dialects, accept
        )
        sources = []
        if isinstance(tables, dict):
            for name, table in tables.items():
                place = _joined(where, "sources", name)
                if source := self.source(name, table, place, defaults):
                    sources.append(source)
        else:
            self.complain(
                _joined(where, "sources"),
                "expected a table with a table for each source",
            )
        self.check_folders(sources, _joined(where, "sources"))
        return defaults._replace(sources=tuple(sources))

    def source(
        self, name: str, table: object, where: str, defaults: Config
    ) -> SourceConfig | None:
        if not re.fullmatch(SOURCE_NAME, name):
            self.complain(
                where,
                "a source's name consists of A-Z, a-z, 0-9, _, - and ., and begins with a letter, a digit or _",
            )
            return None
        if not isinstance(table, dict):
            self.complain(where, "expected a table with a path")
            return None
        values = self.values(table, SOURCE_KEYS, where, (), defaults.dialects)
        if "path" not in table:
            self.complain(
                _joined(where, "path"), "is missing: a file, a folder or a glob"
            )
        return SourceConfig(
            name,
            values.pop("path", ""),
            values.pop("out", f"out/{name}"),
            values.pop("templates", defaults.templates),
            dialects=values.pop("dialects", defaults.dialects),
            overlay=values.pop("overlay", ""),
            accept=values.pop("accept", defaults.accept),
            options=defaults.options._replace(**values),
        )

    def values(
        self,
        table: Mapping[str, object],
        keys: tuple[Key, ...],
        where: str,
        others: tuple[str, ...] = (),
        dialects: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """The values that are right, by their names in `Options` (or in the config, where they are no options)."""
        known = {key.name: key for key in keys}
        values: dict[str, Any] = {}
        own = table.get("dialects", list(dialects))
        paths = [p for p in own if isinstance(p, str)] if isinstance(own, list) else []
        for name, value in table.items():
            key = known.get(name)
            if key is None:
                hint = suggest(name, [*known, *others])
                self.complain(
                    _joined(where, name), "unknown key" + (f"; {hint}" if hint else "")
                )
                continue
            try:
                values[key.field or name] = read_value(key, value, paths)
            except ValueError as error:
                self.complain(_joined(where, name), str(error))
        return values

    def check_folders(self, sources: list[SourceConfig], where: str) -> None:
        """Two sources in one folder would take each other's files for stale ones."""
        owners: dict[str, str] = {}
        for source in sources:
            folder = os.path.normcase(
                os.path.abspath(os.path.join(self.folder, source.out))
            )
            owner = owners.setdefault(folder, source.name)
            if owner != source.name:
                self.complain(
                    _joined(where, source.name, "out"),
                    f'source "{owner}" writes to this folder, too',
                )

    def complain(self, where: str, message: str) -> None:
        self.errors.append(
            ": ".join(part for part in (self.file, where, message) if part)
        )


def _joined(where: str, *names: str) -> str:
    """A dotted key path; a name that TOML would quote is quoted."""
    quoted = (
        name if re.fullmatch("[A-Za-z0-9_-]+", name) else f'"{name}"' for name in names
    )
    return ".".join((where, *quoted) if where else quoted)
