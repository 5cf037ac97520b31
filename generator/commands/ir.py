"""`fieldgen ir` prints the intermediate schema of a source."""

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

_FORMATS = {False: ("yaml", "json"), True: ("text", "json")}  # with --tables: True


def run(argv: list[str]) -> int:
    """Print one source's schema. The exit code is 1 if the docs have errors, 2 if they could not be read."""
    parser = Parser(
        "ir",
        "Print what fieldgen reads in the docs: the intermediate schema, with all names resolved and a place for\n"
        "each definition and field. The YAML is the form that people write by hand; fieldgen reads both forms back.\n\n"
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
        metavar="{yaml,text,json}",
        help="How to print it: yaml (the default) or json, tables as text (the default) or json.",
    )
    parser.add_argument(
        "--tables",
        action="store_true",
        help="List the tables of the docs instead, each with what fieldgen takes it for (fields, parameters, enum, …), why, and the definition it belongs to.",
    )
    add_source_flags(parser)
    add_option_flags(parser, lambda key: key.reads)
    flags = parser.parse(argv)
    formats = _FORMATS[flags.tables]
    form = formats[0] if flags.format is None else flags.format
    if form not in formats:
        raise UsageError(
            f'--format: "{form}" is not allowed: expected {" or ".join(formats)}', "ir"
        )
    job = plan_job(flags, "ir")
    show = _print_tables if flags.tables else _print
    return for_each([job], lambda job: show(job, form))


def _print(job: Job, form: str) -> int:
    from generator.print_ir import print_schema

    found, source = read_job(job)
    loaded = pipeline.load(found.pages, source)
    report(loaded.diagnostics, found.folder, found.path)
    emit(print_schema(loaded.schema, form))
    return 1 if has_errors(loaded.diagnostics) else 0


def _print_tables(job: Job, form: str) -> int:
    from generator.report.tables import tables_json, tables_text

    found, source = read_job(job)
    accounts = pipeline.account(found.pages, source)
    emit(tables_json(accounts) if form == "json" else tables_text(accounts))
    return 0
