"""Types of the schema as annotations of a dataclass, and what the codecs must know of types: null, aliases, kinds."""

from __future__ import annotations

import json
from collections.abc import Collection

from generator.diagnostics import SourceSpan
from generator.ir import (
    Alias,
    Definition,
    Enum,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    Schema,
    TypeRef,
)
from generator.options import Options
from generator.targets.names import class_names
from generator.targets.pytext import quote

_SCALARS = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "any": "Any",
}
_FORMATS = {"date-time": "dt.datetime", "date": "dt.date", "binary": "bytes"}
# An attribute of these names hides the builtin from the annotations of its class.
BUILTINS = frozenset(("bool", "bytes", "dict", "float", "int", "list", "str"))

# Stands for a model in types that leave it open, and for its name in their code.
MODEL = "\3"
_ANY_MODEL = Model(MODEL, MODEL, SourceSpan("", 0))
_OPEN = Ref(MODEL)


class PythonTypes:
    """The types of one schema, spelled for dataclasses."""

    def __init__(self, schema: Schema, options: Options) -> None:
        self.options = options
        self.names = class_names(schema)
        self.index: dict[str, Definition] = {d.key: d for d in schema.definitions}
        self.index.setdefault(MODEL, _ANY_MODEL)
        self.pages: dict[str, str] = {}  # in a package, where each definition stands
        self.page = ""  # the one that is written
        self.names_others = False  # whether it names definitions of other pages
        self._null: dict[str, bool] = {}

    def annotate(self, type_: TypeRef, hidden: Collection[str] = ()) -> str:
        """The annotation of a type. `hidden`: builtins that attributes of the class hide; they are written `builtins.…`."""
        match type_:
            case Scalar():
                return self._scalar(type_, hidden)
            case Ref(name):
                return self._reference(name, hidden)
            case ListOf(item):
                return f"{_name('list', hidden)}[{self.annotate(item, hidden)}]"
            case MapOf(value):
                inner = self.annotate(value, hidden)
                return f"{_name('dict', hidden)}[{_name('str', hidden)}, {inner}]"
            case Literal(values, open_):
                opened = self.options.enums == "open" and len(values) > 1
                return self.annotate_values(values, open_ or opened, hidden)
            case OneOf(members):
                return join_union([self.annotate(m, hidden) for m in members])

    def leave_open(self, type_: TypeRef) -> tuple[TypeRef, str]:
        """A model, or lists or maps of one, without saying which, and how code names it; any other type as it is, and nothing."""
        match type_:
            case Ref(key):
                is_free = self.index[MODEL] is _ANY_MODEL and key != MODEL
                if is_free and isinstance(self.index[key], Model):
                    return _OPEN, self.refer(key)
            case ListOf(item):
                inner, name = self.leave_open(item)
                return (ListOf(inner), name) if name else (type_, "")
            case MapOf(value):
                inner, name = self.leave_open(value)
                return (MapOf(inner), name) if name else (type_, "")
            case _:
                pass
        return type_, ""

    def refer(self, key: str) -> str:
        """How code names a definition: in a package, what stands on another page is a part of `_all`."""
        if self.index[key] is _ANY_MODEL:
            return MODEL
        if self.pages.get(key, self.page) == self.page:
            return self.names[key]
        self.names_others = True
        return f"_all.{self.names[key]}"

    def label(self, type_: TypeRef) -> str:
        """How messages call a type: by its annotation, wherever its parts stand."""
        pages, self.pages = self.pages, {}
        text = self.annotate(type_)
        self.pages = pages
        return text

    def _reference(self, key: str, hidden: Collection[str]) -> str:
        """A definition's name; an open enum that is a class also takes other values."""
        target = self.index[key]
        if self.options.enums != "enum" or not isinstance(target, Enum):
            return self.refer(key)
        values = tuple(value.value for value in target.values)
        others = open_types(values) if target.open else []
        names = [self.refer(key), *(_name(name, hidden) for name in others)]
        return join_union(names)

    def _scalar(self, type_: Scalar, hidden: Collection[str]) -> str:
        if type_.kind == "object":
            return f"{_name('dict', hidden)}[{_name('str', hidden)}, Any]"
        name = _SCALARS[type_.kind]
        if type_.kind == "string":
            name = self.python_format(type_) or name
        return _name(name, hidden)

    def python_format(self, type_: TypeRef) -> str:
        """The Python type that a format of a string stands for (`dt.datetime`, `dt.date`, `bytes`), or nothing."""
        if not isinstance(type_, Scalar) or type_.kind != "string":
            return ""
        name = _FORMATS.get(type_.format, "")
        return "" if name[:3] == "dt." and self.options.dates == "string" else name

    def annotate_values(
        self, values: tuple[str, ...], open_: bool, hidden: Collection[str] = ()
    ) -> str:
        """`Literal[…]` of the values; what `Literal` cannot hold (numbers with a fraction) stands as its type."""
        literals, others = [], []
        for text in values:
            value = json.loads(text)
            if isinstance(value, str):
                literals.append(quote(value))
            elif value is None or isinstance(value, (bool, int)):
                literals.append(repr(value))
            else:
                others.append("float" if isinstance(value, float) else "Any")
        parts = [f"Literal[{', '.join(dict.fromkeys(literals))}]"] if literals else []
        parts += [_name(name, hidden) for name in others]
        if open_:
            parts += [_name(name, hidden) for name in open_types(values)]
        return join_union(parts) or "Any"

    def admits_null(self, type_: TypeRef) -> bool:
        """Whether null is a value of the type, also through aliases."""
        match type_:
            case Scalar(kind):
                return kind in ("null", "any")
            case Literal(values):
                return "null" in values
            case OneOf(members):
                return any(self.admits_null(member) for member in members)
            case Ref(name):
                if name not in self._null:
                    self._null[name] = False  # ends the recursion of recursive aliases
                    self._null[name] = self._definition_admits_null(name)
                return self._null[name]
            case _:
                return False

    def _definition_admits_null(self, key: str) -> bool:
        definition = self.index[key]
        if isinstance(definition, Enum):
            return any(value.value == "null" for value in definition.values)
        return isinstance(definition, Alias) and self.admits_null(definition.type)

    def resolve(self, type_: TypeRef) -> TypeRef:
        """What a reference to an alias stands for; other types as they are."""
        while isinstance(type_, Ref):
            target = self.index[type_.name]
            if not isinstance(target, Alias):
                return type_
            type_ = target.type
        return type_

    def leaves(self, type_: TypeRef) -> tuple[TypeRef, ...]:
        """The members of a union with aliases followed, each once."""
        found: dict[TypeRef, None] = {}
        todo = [type_]
        while todo:
            part = self.resolve(todo.pop(0))
            if isinstance(part, OneOf):
                todo = [*part.members, *todo]
            else:
                found.setdefault(part)
        return tuple(found)

    def model_of(self, type_: TypeRef) -> Model | None:
        """The model that a type refers to, or None."""
        target = self.index[type_.name] if isinstance(type_, Ref) else None
        return target if isinstance(target, Model) else None


def _name(name: str, hidden: Collection[str]) -> str:
    return f"builtins.{name}" if name in hidden else name


def open_types(values: tuple[str, ...]) -> list[str]:
    """The Python types of the values that an open enum may get."""
    kinds = {type(json.loads(text)) for text in values}
    return [kind.__name__ for kind in (str, int, float) if kind in kinds]


def join_union(parts: list[str]) -> str:
    """Annotations joined by `|`: each once, None last, Any alone."""
    unique = list(dict.fromkeys(parts))
    if "Any" in unique:
        return "Any"
    if "None" in unique and len(unique) > 1:
        unique.remove("None")
        unique.append("None")
    return " | ".join(unique)
