"""`fieldgen dialects` lists the dialects; with `--explain PATH` it says which one docs are written in, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import pipeline
from generator.commands.arguments import Job, add_source_flags, own_dialects, plan_jobs
from generator.commands.console import emit, say
from generator.commands.parser import Parser, UsageError
from generator.commands.produce import for_each
from generator.dialect.clues import all_clues, list_clues
from generator.dialect.detect import Detection, detect_dialect
from generator.dialect.files import Files
from generator.dialect.trees import detect_list
from generator.native import says_version
from generator.read.markdown import read_markdown
from generator.read.yaml import read_yaml
from generator.report.dialects import Explained, explain_json, explain_text
from generator.sources import read_dialects, read_source

_FORMATS = ("text", "json")


def run(argv: list[str]) -> int:
    """List all dialects, a line each, or explain what is found in the docs. Raises UsageError."""
    parser = Parser(
        "dialects",
        "List the dialects: the ways in which docs write their field tables, a line each. Those that the config\n"
        "names in `dialects` are listed, too.\n\n"
        "With --explain, say which dialect docs are written in: what was seen where, how many points it is worth\n"
        "for which dialect, and which one was chosen. Without PATH, of each source of the config.",
        "exit codes: 0 done; 2 something could not be read",
    )
    parser.add_argument(
        "--explain",
        metavar="PATH",
        nargs="?",
        const="",
        help="Docs to look at: a file, a folder or a glob.",
    )
    parser.add_argument(
        "--format",
        default="text",
        metavar="{text,json}",
        help="How --explain prints what it found. Default: text.",
    )
    add_source_flags(parser)
    flags = parser.parse(argv)
    if flags.format not in _FORMATS:
        message = f'"{flags.format}" is not allowed: expected {" or ".join(_FORMATS)}'
        raise UsageError(f"--format: {message}", "dialects")
    if flags.explain is None:
        _list(own_dialects(flags))
        return 0
    jobs = plan_jobs(flags, "dialects", [flags.explain] if flags.explain else [])
    return for_each(jobs, lambda job: _explain(job, flags.format))


def _list(paths: tuple[str, ...]) -> None:
    files = read_dialects(paths)
    known = sorted((*all_clues(files), *list_clues(files)))
    width = max(len(clues.name) for clues in known)
    for clues in known:
        say(f"{clues.name:{width}}  {clues.title}")


def _explain(job: Job, form: str) -> int:
    found = read_source(job.path, job.base)
    files = read_dialects(job.dialects)
    texts = {
        name: pipeline.decode(name, data, lambda _: None)
        for name, data in found.pages.items()
        if name.lower().endswith((".md", ".markdown", ".mdown", ".mdx"))
    }
    pages = [
        read_markdown(text, name)
        for name, text in texts.items()
        if text and pipeline.in_dialect(name, text)
    ]
    wanted = "" if job.options.dialect == "auto" else job.options.dialect
    detection = detect_dialect(pages, files)
    lists = [] if wanted else list(_lists(found.pages, files))
    explained = Explained(
        found.path, found.folder, wanted, len(pages), detection, lists
    )
    emit(explain_json(explained) if form == "json" else explain_text(explained))
    return 0


def _lists(pages: Mapping[str, bytes], files: Files) -> Iterator[tuple[str, Detection]]:
    """The YAML and JSON files of a source that any dialect of field lists has points for."""
    for name, data in pages.items():
        if pipeline.is_yaml(name):
            text = pipeline.decode(name, data, lambda _: None)
            if text and not says_version(text):
                documents = read_yaml(text, name, lambda _: None)
                detection = detect_list(name, documents, files)
                if detection.scores and detection.scores[0].points:
                    yield name, detection
