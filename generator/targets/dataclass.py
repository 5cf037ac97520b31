"""The target `dataclass`: a schema as the view of a module of dataclasses that read and write payloads.

The module needs nothing but the standard library. Absent and null are told apart where
the docs allow both: `UNSET` stands for a key that is absent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.casing import free_name
from generator.ir import Alias, Enum, Field, MapOf, Model, Ref, Schema, TypeRef
from generator.options import Options, Style
from generator.targets.aliases import sort_aliases
from generator.targets.dataclass_codec import Codec, enum_base
from generator.targets.dataclass_methods import MethodWriter
from generator.targets.dataclass_union import UnionBuilder
from generator.targets.evidence import evidence
from generator.targets.exports import exports
from generator.targets.layout import columns, lay_out
from generator.targets.markdown_text import describe, describe_field
from generator.targets.names import (
    KEEPING_ATTRIBUTES,
    attribute_names,
    member_names,
    snake,
)
from generator.targets.other_keys import describe_other_keys, other_keys
from generator.targets.pytext import comment, docstring, quote, remarks
from generator.targets.python_types import BUILTINS, PythonTypes
from generator.targets.statements import fit

_IMPORTED = re.compile(r"\b(?:Any|Literal|dt|builtins)\b")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')
_TYPING = ("Any", "Final", "Literal", "Self", "TypeAlias")
_ENUM = ("Enum", "IntEnum", "StrEnum")
# What a helper function calls.
_NEEDS: dict[str, set[str]] = {
    "read_datetime": {"write_datetime"},
    "write": {"list", "dict"},
}


@dataclass(frozen=True, slots=True)
class Class:
    """A dataclass: finished lines of its parts, each ending without a line break. `gap`: the empty lines above it."""

    gap: str
    head: str
    docs: str
    attributes: str
    parameter: str
    read: str
    refusal: str
    returns: str
    write: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A definition that is no dataclass: an enum or an alias, its finished lines with its docs, and the empty lines above it."""

    gap: str
    code: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A function that tells the members of a union apart."""

    head: str
    body: str


@dataclass(frozen=True, slots=True)
class Module:
    """What `templates/dataclass/module.py.jinja` sees as `view`. `helpers`: the helper functions that the code calls."""

    header: str
    docstring: str
    imports: str
    all: str
    classes: tuple[Class | Assignment, ...]
    unions: tuple[Assignment, ...]
    readers: tuple[Reader, ...]
    helpers: frozenset[str]
    extra: bool  # whether the classes keep unknown keys
    rest: bool  # whether some class has an attribute for all other keys


def view(schema: Schema, options: Options, style: Style) -> Module:
    """The view model of a resolved schema."""
    return _Writer(schema, options, style).module()


class _Writer:
    def __init__(self, schema: Schema, options: Options, style: Style) -> None:
        self.schema = schema
        self.options = options
        self.style = style
        self.types = PythonTypes(schema, options)
        self.names = self.types.names
        self.codec = Codec(self.types, self.name_reader)
        self.methods = MethodWriter(self.codec, self.types, options, style)
        self.taken = frozenset(self.names.values())
        if options.unknown_keys == "keep":
            self.taken |= KEEPING_ATTRIBUTES
        self.rest = any(
            isinstance(d, Model) and other_keys(d, options) for d in schema.definitions
        )
        self.readers: dict[TypeRef, Reader] = {}
        self.reader_names: dict[TypeRef, str] = {}
        self.used: set[str] = set()
        self.after_class = False

    def gap(self, is_class: bool) -> str:
        """The empty lines above what comes next, as black wants them: two beside a class, one between assignments."""
        gap = "\n\n" if is_class or self.after_class else "\n"
        self.after_class = is_class
        return gap

    def module(self) -> Module:
        definitions = self.schema.definitions
        classes = tuple(
            self.model(d) if isinstance(d, Model) else self.enum(d)
            for d in definitions
            if not isinstance(d, Alias)
        )
        unions = tuple(self.alias(*pair) for pair in sort_aliases(self.schema))
        models = any(isinstance(d, Model) for d in definitions)
        helpers = self.codec.helpers | self.used & {"UNSET"}
        if models:
            helpers.add("refuse")
            self.used |= {"Any", "Self"}
        for helper in tuple(helpers):
            helpers |= _NEEDS.get(helper, set())
        if "write" in helpers:
            helpers |= {"dates", "write_datetime"} if "dt" in self.used else set()
            helpers |= {"enums"} if self.options.enums == "enum" else set()
        if self.readers or helpers - {"refuse", "UNSET"}:
            self.used |= {"Any"}
        about = f"Models of what {self.schema.source} documents; they read and write its payloads."
        return Module(
            header=f"{comment(f'Generated by fieldgen from {self.schema.source}.')}\n"
            '# Do not edit: change the docs and run "fieldgen build".',
            docstring="\n".join(docstring(about, 0, self.style.line_length)),
            imports=self.imports(models, helpers),
            all=self.exports(models, helpers),
            classes=classes,
            unions=unions,
            readers=tuple(self.readers[type_] for type_ in self.reader_names),
            helpers=frozenset(helpers),
            extra=self.options.unknown_keys == "keep",
            rest=self.rest,
        )

    def imports(self, models: bool, helpers: set[str]) -> str:
        if "UNSET" in helpers:
            self.used |= {"Enum", "Final", "Literal"}
        if helpers & {"read_datetime", "read_date", "write_datetime"}:
            self.used.add("dt")
        if "enums" in helpers:
            self.used.add("Enum")
        plain = ["import builtins"] if "builtins" in self.used else []
        plain += ["import datetime as dt"] if "dt" in self.used else []
        plain += ["import re"] if "matching" in helpers else []
        lines = ["from collections.abc import Mapping"] if models else []
        extra = ["field"] if self.options.unknown_keys == "keep" or self.rest else []
        names = ["dataclass", *extra, "fields"] if models else []
        for module, words in (
            ("dataclasses", names),
            ("enum", [word for word in _ENUM if word in self.used]),
            ("typing", [word for word in _TYPING if word in self.used]),
        ):
            if words:
                lines.append(self.import_line(module, words))
        return "\n".join([*plain, *lines])

    def import_line(self, module: str, words: Sequence[str]) -> str:
        return fit(f"from {module} import {', '.join(words)}", 0, self.style)

    def exports(self, models: bool, helpers: set[str]) -> str:
        names = [*self.names.values(), *(["PayloadError"] if models else [])]
        return exports(
            [*names, *(["UNSET", "Unset"] if "UNSET" in helpers else [])], self.style
        )

    def name_reader(self, type_: TypeRef, owner: str) -> str:
        """The function that reads a union or an alias; it is written once, where it is first needed."""
        known = self.reader_names.get(type_)
        if known is not None:
            return known
        alias = self.names[type_.name] if isinstance(type_, Ref) else ""
        base = f"_read_{snake(alias) if alias else owner}"
        name = free_name(base, self.reader_names.values())
        self.reader_names[type_] = name  # before its body, which may call it
        annotation = self.annotate(type_)
        body = UnionBuilder(self.codec, self.types).body(type_, annotation, name[6:])
        self.readers[type_] = Reader(
            fit(f"def {name}(value: Any) -> {annotation}:", 0, self.style),
            "\n".join(fit(text, indent, self.style) for indent, text in body),
        )
        return name

    def annotate(self, type_: TypeRef, hidden: frozenset[str] = frozenset()) -> str:
        return self.note(self.types.annotate(type_, hidden))

    def note(self, code: str) -> str:
        """The code; what it needs of imports is remembered."""
        self.used.update(_IMPORTED.findall(_STRING.sub("", code)))
        return code

    def place(
        self, statement: str, definition: Model | Enum | Alias | Field, indent: int
    ) -> str:
        """The statement with the place of its docs behind it, or above it where the line is full."""
        if not self.options.places:
            return statement
        remark = comment(f"{definition.span.file}:{definition.span.line}")
        if (
            "\n" not in statement
            and columns(statement) + 2 + columns(remark) <= self.style.line_length
        ):
            return f"{statement}  {remark}"
        return f"{' ' * indent}{remark}\n{statement}"

    def docs(self, text: str, indent: int) -> list[str]:
        return docstring(text, indent, self.style.line_length)

    def enum(self, enum: Enum) -> Assignment:
        name = self.names[enum.key]
        docs = describe(enum, self.options.base_url)
        if self.codec.is_class(enum):
            base = enum_base(enum)
            self.used.add(base)
            members = member_names(enum)
            lines = [self.place(f"class {name}({base}):", enum, 0), *self.docs(docs, 4)]
            lines += [""] if docs else []
            for value, member in zip(enum.values, members, strict=True):
                literal = json.loads(value.value)
                shown = quote(literal) if isinstance(literal, str) else repr(literal)
                lines.append(f"    {member} = {shown}")
            return Assignment(self.gap(True), "\n".join(lines))
        self.used.add("TypeAlias")
        values = tuple(value.value for value in enum.values)
        opened = enum.open or self.options.enums == "open" and len(values) > 1
        annotation = self.note(self.types.annotate_values(values, opened))
        statement = lay_out(f"{name}: TypeAlias = ", annotation, 0, self.style)
        return Assignment(
            self.gap(False),
            "\n".join([self.place(statement, enum, 0), *self.docs(docs, 0)]),
        )

    def alias(self, alias: Alias, recursive: bool) -> Assignment:
        self.used.add("TypeAlias")
        annotation = self.annotate(alias.type)
        head = f"{self.names[alias.key]}: TypeAlias = "
        statement = (
            head + quote(annotation)
            if recursive
            else lay_out(head, annotation, 0, self.style)
        )
        docs = describe(alias, self.options.base_url)
        return Assignment(
            self.gap(False),
            "\n".join([self.place(statement, alias, 0), *self.docs(docs, 0)]),
        )

    def model(self, model: Model) -> Class:
        taken = self.taken
        if other_keys(model, self.options):
            taken = self.taken | {"field"}
        attributes = attribute_names(model, taken)
        names = [attributes[field.name] for field in model.fields]
        rest = free_name("additional_properties", names, "")
        hidden = BUILTINS & set(names)
        text, mapping = (f"builtins.{n}" if n in hidden else n for n in ("str", "dict"))
        if hidden & {"str", "dict"}:
            self.used.add("builtins")
        return Class(
            gap=self.gap(True),
            head=self.place(f"class {self.names[model.key]}:", model, 0),
            docs="\n".join(self.docs(describe(model, self.options.base_url), 4)),
            attributes=self.attributes(model, names, hidden, rest),
            parameter=f"data: Mapping[{text}, Any]",
            read="\n".join(self.methods.read(model, names, rest)),
            refusal=self.methods.refusal(model),
            returns=f"{mapping}[{text}, Any]",
            write="\n".join(self.methods.write(model, names, rest)),
        )

    def attributes(
        self, model: Model, names: Sequence[str], hidden: frozenset[str], rest: str
    ) -> str:
        """The attributes in documented order, an empty line around each that has a docstring."""
        out = ""
        spaced = False
        for field, name in zip(model.fields, names, strict=True):
            docs = self.docs(describe_field(field, self.options.base_url), 4)
            docs += remarks(evidence(field, self.options), 4, self.style.line_length)
            line = self.place(self.attribute(field, name, hidden), field, 4)
            out += ("\n\n" if spaced or docs else "\n") if out else ""
            out += "\n".join([line, *docs])
            spaced = bool(docs)
        others = self.others(model, hidden, rest)
        return f"{out}\n\n{others}" if out and others else out + others

    def others(self, model: Model, hidden: frozenset[str], rest: str) -> str:
        """The attribute of the keys that are no field's, if the class has one."""
        mapping, text = (f"builtins.{n}" if n in hidden else n for n in ("dict", "str"))
        made = f"{mapping}[{text}, Any]"  # what it holds may be defined further down
        if found := other_keys(model, self.options):
            annotation = self.annotate(MapOf(found.type), hidden)
            line = f"{rest}: {annotation} = field(default_factory={made})"
            docs = self.docs(f"{describe_other_keys(found)}.", 4)
            return "\n".join([fit(line, 4, self.style), *docs])
        if self.options.unknown_keys == "keep":
            line = f"    extra: {made} = field(default_factory={made})"
            return f'{line}\n    """The keys that the docs do not know."""'
        return ""

    def attribute(self, field: Field, name: str, hidden: frozenset[str]) -> str:
        annotation = self.annotate(field.type, hidden)
        if field.required:
            return lay_out(f"{name}: ", annotation, 4, self.style)
        if not self.types.admits_null(field.type):
            return fit(f"{name}: {annotation} | None = None", 4, self.style)
        self.used.add("UNSET")
        unset = annotation if annotation == "Any" else f"{annotation} | Unset"
        return fit(f"{name}: {unset} = UNSET", 4, self.style)
