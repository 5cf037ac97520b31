"""Objects that a type cell writes out: `object({ start = string, days = optional(list(string)) })`, `{ start: string; days?: string[] }`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.define.nesting import Part
from generator.define.tables import RowReader
from generator.ir import ANY, Field
from generator.patterns import late
from generator.read.blocks import Cell
from generator.read.json_text import canonical
from generator.typeexpr import TypeSyntaxError, parse_type
from generator.typewords import Words, settle

_OPEN, _CLOSE = "([{<", ")]}>"
_BREAK = late(r"<br ?/?>|\n")
_QUOTED = late(r'"(?:[^"\\]|\\.)*"')
_DEPTH = 30


def attribute_parts(
    reader: RowReader, cell: Cell, entry: re.Pattern[str], depth: int
) -> list[Part]:
    """What stands between the braces of a type cell, as rows of this depth; nothing where it is not one list of entries."""
    text = cell.text
    for pattern, to in reader.dialect.words.rewrite:
        text = pattern.sub(to, text)
    text = re.sub(r"</?pre>", "", _BREAK.sub("\n", text))
    return _Attributes(reader, cell, entry).parts(text, depth)


class _Attributes:
    def __init__(self, reader: RowReader, cell: Cell, entry: re.Pattern[str]) -> None:
        self.reader = reader
        self.cell = cell
        self.entry = entry
        self.words: Words = reader.dialect.words

    def parts(self, text: str, depth: int) -> list[Part]:
        bodies = list(_bodies(text))
        if len(bodies) != 1 or depth > _DEPTH:
            return []
        entries = [e for e in _split(bodies[0], ",;\n") if e.strip()]
        matches = [self.entry.fullmatch(each.strip()) for each in entries]
        out: list[Part] = []
        for match in matches:
            if match is None:
                return []
            name = match["name"].strip('"')
            said = match.groupdict().get("optional")
            type_text, default, optional = self.unwrap(match["type"].strip())
            field = self.field(name, type_text, default, not (optional or said))
            out.append(Part(depth, "field", "", field))
            out += self.parts(type_text, depth + 1)
        return out

    def unwrap(self, text: str) -> tuple[str, str, bool]:
        """The type, default and optionality of `optional(type, default)`."""
        word, _, rest = text.partition("(")
        if self.words.generics.get(word.strip()) != "optional" or text[-1:] != ")":
            return text, "", False
        inner, *default = _split(rest[:-1], ",")
        return inner.strip(), ",".join(default).strip(), True

    def field(self, name: str, text: str, default: str, required: bool) -> Field:
        span = self.reader.span(self.cell)
        try:
            type_ = settle(parse_type(text, self.words, span), required)
        except TypeSyntaxError as error:
            message = f'the type of "{name}" cannot be read: {error}'
            self.reader.complain(self.cell, "unread-type", message)
            type_ = ANY
        try:
            value = canonical(default) if default else None
        except ValueError:
            value = None
        return Field(name, type_, span, required, default=value)


def _walk(text: str) -> Iterator[tuple[int, str, int]]:
    """Each character outside quotes: where it stands, and how many brackets are open around it."""
    at = depth = 0
    while at < len(text):
        quoted = _QUOTED.match(text, at)
        if quoted:
            at = quoted.end()
            continue
        char = text[at]
        if char in _CLOSE:
            depth -= 1
        yield at, char, depth
        if char in _OPEN:
            depth += 1
        at += 1


def _bodies(text: str) -> Iterator[str]:
    """What stands between braces, without that in braces inside."""
    braces = 0
    begin = 0
    for at, char, _ in _walk(text):
        if char == "{":
            begin = begin if braces else at + 1
            braces += 1
        elif char == "}":
            braces -= 1
            if not braces:
                yield text[begin:at]


def _split(text: str, signs: str) -> list[str]:
    """The parts of a text between signs that stand in no bracket."""
    out, begin = [], 0
    for at, char, depth in _walk(text):
        if char in signs and depth <= 0:
            out.append(text[begin:at])
            begin = at + 1
    return [*out, text[begin:]]
