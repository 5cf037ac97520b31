"""The JSON Schemas of a project's sources, with the pages that they come from: for sites of docs."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from generator.light import NamedTuple

if TYPE_CHECKING:
    from generator.commands.arguments import Job
    from generator.diagnostics import Diagnostic


class Served(NamedTuple):
    """The schema of a source. `uri`: where it belongs in the site; `keys`: page → the definitions that it documents;

    `found`: page → findings; `inputs`: the files that the schema comes from and that are no pages. Pages are paths from the folder of
    the site's docs, with `/`.
    """

    uri: str
    text: str
    keys: dict[str, tuple[str, ...]]
    found: dict[str, tuple[Diagnostic, ...]]
    inputs: tuple[str, ...]


def read_schemas(start: str, file: str | None, site: str) -> list[Served]:
    """The schemas of all sources whose docs are in the folder `site`. Raises ValueError with what is wrong.

    `file`: the config; without it, the nearest from `start` upward.
    """
    from generator.commands.arguments import plan_jobs
    from generator.commands.parser import UsageError
    from generator.config import ConfigError, find_config
    from generator.dialect.files import DialectError
    from generator.pipeline import TemplateError
    from generator.sources import SourceError

    try:
        file = file or find_config(start)
        if file is None:
            raise ValueError(f"no config from {start} upward")
        jobs = plan_jobs(Namespace(config=file, source=[], upward=True), "build", [])
        return [served for job in jobs if (served := _read(job, file, site))]
    except (ConfigError, UsageError, SourceError, DialectError, TemplateError) as error:
        raise ValueError(str(error)) from None


def _read(job: Job, file: str, site: str) -> Served | None:
    from generator import pipeline
    from generator.commands.depends import inputs_of, pages_of
    from generator.commands.produce import read_job
    from generator.targets import TARGETS

    found, source = read_job(job)
    home = os.path.relpath(
        os.path.realpath(found.folder or "."), os.path.realpath(site)
    )
    home = home.replace(os.sep, "/")
    if home == ".." or home.startswith("../"):
        return None
    prefix = "" if home == "." else f"{home}/"
    loaded = pipeline.load(found.pages, source)
    keys: dict[str, list[str]] = {}
    findings: dict[str, list[Diagnostic]] = {}
    for definition in loaded.schema.definitions:
        keys.setdefault(prefix + definition.span.file, []).append(definition.key)
    for diagnostic in loaded.diagnostics:
        findings.setdefault(prefix + diagnostic.span.file, []).append(diagnostic)
    pages = set(pages_of(job))
    return Served(
        f"{prefix}{job.name}.schema.json",
        next(pipeline.write(TARGETS["jsonschema"], loaded.schema, source))[1],
        {page: tuple(names) for page, names in keys.items()},
        {page: tuple(rows) for page, rows in findings.items()},
        (file, *(path for path in inputs_of(job) if path not in pages)),
    )
