"""The target `typeddict`: a schema as the view of a module of TypedDicts, whose keys are the keys that are sent."""

from __future__ import annotations

import keyword
from functools import cached_property
from unicodedata import normalize

from generator.diagnostics import SourceSpan
from generator.format import format_statement
from generator.ir import Alias, Definition, Enum, Field, Model, Schema
from generator.light import record
from generator.options import Options, Style
from generator.patterns import late
from generator.targets.annotations import Annotations
from generator.targets.evidence import evidence
from generator.targets.exports import exports
from generator.targets.layout import columns, lay_out
from generator.targets.markdown_text import describe, describe_field
from generator.targets.pytext import (
    docstring,
    header,
    place_remark,
    quote,
    remarks,
)

_BUILTIN = {
    *("str", "int", "float", "bool", "list", "dict"),
    *("Any", "Literal", "NotRequired", "Union"),
}
_WORD = late(r"[^\W\d]\w*")


@record(slots=True)
class Entry:
    """A key of a TypedDict: `statement` is its finished line or lines, place included; `docs` is its docstring.

    In the functional form the docs are comments, and stand above the key.
    """

    statement: str
    docs: str


@record(slots=True)
class Item:
    """A definition. `kind` is class, functional or alias; `gap` is a second blank line above it, where black wants one.

    `head` is the finished line that opens it, or the whole alias, place included; `docs`
    is its docstring. In the functional form the docs are comments, and stand above it.
    """

    kind: str
    gap: str
    head: str
    docs: str
    entries: list[Entry]

    @property
    def body(self) -> str:
        """The entries of a class below each other, with an empty line behind docs."""
        blocks = [
            f"{entry.statement}\n{entry.docs}\n" if entry.docs else entry.statement
            for entry in self.entries
        ]
        return "\n".join(blocks).removesuffix("\n")


@record(slots=True)
class Module:
    """What `templates/typeddict/module.py.jinja` knows as `view`: finished lines in their order."""

    header: str
    docs: str
    imports: str
    all: str
    items: list[Item]


def view(schema: Schema, options: Options, style: Style) -> Module:
    """The view model of a resolved schema, each line in black's shape."""
    writer = _Writer(schema, options, style)
    items = [writer.item(definition) for definition in schema.definitions]
    about = (
        f"What {schema.source} documents, as dictionaries with the keys that are sent."
    )
    return Module(
        header=header(schema.source),
        docs=docstring(about, 0, style.line_length),
        imports=_imports(sorted(writer.types.used), style),
        all=exports(writer.types.names.values(), style),
        items=items,
    )


def _imports(words: list[str], style: Style) -> str:
    if not words:
        return ""
    line = f"from typing import {', '.join(words)}"
    if len(line) <= style.line_length:
        return line
    return "\n".join(["from typing import (", *[f"    {word}," for word in words], ")"])


