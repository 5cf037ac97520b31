"""Whose table it is: the name of the model that a table on a hand-written page documents.

The nearest heading from the table upward that is not generic names it, or else the page's title, or else its file. Generic headings in between may add
a word (`Binding` > `Response` > `Body`: Binding Response). A line right before the table may name it, too: a part of what the heading
names, or where the heading names something else, the model itself. A name depends on nothing but these, so that an edit
elsewhere on the page renames nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from generator.define.written.leads import Said, find_captions, read_lead
from generator.define.written.outline import Place, Section
from generator.define.written.titles import Name, Titles
from generator.dialect.files import fold
from generator.dialect.naming import Generic
from generator.light import NamedTuple
from generator.read.blocks import Page

Holder: TypeAlias = Callable[[str], Name | None]
"""The name of the nearest of the models above that has a field of a name so far."""


class Owner(NamedTuple):
    """What a table documents.

    `section`: the heading that it is called after, or whose part its heading's role is. `lead`: what the line before the table says, where
    that gives the name or says when the table counts; `under`: the name that the headings alone give.
    """

    name: Name
    section: Section
    under: Name
    lead: Said | None = None

    @property
    def led(self) -> bool:
        """Whether the line before the table names it, and not the headings."""
        return self.name != self.under


class Owners:
    """Finds the owners of one page's tables and texts."""

    def __init__(
        self, page: Page, titles: Titles, linked: frozenset[tuple[str, str]]
    ) -> None:
        self.page = page
        self.linked = linked  # ids that types lead to, with the labels of their links
        self.titles = titles
        self.owners: dict[int, Owner] = {}  # by section's id
        self.says: dict[int, Generic | None] = {}  # by section's id
        self.rows = titles.dialect.lead_ins

    def of_section(self, section: Section) -> Owner:
        """Whose the text of a section is."""
        if id(section) not in self.owners:
            self.owners[id(section)] = self.find_owner(section)
        return self.owners[id(section)]

    def find_owner(self, section: Section) -> Owner:
        roles: list[str] = []
        called: Section | None = None  # the outermost heading that adds a word
        for part in section.chain():
            found = self.generic(part)
            if found is None:
                break
            if found.role and not (roles and found.says == "call"):
                roles, called = join_roles(found.role, roles), part
        base = self.widen(part)
        name = self.titles.clean(part.title) if part.title else self.page_name(section)
        name = Name(*(" ".join([word, *roles]) for word in name))
        return Owner(name, called or base, name)

    def generic(self, section: Section) -> Generic | None:
        """What a section's title says, if it names nothing. What types lead to is a name, and so is the title of a page that nothing else names."""
        if id(section) not in self.says:
            self.says[id(section)] = self.find_generic(section)
        return self.says[id(section)]

    def find_generic(self, section: Section) -> Generic | None:
        above, title = section.above, section.title
        lone = section.level == 1 and not self.page.title
        if not title or lone and (above is None or not above.title):
            return None
        found = self.titles.generic(title) or self.of_above(section)
        return found if found and not self.is_linked(section) else None

    def is_linked(self, section: Section) -> bool:
        """Whether types lead to a heading by its own name: then it names something, whatever that is."""
        heading, name = section.heading, squeeze(section.title)
        return heading is not None and any(
            (anchor, name) in self.linked for anchor in heading.anchors
        )

    def of_above(self, section: Section) -> Generic | None:
        """What a title says that is the name above it and a word for its parts (`Crane` > `Crane Properties`)."""
        above = section.above
        if above is None or not above.title:
            return None
        name = self.titles.clean(above.title).short
        rest = section.title.removeprefix(f"{name} ")
        says = self.titles.dialect.sections.get(fold(rest))
        return Generic(says) if says and rest != section.title else None

    def widen(self, section: Section) -> Section:
        """The outermost of the sections around one that are called the same (`Role Object` > `Role Structure`)."""
        name = self.titles.clean(section.title).short
        for part in section.chain():
            if part.title and not self.generic(part):
                if self.titles.clean(part.title).short != name:
                    break
                section = part
        return section

    def page_name(self, section: Section) -> Name:
        """The name of what no heading names: the page's title, or what its file is called."""
        if self.page.title:
            return self.titles.clean(self.page.title.text)
        path = PurePosixPath(self.page.file)
        for stem in (path.stem, path.parent.name):
            if stem.strip("_").lower() not in ("", "index", "readme"):
                return Name(stem, stem)
        titles = [part.title for part in section.chain() if part.title]
        return self.titles.clean(titles[-1] if titles else path.stem)

    def of_table(self, place: Place, holder: Holder, more: bool) -> Owner:
        """Whose a field table is. `more`: what the headings name has a table already."""
        headed = self.of_section(place.section)
        owner = self.caption(place, headed)
        said = read_lead(place, self.rows)
        if said is None or said.says == "values":
            return owner
        if said.says == "variant":
            return owner._replace(lead=said)
        if said.says == "case":
            told = said.name in owner.name.short.split()
            return owner if told else rename(owner, said, f"{{}} {said.name}")
        if is_called(owner.name.short, said.name):
            return owner
        if held := holder(said.name):
            part = Name(*(f"{word}.{said.name}" for word in held))
            return owner._replace(name=part, lead=said)
        if said.says == "item":
            if owner == headed and not more:
                return owner
            return rename(owner, said, f"{{}} {said.name}".rstrip())
        return rename(owner, said, said.name)

    def of_values(self, place: Place, holder: Holder, head: str) -> Owner:
        """Whose a table of values is that stands where a model's table stands, too: it is about one of the fields. `head`: its first head."""
        owner = self.of_section(place.section)
        said = read_lead(place, self.rows)
        if said is None or said.says == "case" or not said.name:
            said = Said("values", head, "", 0)
        held = holder(said.name) or owner.name
        part = Name(*(f"{word}.{said.name}" for word in held))
        return owner._replace(name=part, lead=said)

    def caption(self, place: Place, owner: Owner) -> Owner:
        """The owner as lines before the table tell it that stand like headings (**Response**)."""
        for text, names in find_captions(place):
            found = self.titles.generic(text)
            if found and found.role:
                return rename(owner, None, f"{{}} {found.role}")
            if found or not names:
                continue
            return (
                owner
                if is_called(owner.name.short, text)
                else rename(owner, None, self.titles.clean(text).short)
            )
        return owner


