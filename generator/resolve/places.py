"""Where links of hand-written docs lead: paths as their sites have them, sections that hold a definition's table, names in other words."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable

from generator.casing import split_words
from generator.dialect.model import Dialect
from generator.ir import Definition, Model, Ref
from generator.light import NamedTuple
from generator.read.blocks import Heading, Item, Page, Paragraph, Table
from generator.read.headings import slugify
from generator.read.inline import parse_inline, plain_text
from generator.typewords import singulars

_ENDINGS = (".md", ".mdx", ".markdown", ".mdown")
_INDEX = ("index", "_index", "README", "readme")


class _Section(NamedTuple):
    """A heading's part of its page: from `start` up to, without, `end`."""

    title: str
    start: int
    end: int


class Places:
    """The files, sections and names of a source, found by what people write for them."""

    def __init__(
        self, pages: Iterable[Page], definitions: Iterable[Definition], dialect: Dialect
    ) -> None:
        self.dialect = dialect
        self.pages = {page.file: page for page in pages}
        self.by_file: dict[str, list[Definition]] = defaultdict(list)
        self.by_key: dict[str, list[Definition]] = defaultdict(list)
        for definition in definitions:
            self.by_file[definition.span.file].append(definition)
            self.by_key[self.loose(definition.name)].append(definition)
        self.by_end: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self.by_path: dict[tuple[str, ...], str] = {}
        for file in sorted(self.pages):
            path = _site_path(file)
            self.by_path.setdefault(path, file)
            self.by_end[path[-1] if path else ""].append(path)
        self.sections: dict[str, dict[str, _Section]] = {}

    def loose(self, name: str) -> str:
        """A name as it is compared: without what the dialect's `model-name` and type suffixes leave out, in lower case and the singular."""
        pattern = self.dialect.model_name
        match = pattern.search(name) if pattern else None
        suffixes = self.dialect.words.suffixes
        words = [word.lower() for word in split_words(match["name"] if match else name)]
        while len(words) > 1 and suffixes.get(words[-1]) == "first":
            words.pop()
        if words and (single := singulars(words[-1])):
            words[-1] = single[0]
        return "".join(words)

    def named(self, name: str, file: str) -> Definition | None:
        """The one definition that is called so in other words; that of the file, where several are."""
        found = self.by_key.get(self.loose(name), [])
        if len(found) > 1:
            found = [d for d in found if d.span.file == file]
        return found[0] if len(found) == 1 else None

    def file(self, home: str, path: str) -> str | None:
        """The file that a path means on the site of the docs, where each page is a folder and all stand below some root."""
        if not path.startswith("/"):
            folders = posixpath.dirname(home), posixpath.splitext(home)[0]
            joined = (posixpath.normpath(posixpath.join(up, path)) for up in folders)
            found = (self.by_path.get(_site_path(one)) for one in joined)
            return next((file for file in found if file), None)
        wanted = _site_path(path.strip("/"))
        ends = self.by_end.get(wanted[-1] if wanted else "", [])
        fits = [
            parts
            for parts in ends
            if parts
            and (parts == wanted[-len(parts) :] or wanted == parts[-len(wanted) :])
        ]
        longest = max(map(len, fits), default=0)
        if len(fits) > 1:
            fits = [parts for parts in fits if len(parts) == min(longest, len(wanted))]
        return self.by_path[fits[0]] if len(fits) == 1 else None

    def has_anchor(self, file: str, fragment: str) -> bool:
        """Whether a page has a heading with this id."""
        return fragment.lower() in self.outline(file)

    def in_section(self, file: str, fragment: str, label: str) -> Definition | None:
        """The definition whose table stands in a section: the only one, or the one that is called as the section or the label."""
        section = self.outline(file).get(fragment.lower())
        return self.held_by(section, file, label) if section else None

    def numbered(self, file: str, number: str) -> Definition | None:
        """The definition whose table stands in the section of this number."""
        for section in self.outline(file).values():
            if section.title.startswith(number) and not section.title[
                len(number) :
            ].startswith((".", *"0123456789")):
                return self.held_by(section, file, "")
        return None

    def held_by(self, section: _Section, file: str, label: str) -> Definition | None:
        """The definition of a file that a section documents."""
        held = [d for d in self.by_file.get(file, []) if _stands_in(d, section)]
        for name in (section.title, label):
            called = [d for d in held if self.loose(d.name) == self.loose(name)]
            if len(called) == 1:
                return called[0]
        models = [d for d in held if isinstance(d, Model)]
        if len(models) == 1:  # an object, and the values of its fields
            first = models[0] is min(held, key=lambda d: d.span)
            name = self.loose(models[0].name)
            if first or label and self.loose(label) in name:
                return models[0]
        return held[0] if len(held) == 1 else None

    def listed(self, file: str, fragment: str) -> list[Ref]:
        """The links that a section lists, in a column of its only table, its only list or a sentence: what is one of them. Empty where it lists none."""
        section = self.outline(file).get(fragment.lower())
        page = self.pages.get(file)
        if section is None or page is None:
            return []
        inside = [b for b in page.blocks if section.start < b.line < section.end]
        end = next((i for i, b in enumerate(inside) if isinstance(b, Heading)), None)
        own = inside[:end]
        for block in own:
            if isinstance(block, Paragraph) and (found := self.sentence(block, page)):
                return found
        tables = [block for block in own if isinstance(block, Table)]
        tables = tables or [block for block in inside if isinstance(block, Table)]
        items = [block for block in own if isinstance(block, Item)]
        columns: list[list[str]] = []
        if len(tables) == 1 and not items:
            rows = [[cell.text for cell in row] for row in tables[0].rows]
            columns = [list(column) for column in zip(*rows, strict=False)]
        elif items and not tables:
            columns = [[item.text for item in items]]
        for column in columns:
            refs = [ref for text in column if (ref := self.sole_name(text, page))]
            if len(refs) == len(column) > (len(columns) > 1):
                return refs
        return []

    def sole_name(self, text: str, page: Page) -> Ref | None:
        """The link within the docs that a text is, or the name of a definition, if it is nothing else."""
        runs = [run for run in parse_inline(text, page.links) if run.text.strip()]
        if len(runs) != 1:
            return None
        label, url = runs[0].text.strip(), runs[0].url or ""
        if not url and (found := self.by_key.get(self.loose(label), [])):
            return Ref(label) if found[0].name == label else None
        return Ref(label, url) if url and "://" not in url else None

    def titled(self, file: str, name: str) -> str:
        """The id of the section of a page that is called so; empty if there is none, or several."""
        wanted = self.loose(name)
        sections = self.outline(file).items()
        found = {s.start: id_ for id_, s in sections if self.loose(s.title) == wanted}
        return next(iter(found.values())) if len(found) == 1 else ""

    def sentence(self, block: Paragraph, page: Page) -> list[Ref]:
        """The links of a paragraph that says of which types something is one."""
        pattern = self.dialect.evidence.get("member-text")
        runs = parse_inline(block.text, page.links) if pattern else []
        text = " ".join(run.text for run in runs if run.url is None)
        links = [Ref(run.text.strip(), run.url) for run in runs if run.url]
        said = pattern is not None and bool(pattern.fullmatch(text.lower()))
        inner = all("://" not in ref.url for ref in links)
        return links if said and inner and len(links) > 1 else []

    def of_page(self, file: str, label: str) -> Definition | None:
        """The definition that a whole page is about: the one that is called as the link's label, the page's title or its file."""
        page, here = self.pages.get(file), self.by_file.get(file, [])
        titles = (b.text for b in page.blocks if isinstance(b, Heading)) if page else ()
        path = _site_path(file)
        for name in (label, next(iter(titles), ""), path[-1] if path else ""):
            called = [d for d in here if self.loose(d.name) == self.loose(name)]
            if len(called) == 1:
                return called[0]
        return None

    def outline(self, file: str) -> dict[str, _Section]:
        """The sections of a page by their ids in lower case: those of the heading, and with the ids of headings above it before them."""
        known = self.sections.get(file)
        if known is None:
            page = self.pages.get(file)
            known = self.sections[file] = dict(_sections(page)) if page else {}
        return known


def _stands_in(definition: Definition, section: _Section) -> bool:
    lines = [definition.span.line]
    if isinstance(definition, Model) and definition.fields:
        lines = [field.span.line for field in definition.fields]
    return any(section.start <= line < section.end for line in lines)


def _sections(page: Page) -> Iterable[tuple[str, _Section]]:
    """The ids of a page's headings; an id with headings above in it counts where no heading has it of its own."""
    headings = [block for block in page.blocks if isinstance(block, Heading)]
    own: dict[str, _Section] = {}
    joined: dict[str, _Section] = {}
    above: list[tuple[int, str]] = []
    for index, heading in enumerate(headings):
        later = (h.line for h in headings[index + 1 :] if h.level <= heading.level)
        title = plain_text(heading.text, page.links)
        section = _Section(title, heading.line, next(later, 1 << 60))
        for anchor in heading.anchors:
            own.setdefault(anchor.lower(), section)
        slug = slugify(heading.text, page.links, {})
        own.setdefault(slug, section)
        while above and above[-1][0] >= heading.level:
            above.pop()
        for first in range(len(above)):
            parts = [part for _, part in above[first:]]
            joined.setdefault("-".join((*parts, slug)), section)
            joined.setdefault(f"{parts[0]}-{slug}", section)
        above.append((heading.level, slug))
    yield from (joined | own).items()


def _site_path(file: str) -> tuple[str, ...]:
    """The path of a page on its site, in lower case: without its ending, and without the name of an index."""
    base, ending = posixpath.splitext(file)
    if ending.lower() not in _ENDINGS:
        base = file
    parts = [part for part in base.lower().split("/") if part not in ("", ".")]
    if parts and parts[-1] in map(str.lower, _INDEX):
        parts.pop()
    return tuple(parts)
