"""What a build reads and what it writes, for other build systems and hooks: `--list-outputs`, `--depfile`, `--pre-commit`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence

import generator
from generator.commands.arguments import Job, find_black
from generator.commands.console import complain, say
from generator.commands.produce import for_each, read_job
from generator.config import Config, find_config, load_config
from generator.light import TYPE_CHECKING
from generator.output import MANIFEST, OutputError, recorded_names, write_file
from generator.sources import SourceError, list_dialects, list_source, list_templates

if TYPE_CHECKING:
    from generator.targets import Target

FORMATS = ("text", "json", "github", "sarif")


def add_build_system_flags(parser: argparse.ArgumentParser) -> None:
    """`--list-outputs`, `--depfile` and `--depfile-target`."""
    group = parser.add_argument_group(
        "other build systems", "docs/integrations.md has rules for them."
    )
    group.add_argument(
        "--list-outputs",
        action="store_true",
        help="Only list the files that a build writes, a line each. The docs are read only for layout = package.",
    )
    group.add_argument(
        "--depfile",
        metavar="FILE",
        help="Also write a rule for Make or Ninja: the outputs depend on every file that was read.",
    )
    group.add_argument(
        "--depfile-target",
        metavar="NAME",
        help="What the rule of --depfile makes, for example a stamp. Default: the outputs.",
    )


def add_format_flag(parser: argparse.ArgumentParser) -> None:
    """`--format`."""
    parser.add_argument(
        "--format",
        default="text",
        metavar=f"{{{','.join(FORMATS)}}}",
        help="How to print the verdict. All but text (the default) have what is not up to date as findings.",
    )


def add_hook_flag(parser: argparse.ArgumentParser) -> None:
    """`--pre-commit`."""
    parser.add_argument(
        "--pre-commit",
        action="store_true",
        help="In a hook of git: the exit code is 1, too, if an output is not staged as it is now, and not ignored by git.",
    )


def settle(flags: argparse.Namespace, jobs: Sequence[Job], worst: int) -> int:
    """What is done when all jobs are: write the depfile, look whether outputs are staged. Returns the exit code."""
    try:
        if getattr(flags, "depfile", None) and worst < 2:
            write_depfile(flags, jobs)
        if flags.pre_commit:
            from generator.commands.staged import unstaged

            left = unstaged([path for job in jobs for path in outputs_of(job)])
            for path in left:
                say(f"not staged {path}")
            worst = max(worst, int(bool(left)))
    except (SourceError, OutputError) as error:
        complain(str(error))
        return 2
    return worst


def print_outputs(jobs: Iterable[Job]) -> int:
    """Print the outputs of all jobs, a line each. Returns the exit code."""

    def work(job: Job) -> int:
        for path in planned_outputs(job):
            say(path)
        return 0

    return for_each(jobs, work)


def outputs_of(job: Job) -> list[str]:
    """The files that a build of the job has written: those of its targets, and the manifest, which knows the modules of packages."""
    recorded = recorded_names(job.out)
    names: list[str] = []
    for target in _targets(job):
        if target.is_package(job.options):
            names += [name for name in recorded if name.startswith(target.folder)]
        else:
            names.append(target.file)
    return _paths(job, names)


def planned_outputs(job: Job) -> list[str]:
    """The files that a build of the job will write. Only for packages the docs are read: their modules are called as pages.

    Raises what a build raises.
    """
    targets = _targets(job)
    if not any(target.is_package(job.options) for target in targets):
        return outputs_of(job)
    from generator import pipeline

    found, source = read_job(job)
    schema = pipeline.load(found.pages, source).schema
    return _paths(
        job,
        [
            file.name
            for target in targets
            for file in target.files(schema, source.options, source.style)
        ],
    )


def _targets(job: Job) -> list[Target]:
    from generator.targets import TARGETS

    return [TARGETS[name] for name in dict.fromkeys(job.options.targets)]


def _paths(job: Job, names: Iterable[str]) -> list[str]:
    return [_slashes(os.path.join(job.out, name)) for name in (*names, MANIFEST)]


def pages_of(job: Job) -> list[str]:
    """The pages of the job. Raises SourceError."""
    folder, names = list_source(job.path, job.base)
    return [_slashes(os.path.join(folder, name)) for name in names]


def inputs_of(job: Job) -> list[str]:
    """The files that the job reads beside the config: pages, dialects, templates, the overlay, rules. Raises SourceError."""
    more = [*list_dialects(job.dialects)]
    if job.templates:
        more += list_templates(job.templates)
    if isinstance(job.overlay, str) and job.overlay:
        more.append(job.overlay)
    if job.rules:
        more.append(job.rules)
    return [*pages_of(job), *map(_slashes, more)]


def config_files(flags: argparse.Namespace, paths: Sequence[str] = ()) -> list[str]:
    """The files that say how to build: the config, the one with black's table, and one of fieldgen itself, which a new version replaces."""
    file = flags.config or find_config(".")
    config = load_config(file) if file else Config()
    style = find_black(flags, config, list(paths))
    own = os.path.abspath(generator.__file__)
    return [_slashes(path) for path in (file, style, own) if path]


def write_depfile(flags: argparse.Namespace, jobs: Sequence[Job]) -> None:
    """Write the rule that `--depfile` asks for. Raises SourceError and OutputError."""
    made = [path for job in jobs for path in outputs_of(job)]
    own = {os.path.abspath(path) for path in made}
    outs = {os.path.abspath(job.out) for job in jobs}
    read = [path for job in jobs for path in inputs_of(job)]
    read += config_files(flags, flags.paths)
    folders = [folder for job in jobs for folder in _folders(job, outs)]
    needed = [
        path
        for path in dict.fromkeys((*read, *folders))
        if os.path.abspath(path) not in own
    ]
    made = [path for path in made if os.path.basename(path) != MANIFEST]
    text = depfile_text(
        [flags.depfile_target] if flags.depfile_target else made, needed
    )
    write_file(flags.depfile, text)


def _folders(job: Job, outs: set[str]) -> Iterator[str]:
    """The folders where a new page may appear: a folder is newer than the outputs when it got one. Not those that we write into."""
    pages = pages_of(job)
    top, _ = list_source(job.path, job.base)
    if os.path.isfile(os.path.join(job.base, job.path)):
        return
    seen = {os.path.dirname(page) or "." for page in pages} | {_slashes(top) or "."}
    for folder in sorted(seen):
        if os.path.abspath(folder) not in outs:
            yield folder


def depfile_text(targets: Sequence[str], needed: Sequence[str]) -> str:
    """A rule without a recipe, and an empty one for each input, so that Make does not miss one that is deleted."""
    rows = [" ".join(map(escape, targets)) + ":", *map(escape, needed)]
    phony = "".join(f"{escape(path)}:\n" for path in needed)
    return " \\\n  ".join(rows) + "\n" + phony


def escape(path: str) -> str:
    """A path as Make and Ninja read it in a depfile."""
    text = path.replace("$", "$$")
    for mark in ("#", " "):
        text = text.replace(mark, "\\" + mark)
    return text


def _slashes(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/") if path else ""
