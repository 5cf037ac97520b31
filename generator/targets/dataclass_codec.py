"""The code of `from_dict` and `to_dict`: how a value is read from a payload and written to one, as straight-line Python."""

from __future__ import annotations

from collections.abc import Callable

from generator.ir import (
    Alias,
    Enum,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    is_nullable,
    without_null,
)
from generator.patterns import late
from generator.targets.python_types import PythonTypes

_WHOLE = late(r"-?[0-9]+")
# Formats that are objects in Python: how they are read and written.
_READERS = {"dt.datetime": "_read_datetime", "dt.date": "_read_date"}
_WRITERS = {"dt.datetime": "_write_datetime({})", "dt.date": "{}.isoformat()"}


class Codec:
    """Expressions that convert values. `helpers` collects the helper functions that the expressions call."""

    def __init__(
        self, types: PythonTypes, name_reader: Callable[[TypeRef, str], str]
    ) -> None:
        self.types = types
        self.name_reader = name_reader  # (union or alias, owner) → the reader's name
        self.helpers: set[str] = set()
        self._converts: dict[TypeRef, tuple[bool, bool]] = {}

    def reads_as_is(self, type_: TypeRef) -> bool:
        """Whether a value of the type is kept as it is sent, without a look."""
        return self._conversion(type_)[0]

    def writes_as_is(self, type_: TypeRef) -> bool:
        """Whether a value of the type is sent as it is kept."""
        return self._conversion(type_)[1]

    def _conversion(self, type_: TypeRef) -> tuple[bool, bool]:
        known = self._converts.get(type_)
        if known is None:
            self._converts[type_] = False, False  # recursive aliases convert
            known = self._converts[type_] = self._find_conversion(type_)
        return known

    def _find_conversion(self, type_: TypeRef) -> tuple[bool, bool]:
        match type_:
            case Ref(name):
                target = self.types.index[name]
                if isinstance(target, Alias):
                    return self._conversion(target.type)
                plain = isinstance(target, Enum) and not self.is_class(target)
                return plain, plain
            case ListOf(item):
                return False, self._conversion(item)[1]
            case MapOf(value):
                return False, self._conversion(value)[1]
            case OneOf():
                return self._find_union_conversion(self.types.leaves(type_))
            case Scalar(kind):
                dated = self.types.python_format(type_) in _READERS
                return kind != "object" and not dated, not dated
            case _:
                return True, True

    def _find_union_conversion(self, leaves: tuple[TypeRef, ...]) -> tuple[bool, bool]:
        """A union is kept as sent if all its members are, or if a date cannot be told from another string."""
        text = any(self.is_text(leaf) for leaf in leaves)
        reads = all(
            (
                self.reads_as_is(self.types.resolve(leaf.item))
                if isinstance(leaf, ListOf)
                else self.reads_as_is(leaf) or text and self.is_dated(leaf)
            )
            for leaf in leaves
        )
        return reads, all(map(self.writes_as_is, leaves))

    def is_dated(self, type_: TypeRef) -> bool:
        """Whether values of the type are date objects in Python."""
        return self.types.python_format(type_) in _READERS

    def is_text(self, type_: TypeRef) -> bool:
        """Whether values of the type are strings in Python, too."""
        if isinstance(type_, Ref):
            target = self.types.index[type_.name]
            return isinstance(target, Enum) and not self.is_class(target)
        if isinstance(type_, Literal):
            return any(value[0] == '"' for value in type_.values)
        return (
            isinstance(type_, Scalar)
            and type_.kind == "string"
            and not self.is_dated(type_)
        )

    def is_class(self, enum: Enum) -> bool:
        """Whether the enum is a class in Python: by option, and if all its values are strings or all integers."""
        return self.types.options.enums == "enum" and enum_base(enum) != ""

    def read(self, type_: TypeRef, value: str, owner: str, depth: int = 1) -> str:
        """The expression that reads a value of the type. `owner` names the field for a union's reader."""
        match type_:
            case Ref(name):
                return self._read_reference(name, value)
            case ListOf(item):
                self.helpers.add("list")
                if self.reads_as_is(item):
                    return f"_list({value})"
                var = "item" if depth == 1 else f"item{depth}"
                inner = self.read(item, var, owner, depth + 1)
                return f"[{inner} for {var} in _list({value})]"
            case MapOf(part):
                self.helpers.add("dict")
                if self.reads_as_is(part):
                    return f"_dict({value})"
                key, var = (
                    ("key", "item") if depth == 1 else (f"key{depth}", f"item{depth}")
                )
                inner = self.read(part, var, owner, depth + 1)
                return f"{{{key}: {inner} for {key}, {var} in _dict({value}).items()}}"
            case OneOf():
                return self._read_union(type_, value, owner, depth)
            case Scalar(kind) if kind == "object":
                self.helpers.add("dict")
                return f"_dict({value})"
            case Scalar() if reader := _READERS.get(self.types.python_format(type_)):
                self.helpers.add(reader[1:])
                return f"{reader}({value})"
            case _:
                return value

    def _read_reference(self, key: str, value: str) -> str:
        target = self.types.index[key]
        match target:
            case Model():
                return f"{self.types.refer(key)}.from_dict({value})"
            case Enum():
                if not self.is_class(target):
                    return value
                name = self.types.refer(key)
                if target.open:
                    self.helpers.add("member")
                    return f"_member({name}, {value})"
                return f"{name}({value})"
            case Alias(type=type_):
                if self.reads_as_is(type_):
                    return value
                return f"{self.name_reader(Ref(key), '')}({value})"

    def _read_union(self, union: OneOf, value: str, owner: str, depth: int) -> str:
        rest = without_null(union)
        if self.reads_as_is(union):
            return value
        if is_nullable(union) and not isinstance(rest, OneOf):
            return (
                f"None if {value} is None else {self.read(rest, value, owner, depth)}"
            )
        return f"{self.name_reader(union, owner)}({value})"

    def write(self, type_: TypeRef, value: str, depth: int = 1) -> str:
        """The expression that gives what is sent for a value of the type."""
        if self.writes_as_is(type_):
            return value
        var = "item" if depth == 1 else f"item{depth}"
        match type_:
            case Ref(name):
                target = self.types.index[name]
                if isinstance(target, Model):
                    return f"{value}.to_dict()"
                if isinstance(target, Enum):
                    return f"str({value})" if target.open else f"{value}.value"
            case ListOf(item):
                return f"[{self.write(item, var, depth + 1)} for {var} in {value}]"
            case MapOf(part):
                inner = self.write(part, var, depth + 1)
                key = "key" if depth == 1 else f"key{depth}"
                return f"{{{key}: {inner} for {key}, {var} in {value}.items()}}"
            case Scalar():
                python = self.types.python_format(type_)
                if python == "dt.datetime":
                    self.helpers.add("write_datetime")
                return _WRITERS[python].format(value)
            case _:
                pass
        rest = without_null(type_)
        if is_nullable(type_) and not isinstance(rest, OneOf):
            return f"None if {value} is None else {self.write(rest, value, depth)}"
        self.helpers.add("write")
        return f"_write({value})"


def enum_base(enum: Enum) -> str:
    """The base class of an enum's class: StrEnum, IntEnum, or nothing where its values are mixed or neither."""
    kinds = {
        value.value[0] == '"' or (False if _WHOLE.fullmatch(value.value) else None)
        for value in enum.values
    }
    return "StrEnum" if kinds == {True} else "IntEnum" if kinds == {False} else ""
