"""From the keys of the form to definitions. All keys stand in the tables below and nowhere else in code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table

from generator.diagnostics import Diagnostic
from generator.facts import KINDS, is_pattern
from generator.ir import ANY, Alias, Definition, Enum, EnumValue, Field, Model, TypeRef
from generator.light import NamedTuple
from generator.native.facts import read_facts
from generator.native.page import page_node
from generator.native.values import Entries, Values
from generator.read.json_text import json_text
from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.yaml import read_yaml

VERSION = "1"

# Key → what it means.
FILE_KEYS = {key: key for key in ("fieldgen", "source", "models", "enums", "unions")}
_COMMON_KEYS = {
    key: key for key in ("name", "key", "place", "description", "deprecated", "facts")
}
MODEL_KEYS = _COMMON_KEYS | {
    key: key for key in ("fields", "patterned", "rest", "closed")
}
ENUM_KEYS = _COMMON_KEYS | {"values": "values", "open": "open"}
UNION_KEYS = _COMMON_KEYS | {"types": "types", "type": "type", "url": "url"}
FIELD_KEYS = {"field": "name"} | {
    key: key
    for key in (
        "name",
        "type",
        "required",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "wire",
        "place",
        "facts",
        *KINDS,
    )
}
VALUE_KEYS = {key: key for key in ("value", "name", "description")}


class NativeFile(NamedTuple):
    """What a file says: its label for headers (or nothing), and its definitions, whose references are not linked."""

    source: str
    definitions: tuple[Definition, ...]


def says_version(text: str) -> bool:
    """Whether a text says, at its top, that it is of this form."""
    return bool(re.search(r"""(?m)^[\s{]*["']?fieldgen["']?[ \t]*:""", text))


def is_native(text: str) -> bool:
    """Whether a YAML or JSON text is in this form: one of `models`, `enums`, `unions` and `fieldgen` is a key at its top."""
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] == "{":
        try:
            top = json.loads(text)
        except (ValueError, RecursionError):
            return bool(
                re.match(
                    r"""\s*\{\s*["']?(?:models|enums|unions|fieldgen)["']?\s*:""", text
                )
            )
        return any(key in top for key in ("models", "enums", "unions", "fieldgen"))
    first = re.search(r"^( *)(?![ #%\r\n]|---(?:\s|$))", text, re.MULTILINE)
    indent = first[1] if first else ""
    return bool(
        re.search(
            rf"""^{indent}["']?(?:models|enums|unions|fieldgen)["']?[ \t]*:(?:\s|$)""",
            text,
            re.MULTILINE,
        )
    )


def read_native(
    text: str, file: str, report: Callable[[Diagnostic], None]
) -> NativeFile:
    """Read a file of this form. What is wrong goes to `report` and everything else is still read; references are not linked.

    A definition's `key` is empty where the file gives none.
    """
    return _read_documents(read_yaml(text, file, report), file, report)


def read_native_page(
    text: str, file: str, report: Callable[[Diagnostic], None]
) -> NativeFile:
    """Read a markdown page of this form, as `read_native` reads YAML."""
    return _read_documents((page_node(text, file, report),), file, report)


def _read_documents(
    documents: Iterable[Node], file: str, report: Callable[[Diagnostic], None]
) -> NativeFile:
    reader = _Reader(Values(file, report))
    source = ""
    for document in documents:
        if not isinstance(document, Mapping):
            reader.values.report(
                document,
                "wrong-value",
                "the file takes a mapping with `models`, `enums` or `unions`",
            )
            continue
        given = reader.values.entries(document, FILE_KEYS)
        version = given.get("fieldgen")
        if version is not None and not (
            isinstance(version, Scalar) and version.text == VERSION
        ):
            reader.values.report(
                version,
                "wrong-value",
                f"`fieldgen` takes {VERSION}, the version of the form",
            )
        source = source or reader.values.text(given, "source")
        reader.document(given)
    return NativeFile(source, tuple(reader.definitions.values()))


class _Reader:
    """Collects the definitions of one file, by key."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.definitions: dict[str, Definition] = {}

    def document(self, given: Entries) -> None:
        readers: dict[str, Callable[[Scalar | None, Node], Definition | None]]
        readers = {"models": self.model, "enums": self.enum, "unions": self.union}
        for key, node in given.items():  # in the order of the file
            for name, item in self.values.named(node, key) if key in readers else ():
                definition = readers[key](name, item)
                if definition is not None:
                    self.add(definition, name or item)

    def add(self, definition: Definition, node: Node) -> None:
        key = definition.key or definition.name
        before = self.definitions.setdefault(key, definition)
        if before is not definition:
            message = f'"{key}" is defined again; the first is at {before.span}'
            self.values.report(
                node,
                "duplicate-model",
                message,
                "rename one of them, or give it a `key`",
            )

    def item(
        self,
        name: Scalar | None,
        node: Node,
        what: str,
        keys: Table[str, str],
        short: str,
    ) -> tuple[Scalar, Entries] | None:
        """The name and the values of a definition or field. In a mapping by name, `name: value` is short for `name: {short: value}`."""
        if isinstance(node, Mapping):
            given = self.values.entries(
                node,
                (
                    keys
                    if name is None
                    else {key: to for key, to in keys.items() if to != "name"}
                ),
            )
        elif name is not None and short:
            given = (
                {}
                if isinstance(node, Scalar) and node.plain and not node.text
                else {short: node}
            )
        elif (
            name is not None
            and isinstance(node, Scalar)
            and node.plain
            and not node.text
        ):
            given = {}
        else:
            self.values.report(
                node,
                "wrong-value",
                f"{what} takes a mapping with its name and what is known of it",
            )
            return None
        found = name if name is not None else given.get("name")
        if isinstance(found, Scalar) and found.text:
            return found, given
        if found is None or isinstance(found, Scalar):
            self.values.report(found or node, "missing-name", f"{what} without a name")
        else:
            self.values.wrong(found, "name", "a text")
        return None

    def model(self, name: Scalar | None, node: Node) -> Model | None:
        found = self.item(name, node, "a model", MODEL_KEYS, "")
        if not found:
            return None
        title, given = found
        return Model(
            self.values.text(given, "key"),
            title.text,
            self.values.place(given, title),
            self.fields(given, "fields", title.text),
            self.values.prose(given, "description"),
            self.values.deprecated(given),
            rest=self.rest(given.get("rest")),
            patterned=self.patterned(given, title.text),
            closed=self.values.flag(given, "closed"),
            facts=read_facts(self.values, given),
        )

    def fields(self, given: Entries, key: str, model: str) -> tuple[Field, ...]:
        """The fields of a list or mapping, each once."""
        fields: dict[str, Field] = {}
        for label, item in self.values.named(given.get(key), key):
            field = self.field(label, item)
            if field and fields.setdefault(field.name, field) is not field:
                message = f'"{model}" documents the field "{field.name}" twice; the first counts'
                self.values.report(label or item, "duplicate-field", message)
        return tuple(fields.values())

    def patterned(self, given: Entries, model: str) -> tuple[Field, ...]:
        """The fields whose names are regular expressions."""
        found = self.fields(given, "patterned", model)
        for field in found:
            if not is_pattern(field.name):
                message = f'`patterned` takes fields whose names are regular expressions, and "{field.name}" is none'
                self.values.report(given["patterned"], "wrong-value", message)
        return tuple(field for field in found if is_pattern(field.name))

    def rest(self, node: Node | None) -> TypeRef | None:
        """The type of the values of all other keys, where there is one."""
        if node is None:
            return None
        return self.values.type(node, node, "the rest")

    def field(self, name: Scalar | None, node: Node) -> Field | None:
        found = self.item(name, node, "a field", FIELD_KEYS, "type")
        if not found:
            return None
        title, given = found
        default = given.get("default")
        return Field(
            title.text,
            self.values.type(given.get("type"), title, f'"{title.text}"'),
            self.values.place(given, title),
            self.values.flag(given, "required", "unknown-required-mark"),
            self.values.prose(given, "description"),
            None if default is None else json_text(default),
            self.values.examples(given),
            self.values.deprecated(given),
            self.values.text(given, "wire"),
            read_facts(self.values, given),
        )

    def enum(self, name: Scalar | None, node: Node) -> Enum | Alias | None:
        found = self.item(name, node, "an enum", ENUM_KEYS, "values")
        if not found:
            return None
        title, given = found
        common = (
            self.values.text(given, "key"),
            title.text,
            self.values.place(given, title),
        )
        description, deprecated = self.values.prose(
            given, "description"
        ), self.values.deprecated(given)
        values = given.get("values")
        items = values.items if isinstance(values, Sequence) else ()
        read = tuple(value for item in items if (value := self.value(item)))
        if not read:
            self.values.report(
                values or title,
                "unread-values",
                f'"{title.text}" has no list of `values`',
            )
            return Alias(*common, ANY, description, deprecated)
        facts = read_facts(self.values, given)
        is_open = self.values.flag(given, "open")
        return Enum(*common, read, is_open, description, deprecated, facts=facts)

    def value(self, node: Node) -> EnumValue | None:
        if isinstance(node, Scalar):
            return EnumValue(json_text(node))
        given = (
            self.values.entries(node, VALUE_KEYS) if isinstance(node, Mapping) else {}
        )
        if "value" in given:
            return EnumValue(
                json_text(given["value"]),
                self.values.text(given, "name"),
                self.values.prose(given, "description"),
            )
        self.values.report(
            node,
            "wrong-value",
            "an enum's value is a text, a number, or a mapping with `value`",
        )
        return None

    def union(self, name: Scalar | None, node: Node) -> Alias | None:
        found = self.item(
            name,
            node,
            "a union",
            UNION_KEYS,
            "types" if isinstance(node, Sequence) else "type",
        )
        if not found:
            return None
        title, given = found
        return Alias(
            self.values.text(given, "key"),
            title.text,
            self.values.place(given, title),
            self.values.union(given, title, f'"{title.text}"'),
            self.values.prose(given, "description"),
            self.values.deprecated(given),
            self.values.text(given, "url"),
            facts=read_facts(self.values, given),
        )
