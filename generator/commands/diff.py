"""`fieldgen diff` says what a change of the docs means for those who use what they document."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from generator import pipeline
from generator.commands.arguments import (
    Job,
    add_option_flags,
    add_source_flags,
    plan_jobs,
)
from generator.commands.console import emit, say, use_colour
from generator.commands.parser import Parser, UsageError
from generator.commands.produce import for_each, read_job, report
from generator.comparison.accept import Acceptance, apply_accepted
from generator.comparison.rules import AUDIENCES, LEVELS
from generator.comparison.schemas import compare_schemas
from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.ir import Schema
from generator.light import NamedTuple
from generator.report.changes import Shown, counts
from generator.sources import Found

_FORMATS = ("text", "markdown", "json", "github", "sarif")
_FAIL_ON = ("breaking", "warning", "never")


class Acceptances:
    """What the config accepts, and whether any comparison has needed it: what stands there for all sources needs only one."""

    def __init__(self) -> None:
        self.unused: dict[tuple[str, Acceptance], bool] = {}

    def note(self, job: Job, unused: Sequence[Acceptance]) -> None:
        """Remember what the comparison of a job has not needed."""
        for row in job.accept:
            place = job.config, row
            self.unused[place] = self.unused.get(place, True) and row in unused

    def report_unused(self) -> None:
        """Tell what can be deleted from the config."""
        for (config, row), unused in self.unused.items():
            if unused:
                message = f"accept: no change has {row}"
                found = Diagnostic(SourceSpan("", 1), "unused-acceptance", message)
                report([found], "", config)


class Side(NamedTuple):
    """One of the two schemas. `folder`: where the paths of its files start; `revision`: of git, or empty for the files on the disk."""

    schema: Schema
    folder: str
    revision: str = ""


def run(argv: list[str]) -> int:
    """Print what has changed. The exit code is 1 if a change is as bad as --fail-on says. Raises UsageError."""
    flags = _parse(argv)
    shown: list[Shown] = []
    acceptances = Acceptances()
    if flags.against is None:
        worst = _compare_paths(flags, shown, acceptances)
    else:
        jobs = plan_jobs(flags, "diff", flags.paths)
        several = len(jobs) > 1
        worst = for_each(
            jobs,
            lambda job: _compare_revision(job, flags, shown, acceptances, several),
        )
    if worst == 0 and not (flags.against and (flags.paths or flags.source)):
        acceptances.report_unused()
    if flags.format != "text":
        emit(_render(_filter(shown, flags.show), flags.format))
    counted = (
        LEVELS[: LEVELS.index(flags.fail_on) + 1] if flags.fail_on in LEVELS else ()
    )
    failed = any(s.severity in counted for s in shown if s.accepted is None)
    return max(worst, int(failed))


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = Parser(
        "diff",
        "Say what has changed between two versions of docs, and how bad it is: for who imports the generated code, who\n"
        "sends such values, and who receives them. What is compared is what the docs say, not their text.\n\n"
        "  fieldgen diff OLD NEW            two files, folders or globs; also schemas that `fieldgen ir` has printed\n"
        "  fieldgen diff --against REF      the sources of the config (or PATH) against a revision of git",
        "exit codes: 0 nothing that counts; 1 changes that count; 2 something could not be read",
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", help="Docs, or a printed schema."
    )
    parser.add_argument(
        "--against",
        metavar="REF",
        help="Compare with this revision of git: a branch, a tag, a commit, HEAD.",
    )
    _choice(parser, "--format", _FORMATS, "text", "How to print the changes.")
    _choice(
        parser,
        "--fail-on",
        _FAIL_ON,
        "breaking",
        "How bad a change must be for the exit code 1.",
    )
    _choice(
        parser,
        "--audience",
        ("all", *AUDIENCES),
        "all",
        "For whom a change is judged; all: the one for whom it is worst.",
    )
    _choice(parser, "--show", LEVELS, "note", "Leave out changes that are less bad.")
    add_source_flags(parser)
    add_option_flags(parser, lambda key: key.reads)
    flags = parser.parse(argv)
    for flag, word, known in (
        ("--format", flags.format, _FORMATS),
        ("--fail-on", flags.fail_on, _FAIL_ON),
        ("--audience", flags.audience, ("all", *AUDIENCES)),
        ("--show", flags.show, LEVELS),
    ):
        if word not in known:
            hint = suggest(word, known) or f"expected one of {', '.join(known)}"
            raise UsageError(f'{flag}: "{word}" is not allowed: {hint}', "diff")
    if flags.against is None and len(flags.paths) != 2:
        raise UsageError("expected OLD and NEW, or --against REF", "diff")
    return flags


def _choice(
    parser: Parser, flag: str, words: tuple[str, ...], default: str, help_text: str
) -> None:
    parser.add_argument(
        flag,
        default=default,
        metavar=f"{{{','.join(words)}}}",
        help=f"{help_text} Default: {default}.",
    )


def _compare_paths(
    flags: argparse.Namespace, shown: list[Shown], acceptances: Acceptances
) -> int:
    old, new = (plan_jobs(flags, "diff", [path])[0] for path in flags.paths)

    def work(job: Job) -> int:
        sides = _load(old), _load(job)
        _compare(job, sides, flags, shown, acceptances, "")
        return 0

    return for_each([new], work)


def _compare_revision(
    job: Job,
    flags: argparse.Namespace,
    shown: list[Shown],
    acceptances: Acceptances,
    several: bool,
) -> int:
    from generator.gitsource import read_revision

    before = _load(
        job, lambda: read_revision(job.path, job.base, flags.against), flags.against
    )
    label = job.name if several else ""
    _compare(job, (before, _load(job)), flags, shown, acceptances, label)
    return 0


def _load(
    job: Job, read: Callable[[], Found] | None = None, revision: str = ""
) -> Side:
    """The schema of a job. Errors of the docs are told, since what they leave out looks as if it were gone."""
    found, source = read_job(job, read)
    loaded = pipeline.load(found.pages, source)
    errors = [d for d in loaded.diagnostics if d.severity == "error"]
    prefix = f"{revision}:{found.folder}" if revision else found.folder
    report(errors, prefix, found.path)
    return Side(loaded.schema, found.folder, revision)


def _compare(
    job: Job,
    sides: tuple[Side, Side],
    flags: argparse.Namespace,
    shown: list[Shown],
    acceptances: Acceptances,
    label: str,
) -> None:
    """Compare two schemas, add what has changed to `shown`, and print it, where the format is text."""
    old, new = sides
    changes = compare_schemas(old.schema, new.schema)
    left, taken, unused = apply_accepted(changes, job.accept)
    acceptances.note(job, unused)
    found = []
    for change, reason in [
        *((change, None) for change in left),
        *((change, row.reason) for change, row in taken),
    ]:
        spans = (
            _located(change.old_span, old.folder),
            _located(change.new_span, new.folder),
            _located(change.near, new.folder),
        )
        level = change.severity(flags.audience)
        found.append(Shown(job.name, change, level, *spans, old.revision, reason))
    shown += found
    if flags.format == "text":
        _print(_filter(found, flags.show), label)


def _filter(shown: list[Shown], least: str) -> list[Shown]:
    """What is at least as bad as the user wants to see."""
    wanted = LEVELS[: LEVELS.index(least) + 1]
    return [row for row in shown if row.severity in wanted]


def _print(found: list[Shown], label: str) -> None:
    import sys

    from generator.report.changes import changes_text

    open_ = [shown for shown in found if shown.accepted is None]
    emit(changes_text(open_, use_colour(sys.stdout)))
    accepted = len(found) - len(open_)
    said = counts(open_) + (f"; {accepted} accepted" if accepted else "")
    say(f"{label}: {said}" if label else said)


def _located(span: SourceSpan | None, folder: str) -> SourceSpan | None:
    if span is None:
        return None
    between = "/" if folder and not folder.endswith("/") else ""
    return span._replace(file=f"{folder}{between}{span.file}")


def _render(shown: list[Shown], form: str) -> str:
    from generator.report import changes as texts

    open_ = [row for row in shown if row.accepted is None]
    match form:
        case "json":
            return texts.changes_json(shown)
        case "markdown":
            return texts.changes_markdown(open_)
        case "github":
            from generator.report.github import render_github

            return render_github(texts.as_findings(open_))
        case _:
            from generator.report.sarif import render_sarif

            return render_sarif(texts.as_findings(open_), texts.RULE_TEXTS)
