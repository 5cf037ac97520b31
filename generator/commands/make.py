"""What a build of a job gives, with as little work as the cache allows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from generator.cache.inputs import Pages, look_at
from generator.cache.session import Past, Session
from generator.cache.store import FOLDER, Store
from generator.commands.arguments import Job
from generator.commands.leave import hold
from generator.commands.produce import read_job
from generator.commands.progress import Progress
from generator.kept import digest
from generator.light import TYPE_CHECKING, NamedTuple
from generator.output import Comparison, compare, recorded
from generator.source import Source
from generator.sources import Found, list_source

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic


class Outcome(NamedTuple):
    """What became of a job. `comparison`: with the out folder, or None where the docs document nothing.

    `folder`, `path`: those of `Found`. `read`: the number of pages that had to be read for it.
    """

    pages: int
    read: int
    folder: str
    path: str
    dialect: str
    definitions: int
    diagnostics: Sequence[Diagnostic]
    comparison: Comparison | None
    seconds: float = 0.0


def cache_of(job: Job) -> Store:
    """The cache beside the config, or in the working folder."""
    return Store(os.path.join(job.folder, FOLDER))


def make(
    job: Job, force: bool, store: Store | None, quiet: bool = False, jobs: int = 1
) -> Outcome:
    """Read and generate what is not known, and compare with the out folder. Docs that document nothing are an accident: no comparison then.

    `jobs`: how many processes may work at the same time.
    """
    import gc
    from time import perf_counter

    start = perf_counter()
    progress = Progress(job.name, quiet)
    # What is made stays until the outputs are written: to look for garbage among it takes a tenth of the time and finds none.
    gc.disable()
    try:
        made = _make(job, force, store, progress, jobs)
    finally:
        gc.enable()
        progress.clear()
    return made._replace(seconds=perf_counter() - start)


def _make(
    job: Job, force: bool, store: Store | None, progress: Progress, jobs: int
) -> Outcome:
    clock = store.clock() if store else 0
    folder, names = list_source(job.path, job.base)
    pages = Pages(folder, names, look_at(folder, names))
    full = os.path.join(job.base, job.path)
    _, source = read_job(job, lambda: Found(pages, folder, full))
    if store is None:
        return _work(job, force, source, pages, full, None, progress, jobs)
    from generator.cache.tool import tool_digest

    name = digest(f"{os.path.abspath(full)}\0{os.path.abspath(job.out)}".encode())
    request = digest(repr(source).encode("utf-8", "surrogateescape"))
    find_tool = partial(tool_digest, store, clock)
    session = Session(store, name, find_tool, request, pages, clock, source.dialects)
    past = session.past()
    if past and (past.outputs is None or session.stand(past.outputs, job.out)):
        clean = Comparison(job.out, {}, {}, {}, ())
        compared = None if past.outputs is None else clean
        return _outcome(past, pages, full, compared)
    file = session.only_changed()
    # In a package, each page is a file of its own.
    if file is not None and source.options.layout != "package":
        from generator.cache.outputs import Outputs

        with Outputs(job.out, session.found().outputs or {}) as outputs:
            from generator.cache.local import update

            done = update(session, source, file, outputs)
        if done:
            compared = compare(done.files, job.out, force, outputs.all())
            found = done.found._replace(outputs=recorded(compared, done.files))
            session.save_page(file, found, done.renewed)
            return _outcome(found, pages, full, compared)
    return _work(job, force, source, pages, full, session, progress, jobs)


def _work(
    job: Job,
    force: bool,
    source: Source,
    pages: Pages,
    full: str,
    session: Session | None,
    progress: Progress,
    jobs: int,
) -> Outcome:
    from generator import pipeline
    from generator.commands.parked import Park
    from generator.commands.workers import workers

    hold()  # nothing of another source
    park = Park(source.options.targets, pages.size())
    keep = session.keep_schema if session else lambda schema: None

    def ready() -> None:
        pipeline.get_ready(source)
        if session:
            session.get_ready()

    with workers(jobs) as hands:
        loaded = pipeline.load(pages, source, session, progress, hands, ready)
        definitions = len(loaded.schema.definitions)
        made = pipeline.produce(loaded, source, park.put, keep, progress, hands)
    files = {name: park.content(place) for name, place in made.files.items()}
    compared = compare(files, job.out, force) if definitions else None
    hashes = recorded(compared, files) if compared else None
    past = Past(loaded.dialects, definitions, made.diagnostics, hashes)
    if session and made.also:
        session.save(made.also, past)
    hold(loaded, made, session)
    return _outcome(past, pages, full, compared)


def _outcome(
    past: Past, pages: Pages, full: str, compared: Comparison | None
) -> Outcome:
    return Outcome(
        len(pages),
        len(pages.read),
        pages.folder,
        full,
        past.dialect,
        past.definitions,
        past.diagnostics,
        compared,
    )
