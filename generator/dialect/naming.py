"""Rows of a dialect that tell what is named where: what titles hold besides names, headings that name nothing, lines that lead to a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.light import NamedTuple

LEADS = ("model", "item", "case", "variant", "values")
PARTS = ("fields", "values", "call", "other")
_FLAGS = re.IGNORECASE | re.DOTALL


class Retitle(NamedTuple):
    """What is written otherwise in titles. `names`: what is left is a name, whatever it is. `tells`: where two names become equal by it, it stays."""

    matches: re.Pattern[str]
    to: str
    names: bool
    tells: bool


class Generic(NamedTuple):
    """What a heading says that names nothing: what stands below it, and the word that this adds to the name above it."""

    says: str
    role: str = ""


class GenericRow(NamedTuple):
    """A row of `generic-headings`: a pattern of whole titles."""

    matches: re.Pattern[str]
    says: str
    role: str


class Lead(NamedTuple):
    """A row of `lead-ins`: what is found in the text right before a table says one of `LEADS` (written/leads.py).

    `role`: the word that a case adds to the name, where the pattern has no group `name`.
    """

    matches: re.Pattern[str]
    says: str
    role: str = ""


def read_retitle(rows: Iterable[Mapping[str, str]]) -> tuple[Retitle, ...]:
    """The rows of a dialect's `retitle`."""
    return tuple(
        Retitle(
            re.compile(row["matches"], re.DOTALL),
            row["to"],
            row.get("names") == "yes",
            row.get("tells") == "yes",
        )
        for row in rows
    )


def read_generics(rows: Iterable[Mapping[str, str]]) -> tuple[GenericRow, ...]:
    """The rows of a dialect's `generic-headings`."""
    return tuple(
        GenericRow(
            re.compile(r["matches"], _FLAGS), r.get("says", "fields"), r.get("role", "")
        )
        for r in rows
    )


def read_leads(rows: Iterable[Mapping[str, str]]) -> tuple[Lead, ...]:
    """The rows of a dialect's `lead-ins`."""
    return tuple(
        Lead(re.compile(r["matches"], _FLAGS), r["says"], r.get("role", ""))
        for r in rows
    )


def find_generic(title: str, rows: Iterable[GenericRow]) -> Generic | None:
    """What the first row says that matches a whole title."""
    for row in rows:
        if match := row.matches.fullmatch(title):
            return Generic(row.says, match.expand(row.role).strip())
    return None
