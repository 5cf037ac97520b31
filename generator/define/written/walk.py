"""A hand-written page in, the definitions that it documents out.

Each heading that is not generic may be a name; each table that is a field table or a list of values goes to its owner, wherever on the
page that was named. What is no one's documents nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from urllib.parse import quote, unquote

from generator.casing import one_word
from generator.define.account import Account, Verdict
from generator.define.columns import find_columns
from generator.define.content import ContentReader
from generator.define.subject import Subject
from generator.define.tables import map_objects
from generator.define.written.groups import group_facts
from generator.define.written.holders import Holders
from generator.define.written.leads import Said, trim_lead
from generator.define.written.limits import is_bit_set, limit_type
from generator.define.written.near import find_near
from generator.define.written.notes import notes_below
from generator.define.written.outline import (
    Place,
    Section,
    find_place,
    is_called_after,
    read_outline,
)
from generator.define.written.owner import Owner, Owners, rename, squeeze
from generator.define.written.rows import WrittenRows
from generator.define.written.sentences import texts_above
from generator.define.written.table_rows import TableRows
from generator.define.written.titles import Name, Titles
from generator.define.written.value_links import find_value_links
from generator.define.written.value_lists import read_value_list
from generator.define.written.values import lead_text, own_name, plain_values
from generator.define.written.verdict import judge_linked, judge_table
from generator.diagnostics import Diagnostic
from generator.ir import ANY, Definition, Fact, Field, ListOf, Ref, TypeRef
from generator.light import record
from generator.read.blocks import Block, Fence, Heading, Item, Paragraph, Table
from generator.read.inline import is_struck, parse_inline, plain_text
from generator.read.json_text import dump_json

_OURS = ("fields", "enum", "names", "types")


@record(slots=True)
class Found:
    """A table of the page: where it stands, what it is, its columns, and when it is read, the subject that it belongs to."""

    table: Table
    place: Place
    verdict: Verdict
    columns: dict[str, int]
    subject: Subject | None = None
    about: str = ""  # the field whose values it lists, where it says so


class WrittenPage(ContentReader):
    """Reads the sections of one page into subjects, one for each name."""

    def build(self) -> tuple[Definition, ...]:
        self.titles = Titles(self.dialect)
        self.rows = WrittenRows(
            self.page.file, self.dialect, self.report, self.page.links
        )
        self.table_rows = TableRows(self.page, self.dialect, self.rows)
        self.subjects: dict[tuple[int, str], Subject] = {}
        self.names: dict[int, Name] = {}  # of subjects by their id
        self.leads: dict[int, list[Subject]] = defaultdict(list)  # by section's id
        self.holders = Holders()
        sections = read_outline(self.page)
        self.is_one_section = len(sections) == 1
        tops = [part for part in sections if part.above and not part.above.heading]
        self.top_section = tops[0] if len(tops) == 1 else None
        self.tables = {id(found.table): found for found in self.find_tables(sections)}
        links = self.find_links()
        self.led_to = frozenset(anchor for anchor, _ in links)
        for found in self.tables.values():
            found.verdict = judge_linked(
                found.verdict, found.columns, found.place, self.led_to
            )
        self.owners = Owners(self.page, self.titles, links)
        self.with_fields = {
            (self.line_of(owner), owner.name.short)
            for found in self.tables.values()
            if found.verdict.kind == "fields" and not self.is_aside(found)
            for owner in [self.owners.of_section(found.place.section)]
        }
        for section in sections:
            self.read_section(section)
        for section in sections:
            self.adopt(section)
        self.use_values()
        self.tell_apart()
        for subject in self.subjects.values():
            self.subject = subject
            self.finish()
        self.accounts = [self.account(found) for found in self.tables.values()]
        return tuple(self.definitions.values())

    def find_tables(self, sections: list[Section]) -> Iterator[Found]:
        """All tables of the page, judged."""
        for section in sections:
            for index, block in enumerate(section.blocks):
                if isinstance(block, Table):
                    yield self.judge(block, find_place(section, index))

    def find_links(self) -> frozenset[tuple[str, str]]:
        """Where cells of types lead to on this page: the id, and the label as names are compared."""
        links: set[tuple[str, str]] = set()
        for found in self.tables.values():
            at = found.columns.get("type", -1)
            for row in found.table.rows if at >= 0 else ():
                if at < len(row) and "[" in row[at].text:
                    for run in parse_inline(row[at].text, self.page.links):
                        if run.url and run.url.startswith("#"):
                            links.add((unquote(run.url[1:]), squeeze(run.text)))
        return frozenset(links)

    def is_aside(self, found: Found) -> bool:
        """Whether a table stands in a part that is not about the model itself (Examples)."""
        generic = self.owners.generic(found.place.section)
        return generic is not None and generic.says == "other"

    def judge(self, table: Table, place: Place) -> Found:
        columns = find_columns(table, self.dialect)
        heading = place.section.heading
        anchors = heading.anchors if heading else ()
        leads = [self.value_links.get(anchor.lower()) for anchor in anchors]
        linked = "enum" if True in leads else "plain" if False in leads else ""
        verdict, columns = judge_table(table, columns, place, self.dialect, linked)
        if near := find_near(table, columns, verdict.kind, self.dialect):
            span = self.span(near.cell.line, near.cell.column)
            self.report(Diagnostic(span, "near-table", near.message, near.hint))
        return Found(table, place, verdict, columns)

    @cached_property
    def value_links(self) -> dict[str, bool]:
        """The ids on this page that rows of plain types lead to, and whether for the values of an enum."""
        tables = (block for block in self.page.blocks if isinstance(block, Table))
        return find_value_links(tables, self.dialect, self.page.links)

    def account(self, found: Found) -> Account:
        name = found.subject.name if found.subject else ""
        return Account(self.page.file, found.table.line, *found.verdict, name)

    def read_section(self, section: Section) -> None:
        """Read the tables of a section into their owners' subjects, and its text into that of the section."""
        above = section.above and self.owners.generic(section.above)
        if section.above and section.heading and above and above.says == "types":
            owner = self.owners.of_section(section.above)
            self.read_member(section.heading, self.subject_of(owner, section.above))
            return
        generic = self.owners.generic(section)
        own = self.subject_of(self.owners.of_section(section), section)
        says = generic.says if generic and not generic.role else ""
        seen = False  # a table of ours stands above
        if own.values is None and self.is_type(section):
            own.values = read_value_list(section.blocks, self.dialect) or None
        for index, block in enumerate(section.blocks):
            if isinstance(block, Table):
                found = self.tables[id(block)]
                if found.verdict.kind in _OURS:
                    self.place_table(found)
                    seen = True
                continue
            own.section = says
            if not seen and says != "other":
                self.read_part(block, section.blocks[index + 1 : index + 2], own)

    def is_type(self, section: Section) -> bool:
        """Whether cells of types lead to a section, or the whole page is about what its title names: no other heading, no table."""
        heading = section.heading
        if heading is None:
            return bool(self.page.title) and not self.tables and self.is_one_section
        return any(anchor in self.led_to for anchor in heading.anchors)

    def read_part(self, block: Block, following: list[Block], own: Subject) -> None:
        """Read a block of text into a subject: what only leads to a table is no description, and code is an example."""
        leads = bool(following) and isinstance(following[0], Table | Fence)
        if leads and isinstance(block, Paragraph | Item):
            block = block._replace(text=trim_lead(block.text))
            if not block.text:
                return
        if isinstance(block, Fence) and own.section != "values":
            return
        self.subject = own
        self.read_text(block, own)

    def line_of(self, owner: Owner) -> int:
        heading = owner.section.heading
        return heading.line if heading else 0

    def subject_of(self, owner: Owner, part: Section) -> Subject:
        """The subject of an owner. Links to the sections from `part` up to the owner's reach it."""
        key = self.line_of(owner), owner.name.short
        if key not in self.subjects:
            subject = Subject(self.begin_heading(owner), owner.name.short)
            if is_struck(subject.heading.text):
                subject.deprecated = ""
            subject.scope = self.find_scope(owner.section)
            self.subjects[key] = subject
            self.names[id(subject)] = owner.name
        subject = self.subjects[key]
        if not owner.led:
            self.add_anchors(subject, part, owner.section)
        return subject

    def begin_heading(self, owner: Owner) -> Heading:
        """Where a subject begins, as a heading: the owner's, or the page's title."""
        if heading := owner.section.heading:
            return heading._replace(anchors=())
        title = self.page.title
        line, column = (title.line, title.column) if title else (1, 1)
        return Heading(1, owner.name.short, line, column)

    def add_anchors(self, subject: Subject, part: Section, last: Section) -> None:
        """Let the ids of the sections from `part` up to `last` lead to a subject."""
        more: list[str] = []
        for section in part.chain():
            more += section.heading.anchors if section.heading else ()
            if section is last:
                break
        known = subject.heading.anchors
        new = [anchor for anchor in more if anchor not in known]
        subject.heading = subject.heading._replace(anchors=(*new, *known))

    def find_scope(self, section: Section) -> tuple[str, ...]:
        """The names above a section as parts of a key. A page's only title tells nothing apart that its file does not."""
        titles = [
            self.titles.clean(part.title).short
            for part in section.chain()
            if part is not section
            and part.title
            and part is not self.top_section
            and not self.owners.generic(part)
        ]
        return tuple(word for title in reversed(titles) if (word := one_word(title)))

    def place_table(self, found: Found) -> None:
        """Read a table into the subject that it belongs to."""
        table, place = found.table, found.place
        owner = self.find_owner(found)
        subject = found.subject = self.subject_of(owner, place.section)
        if owner.led and subject not in self.leads[id(place.section)]:
            self.leads[id(place.section)].append(subject)
            subject.heading = subject.heading._replace(line=self.begin_line(found))
        if found.verdict.kind == "enum":
            lead = owner.lead.name if owner.lead else ""
            found.about = own_name(table, found.columns) or lead
        self.holders.add(place.section, subject)
        self.subject = subject
        subject.section = ""
        known = subject.fields or []
        self.table_rows.prepare(place, self.find_above(place))
        if found.verdict.kind == "enum":
            table = plain_values(table, found.columns["value"], self.dialect)
            subject.open |= self.dialect.says("more-values", lead_text(place))
        self.read_judged(table, found.columns, found.verdict.kind)
        if found.verdict.kind == "fields":
            for part in self.table_rows.take(subject, len(known), table.line):
                self.add(replace(part, scope=subject.scope))
            subject.notes += tuple(notes_below(place, self.page.file))
            facts = group_facts(place, self.dialect, subject.fields, self.page.file)
            subject.facts += tuple(facts)
        if known and subject.fields is not None:
            self.merge(subject, known, owner.lead)

    def find_above(self, place: Place) -> Iterator[str]:
        """The texts of the sections above a table's, as long as these name nothing or the same: they speak for its fields, too."""
        section = place.section
        while section.above is not None and (
            self.owners.generic(section) or is_called_after(section, section.above)
        ):
            section = section.above
            yield from texts_above(section.blocks)

    def begin_line(self, found: Found) -> int:
        """The line where what a lead-in names begins."""
        before = found.place.before
        return before[-1].line if before else found.table.line

    def find_owner(self, found: Found) -> Owner:
        """Whose table it is; with the fields that the headings' model has so far."""
        place = found.place
        plain = self.owners.of_section(place.section)
        key = self.line_of(plain), plain.name.short

        def name_of(field: str) -> Name | None:
            holder = self.holders.find(place.section, field)
            return self.names[id(holder)] if holder else None

        if found.verdict.kind != "fields":
            head = plain_text(found.table.header[found.columns.get("value", 0)].text)
            if key in self.with_fields:
                return self.owners.of_values(place, name_of, head)
            return plain
        more = key in self.subjects and self.subjects[key].fields is not None
        more = more or self.holders.any_in(place.section)
        owner = self.owners.of_table(place, name_of, more)
        if (
            owner.name == plain.name
            and key in self.with_fields
            and self.is_aside(found)
        ):
            return rename(plain, None, f"{{}} {place.section.title}")
        lead = owner.lead.name if owner.led and owner.lead else ""
        if lead and (holder := self.holders.find(place.section, lead)):
            self.point(holder, lead, owner)
        return owner

    def point(self, subject: Subject, name: str, owner: Owner) -> None:
        """Let an object or the objects of a list that a field holds be those of a table below, which is led in by the field's name."""
        ref = Ref(owner.name.short, f"#{quote(self.part_anchor(owner))}")

        def told(type_: TypeRef) -> TypeRef:
            return ListOf(ref) if type_ == ListOf(ANY) else map_objects(type_, ref)

        subject.fields = [
            replace(field, type=told(field.type)) if field.name == name else field
            for field in subject.fields or ()
        ]
        part = self.subject_of(owner, owner.section)
        anchors = (self.part_anchor(owner),)
        part.heading = part.heading._replace(anchors=anchors)

    def part_anchor(self, owner: Owner) -> str:
        return f"{self.line_of(owner)}:{owner.name.short}"

    def merge(self, subject: Subject, known: list[Field], lead: Said | None) -> None:
        """Let a further table of a model add to its fields: what it says again counts once, what it says of a case is required in that only."""
        types = self.holders.types(subject, known)
        more = (subject.fields or [])[len(known) :]
        fresh = [f for f in more if types.get(f.name) != f.type or f.name not in types]
        if lead and lead.says == "variant":
            span = self.span(lead.line)
            fact = Fact("requiredIf", dump_json(lead.words), lead.words, span)
            fresh = [
                replace(f, required=False, facts=(*f.facts, fact)) if f.required else f
                for f in fresh
            ]
        self.holders.add_fields(subject, known, fresh)

    def adopt(self, section: Section) -> None:
        """Give the text and the ids of a heading that names nothing with a table to the only model that a line below it names."""
        leads = self.leads.get(id(section), [])
        own = self.subject_of(self.owners.of_section(section), section)
        if len(leads) != 1 or own.has_table:
            return
        lead = leads[0]
        lead.text = [*own.text, *lead.text]
        anchors = (*lead.heading.anchors, *own.heading.anchors)
        lead.heading = lead.heading._replace(anchors=anchors)

    def use_values(self) -> None:
        """Let fields have the enum that is called as they are (a head `` `colour` ``, "where `colour` is one of:") as their type."""
        tables = [f for f in self.tables.values() if f.about and f.subject]
        for found in tables:
            enum, about = found.subject, found.about
            again = [other for other in tables if other.about == about]
            if enum is None or enum.fields is not None or len(again) > 1:
                continue  # of two lists of one name, nothing says which
            anchor = f"{found.table.line}:{about}"
            for subject in self.subjects.values():
                for index, field in enumerate(subject.fields or ()):
                    if subject.fields and field.name == about:
                        ref = Ref(enum.name, f"#{anchor}", field.span)
                        new = self.limit(field, ref, enum)
                        subject.fields[index] = replace(field, type=new)
            enum.heading = enum.heading._replace(
                anchors=(anchor, *enum.heading.anchors)
            )

    def limit(self, field: Field, ref: Ref, enum: Subject) -> TypeRef:
        """The type of a field whose values an enum lists."""
        values, texts = enum.values or [], (field.name, enum.name, field.description)
        if is_bit_set(values, texts, self.dialect):
            return field.type
        return limit_type(field.type, ref, values) or field.type

    def tell_apart(self) -> None:
        """Call subjects of one name in full, where that tells them apart (`Role Object` and `Role Fields`)."""
        groups: dict[str, list[Subject]] = defaultdict(list)
        for subject in self.subjects.values():
            if subject.fields is not None or subject.values is not None:
                groups[subject.name].append(subject)
        for group in groups.values():
            full = [self.names[id(subject)].full for subject in group]
            if len(group) > 1 and len(set(full)) == len(group):
                for subject, name in zip(group, full, strict=True):
                    subject.name = name
