"""Tables that are nearly field tables: a head is misspelt, or none says that the first column holds names. Nothing is guessed: it is reported."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.define.written.evidence import is_name, is_type, read_column, share
from generator.dialect.model import Dialect, fold
from generator.light import NamedTuple
from generator.read.blocks import Cell, Table
from generator.read.inline import plain_text


class Near(NamedTuple):
    """The head that stands in the way, and what is to be said of it."""

    cell: Cell
    message: str
    hint: str = ""


def find_near(
    table: Table, columns: Mapping[str, int], kind: str, dialect: Dialect
) -> Near | None:
    """What keeps a table from being read whole, if it is a small thing."""
    if not dialect.evidence or kind not in ("fields", "parameters", "other"):
        return None
    words = tuple(dialect.columns)
    for index, cell in enumerate(table.header):
        head = fold(plain_text(cell.text))
        if index in columns.values() or head in dialect.columns:
            continue
        near = _near(head, words)
        column = dialect.columns.get(near, "")
        if not near or column in columns or not _fits(column, columns, kind):
            continue
        lost = "the column is" if kind != "other" else "the table is"
        message = f'the head "{head}" is not known: {lost} left out'
        return Near(cell, message, f'did you mean "{near}"?')
    return _unnamed(table, columns, dialect) if kind == "other" else None


def _fits(column: str, columns: Mapping[str, int], kind: str) -> bool:
    """Whether a table with this column, too, would be one of fields; in one of fields, any column is missed."""
    if kind != "other":
        return column in ("type", "required", "default")
    found = {*columns, column}
    return "type" in found and bool(found & {"name", "parameter"})


@lru_cache(maxsize=1024)
def _near(head: str, words: tuple[str, ...]) -> str:
    """The known word that a head nearly is: one letter is wrong, missing or too many, or two have changed places."""
    if not 4 <= len(head) <= 24 or not head.isascii():
        return ""
    return next((w for w in words if len(w) > 3 and _is_slip(head, w)), "")


def _is_slip(head: str, word: str) -> bool:
    if abs(len(head) - len(word)) > 1 or head in (f"{word}s", word[:-1]):
        return False
    same = 0
    while same < min(len(head), len(word)) and head[same] == word[same]:
        same += 1
    a, b = head[same:], word[same:]
    swapped = len(a) > 1 and a[1::-1] + a[2:] == b
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _unnamed(table: Table, columns: Mapping[str, int], dialect: Dialect) -> Near | None:
    """A column of types, and a first one that looks like names but is not called so."""
    at = columns.get("type", 0)
    if at < 1 or {"name", "parameter", "value"} & columns.keys():
        return None
    names, types = read_column(table, 0), read_column(table, at)
    typed = sum(1 for cell in types if is_type(cell, dialect.words))
    if not names or share(names, is_name) < 0.8 or typed < 0.8 * len(types):
        return None
    cell = table.header[0]
    head = plain_text(cell.text)
    coded = "`" in cell.text or "type" in head.lower()  # it lists values, or types
    if not head or coded or 0 in columns.values() or len(table.rows) < 2:
        return None
    message = (
        f'the table has types, but "{head}" is no head of names: the table is left out'
    )
    return Near(cell, message)
