"""What all build back ends do: build the sources of a project's config, in place, and say what was read and written."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from typing import TYPE_CHECKING

from generator.light import NamedTuple

if TYPE_CHECKING:
    from generator.commands.arguments import Job


class BuildError(Exception):
    """The sources of a project could not be built, or their docs have errors. What is wrong has been printed."""


class Built(NamedTuple):
    """The files that were read (config and docs) and written, as paths from the root of the project, with `/`."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def asks_for_fieldgen(root: str) -> bool:
    """Whether a project wants its sources built: pyproject.toml requires fieldgen for builds.

    Hooks of an environment are called for every project that is built in it.
    """
    import tomllib

    try:
        with open(os.path.join(root, "pyproject.toml"), "rb") as stream:
            table = tomllib.load(stream).get("build-system", {})
        names = [re.split(r"[^\w.-]", word.strip())[0] for word in table["requires"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False  # whose mistake it is, the back end will say
    return any(re.sub(r"[-_.]+", "-", name).lower() == "fieldgen" for name in names)


def build_project(root: str) -> Built:
    """Build all sources of the config in the folder `root`. Raises BuildError."""
    return _work(root, builds=True)


def list_project(root: str) -> Built:
    """What `build_project` would give, without building. Raises BuildError."""
    return _work(root, builds=False)


def _work(root: str, builds: bool) -> Built:
    from generator.commands.arguments import plan_jobs
    from generator.commands.depends import inputs_of, outputs_of, planned_outputs
    from generator.commands.parser import UsageError
    from generator.commands.produce import for_each
    from generator.config import ConfigError

    read, written = dict[str, None](), dict[str, None]()

    def work(job: Job) -> int:
        unpacked = _is_unpacked(root, job)
        code = 0
        if not unpacked:
            read.update(dict.fromkeys(inputs_of(job)))
            code = build_job(job) if builds else 0
        known = builds or unpacked
        written.update(dict.fromkeys((outputs_of if known else planned_outputs)(job)))
        return code

    try:
        file = config_file(root)
        read[file] = None
        jobs = plan_jobs(Namespace(config=file, source=[], upward=True), "build", [])
    except (ConfigError, UsageError) as error:
        raise BuildError(f"fieldgen: {error}") from None
    if for_each(jobs, work):
        raise BuildError("fieldgen: the docs have errors, or could not be read")
    return Built(_from(root, read), _from(root, written))


def config_file(root: str) -> str:
    """The config of a project: in its root and nowhere else. Raises BuildError and ConfigError."""
    from generator.config import shown_path, tool_table

    pyproject, own = (
        os.path.join(root, f"{n}.toml") for n in ("pyproject", "fieldgen")
    )
    if tool_table(pyproject, "fieldgen") is not None:
        return shown_path(pyproject)
    if os.path.isfile(own):
        return shown_path(own)
    raise BuildError(
        f"fieldgen: {root} has neither a pyproject.toml with a table [tool.fieldgen] nor a fieldgen.toml"
    )


def _is_unpacked(root: str, job: Job) -> bool:
    """Whether this is an sdist without the docs, but with the outputs as they were written: then there is nothing to do."""
    from generator.output import is_intact
    from generator.sources import SourceError, list_source

    if not os.path.isfile(os.path.join(root, "PKG-INFO")):
        return False
    try:
        list_source(job.path, job.base)
    except SourceError:
        return is_intact(job.out)
    return False


def build_job(job: Job) -> int:
    """Build one source as `fieldgen build` does, without a line on success. Returns the exit code."""
    from generator.commands.make import make
    from generator.commands.produce import has_errors, report
    from generator.output import write

    made = make(job, False, None)
    report(made.diagnostics, made.folder, made.path)
    if made.comparison:
        write(made.comparison)
    return int(has_errors(made.diagnostics))


def _from(root: str, paths: dict[str, None]) -> tuple[str, ...]:
    """Paths from the working folder as paths from the root."""
    return tuple(os.path.relpath(path, root).replace(os.sep, "/") for path in paths)
