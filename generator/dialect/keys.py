"""What the file of a dialect may say: one row a key. The check of users' files and docs/dialects.md go by this table.

A key's `kind` says what it takes:

    text      a text                             pattern   a regular expression
    flag      yes or no                          rows      a list of mappings with the keys of `row`
    words     a list of texts                    table     a mapping: one of `names` → a list of texts
    types     a mapping: word → type expression  shapes    a mapping: word → one of `names`
    map       a mapping: text → text             row       a mapping with the keys of `row`
    type      a type expression
    path      a path (lists.py)                  path-list a path or a list of them
    paths     a mapping: one of `names` → path-list        path-table  a mapping: one of `names` → a path

A pattern must have the groups `groups`; `any_of` are groups of which it may have some, and no others.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.dialect import lists, naming, prose, told
from generator.dialect.marks import SAYS
from generator.facts import SIMPLE
from generator.light import NamedTuple
from generator.typewords import SHAPES

COLUMNS = (
    "name",
    "parameter",
    "type",
    "required",
    "description",
    "default",
    "example",
    "value",
    "notes",
    "place",
    "deprecated",
    "pattern",
    "nullable",
    "cardinality",
    "optional",
    "applies",
)
SECTIONS = ("name", "fields", "values", "field-values", "types", "owned", "other")
TABLES = ("fields", "enum", "names", "types", "parameters", "all", "items", "other")
PLACES = (
    "title",
    "section",
    "table",
    "header",
    "field",
    "name",
    "type",
    "required",
    "values",
    "code",
    "page",
    "keys",
)
EVIDENCE = (
    "weak-name",
    "value-name",
    "setting-name",
    "layout-head",
    "number-head",
    "value-heading",
    "value-text",
    "value-remark",
    "parameter-head",
    "parameter-heading",
    "argument-heading",
    "argument-title",
    "parameter-text",
    "parameter-place",
    "body-heading",
    "field-text",
    "no-type",
    "no-field-heading",
    "no-value-heading",
    "bits",
    "aside-link",
    "see-link",
    "open-values",
    "everywhere",
    "applies-head",
    "row-kind",
    "choice-row",
    "listed-values",
    "type-lead",
    "more-values",
    "member-text",
)
SHEET = ("type", "format", "required", "default", "same", "source", "rest")


class Key(NamedTuple):
    """A row: what the key takes (`kind`), and which words, groups or keys are allowed in it."""

    kind: str
    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    row: Mapping[str, Key] = {}
    needed: tuple[str, ...] = ()


_FLAG = Key("flag")
_NAME = Key("pattern", groups=("name",))
_NUMBER = Key("number")
_PATTERN = Key("pattern")
_TEXT = Key("text")
_SHAPES = Key("shapes", tuple(SHAPES))
_WORDS = Key("words")

_MARK = {
    "in": Key("text", (*COLUMNS, "text")),
    "matches": Key("pattern", any_of=("value",)),
    "says": Key("text", SAYS),
    "cut": _FLAG,
    "separator": _TEXT,
}
_SPLIT = {
    "in": Key("text", COLUMNS),
    "matches": Key("pattern", any_of=(*COLUMNS, "target")),
}
_PROSE = {
    "in": Key("text", prose.PLACES),
    "matches": Key("pattern", any_of=("value",)),
    "says": Key("text", prose.SAYS),
    "separator": _TEXT,
}
_FACT = {"matches": _PATTERN, "says": Key("text", SIMPLE), "value": _TEXT}
_RESTRICTION = {
    "matches": Key("pattern", any_of=("value",)),
    "says": Key("text", SIMPLE),
}
_REWRITE = {"matches": _PATTERN, "to": _TEXT}
_EVIDENCE = {
    "in": Key("text", PLACES),
    "matches": _PATTERN,
    "points": _NUMBER,
    "needed": _FLAG,
}
_VALUED = {"in": Key("text", COLUMNS), "matches": Key("pattern", any_of=("value",))}
_LISTING = {"matches": _PATTERN, "says": Key("text", ("values", "examples"))}
_RETITLE = {"matches": _PATTERN, "to": _TEXT, "names": _FLAG, "tells": _FLAG}
_GENERIC = {
    "matches": _PATTERN,
    "role": _TEXT,
    "says": Key("text", naming.PARTS),
}
_LEAD = {
    "matches": Key("pattern", any_of=("name",)),
    "says": Key("text", naming.LEADS),
    "role": _TEXT,
}
_TOLD = {
    "matches": Key("pattern", any_of=("except",)),
    "says": Key("text", told.TELLS),
}
_GROUP = {
    "matches": Key("pattern", groups=("names",)),
    "says": Key("text", told.GROUPS),
}
_PATTERNED = {"matches": Key("pattern", any_of=("text", "pattern")), "to": _TEXT}
_CONDITION = {
    "matches": Key("pattern", groups=("names",), any_of=("values",)),
    "says": Key("text", told.TESTS),
}
_AT = Key("path")
_PATHS = Key("paths", lists.MEANINGS)
_MODEL = {
    "at": _AT,
    "name": Key("path-list"),
    "suffix": _TEXT,
    "keys": _PATHS,
    "when": Key("path-list"),
}
_RULE = {
    "at": _AT,
    "matches": _PATTERN,
    "says": Key("text", lists.SAYS),
    "value": _TEXT,
}
_NESTING = ("level", "itself", "rest", "all", "one", "none", "step", "entry")

KEYS: dict[str, Key] = {
    # what the dialect is
    "title": _TEXT,
    "extends": _TEXT,
    "detect": Key("rows", row=_EVIDENCE, needed=("in", "matches", "points")),
    # tables
    "columns": Key("table", COLUMNS),
    "heads": Key("patterns", COLUMNS),
    "evidence": Key("patterns", EVIDENCE),
    "required": Key("table", ("yes", "no")),
    "required-default": _FLAG,
    "silent": _WORDS,
    "marks": Key("rows", row=_MARK, needed=("in", "matches", "says")),
    "split": Key("rows", row=_SPLIT, needed=("in", "matches")),
    "tables": Key("table", TABLES),
    "field-name": _NAME,
    "surplus": Key("text", COLUMNS),
    "leftover": Key("text", COLUMNS),
    "respell": Key("rows", row=_REWRITE, needed=("matches", "to")),
    "short-rows": _FLAG,
    "run-on-cells": _FLAG,
    "default-form": Key("text", ("json",)),
    "deprecation": Key("pattern", groups=("reason",)),
    "example-list": _PATTERN,
    "enum-rows": Key("rows", row=_VALUED, needed=("in", "matches")),
    "bare-tables": Key("flag"),
    "untyped": Key("text", ("enum",)),
    "empty-model": Key("text", ("unknown",)),
    "empty-value": _FLAG,
    "alias-rows": _FLAG,
    "members-by-value": _FLAG,
    "map-entries": _PATTERN,
    "nesting": Key("patterns", _NESTING),
    "several-names": _PATTERN,
    "no-rows": _PATTERN,
    "patterned": Key("rows", row=_PATTERNED, needed=("matches", "to")),
    "conditions": Key("rows", row=_CONDITION, needed=("matches", "says")),
    "group-text": Key("rows", row=_GROUP, needed=("matches", "says")),
    "table-text": Key("rows", row=_TOLD, needed=("matches", "says")),
    # headings and the text around tables
    "sections": Key("table", SECTIONS),
    "hand-written": _FLAG,
    "retitle": Key("rows", row=_RETITLE, needed=("matches", "to")),
    "generic-headings": Key("rows", row=_GENERIC, needed=("matches",)),
    "lead-ins": Key("rows", row=_LEAD, needed=("matches", "says")),
    "one-model": _FLAG,
    "lone-title": _PATTERN,
    "name-level": _NUMBER,
    "model-name": _NAME,
    "inner-name": _NAME,
    "model-anchor": _PATTERN,
    "models-under": _WORDS,
    "bare-models": _PATTERN,
    "bare-pages": Key("text", ("union",)),
    "untold-level": _NUMBER,
    "name-text": _PATTERN,
    "captions": _PATTERN,
    "code-is-example": _FLAG,
    "field-heading": Key("pattern", groups=("name",), any_of=("required",)),
    "entry-heading": _NAME,
    "entry-line": Key("pattern", groups=("column",)),
    "signature": Key("pattern", groups=("type", "value", "optional")),
    "value-item": Key("pattern", groups=("value",), any_of=("name",)),
    "member": Key("pattern", groups=("type",)),
    "members-follow": _PATTERN,
    "values-follow": _PATTERN,
    "open-text": _PATTERN,
    "prose": Key("rows", row=_PROSE, needed=("matches", "says")),
    # types
    "types": Key("types"),
    "generics": _SHAPES,
    "prefixes": _SHAPES,
    "suffixes": _SHAPES,
    "separators": _WORDS,
    "open": _WORDS,
    "rewrite": Key("rows", row=_REWRITE, needed=("matches", "to")),
    "notes": _WORDS,
    "type-facts": Key("rows", row=_FACT, needed=("matches", "says", "value")),
    "links": Key("text", ("nearest",)),
    "undocumented": Key("text", ("external",)),
    # pages whose sections have sheets
    "section-heading": Key(
        "pattern", groups=("path",), any_of=("number", "kind", "required")
    ),
    "section-line": _PATTERN,
    "section-kinds": Key("table", ("field", "keyed", "inner")),
    "sheet": Key("table", SHEET),
    "closed": _WORDS,
    "untitled": _WORDS,
    "restrictions": Key("rows", row=_RESTRICTION, needed=("matches", "says")),
    "listings": Key("rows", row=_LISTING, needed=("matches", "says")),
    # field lists in YAML and JSON
    "models": Key("rows", row=_MODEL, needed=("at", "name")),
    "keys": _PATHS,
    "value-keys": Key("paths", lists.VALUE_PARTS),
    "rules": Key("rows", row=_RULE, needed=("at", "says")),
    "catalog": Key(
        "rows", row={"at": _AT, "name": Key("path-list")}, needed=("at", "name")
    ),
    "file-keys": Key("path-table", lists.MEANINGS),
    "without-type": Key("type"),
    "lost": _WORDS,
    "kept": _WORDS,
    "lone-refs": _PATTERN,
    "known": _WORDS,
    "closed-keys": _FLAG,
    "text-values": _FLAG,
    "dotted-names": _FLAG,
}
