"""Dialects: how a kind of docs writes its field tables. Each is a YAML file of words in generator/dialects; this module only reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any

from generator.diagnostics import SourceSpan
from generator.dialect.files import Files, fold, invert, load_data
from generator.dialect.marks import Mark
from generator.dialect.naming import (
    Generic,
    GenericRow,
    Lead,
    Retitle,
    find_generic,
    read_generics,
    read_leads,
    read_retitle,
)
from generator.dialect.prose import Saying
from generator.dialect.told import Row, read_told_rows
from generator.light import record
from generator.typeexpr import CANONICAL, Words, parse_type

__all__ = ["Dialect", "Nesting", "Sheets", "fold", "load_dialect"]
_NOWHERE = SourceSpan("", 0)


@record(frozen=True)
class Nesting:
    """How rows say that they are parts of others. See nesting.py.

    `level`: what stands before a name for each level; `itself` and `rest`: names that are none, but mean the whole object and all its other
    keys. `all`, `one` and `none`: paragraphs that say that the next table belongs to what is before it, is one of several, or does not count.
    `step`: names are paths, this is one step of them (paths.py). `entry`: an attribute of an object that a type writes out (attributes.py).
    """

    level: re.Pattern[str] = re.compile("(?!)")
    itself: re.Pattern[str] | None = None
    rest: re.Pattern[str] | None = None
    all: re.Pattern[str] | None = None
    one: re.Pattern[str] | None = None
    none: re.Pattern[str] | None = None
    step: re.Pattern[str] | None = None
    entry: re.Pattern[str] | None = None


@record(frozen=True)
class Sheets:
    """Pages whose sections are each of one thing, with a sheet of its facts: see sections.py.

    `section`: the heading of one (groups `number`, `path`, `kind`, `required`); `line`: a paragraph that stands for a heading. `keys`: what
    the words of a sheet say. `kinds`: kind of a section → field, keyed (it is of all keys that match) or inner (it adds to the object around it).
    """

    section: re.Pattern[str]
    line: re.Pattern[str]
    keys: Mapping[str, str]
    kinds: Mapping[str, str]
    untitled: frozenset[str]  # titles that name nothing
    closed: frozenset[str]  # what says that an object has no other keys
    # paragraphs that say what the list or code below them is: values or examples
    listings: tuple[tuple[re.Pattern[str], str], ...]
    # rows of tables (`key: value`) that limit values, each with the kind of fact that it states
    restrictions: tuple[tuple[re.Pattern[str], str], ...] = ()

    def is_kind(self, kind: str, means: str) -> bool:
        """Whether sections of a kind are of a certain sort."""
        return self.kinds.get(kind) == means


@record(frozen=True, eq=False)
class Dialect:
    """The words of a kind of docs. Words of headers, marks and sections are compared in lower case with white space folded."""

    name: str
    title: str
    columns: Mapping[str, str]  # header word → column
    required: Mapping[str, bool]  # mark → required
    sections: Mapping[str, str]  # heading → fields, values, types or other
    silent: frozenset[str]  # cells that say nothing
    words: Words
    deprecation: re.Pattern[str] | None
    example_list: re.Pattern[str] | None
    # What words inside cells say, and cells that hold several columns.
    marks: tuple[Mark, ...] = ()
    split: tuple[tuple[str, re.Pattern[str]], ...] = ()
    # What parts several names in a cell, names of rows that are no fields, names that are patterns: see written/rows.py and written/nested.py.
    several_names: re.Pattern[str] | None = None
    no_rows: re.Pattern[str] | None = None
    patterned: tuple[tuple[re.Pattern[str], str], ...] = ()
    # Conditions of fields, and what text around a table says of all of them.
    conditions: tuple[Row, ...] = ()
    table_text: tuple[Row, ...] = ()
    group_text: tuple[Row, ...] = ()
    # Where in its cell a field's name stands, and where in a heading a definition's.
    field_name: re.Pattern[str] | None = None
    model_name: re.Pattern[str] | None = None
    respell: tuple[tuple[re.Pattern[str], str], ...] = ()  # in descriptions
    leftover: str = ""  # the column of which the description gets what marks leave
    surplus: str = ""  # the column whose cell holds bars that are not escaped
    short_rows: bool = False  # the last cells of a row may be missing
    required_default: bool = False  # fields that do not tell are required
    # Headings of a deeper level name nothing, their parts are passed over; 0: all but the first …
    name_level: int = 6
    inner_name: re.Pattern[str] | None = None  # … but those that this finds
    tables: Mapping[str, str] = field(
        default_factory=dict
    )  # header row → a kind of `keys.TABLES`
    # What list items, code blocks and prose say: a value of an enum (groups `name`, `value`),
    # a member of a union (group `type`), or that the page's next headings are its members.
    value_item: re.Pattern[str] | None = None
    member: re.Pattern[str] | None = None
    members_follow: re.Pattern[str] | None = None
    values_follow: re.Pattern[str] | None = None
    members_by_value: bool = False
    # (column, pattern): a field table with such cells in all rows lists the values of an enum.
    enum_rows: tuple[tuple[str, re.Pattern[str]], ...] = ()
    empty_model: bool = True  # a table without rows: an object without fields
    open_text: re.Pattern[str] | None = None  # prose or code: more values may come
    sheets: Sheets | None = None
    # A heading that is a field (`name`), and the paragraphs below it that begin a cell (`column`): see entries.py.
    entry_heading: re.Pattern[str] | None = None
    entry_line: re.Pattern[str] | None = None
    # What stands below the heading of a member (`type`, `value`, `optional`): see signatures.py.
    signature: re.Pattern[str] | None = None
    json_defaults: bool = False  # what is no JSON is no default
    hand_written: bool = False  # tables are judged by their cells, see define/written
    # What titles hold besides names, headings that name nothing, text that leads to a table: see written/owner.py.
    retitle: tuple[Retitle, ...] = ()
    generic_headings: tuple[GenericRow, ...] = ()
    lead_ins: tuple[Lead, ...] = ()
    # A page's title that is the only name on its page
    lone_title: re.Pattern[str] | None = None
    one_model: bool = False  # headings below a page's title name nothing
    empty_value: bool = False  # an empty value cell: the empty string
    bare_pages: bool = False  # a page with a name and no more is a union
    # Only headings below these, or with such an id, name definitions; a paragraph that does, too
    # (groups `name`, `anchor`); names that mean an object without fields if nothing stands below.
    models_under: frozenset[str] = frozenset()
    model_anchor: re.Pattern[str] | None = None
    name_text: re.Pattern[str] | None = None
    bare_models: re.Pattern[str] | None = None
    run_on: bool = False  # cells go on behind empty lines: see run_on.py
    alias_rows: bool = (
        False  # a table's only row called as its heading: the type of that
    )
    code_is_example: bool = False  # code blocks are no part of a description
    captions: re.Pattern[str] | None = None  # a paragraph: another part begins (`name`)
    nesting: Nesting | None = None
    # For tables that people write: columns by patterns of their heads, and what speaks for a kind of table (written/verdict.py).
    heads: tuple[tuple[str, re.Pattern[str]], ...] = ()
    evidence: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    map_entries: re.Pattern[str] | None = (
        None  # names of key-value pairs: see map_entries.py
    )
    undocumented: bool = (
        False  # links to nowhere mean types that are documented elsewhere
    )
    prose: tuple[Saying, ...] = ()  # what text around tables says of a definition
    bare_tables: bool = False  # tables may lack their delimiter row
    untyped: str = ""  # enum: a field table in which no row has a type lists values
    # A heading below a field table (its markdown): groups `name` of the field, `required` a word of `required`.
    field_heading: re.Pattern[str] | None = None
    links: str = (
        ""  # nearest: of several equal names, a link means that below the same headings
    )
    untold_level: int = (
        0  # a heading of this level with no table below it names a type that is not told
    )

    def find_generic(self, title: str) -> Generic | None:
        """What a title says that names nothing; None: it is a name."""
        section = self.sections.get(fold(title))
        found = find_generic(title, self.generic_headings)
        return found or (Generic(section) if section else None)

    # (pattern of words in a type cell, kind, value): what they state of a number
    type_facts: tuple[tuple[re.Pattern[str], str, str], ...] = ()

    def says(self, word: str, text: str) -> bool:
        """Whether a text is what `evidence` calls so."""
        pattern = self.evidence.get(word)
        return bool(pattern and pattern.search(text))


@lru_cache(maxsize=64)
def load_dialect(name: str, files: Files = ()) -> Dialect:
    """The dialect of this name, with all that it extends; `files`: the user's own. Raises DialectError."""
    data = load_data(name, files)
    types = {
        word: parse_type(text, CANONICAL, _NOWHERE)
        for word, text in data.get("types", {}).items()
    }
    return Dialect(
        name=name,
        title=data.get("title", ""),
        columns=invert(data.get("columns", {})),
        required={
            word: key == "yes" for word, key in invert(data.get("required", {})).items()
        },
        sections=invert(data.get("sections", {})),
        silent=frozenset(data.get("silent", ())),
        words=Words(
            types,
            data.get("generics", {}),
            data.get("prefixes", {}),
            data.get("suffixes", {}),
            frozenset(data.get("separators", ())),
            frozenset(data.get("open", ())),
            rewrite=tuple(
                (re.compile(row["matches"]), row["to"])
                for row in data.get("rewrite", ())
            ),
            prose=data.get("hand-written") == "yes",
            notes=frozenset(data.get("notes", ())),
        ),
        type_facts=tuple(
            (re.compile(row["matches"], re.IGNORECASE), row["says"], row["value"])
            for row in data.get("type-facts", ())
        ),
        deprecation=_pattern(data.get("deprecation")),
        example_list=_pattern(data.get("example-list")),
        marks=tuple(_mark(row) for row in data.get("marks", ())),
        split=tuple(
            (row["in"], re.compile(row["matches"], re.DOTALL))
            for row in data.get("split", ())
        ),
        several_names=_pattern(data.get("several-names")),
        no_rows=_pattern(data.get("no-rows")),
        patterned=tuple(
            (re.compile(row["matches"]), row["to"]) for row in data.get("patterned", ())
        ),
        conditions=read_told_rows(data.get("conditions", ())),
        table_text=read_told_rows(data.get("table-text", ())),
        group_text=read_told_rows(data.get("group-text", ())),
        field_name=_pattern(data.get("field-name")),
        model_name=_pattern(data.get("model-name")),
        respell=tuple(
            (re.compile(row["matches"]), row["to"]) for row in data.get("respell", ())
        ),
        leftover=data.get("leftover", ""),
        surplus=data.get("surplus", ""),
        short_rows=data.get("short-rows") == "yes",
        required_default=data.get("required-default") == "yes",
        name_level=int(data.get("name-level", 6)),
        inner_name=_pattern(data.get("inner-name")),
        tables=invert(data.get("tables", {})),
        value_item=_pattern(data.get("value-item")),
        member=_pattern(data.get("member")),
        members_follow=_pattern(data.get("members-follow")),
        values_follow=_pattern(data.get("values-follow")),
        members_by_value=data.get("members-by-value") == "yes",
        enum_rows=tuple(
            (row["in"], re.compile(row["matches"], re.DOTALL))
            for row in data.get("enum-rows", ())
        ),
        empty_model=data.get("empty-model") != "unknown",
        open_text=_pattern(data.get("open-text")),
        sheets=_sheets(data),
        entry_heading=_pattern(data.get("entry-heading")),
        entry_line=_pattern(data.get("entry-line")),
        signature=_pattern(data.get("signature")),
        json_defaults=data.get("default-form") == "json",
        hand_written=data.get("hand-written") == "yes",
        retitle=read_retitle(data.get("retitle", ())),
        generic_headings=read_generics(data.get("generic-headings", ())),
        lead_ins=read_leads(data.get("lead-ins", ())),
        lone_title=_pattern(data.get("lone-title")),
        one_model=data.get("one-model") == "yes",
        empty_value=data.get("empty-value") == "yes",
        bare_pages=data.get("bare-pages") == "union",
        models_under=frozenset(map(fold, data.get("models-under", ()))),
        model_anchor=_pattern(data.get("model-anchor")),
        name_text=_pattern(data.get("name-text")),
        bare_models=_pattern(data.get("bare-models")),
        run_on=data.get("run-on-cells") == "yes",
        alias_rows=data.get("alias-rows") == "yes",
        code_is_example=data.get("code-is-example") == "yes",
        captions=_pattern(data.get("captions")),
        nesting=_nesting(data["nesting"]) if "nesting" in data else None,
        heads=tuple(_patterns(data.get("heads", {})).items()),
        evidence=_patterns(data.get("evidence", {})),
        map_entries=_pattern(data.get("map-entries")),
        undocumented=data.get("undocumented") == "external",
        prose=tuple(_saying(row) for row in data.get("prose", ())),
        bare_tables=data.get("bare-tables") == "yes",
        untyped=data.get("untyped", ""),
        field_heading=_pattern(data.get("field-heading")),
        links=data.get("links", ""),
        untold_level=int(data.get("untold-level", 0)),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.DOTALL) if text else None