def rename(owner: Owner, said: Said | None, form: str) -> Owner:
    """The owner under another name: `form` with the old one in the place of `{}`."""
    name = Name(*(form.replace("{}", word) for word in owner.name))
    return owner._replace(name=name, lead=said)


def join_roles(role: str, inner: list[str]) -> list[str]:
    """The words that headings add, from the outside in, each once."""
    return inner if any(word.startswith(role) for word in inner) else [role, *inner]


def squeeze(name: str) -> str:
    """A name as it is compared: letters and digits, without a plural's ending."""
    text = "".join(char for char in name.lower() if char.isalnum())
    for ending, single in (("ies", "y"), ("ses", "s"), ("s", "")):
        if text.endswith(ending) and not text.endswith("ss"):
            return text.removesuffix(ending) + single
    return text


def is_called(title: str, name: str) -> bool:
    """Whether a title is a name for the same thing: it is equal, or has up to two words more in front (`Package deprecation`)."""
    words = title.split()
    return any(
        squeeze(" ".join(tail)) == squeeze(name) for tail in tails(words) if tail
    )


def tails(words: list[str]) -> Iterator[list[str]]:
    """The words, and what is left without the first one and without the first two, as long as these are no name with a colon."""
    for count in range(min(3, len(words))):
        if any(word.endswith(":") for word in words[:count]):
            return
        yield words[count:]
