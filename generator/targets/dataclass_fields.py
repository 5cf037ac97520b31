"""Fields as attributes of a dataclass: how they are declared, read and written. Fields of one type share all of it but their names."""

from __future__ import annotations

from generator.ir import Field, TypeRef, is_nullable, without_null
from generator.light import NamedTuple, record
from generator.targets.dataclass_codec import Codec
from generator.targets.python_types import MODEL

# In code that many fields share: the attribute, its key as a literal, a value.
_NAME, _KEY, _VALUE = "\1", "\2", "\0"
# What the methods themselves call so.
LOCALS = frozenset(("cls", "data", "error", "item", "key", "self"))


@record(slots=True)
class Shape:
    """What all fields of a type share that are required, or that are not.

    `annotation`, `default`: how the attribute is declared. `nullable`: the type itself lists null; `null`: it is a value of it, also through
    aliases. `reader`: the expression that reads a value, empty where it is kept as it is sent; `writer`: that which gives what is sent.
    `read`, `write`: the statements that set and send the attribute, as far as they fit their lines.
    """

    annotation: str
    default: str
    required: bool
    nullable: bool
    null: bool
    reader: str
    writer: str
    read: str = ""
    write: str = ""

    def reading(self, name: str, key: str, width: int) -> list[tuple[int, str]]:
        """The statements that set an attribute, and where each stands. A null is kept where the docs allow it, and stands for an absent key where they do not."""
        unset = self.null and not self.required  # null and an absent key are two things
        get = (
            f"data[{key}]"
            if self.required
            else f"data.get({key}, UNSET)" if self.null else f"data.get({key})"
        )
        if not self.reader:
            return [(12, f"self.{name} = {get}")]
        if self.required and not self.nullable:
            return [(12, f"self.{name} = {self.reader.replace(_VALUE, get)}")]
        local = f"{name}_value" if name in LOCALS else name
        kept = [
            (16, f"self.{name} = {local if unset else 'None'}"),
            (12, "else:"),
            (16, f"self.{name} = {self.reader.replace(_VALUE, local)}"),
        ]
        if unset:
            test = f"{local} is None or " * self.nullable + f"{local} is UNSET"
            return [(12, f"{local} = {get}"), (12, f"if {test}:"), *kept]
        test = f"if ({local} := {get}) is None:"
        if len(test) + 12 <= width:
            return [(12, test), *kept]
        return [(12, f"{local} = {get}"), (12, f"if {local} is None:"), *kept]

    def writing(self, name: str, key: str) -> list[tuple[int, str]]:
        """The statements that send an attribute, and where each stands."""
        text = f"data[{key}] = {self.sent(name)}"
        if self.required:
            return [(8, text)]
        empty = "UNSET" if self.null else "None"
        return [(8, f"if self.{name} is not {empty}:"), (12, text)]

    def naming(self, model: str) -> Shape:
        """The shape with the model that it leaves open."""
        return Shape(
            self.annotation.replace(MODEL, model),
            self.default,
            self.required,
            self.nullable,
            self.null,
            self.reader.replace(MODEL, model),
            self.writer.replace(MODEL, model),
            self.read.replace(MODEL, model),
            self.write.replace(MODEL, model),
        )

    def sent(self, name: str) -> str:
        """The expression that gives what is sent for an attribute."""
        return self.writer.replace(_VALUE, f"self.{name}")


class Attribute(NamedTuple):
    """A field as a part of a class: its name in Python, its key as a literal, and what it shares with others."""

    field: Field
    name: str
    key: str
    shape: Shape


def shape_of(
    type_: TypeRef,
    required: bool,
    declared: tuple[str, str],
    codec: Codec,
    owner: str,
    width: int,
) -> Shape:
    """The shape of the fields of a type. `declared`: annotation and default; `owner`: what the readers of unions are named after."""
    nullable = is_nullable(type_)
    reader = ""
    if not codec.reads_as_is(type_):
        inner = without_null(type_) if nullable else type_
        reader = codec.read(inner, _VALUE, owner)
    null = codec.types.admits_null(type_)
    writer = codec.write(type_, _VALUE)
    shape = Shape(*declared, required, nullable, null, reader, writer)
    shape.read = _join(shape.reading(_NAME, _KEY, width))
    shape.write = _join(shape.writing(_NAME, _KEY))
    return shape


def _join(statements: list[tuple[int, str]]) -> str:
    return "\n".join([" " * indent + text for indent, text in statements])


def fill(shared: str, name: str, key: str, width: int) -> str:
    """Statements that fields share, for one of them; nothing where they do not fit their lines so."""
    text = shared.replace(_NAME, name).replace(_KEY, key)
    if len(text) > width and max(map(len, text.split("\n"))) > width:
        return ""
    return text if text.isascii() else ""
