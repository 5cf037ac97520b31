"""`fieldgen facts` lists what docs state of fields beyond their types, with the words that prove it."""

from __future__ import annotations

from generator import pipeline
from generator.commands.arguments import (
    Job,
    add_option_flags,
    add_source_flags,
    plan_job,
)
from generator.commands.console import emit
from generator.commands.parser import Parser, UsageError
from generator.commands.produce import for_each, has_errors, read_job, report
from generator.report.facts import facts_json, facts_text

_FORMATS = ("text", "json")


def run(argv: list[str]) -> int:
    """Print the facts of one source. The exit code is 1 if the docs have errors, 2 if they could not be read."""
    parser = Parser(
        "facts",
        "List what the docs state of fields beyond their types: values, defaults, limits, formats and more. Each line has the\n"
        "place of the words, the field, the fact, and the words that prove it.\n\n"
        "Without PATH, the only source of the config is taken, or the one that --source names.",
        "exit codes: 0 done; 1 done, but the docs have errors; 2 something could not be read",
    )
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        help="Docs to read: a file, a folder or a glob.",
    )
    parser.add_argument(
        "--format",
        metavar="{text,json}",
        default="text",
        help="How to print it: text (the default) or json.",
    )
    add_source_flags(parser)
    add_option_flags(parser, lambda key: key.reads)
    flags = parser.parse(argv)
    if flags.format not in _FORMATS:
        expected = " or ".join(_FORMATS)
        message = f'--format: "{flags.format}" is not allowed: expected {expected}'
        raise UsageError(message, "facts")
    job = plan_job(flags, "facts")
    return for_each([job], lambda job: _print(job, flags.format))


def _print(job: Job, form: str) -> int:
    found, source = read_job(job)
    loaded = pipeline.load(found.pages, source)
    report(loaded.diagnostics, found.folder, found.path)
    emit(facts_json(loaded.schema) if form == "json" else facts_text(loaded.schema))
    return 1 if has_errors(loaded.diagnostics) else 0
