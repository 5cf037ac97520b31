"""All rules on one source: what reading finds, what the rules find, without what comments in the docs allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator import pipeline
from generator.diagnostics import Diagnostic
from generator.dialect.model import load_dialect
from generator.light import record
from generator.lint.context import Context
from generator.lint.examples import check_examples
from generator.lint.mend import Found, Mend
from generator.lint.suppress import (
    markdown_suppressions,
    suppress,
    yaml_suppressions,
)
from generator.lint.tables import check_reached, check_required
from generator.read.markdown import read_markdown
from generator.resolve.link import Linker

Rule = Callable[[Context], Iterator[Found]]

RULES: tuple[Rule, ...] = (check_required, check_reached, check_examples)

ASKED = frozenset({"unreferenced-definition", "spelled-name"})
"""Codes that are only reported if somebody asks for them: they are no mistakes, and many docs would have them by the hundred."""


@record(frozen=True, slots=True)
class Linted:
    """The findings of a source in the order of their places, what was read, and what an overlay could say to mend findings."""

    diagnostics: tuple[Diagnostic, ...]
    loaded: pipeline.Loaded
    mends: dict[Diagnostic, Mend]


def lint(
    pages: Mapping[str, bytes],
    source: pipeline.Source,
    asked: frozenset[str] = frozenset(),
    ignored: frozenset[str] = frozenset(),
) -> Linted:
    """Read the files of a source and apply all rules. `asked`: codes of `ASKED` to report, `ignored`: codes not to. Raises DialectError."""
    loaded = pipeline.load(pages, source)
    texts = {
        file: text
        for file in sorted(pages)
        if (text := pipeline.decode(file, pages[file], lambda _: None))
    }
    markdown = [
        read_markdown(text, file)
        for file, text in texts.items()
        if not pipeline.is_yaml(file)
    ]
    written = [p for p in markdown if pipeline.in_dialect(p.file, texts[p.file])]
    dialect = load_dialect(loaded.dialect, source.dialects) if loaded.dialect else None
    linking = pipeline.link_context(source, texts, dialect, tuple(written))
    linker = Linker(loaded.schema, linking, lambda _: None)
    context = Context(loaded.schema, written, texts, dialect, linker.find_linked)
    by_rules = [one for rule in RULES for one in rule(context)]
    mends = {one.diagnostic: one.mend for one in by_rules if one.mend}
    found = {one.diagnostic for one in by_rules} | {*loaded.diagnostics}
    comments = [
        s for page in markdown for s in markdown_suppressions(page, texts[page.file])
    ]
    for file, text in texts.items():
        if pipeline.is_yaml(file):
            comments += yaml_suppressions(file, text)
    hidden = (ASKED - asked) | ignored
    wanted = [d for d in suppress(sorted(found), comments) if d.code not in hidden]
    kept = {d: mends[d] for d in sorted(wanted) if d in mends}
    return Linted(tuple(sorted(wanted)), loaded, kept)