class _Writer:
    """Writes the definitions of a schema one after the other."""

    def __init__(self, schema: Schema, options: Options, style: Style) -> None:
        self.schema = schema
        self.options = options
        self.style = style
        self.width = style.line_length
        self.types = Annotations(schema)
        # Keys that in the body of a class would hide what the annotations name.
        self.hiding = {*self.types.names.values(), *_BUILTIN}
        self.after_class = False

    def item(self, definition: Definition) -> Item:
        """A definition. What follows it may name it."""
        if isinstance(definition, Model):
            item = self.model(definition)
        else:
            item = self.alias(definition)
        self.types.define(definition)
        is_class = item.kind == "class"
        item.gap = "\n" if is_class or self.after_class else ""
        self.after_class = is_class
        return item

    def alias(self, alias: Alias | Enum) -> Item:
        self.types.used.add("TypeAlias")
        prefix = f"{self.types.names[alias.key]}: TypeAlias = "
        text = self.types.spell_alias(alias)
        if columns(prefix) + columns(text) > self.width:
            text = self.types.spell_alias(alias, long=True)
        head = self.place(lay_out(prefix, text, 0, self.style), alias.span, 0)
        docs = docstring(describe(alias, self.options.base_url), 0, self.width)
        return Item("alias", "", head, docs, [])

    def model(self, model: Model) -> Item:
        self.types.used.add("TypedDict")
        keys = [field.key for field in model.fields]
        if any(map(_is_no_name, keys)):
            return self.functional(model)
        statements = [self.statement(field) for field in model.fields]
        if not self.hiding.isdisjoint(keys) and self.is_hidden(keys, statements):
            return self.functional(model)
        name = self.types.names[model.key]
        head = f"class {name}(TypedDict):"
        if columns(head) > self.width:
            head = f"class {name}(\n    TypedDict\n):"
        docs = docstring(self.describe(model), 4, self.width)
        entries = [
            Entry(self.place(statement, field.span, 4), self.docs(field))
            for field, statement in zip(model.fields, statements, strict=True)
        ]
        return Item("class", "", self.place(head, model.span, 0), docs, entries)

    def functional(self, model: Model) -> Item:
        """The form for keys that cannot stand in the body of a class."""
        name = self.types.names[model.key]
        entries = []
        for field in model.fields:
            statement = self.functional_entry(field)
            entries.append(
                Entry(
                    self.place(statement, field.span, 8),
                    self.comments(self.told(field), 8),
                )
            )
        if len(entries) == 1:
            entries = [self.lone(entries[0])]
        docs = self.comments(self.describe(model), 0)
        head = f'{name} = TypedDict(\n    "{name}",'
        if self.options.places:
            place = f"{place_remark(model.span.file)}{model.span.line}"
            docs = f"{docs}\n{place}" if docs else place
        return Item("functional", "", head, docs, entries)

    def describe(self, model: Model) -> str:
        """What is said of a model. Other keys are stated in words: no type of the standard library can (PEP 728)."""
        text = describe(model, self.options.base_url)
        lines = [(f"Keys that match `{f.name}`", f.type) for f in model.patterned]
        if model.rest is not None:
            lines.append(("All other keys", model.rest))
        told = [
            f"{keys} have values of type `{self.shown.spell(type_)}`."
            for keys, type_ in lines
        ]
        return "\n\n".join([part for part in (text, "\n".join(told)) if part])

    @cached_property
    def shown(self) -> Annotations:
        """Spells types for text: nothing is quoted, and nothing imported for them."""
        types = Annotations(self.schema)
        for definition in self.schema.definitions:
            types.define(definition)
        return types

    def is_hidden(self, keys: list[str], statements: list[str]) -> bool:
        """Whether a key is what the annotation of another key names, which pyright refuses."""
        for hiding, key in enumerate(keys):
            if key in self.hiding and any(
                key in _WORD.findall(statement.partition(":")[2])
                for index, statement in enumerate(statements)
                if index != hiding
            ):
                return True
        return False

    def statement(self, field: Field) -> str:
        """A field in the body of a class, in as many lines as it needs."""
        line = f"    {field.key}: {self.annotation(field, False)}"
        if columns(line) <= self.width:
            return line
        long = self.annotation(field, True)
        return lay_out(f"{field.key}: ", long, 4, self.style)

    def functional_entry(self, field: Field) -> str:
        """A field as an item of the functional form."""
        prefix = f"        {quote(field.key)}: "
        line = f"{prefix}{self.annotation(field, False)},"
        if columns(line) <= self.width:
            return line
        line = f"{prefix}{self.annotation(field, True)},"
        text = format_statement(f'x(\n"",\n{{\n{line}\n}},\n)', 0, self.style)
        return "\n".join(text.split("\n")[3:-2])

    def lone(self, entry: Entry) -> Entry:
        """The only item of a functional form: below a comment black parts its union, `|` by `|`, also where it would fit."""
        *above, last = entry.statement.split("\n")
        if not (above or entry.docs) or " | " not in last:
            return entry
        text = format_statement(
            f'x(\n"",\n{{\n# x\n{entry.statement}\n}},\n)', 0, self.style
        )
        return Entry("\n".join(text.split("\n")[4:-2]), entry.docs)

    def annotation(self, field: Field, long: bool) -> str:
        text = self.types.spell(field.type, long)
        if field.required:
            return text
        self.types.used.add("NotRequired")
        return f"NotRequired[{text}]"

    def place(self, statement: str, span: SourceSpan, indent: int) -> str:
        """The statement with its page and line: behind it where that fits its line, else above it."""
        if not self.options.places:
            return statement
        place = f"{place_remark(span.file)}{span.line}"
        if "\n" not in statement:
            line = f"{statement}  {place}"
            if columns(line) <= self.width:
                return line
        return f"{' ' * indent}{place}\n{statement}"

    def comments(self, text: str, indent: int) -> str:
        """Text as comments of whole lines."""
        return "\n".join(remarks(text, indent, self.width))

    def told(self, field: Field) -> str:
        """What the functional form says above a key."""
        parts = (
            describe_field(field, self.options.base_url),
            evidence(field, self.options),
        )
        return "\n".join([part for part in parts if part])

    def docs(self, field: Field) -> str:
        """What stands below a key in the body of a class: its docstring, and the evidence where it is asked for."""
        text = describe_field(field, self.options.base_url)
        docs = docstring(text, 4, self.width)
        if not self.options.evidence:
            return docs
        proof = remarks(evidence(field, self.options), 4, self.width)
        return "\n".join([docs, *proof] if docs else proof)


def _is_no_name(key: str) -> bool:
    """Whether a key cannot be written as a name in the body of a class: Python would refuse it or change it."""
    if key.startswith("__") or keyword.iskeyword(key) or not key.isidentifier():
        return True
    return not key.isascii() and normalize("NFKC", key) != key
