"""`fieldgen check --format json|github|sarif`: the same verdict for programs. What is not up to date is a finding, too."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence

from generator.codes import CODES
from generator.commands.arguments import Job
from generator.commands.console import emit
from generator.commands.depends import FORMATS
from generator.commands.make import make
from generator.commands.parser import UsageError
from generator.commands.produce import for_each, report
from generator.diagnostics import Diagnostic, SourceSpan
from generator.output import Comparison
from generator.report.finding import Finding, locate


def check_for_programs(flags: argparse.Namespace, jobs: Iterable[Job]) -> int:
    """Print the findings of all jobs in a format. The exit codes are those of `fieldgen check`. Raises UsageError."""
    if flags.format not in FORMATS:
        raise UsageError(
            f'--format: "{flags.format}" is not allowed: expected one of {", ".join(FORMATS)}',
            "check",
        )
    if flags.diff or flags.pre_commit:
        flag = "--diff" if flags.diff else "--pre-commit"
        raise UsageError(f"{flag} goes with --format text only", "check")
    findings: list[Finding] = []
    worst = for_each(jobs, lambda job: _check(job, flags.force, findings))
    emit(render_findings(findings, flags.format))
    return worst


def render_findings(findings: Sequence[Finding], form: str) -> str:
    """The findings as JSON, annotations or SARIF. On GitHub a summary is added to the page of the job, and the log gets plain lines."""
    match form:
        case "json":
            from generator.report.json import render_json

            return render_json(findings)
        case "sarif":
            from generator.report.sarif import render_sarif

            return render_sarif(findings)
        case _:
            from generator.report.github import render_github

            plain = [
                Diagnostic(f.span, f.code, f.message, f.hint, f.related)
                for f in findings
            ]
            report(plain, "")
            _append_summary(findings)
            return render_github(findings)


def _append_summary(findings: Sequence[Finding]) -> None:
    """Add to the page of the job: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary."""
    from generator.report.summary import render_summary

    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with open(path, "a", encoding="utf-8", newline="\n") as stream:
            stream.write(render_summary(findings))


def _check(job: Job, force: bool, findings: list[Finding]) -> int:
    made = make(job, force, None)
    own = locate(made.diagnostics, made.folder, made.path)
    if made.comparison:
        own += outdated(made.comparison)
    findings += own
    return int(any(finding.severity == "error" for finding in own))


def outdated(comparison: Comparison) -> list[Finding]:
    """A finding for each output that a build would write, remove or has to leave."""
    rows = [
        (name, "is not what the docs say" if name in comparison.old else "is missing")
        for name in comparison.written
    ]
    rows += [
        (name, "is no longer produced")
        for name in (*comparison.stale, *comparison.kept)
    ]
    severity, _, mend = CODES["outdated-output"]
    return [
        Finding(
            SourceSpan(os.path.join(comparison.out, name).replace(os.sep, "/"), 1),
            "outdated-output",
            severity,
            f"this output {what}",
            mend,
            (),
        )
        for name, what in rows
    ]
