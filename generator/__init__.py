"""fieldgen: field tables in markdown or YAML in, dataclasses, TypedDicts and JSON Schema out.

What is exported here is public and stays: docs/api.md. It is imported when it is asked for, as the command starts without it.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as that of `typing`, which takes its time to import
if TYPE_CHECKING:
    from generator.api import compare, generate, load
    from generator.comparison.change import Change
    from generator.diagnostics import Diagnostic, SourceSpan
    from generator.dialect.files import DialectError
    from generator.ir import (
        Alias,
        Definition,
        Enum,
        EnumValue,
        Fact,
        Field,
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
    from generator.options import Options, Style
    from generator.pipeline import Loaded
    from generator.print_ir import print_schema, print_type
    from generator.source import TemplateError
    from generator.sources import SourceError

__all__ = [
    "Alias",
    "Change",
    "Definition",
    "Diagnostic",
    "DialectError",
    "Enum",
    "EnumValue",
    "Fact",
    "Field",
    "ListOf",
    "Literal",
    "Loaded",
    "MapOf",
    "Model",
    "OneOf",
    "Options",
    "Ref",
    "Scalar",
    "Schema",
    "SourceError",
    "SourceSpan",
    "Style",
    "TemplateError",
    "TypeRef",
    "compare",
    "generate",
    "load",
    "print_schema",
    "print_type",
]

# Module → what is exported of it.
_EXPORTS = {
    "generator.api": ("compare", "generate", "load"),
    "generator.comparison.change": ("Change",),
    "generator.diagnostics": ("Diagnostic", "SourceSpan"),
    "generator.dialect.files": ("DialectError",),
    "generator.options": ("Options", "Style"),
    "generator.pipeline": ("Loaded",),
    "generator.print_ir": ("print_schema", "print_type"),
    "generator.source": ("TemplateError",),
    "generator.sources": ("SourceError",),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = (module for module, names in _EXPORTS.items() if name in names)
    value: object = getattr(import_module(next(found, "generator.ir")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
