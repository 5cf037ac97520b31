"""The values that fields may have, where they stand in a table of their own: `| Property | Value |`, the property repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.define.columns import read_rows
from generator.define.nesting import Part
from generator.define.tables import RowReader, read_literal, read_value
from generator.diagnostics import Diagnostic
from generator.ir import (
    NULL,
    ListOf,
    Literal,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    one_of,
)
from generator.read.blocks import Cell, Table
from generator.read.inline import plain_text

_VALUED = ("string", "integer", "number", "boolean", "any")


def put_values(
    reader: RowReader,
    table: Table,
    columns: dict[str, int],
    parts: Sequence[Part],
    plain_name: Callable[[str], str],
) -> list[Part]:
    """The rows of a definition with the values of the table in their types. `plain_name`: a name without its marks of depth."""
    groups: dict[str, list[Cell]] = {}
    places: dict[str, Cell] = {}
    for row in read_rows(table, columns, reader.dialect, reader.complain):
        name, value = row.get("name"), row.get("value")
        if name is None or value is None:
            continue
        shown = plain_text(plain_name(name.text))
        places.setdefault(shown, name)
        groups.setdefault(shown, []).append(value)
    out = list(parts)
    for shown, cells in groups.items():
        fitting = [
            index
            for index, part in enumerate(parts)
            if part.field.name == shown and takes_values(part.field.type)
        ]
        texts = _share([plain_text(cell.text) for cell in cells], len(fitting))
        if not texts:
            what = "no field" if not fitting else f"{len(fitting)} fields"
            message = f'{what} of this definition can be the "{shown}" that these values are of'
            place = places[shown]
            reader.report(Diagnostic(reader.span(place), "unplaced-values", message))
        for index in fitting if texts else ():
            old = parts[index].field
            type_ = with_values(old.type, texts)
            out[index] = parts[index]._replace(field=replace(old, type=type_))
    return out


def _share(texts: list[str], fields: int) -> list[str]:
    """The values of each of several fields of one name; none where they are not the same for all of them."""
    if fields == 0:
        return []
    size, rest = divmod(len(texts), fields)
    same = rest == 0 and texts == texts[:size] * fields
    return texts[:size] if same else []


def takes_values(type_: TypeRef) -> bool:
    """Whether values can narrow a type."""
    match type_:
        case Scalar(kind):
            return kind in _VALUED
        case ListOf(item):
            return takes_values(item)
        case OneOf(members):
            return any(takes_values(member) for member in members)
        case Ref(fallback=known):  # a type word that is a link
            return known is not None and takes_values(known)
        case _:
            return False


def with_values(type_: TypeRef, texts: Sequence[str]) -> TypeRef:
    """The type with its scalars narrowed to values: of a list its items'. A value `null` means that null is allowed."""
    match type_:
        case ListOf(item):
            return ListOf(with_values(item, texts))
        case Ref(fallback=known) if known is not None:
            return with_values(known, texts)
        case OneOf(members):
            rest = tuple(m for m in members if not takes_values(m))
            taken = tuple(m for m in members if takes_values(m))
            return one_of((with_values(one_of(taken), texts), *rest))
        case _:
            nullable = "null" in texts
            values = [
                read_value(text, type_) or read_literal(text)
                for text in texts
                if text != "null"
            ]
            if not values:
                return type_
            literal = Literal(tuple(dict.fromkeys(values)))
            return one_of((literal, NULL)) if nullable else literal