def _saying(row: Mapping[str, str]) -> Saying:
    pattern = re.compile(row["matches"], re.DOTALL)
    place, separator = row.get("in", "text"), row.get("separator", ",")
    return Saying(place, pattern, row["says"], separator)


def _nesting(data: Mapping[str, str]) -> Nesting:
    return Nesting(**{word: re.compile(text) for word, text in data.items()})


def _patterns(data: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {
        word: re.compile(text, re.IGNORECASE | re.DOTALL) for word, text in data.items()
    }


_NEVER = re.compile("(?!)")


def _sheets(data: Mapping[str, Any]) -> Sheets | None:
    if "section-heading" not in data:
        return None
    return Sheets(
        re.compile(data["section-heading"], re.DOTALL),
        _pattern(data.get("section-line")) or _NEVER,
        invert(data.get("sheet", {})),
        invert(data.get("section-kinds", {})),
        frozenset(map(fold, data.get("untitled", ()))),
        frozenset(map(fold, data.get("closed", ()))),
        tuple(
            (re.compile(row["matches"]), row["says"])
            for row in data.get("listings", ())
        ),
        tuple(
            (re.compile(row["matches"], re.DOTALL), row["says"])
            for row in data.get("restrictions", ())
        ),
    )


def _mark(row: Mapping[str, str]) -> Mark:
    pattern = re.compile(row["matches"], re.DOTALL | re.IGNORECASE)
    cut = row.get("cut") == "yes"
    return Mark(row["in"], pattern, row["says"], cut, row.get("separator", ","))
