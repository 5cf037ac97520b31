"""`fieldgen watch` builds whenever the docs change, or what else a build reads."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence

from generator.commands.arguments import Job, plan_jobs
from generator.commands.build import add_build_flags, build
from generator.commands.console import complain
from generator.commands.depends import config_files, inputs_of, outputs_of
from generator.commands.leave import hold
from generator.commands.parser import Parser, UsageError
from generator.commands.produce import for_each
from generator.config import ConfigError, find_config
from generator.sources import SUFFIXES, SourceError

_PAUSE = 400  # ms: editors write a file in several steps
_LOOK = 300  # ms to be sure that what we write ourselves was seen
_TEMPLATE = ".jinja"


def run(argv: list[str]) -> int:
    """Build, and build again with each change, until Ctrl-C, which is the exit code 0. Raises UsageError."""
    parser = Parser(
        "watch",
        "Build, and build again whenever the docs, the config, dialects or templates change. Ctrl-C ends it.\n\n"
        "Without PATH, every source of the config is watched, or those that --source names.",
        "exit codes: 0 ended by Ctrl-C; 2 it cannot be watched",
    )
    add_build_flags(parser)
    flags = parser.parse(argv)
    flags.jobs = 1  # a process with threads, as watchfiles has, is not to be copied
    try:
        import watchfiles
    except ImportError:
        raise UsageError(
            "needs the package watchfiles: pip install 'fieldgen[watch]'", "watch"
        ) from None
    plan_jobs(flags, "watch", flags.paths, flags.out)  # a bad start is no start
    watched = _Watched()
    try:
        while True:
            watched.renew(flags)
            folders = watched.folders
            changes = watchfiles.watch(
                *folders,
                watch_filter=lambda _, path: watched.counts(path),
                debounce=_PAUSE,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                recursive=False,
                ignore_permission_denied=True,
            )
            next(changes)  # from here on, nothing is missed
            _build(flags)
            watched.renew(flags)
            while watched.folders == folders:
                if next(changes):
                    _build(flags)
                    watched.renew(flags)
            changes.close()
    except KeyboardInterrupt:
        return 0


def _build(flags: argparse.Namespace) -> None:
    """A round. What is wrong with the config or the docs is said, and watching goes on."""
    try:
        jobs = plan_jobs(flags, "watch", flags.paths, flags.out)
        for_each(jobs, lambda job: build(job, flags))
        hold()  # it may be long until somebody changes something
    except ConfigError as error:
        for message in error.messages:
            complain(message)
    except UsageError as error:
        complain(str(error))
    sys.stdout.flush()


class _Watched:
    """The folders to watch, and what counts in them. While the config is broken, what it said before counts."""

    def __init__(self) -> None:
        self.folders: list[str] = []
        self.sources: set[str] = set()
        self.files: set[str] = set()
        self.outputs: set[str] = set()

    def renew(self, flags: argparse.Namespace) -> None:
        try:
            jobs = plan_jobs(flags, "watch", flags.paths, flags.out)
            self.files = set(map(os.path.abspath, config_files(flags, flags.paths)))
        except (ConfigError, UsageError):
            return
        if config := flags.config or find_config("."):
            self.files.add(os.path.abspath(config))
        self.outputs = {os.path.abspath(p) for job in jobs for p in outputs_of(job)}
        folders = {_nearest(os.path.dirname(file)) for file in self.files}
        self.sources = set()
        for job in jobs:
            self.files |= _others(job)
            folders |= {_nearest(os.path.dirname(file)) for file in _others(job)}
            for top in _tops(job):
                self.sources.add(os.path.join(top, ""))
                folders |= set(_below(top))
        self.folders = sorted(folders)

    def counts(self, path: str) -> bool:
        """Whether a change of this file may change an output."""
        path = os.path.abspath(path)
        if path in self.outputs or os.path.basename(path).startswith("."):
            return False
        if path in self.files or os.path.isdir(path):
            return True
        suffixes = (*SUFFIXES, ".json", _TEMPLATE)
        inside = any(path.startswith(top) for top in self.sources)
        return inside and path.lower().endswith(suffixes)


def _others(job: Job) -> set[str]:
    """The files beside the pages that a job reads."""
    try:
        return set(map(os.path.abspath, inputs_of(job)))
    except SourceError:
        return set()


def _tops(job: Job) -> Sequence[str]:
    """The folders from which on a job looks for its files: docs, templates, dialects."""
    path = os.path.join(job.base, job.path)
    while not os.path.isdir(path):
        path = os.path.dirname(path) or "."
    tops = [path, job.templates, *job.dialects]
    return [os.path.abspath(top) for top in tops if top and os.path.isdir(top)]


def _below(top: str) -> Iterable[str]:
    """A folder and the folders in it, without hidden ones."""
    for folder, names, _ in os.walk(top):
        names[:] = [name for name in names if not name.startswith(".")]
        yield folder


def _nearest(folder: str) -> str:
    """The folder, or the one above it that is there."""
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder
