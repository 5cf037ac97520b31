"""Documented names spelled for Python: classes, attributes, keys of a wire-name rule. What is documented stays in the schema."""

from __future__ import annotations

import builtins
import json
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from generator.casing import free_name, split_words
from generator.diagnostics import Diagnostic
from generator.ir import Enum, Model, Schema

# Module-level names of the generated modules, which a class must not take.
RESERVED_CLASSES = frozenset(
    [
        "Any",
        "AttributeError",
        "Callable",
        "ClassVar",
        "Enum",
        "Exception",
        "False",
        "Final",
        "IntEnum",
        "KeyError",
        "Literal",
        "LookupError",
        "Mapping",
        "None",
        "NotRequired",
        "PayloadError",
        "Required",
        "Self",
        "StrEnum",
        "True",
        "TypeAlias",
        "TypeError",
        "TypedDict",
        "Unset",
        "ValueError",
        "UNSET",
        # mypy may take the built-in one where the class stands further down.
        *(name for name in dir(builtins) if name.endswith(("Error", "Warning"))),
    ]
)
# What the body of a generated dataclass itself uses, and what `slots` and `from_dict` need.
RESERVED_ATTRIBUTES = frozenset(["classmethod", "dt", "from_dict", "to_dict"])
# With `unknown-keys = "keep"`, the attribute that holds them, and what makes it.
KEEPING_ATTRIBUTES = frozenset(("extra", "field"))

_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*\Z")
_SIGNS = {"+": "plus", "-": "minus"}


def _respell_sign(name: str) -> str:
    return (
        f"{_SIGNS[name[0]]} {name[1:]}"
        if name[:1] in _SIGNS and name[1:2].isdigit()
        else name
    )


@lru_cache(maxsize=65536)
def snake(name: str) -> str:
    """A name in snake_case, for an attribute: always an identifier, never a keyword. `3d` → field_3d, `class` → class_, `_id` → id."""
    text = "_".join(split_words(_respell_sign(name))).lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isidentifier():
        text = re.sub(r"\W", "", text)
        text = f"field_{text}" if text else "field"
    return text + "_" if keyword.iskeyword(text) else text


@lru_cache(maxsize=65536)
def pascal(name: str) -> str:
    """A name in PascalCase, for a class: always an identifier. Capitals inside words stay: `OpenAIFile` → OpenAIFile, `dub.links` → DubLinks."""
    parts = (
        part[:1].upper() + part[1:] for part in re.split(r"[\W_]+", _respell_sign(name))
    )
    text = unicodedata.normalize("NFKC", "".join(parts))
    if not text.isidentifier():
        text = "Model" + re.sub(r"\W", "", text)
    return text + "_" if text in RESERVED_CLASSES else text


def _unique(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Numbers the later of equal names: [(key, name)] → {key: name}."""
    pairs = list(names)
    out = dict(pairs)
    if len(set(out.values())) == len(pairs):
        return out
    taken: set[str] = set()
    for key, name in pairs:
        if name in taken:
            name = free_name(name, taken, "_" if name[-1:].isdigit() else "")
        taken.add(name)
        out[key] = name
    return out


def class_names(schema: Schema) -> dict[str, str]:
    """The Python name of each definition: {key: name}, in schema order."""
    return _unique(
        (definition.key, pascal(definition.key)) for definition in schema.definitions
    )


def attribute_names(model: Model, taken: Collection[str] = ()) -> dict[str, str]:
    """The attribute of each field: {documented name: attribute}. `taken` are names that an attribute must not hide."""
    names = []
    for field in model.fields:
        name = snake(field.name)
        if name in RESERVED_ATTRIBUTES or name in taken:
            name += "_"
        names.append((field.name, name))
    return _unique(names)


def is_plain(name: str) -> bool:
    """Whether spelling the name for Python is no more than a change of case and separators."""
    return bool(_PLAIN.match(name)) or all(
        part.isidentifier() for part in re.split(r"[-_./: ]+", name) if part
    )


def check_names(schema: Schema) -> list[Diagnostic]:
    """What a reader should know of the Python names: clashes, and names that had to be spelled otherwise."""
    found: list[Diagnostic] = []
    classes = class_names(schema)
    for definition in schema.definitions:
        name = classes[definition.key]
        if name.rstrip("_") != pascal(definition.key).rstrip("_"):
            found.append(
                Diagnostic(
                    definition.span,
                    "name-clash",
                    f'the class of "{definition.name}" is called {name}: the shorter name is taken',
                )
            )
        elif not is_plain(definition.name):
            found.append(
                Diagnostic(
                    definition.span,
                    "spelled-name",
                    f'"{definition.name}" is called {name} in Python',
                )
            )
        if isinstance(definition, Model):
            found += _check_fields(definition)
    return found


def _check_fields(model: Model) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    names = attribute_names(model)
    for field in model.fields:
        name, spelled = names[field.name], snake(field.name)
        if name not in (spelled, spelled + "_"):
            found.append(
                Diagnostic(
                    field.span,
                    "name-clash",
                    f'"{field.name}" of {model.name} is called {name} in Python: another field is called {spelled}',
                )
            )
        elif not is_plain(field.name):
            found.append(
                Diagnostic(
                    field.span,
                    "spelled-name",
                    f'"{field.name}" of {model.name} is called {name} in Python',
                )
            )
    return found


def member_names(enum: Enum) -> list[str]:
    """The names of an enum's members in UPPER_CASE: as documented, or made of the values."""
    names = []
    for value in enum.values:
        text = snake(value.name or str(json.loads(value.value))).upper()
        names.append(
            (
                value.value,
                (
                    text.removeprefix("FIELD_")
                    if text.removeprefix("FIELD_").isidentifier()
                    else text
                ),
            )
        )
    return list(_unique(names).values())
