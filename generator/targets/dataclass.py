"""The target `dataclass`: a schema as the view of a module of dataclasses that read and write payloads.

The module needs nothing but the standard library. Absent and null are told apart where
the docs allow both: `UNSET` stands for a key that is absent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from generator.casing import free_name
from generator.ir import (
    Alias,
    Definition,
    Enum,
    Field,
    MapOf,
    Model,
    Ref,
    Schema,
    TypeRef,
)
from generator.light import record
from generator.options import Options, Style
from generator.targets.aliases import sort_aliases
from generator.targets.dataclass_codec import Codec, enum_base
from generator.targets.dataclass_fields import Attribute, Shape, shape_of
from generator.targets.dataclass_imports import import_lines, needed_helpers
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
from generator.targets.pytext import docstring, header, place_mark, quote, remarks
from generator.targets.python_types import BUILTINS, PythonTypes
from generator.targets.statements import fit

_IMPORTED = re.compile(r"\b(?:Any|Literal|dt|builtins)\b")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')


@record(frozen=True, slots=True)
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


@record(frozen=True, slots=True)
class Assignment:
    """A definition that is no dataclass: an enum or an alias, its finished lines with its docs, and the empty lines above it."""

    gap: str
    code: str


@record(frozen=True, slots=True)
class Reader:
    """A function that tells the members of a union apart."""

    head: str
    body: str


@record(frozen=True, slots=True)
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
    return Writer(schema, options, style).module()


class Writer:
    """Writes the definitions of a schema, one after the other, and remembers what they need: imports, helpers, readers of unions."""

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
        self.noted: set[str] = set()  # code whose imports are among them
        self.shapes: dict[tuple[TypeRef, bool], Shape] = {}
        self.after_class = False

    def gap(self, is_class: bool) -> str:
        """The empty lines above what comes next, as black wants them: two beside a class, one between assignments."""
        gap = "\n\n" if is_class or self.after_class else "\n"
        self.after_class = is_class
        return gap

    def module(self) -> Module:
        """All definitions as one module."""
        definitions = self.schema.definitions
        classes = self.classes(definitions)
        unions = tuple(self.alias(*pair) for pair in sort_aliases(self.schema))
        models = any(isinstance(d, Model) for d in definitions)
        helpers = needed_helpers(self.codec.helpers, self.used, models, self.options)
        if models:
            self.used |= {"Any", "Self"}
        if self.readers or helpers - {"refuse", "UNSET"}:
            self.used |= {"Any"}
        names = ["dataclass", *(["field"] if self.has_fields else []), "fields"]
        about = f"Models of what {self.schema.source} documents; they read and write its payloads."
        return Module(
            header=header(self.schema.source),
            docstring=self.about(about),
            imports="\n".join(
                import_lines(
                    self.used, helpers, names if models else [], models, self.style
                )
            ),
            all=self.exports(models, helpers),
            classes=classes,
            unions=unions,
            readers=tuple(self.readers[type_] for type_ in self.reader_names),
            helpers=frozenset(helpers),
            extra=self.options.unknown_keys == "keep",
            rest=self.rest,
        )

    def about(self, text: str) -> str:
        """The docstring of a module."""
        return self.docs(text, 0)

    def classes(
        self, definitions: Iterable[Definition]
    ) -> tuple[Class | Assignment, ...]:
        """What stands above the unions, which Python evaluates: all definitions but aliases."""
        return tuple(
            self.model(d) if isinstance(d, Model) else self.enum(d)
            for d in definitions
            if not isinstance(d, Alias)
        )

    @property
    def has_fields(self) -> bool:
        """Whether some attribute is made by `field`."""
        return self.options.unknown_keys == "keep" or self.rest

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
        self.readers[type_] = self.reader(type_, name)
        return name

    def reader(self, type_: TypeRef, name: str) -> Reader:
        """The function that reads a union or an alias."""
        annotation = self.annotate(type_)
        body = UnionBuilder(self.codec, self.types).body(type_, annotation, name[6:])
        return Reader(
            fit(f"def {name}(value: Any) -> {annotation}:", 0, self.style),
            "\n".join(fit(text, indent, self.style) for indent, text in body),
        )

    def annotate(self, type_: TypeRef, hidden: frozenset[str] = frozenset()) -> str:
        return self.note(self.types.annotate(type_, hidden))

    def note(self, code: str) -> str:
        """The code; what it needs of imports is remembered."""
        if code not in self.noted:
            self.noted.add(code)
            if _IMPORTED.search(code):
                self.used.update(_IMPORTED.findall(_STRING.sub("", code)))
        return code

    def place(
        self, statement: str, definition: Model | Enum | Alias | Field, indent: int
    ) -> str:
        """The statement with the place of its docs behind it, or above it where the line is full."""
        if not self.options.places:
            return statement
        span = definition.span
        remark = f"{place_mark(span.file)}{span.line}"
        if "\n" not in statement:
            line = f"{statement}  {remark}"
            if columns(line) <= self.style.line_length:
                return line
        return f"{' ' * indent}{remark}\n{statement}"

    def docs(self, text: str, indent: int) -> str:
        """A docstring; empty for no text."""
        return docstring(text, indent, self.style.line_length)

    def enum(self, enum: Enum) -> Assignment:
        name = self.names[enum.key]
        docs = describe(enum, self.options.base_url)
        if self.codec.is_class(enum):
            base = enum_base(enum)
            self.used.add(base)
            members = member_names(enum)
            lines = [self.place(f"class {name}({base}):", enum, 0)]
            if text := self.docs(docs, 4):
                lines += [text, ""]
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
        return self.assignment(self.place(statement, enum, 0), docs)

    def assignment(self, statement: str, docs: str) -> Assignment:
        """A definition that is no class, with its docstring below it."""
        text = self.docs(docs, 0)
        code = f"{statement}\n{text}" if text else statement
        return Assignment(self.gap(False), code)

    def alias(self, alias: Alias, quoted: bool) -> Assignment:
        self.used.add("TypeAlias")
        annotation = self.annotate(alias.type)
        head = f"{self.names[alias.key]}: TypeAlias = "
        statement = (
            head + quote(annotation)
            if quoted
            else lay_out(head, annotation, 0, self.style)
        )
        docs = describe(alias, self.options.base_url)
        return self.assignment(self.place(statement, alias, 0), docs)

    def model(self, model: Model) -> Class:
        taken = self.taken
        if other_keys(model, self.options):
            taken = self.taken | {"field"}
        spelled = attribute_names(model, taken)
        names = [spelled[field.name] for field in model.fields]
        attributes = [
            Attribute(
                field,
                name,
                quote(field.key),
                self.shape(field.type, field.required, model, name),
            )
            for field, name in zip(model.fields, names, strict=True)
        ]
        rest = free_name("additional_properties", names, "")
        hidden = BUILTINS & set(names)
        text, mapping = (f"builtins.{n}" if n in hidden else n for n in ("str", "dict"))
        if hidden & {"str", "dict"}:
            self.used.add("builtins")
        return Class(
            gap=self.gap(True),
            head=self.place(f"class {self.names[model.key]}:", model, 0),
            docs=self.docs(describe(model, self.options.base_url), 4),
            attributes=self.attributes(model, attributes, hidden, rest),
            parameter=f"data: Mapping[{text}, Any]",
            read="\n".join(self.methods.read(model, attributes, rest)),
            refusal=self.methods.refusal(model),
            returns=f"{mapping}[{text}, Any]",
            write="\n".join(self.methods.write(model, attributes, rest)),
        )

    def shape(self, type_: TypeRef, required: bool, model: Model, name: str) -> Shape:
        """What fields of a type share. Readers of unions in it are named after the attribute that asks first."""
        known = self.shapes.get((type_, required))
        if known is None:
            general, other = self.types.leave_open(type_)
            if other:  # not kept: there are as many as models
                return self.shape(general, required, model, name).naming(other)
            declared = self.declare(type_, required, frozenset())
            owner = self.methods.owner(model, name)
            width = self.style.line_length
            known = shape_of(type_, required, declared, self.codec, owner, width)
            self.shapes[type_, required] = known
        return known

    def attributes(
        self,
        model: Model,
        attributes: Sequence[Attribute],
        hidden: frozenset[str],
        rest: str,
    ) -> str:
        """The attributes in documented order, an empty line around each that has a docstring."""
        lines: list[str] = []
        spaced = False
        for attribute in attributes:
            field = attribute.field
            text = describe_field(field, self.options.base_url)
            docs = docstring(text, 4, self.style.line_length)
            proof = evidence(field, self.options) if self.options.evidence else ""
            if lines and (spaced or docs or proof):
                lines.append("")
            lines.append(self.place(self.attribute(attribute, hidden), field, 4))
            lines += [docs] if docs else []
            lines += remarks(proof, 4, self.style.line_length) if proof else []
            spaced = bool(docs or proof)
        if others := self.others(model, hidden, rest):
            lines += ["", others] if lines else [others]
        return "\n".join(lines)

    def others(self, model: Model, hidden: frozenset[str], rest: str) -> str:
        """The attribute of the keys that are no field's, if the class has one."""
        mapping, text = (f"builtins.{n}" if n in hidden else n for n in ("dict", "str"))
        made = f"{mapping}[{text}, Any]"  # what it holds may be defined further down
        if found := other_keys(model, self.options):
            annotation = self.annotate(MapOf(found.type), hidden)
            line = f"{rest}: {annotation} = field(default_factory={made})"
            docs = self.docs(f"{describe_other_keys(found)}.", 4)
            return f"{fit(line, 4, self.style)}\n{docs}"
        if self.options.unknown_keys == "keep":
            line = f"    extra: {made} = field(default_factory={made})"
            return f'{line}\n    """The keys that the docs do not know."""'
        return ""

    def attribute(self, attribute: Attribute, hidden: frozenset[str]) -> str:
        """The statement that declares an attribute."""
        field, name, _, shape = attribute
        annotation, default = shape.annotation, shape.default
        if hidden:
            annotation, default = self.declare(field.type, field.required, hidden)
        line = f"    {name}: {annotation}{default}"
        if len(line) <= self.style.line_length and line.isascii():
            return line
        if field.required:
            return lay_out(f"{name}: ", annotation, 4, self.style)
        return fit(line[4:], 4, self.style)

    def declare(
        self, type_: TypeRef, required: bool, hidden: frozenset[str]
    ) -> tuple[str, str]:
        """The annotation of an attribute, and what it is where the key is absent."""
        annotation = self.annotate(type_, hidden)
        if required:
            return annotation, ""
        if not self.types.admits_null(type_):
            return annotation, " | None = None"
        self.used.add("UNSET")
        if annotation != "Any":
            self.used.add("Unset")
            annotation += " | Unset"
        return annotation, " = UNSET"
