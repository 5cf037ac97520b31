"""`fieldgen lint` says where docs contradict themselves."""

from __future__ import annotations

from generator.codes import CODES
from generator.commands.arguments import (
    Job,
    add_option_flags,
    add_source_flags,
    plan_jobs,
)
from generator.commands.console import emit, say, use_colour
from generator.commands.parser import Parser, UsageError
from generator.commands.produce import count, counts, for_each, read_job
from generator.diagnostics import suggest
from generator.report.finding import Finding, locate

_FORMATS = ("text", "json", "github", "sarif", "overlay")
_FAIL_ON = ("error", "warning", "note", "never")


def run(argv: list[str]) -> int:
    """Print the findings of all sources. The exit code is 1 if one is as bad as --fail-on says. Raises UsageError."""
    parser = Parser(
        "lint",
        "Say where the docs contradict themselves: what cannot be read, types and required marks that contradict each\n"
        "other, broken references, and examples in JSON or YAML that are not what the tables say. Nothing is written.\n\n"
        "Without PATH, every source of the config is taken, or those that --source names.",
        "exit codes: 0 nothing found that counts; 1 findings; 2 something could not be read",
    )
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="Docs to read: a file, a folder or a glob.",
    )
    parser.add_argument(
        "--format",
        default="text",
        metavar="{text,json,github,sarif,overlay}",
        help="How to print the findings, or the overlay that mends those which a line of one can mend. Default: text.",
    )
    parser.add_argument(
        "--fail-on",
        default="warning",
        metavar="{error,warning,note,never}",
        help="How bad a finding must be for the exit code 1. Default: warning.",
    )
    parser.add_argument(
        "--select",
        metavar="CODE",
        action="append",
        default=[],
        help="Report this, too, which is not reported by itself. May be repeated.",
    )
    parser.add_argument(
        "--ignore",
        dest="ignored",  # `ignore` is the config's
        metavar="CODE",
        action="append",
        default=[],
        help="Do not report this. May be repeated, and adds to the config's `ignore`.",
    )
    add_source_flags(parser)
    add_option_flags(parser, lambda key: key.reads)
    flags = parser.parse(argv)
    for flag, word, known in (
        ("--format", flags.format, _FORMATS),
        ("--fail-on", flags.fail_on, _FAIL_ON),
        *(("--select", code, tuple(CODES)) for code in flags.select),
        *(("--ignore", code, tuple(CODES)) for code in flags.ignored),
    ):
        _require(flag, word, known)
    asked, ignored = frozenset(flags.select), frozenset(flags.ignored)
    findings: list[Finding] = []
    jobs = plan_jobs(flags, "lint", flags.paths)
    if flags.format == "overlay" and len(jobs) > 1:
        names = ", ".join(job.name for job in jobs)
        message = f"--format overlay: an overlay is of one source, and these are {len(jobs)}: {names}"
        raise UsageError(message, "lint")
    worst = for_each(
        jobs,
        lambda job: _lint(job, asked, ignored, findings, flags.format),
    )
    if flags.format not in ("text", "overlay"):
        from generator.commands.findings import render_findings

        emit(render_findings(findings, flags.format))
    counted = _FAIL_ON[: _FAIL_ON.index(flags.fail_on) + 1]
    failed = flags.fail_on != "never" and any(f.severity in counted for f in findings)
    return max(worst, int(failed))


def _require(flag: str, word: str, known: tuple[str, ...]) -> None:
    if word not in known:
        listed = (
            "`fieldgen explain` lists all"
            if len(known) > len(_FORMATS)
            else ", ".join(known)
        )
        hint = suggest(word, known) or f"expected one of {listed}"
        raise UsageError(f'{flag}: "{word}" is not allowed: {hint}', "lint")


def _lint(
    job: Job,
    asked: frozenset[str],
    ignored: frozenset[str],
    findings: list[Finding],
    form: str,
) -> int:
    from generator.lint.run import lint

    found, source = read_job(job)
    for code in job.options.ignore:
        if code not in CODES:
            hint = suggest(code, tuple(CODES)) or "`fieldgen explain` lists all"
            raise UsageError(
                f'ignore of {job.name}: there is no code "{code}"; {hint}', "lint"
            )
    result = lint(found.pages, source, asked, ignored | {*job.options.ignore})
    findings += locate(result.diagnostics, found.folder, found.path)
    if form == "overlay":
        from generator.lint.mend import mend_lines
        from generator.report.overlay import render_overlay

        lines = mend_lines(result.mends.items(), result.loaded.schema)
        emit(render_overlay(lines, result.diagnostics, found.folder, found.path))
    if form != "text":
        return 0
    import sys

    from generator.report.text import render

    emit(render(result.diagnostics, found.folder, use_colour(sys.stdout), found.path))
    pages = count(len(found.pages), "page")
    read = count(len(result.loaded.schema.definitions), "definition")
    dialect = f", {result.loaded.dialects}" if result.loaded.dialects else ""
    say(
        f"{job.name}: {pages}{dialect} → {read}; {counts(result.diagnostics) or 'nothing found'}"
    )
    return 0
