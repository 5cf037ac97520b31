"""Marks: what words inside a cell say of a field (`[optional]`, `**REQUIRED**`, `repeated`), by the rows of a dialect's `marks`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.light import NamedTuple, record
from generator.read.blocks import Cell

SAYS = (
    "required",
    "optional",
    "nullable",
    "list",
    "deprecated",
    "default",
    "constant",
    "enum",
    "example",
    "nothing",
    "no-field",
    "rest",
    "base",
    "conditional",
    "applies",
    "recommended",
    "unit",
    "note",
)

_STATED = {
    "conditional": "requiredIf",
    "applies": "requiredIf",
    "recommended": "recommended",
    "unit": "unit",
}
_EDGES = " \t\n.;,:([-\u2013\u2014"


class Mark(NamedTuple):
    """A row of a dialect's `marks`: where `matches` is found in the column, it says one of `SAYS`.

    `default`, `constant`, `enum`, `example` and `deprecated` take what the group `value` holds; `enum` splits it at `separator`.
    `rest`: the row is no field, but the map of all other keys, if it is optional and its type a map. `base`: the row is no field, but
    the model has all fields of its type. `conditional`: it is required in some cases, the words of `value` (or all) say in which;
    `applies`: it is there in these cases only, whatever a column says; `recommended` and `unit`: facts; `note`: `value` belongs to the description.
    `cut`: the match is no part of what remains of the cell.
    """

    column: str
    matches: re.Pattern[str]
    says: str
    cut: bool = False
    separator: str = ","


class Stated(NamedTuple):
    """A fact that a mark states: its kind, its value, the words, and the cell that they stand in."""

    kind: str
    value: str
    words: str
    cell: Cell


@record(slots=True)
class Facts:
    """What marks say of one field; None: nothing. `required_in`: the column where `required` stands."""

    required: bool | None = None
    required_in: str = ""
    nullable: bool = False
    list: bool = False
    deprecated: str | None = None
    default: str | None = None
    constant: str | None = None
    enum: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    no_field: bool = False
    rest: bool = False
    base: bool = False
    notes: tuple[str, ...] = ()
    stated: tuple[Stated, ...] = ()
    applies: Stated | None = None


def read_marks(cells: dict[str, Cell], marks: Iterable[Mark]) -> Facts:
    """The facts that marks state in a row (column → cell). Cells lose the marks that are to be cut."""
    facts = Facts()
    for mark in marks:
        cell = cells.get(mark.column)
        match = mark.matches.search(cell.text) if cell else None
        if cell is None or match is None:
            continue
        _note(facts, mark, (match.groupdict().get("value") or "").strip())
        if mark.says == "applies":
            facts.applies = facts.applies or _state(mark, match, cell)
        elif mark.says in _STATED:
            facts.stated = (*facts.stated, _state(mark, match, cell))
        if mark.cut:
            cells[mark.column] = _cut(cell, match)
    return facts


def _note(facts: Facts, mark: Mark, value: str) -> None:
    match mark.says:
        case "required" | "optional" | "conditional":
            if facts.required is None:  # of two marks the first row counts
                facts.required = mark.says == "required"
                facts.required_in = mark.column
        case "nullable":
            facts.nullable = True
        case "list":
            facts.list = True
        case "deprecated":
            facts.deprecated = value
        case "default":
            facts.default = value
        case "constant":
            facts.constant = value
        case "enum":
            parts = (part.strip() for part in value.split(mark.separator))
            facts.enum = tuple(part for part in parts if part)
        case "example":
            facts.examples = (*facts.examples, value)
        case "no-field":
            facts.no_field = True
        case "rest":
            facts.rest = True
        case "base":
            facts.base = True
        case "note":
            facts.notes = (*facts.notes, value)


def _state(mark: Mark, match: re.Match[str], cell: Cell) -> Stated:
    """What a mark states besides the type, with its words."""
    words = _strip(match[0])
    value = _strip(match.groupdict().get("value") or words)
    place = cell._replace(column=cell.column + match.start() + match[0].find(words))
    return Stated(_STATED[mark.says], value, words, place)


def _strip(text: str) -> str:
    """Words without signs around them, without a bracket that closes nothing, and without marks of emphasis that stand at one end only."""
    text = text.strip(_EDGES)
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(_EDGES)
    for mark in "*_`":
        text = text.strip(mark) if text.count(mark) % 2 else text
    return text.strip(_EDGES)


def _cut(cell: Cell, match: re.Match[str]) -> Cell:
    """The cell without a match; what stands at its begin moves its column."""
    rest = cell.text[match.end() :]
    if match.start() == 0:
        shift = match.end() + len(rest) - len(rest.lstrip())
        return Cell(rest.strip(), cell.line, cell.column + shift)
    return cell._replace(text=(cell.text[: match.start()] + rest).strip())
