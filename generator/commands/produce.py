"""From a job to what its source documents: reads the files, runs the pipeline, and reports what it found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence

from generator.commands.arguments import Job
from generator.commands.console import complain, use_colour
from generator.diagnostics import Diagnostic, RulesError
from generator.dialect.files import DialectError
from generator.format import FormatError
from generator.output import OutputError
from generator.report.text import render
from generator.source import Source, TemplateError, WorkError
from generator.sources import (
    Found,
    SourceError,
    read_dialects,
    read_overlay_file,
    read_rules,
    read_source,
    read_templates,
)


def for_each(jobs: Iterable[Job], work: Callable[[Job], int]) -> int:
    """Do the work for each job, also after one that fails. Returns the worst exit code; a job that cannot be done counts as 2."""
    worst = 0
    for job in jobs:
        try:
            worst = max(worst, work(job))
        except (SourceError, OutputError) as error:  # they name a path
            complain(str(error))
            worst = 2
        except (TemplateError, FormatError, RulesError, WorkError) as error:
            complain(f"{job.name}: {error}")
            worst = 2
        except DialectError as error:
            for message in error.messages:
                complain(message if error.located else f"{job.name}: {message}")
            worst = 2
    return worst


def read_job(job: Job, read: Callable[[], Found] | None = None) -> tuple[Found, Source]:
    """The files of a job (or those that `read` gives), and how the pipeline is to read them. Raises SourceError."""
    found = read() if read else read_source(job.path, job.base)
    templates = read_templates(job.templates) if job.templates else {}
    dialects = read_dialects(job.dialects)
    folder = os.path.abspath(found.folder or ".").replace(os.sep, "/").lstrip("/")
    overlay = read_overlay_file(job.overlay, found.folder) if job.overlay else None
    return found, Source(
        job.name,
        job.label,
        job.options,
        job.style,
        templates,
        folder,
        dialects,
        overlay,
        read_rules(job.rules) if job.rules else "",
    )


def report(diagnostics: Sequence[Diagnostic], folder: str, source: str = "") -> None:
    """Print findings to stderr. `folder`: where the paths of their files start; `source`: the place of what concerns all files."""
    if diagnostics:
        sys.stderr.write(render(diagnostics, folder, use_colour(sys.stderr), source))


def count(number: int, word: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def counts(diagnostics: Sequence[Diagnostic]) -> str:
    """`1 error, 2 warnings`, or nothing."""
    numbers = {
        word: sum(1 for found in diagnostics if found.severity == word)
        for word in ("error", "warning", "note")
    }
    return ", ".join(count(number, word) for word, number in numbers.items() if number)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether the findings make the exit code 1."""
    return any(found.severity == "error" for found in diagnostics)
