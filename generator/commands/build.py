"""`fieldgen build` writes the outputs; `fieldgen check` says what it would write."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable

from generator.commands.arguments import (
    Job,
    add_option_flags,
    add_source_flags,
    plan_jobs,
)
from generator.commands.console import emit, say
from generator.commands.depends import (
    add_build_system_flags,
    add_format_flag,
    add_hook_flag,
    print_outputs,
    settle,
)
from generator.commands.make import Outcome, cache_of, make
from generator.commands.parser import Parser
from generator.commands.produce import (
    count,
    counts,
    for_each,
    has_errors,
    report,
)
from generator.commands.workers import add_jobs_flag, job_count
from generator.diagnostics import Diagnostic, SourceSpan
from generator.output import Comparison, unified_diff, write

_SOURCES = """
Without PATH, every source of the config is taken, or those that --source names. With PATH, each path is a source
of its own: a file, a folder with all folders in it, or a glob such as 'docs/**/*.md' (in quotes).
"""


def run_build(argv: list[str]) -> int:
    """`fieldgen build`: the exit code is 1 if the docs have errors, 2 if a source could not be built."""
    parser = Parser(
        "build",
        f"Read the field tables of the docs and write dataclasses, TypedDicts and JSON Schema.\n{_SOURCES}\n"
        "Only files that change are written. A file of an earlier build that is no longer produced is removed.\n"
        "A file that fieldgen did not write is left alone.",
        "exit codes: 0 done; 1 done, but the docs have errors; 2 something could not be read or written",
    )
    add_build_flags(parser)
    add_jobs_flag(parser)
    add_hook_flag(parser)
    add_build_system_flags(parser)
    flags = parser.parse(argv)
    jobs = plan_jobs(flags, "build", flags.paths, flags.out)
    if flags.list_outputs:
        return print_outputs(jobs)
    worst = for_each(jobs, lambda job: build(job, flags))
    return settle(flags, jobs, worst)


def run_check(argv: list[str]) -> int:
    """`fieldgen check`: the exit code is 1 if a build would change something or the docs have errors; nothing is written."""
    parser = Parser(
        "check",
        f"Say whether the outputs are what a build would write. Nothing is written.\n{_SOURCES}",
        "exit codes: 0 up to date; 1 a file would change, is missing or is stale, or the docs have errors;\n"
        "2 something could not be read",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="Compare files that fieldgen did not write, too, as build --force does.",
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help="Print what a build would change, as a patch.",
    )
    add_format_flag(parser)
    flags = _parse(parser, argv)
    jobs = plan_jobs(flags, "check", flags.paths, flags.out)
    if flags.format != "text":
        from generator.commands.findings import check_for_programs

        return check_for_programs(flags, jobs)
    worst = for_each(jobs, lambda job: _check(job, flags))
    return settle(flags, jobs, worst)


def _parse(parser: Parser, argv: list[str]) -> argparse.Namespace:
    add_run_flags(parser)
    add_jobs_flag(parser)
    add_hook_flag(parser)
    return parser.parse(argv)


def add_run_flags(parser: Parser) -> None:
    """The flags that say what to read, where the outputs are, and how much to say."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="Docs to read: a file, a folder or a glob.",
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        help="The folder of the outputs, for one source. Default: out/NAME.",
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="Read everything, and keep nothing of it in .fieldgen_cache.",
    )
    parser.add_argument("--quiet", action="store_true", help="Say only what is wrong.")
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="Also say how many pages were read, and how long it took.",
    )
    add_source_flags(parser)
    add_option_flags(parser)


def add_build_flags(parser: Parser) -> None:
    """The flags of everything that writes outputs."""
    parser.add_argument(
        "--force",
        action="store_true",
        help="Overwrite files that fieldgen did not write, too.",
    )
    add_run_flags(parser)


def build(job: Job, flags: argparse.Namespace) -> int:
    """Build one source and say what became of it. Returns the exit code."""
    made = _make(job, flags)
    if made.comparison:
        write(made.comparison)
    diagnostics = _report(made)
    dialect = f", {made.dialect}" if made.dialect else ""
    pages = f"{count(made.pages, 'page')}{dialect}"
    parts = [
        f"{job.name}: {pages} → {count(made.definitions, 'definition')}",
        _outcome(job, made.comparison),
        counts(diagnostics),
        _effort(made, flags),
    ]
    if not flags.quiet:
        say("; ".join(part for part in parts if part))
    return 1 if has_errors(diagnostics) else 0


def _effort(made: Outcome, flags: argparse.Namespace) -> str:
    """What it took. Only who asks for it, or looks on, is told: what goes to a file is the same each time."""
    if not flags.verbose and not sys.stdout.isatty():
        return ""
    return f"{count(made.read, 'page')} read in {made.seconds:.2f} s"


def _outcome(job: Job, comparison: Comparison | None) -> str:
    if comparison is None:
        return f"nothing to write, {job.out} is left as it is"
    parts = []
    if comparison.written:
        parts.append(f"wrote {_shown(comparison.written)} to {job.out}")
    if comparison.stale:
        parts.append(
            f"removed {_shown(comparison.stale)}"
            + ("" if parts else f" from {job.out}")
        )
    return ", ".join(parts) or f"{job.out} is unchanged"


def _shown(names: Iterable[str]) -> str:
    """Names of files; those of a package are counted."""
    parts: dict[str, list[str]] = {}
    for name in names:
        parts.setdefault(os.path.dirname(name) or name, []).append(name)
    return ", ".join(
        f"{part}/ ({count(len(names), 'file')})" if len(names) > 1 else names[0]
        for part, names in parts.items()
    )


def _check(job: Job, flags: argparse.Namespace) -> int:
    made = _make(job, flags)
    comparison = made.comparison
    diagnostics = _report(made)
    failed = has_errors(diagnostics)
    if comparison is None:
        say(f"{job.name}: nothing to write")
    elif comparison.is_clean:
        parts = [f"{job.name}: up to date", _effort(made, flags)]
        if not flags.quiet:
            say("; ".join(part for part in parts if part))
    else:
        failed = True
        for name in comparison.written:
            say(
                f"{'would change' if name in comparison.old else 'missing'} {os.path.join(job.out, name)}"
            )
        for name in (*comparison.stale, *comparison.kept):
            say(f"stale {os.path.join(job.out, name)}")
        if flags.diff:
            emit(unified_diff(comparison))
    return 1 if failed else 0


def _make(job: Job, flags: argparse.Namespace) -> Outcome:
    store = None if flags.no_cache else cache_of(job)
    return make(job, flags.force, store, flags.quiet, job_count(flags))


def _report(made: Outcome) -> tuple[Diagnostic, ...]:
    """Print what was found in the docs and in the out folder; returns both."""
    report(made.diagnostics, made.folder, made.path)
    if made.comparison is None:
        return tuple(made.diagnostics)
    left = tuple(
        Diagnostic(
            SourceSpan(name, 1),
            "changed-stale-file",
            "this file is no longer produced, but somebody has changed it: it stays",
            "save what you need of it and delete it",
        )
        for name in made.comparison.kept
    )
    report(left, made.comparison.out)
    return (*made.diagnostics, *left)
