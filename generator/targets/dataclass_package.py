"""Dataclasses as a package: a module for each page, imported when one of its names is first asked for, and one for what all share.

Modules may need each other. So none imports another page's: what stands there is a part of `_all`, a module that has all names for type
checkers, and imports what it is asked for when Python runs. Only a union is made of the classes themselves; they stand above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.casing import free_name
from generator.ir import (
    Alias,
    Definition,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Schema,
    TypeRef,
    one_of,
    references,
)
from generator.options import Options, Style
from generator.targets.aliases import sort_aliases
from generator.targets.dataclass import Assignment, Class, Module, Writer
from generator.targets.dataclass_imports import import_lines, needed_helpers
from generator.targets.exports import exports, from_import
from generator.targets.names import snake
from generator.targets.other_keys import other_keys
from generator.targets.package import package_files
from generator.targets.pages import ALL, SUPPORT, File, page_modules
from generator.targets.pytext import header

FOLDER = "models"
_MODULE = "dataclass/module.py.jinja"
# What modules import for a helper, where that is not its name behind a `_`.
_IMPORTED = {"refuse": ("_UNREADABLE", "_refuse"), "UNSET": ("UNSET",)}


def files(schema: Schema, options: Options, style: Style) -> Iterator[File]:
    """The files of the package; `__init__.py` comes last."""
    writer = _PackageWriter(schema, options, style)
    for page, module in writer.pages.items():
        yield File(f"{FOLDER}/{module}.py", _MODULE, writer.page(page))
    if support := writer.support():
        yield File(f"{FOLDER}/{SUPPORT}.py", _MODULE, support)
    about = (
        f"Models of what {schema.source} documents; they read and write its payloads."
    )
    yield from package_files(
        FOLDER, schema.source, about, writer.shown(), writer.hidden(), style
    )


class _PackageWriter(Writer):
    """Writes one page after the other, and then what they share."""

    def __init__(self, schema: Schema, options: Options, style: Style) -> None:
        super().__init__(schema, options, style)
        self.pages = page_modules(schema)
        self.definitions: dict[str, list[Definition]] = {p: [] for p in self.pages}
        for definition in schema.definitions:
            self.definitions[definition.span.file].append(definition)
            self.types.pages[definition.key] = definition.span.file
        self.unions: dict[str, list[tuple[Alias, bool]]] = {p: [] for p in self.pages}
        self.quoted: set[str] = set()  # aliases that are strings when Python runs
        self.alias_readers: dict[str, str] = {}  # other modules call them
        for alias, quoted in sort_aliases(schema):
            self.add_alias(alias, quoted)
        self.has_models = any(isinstance(d, Model) for d in schema.definitions)
        self.shared: set[str] = set()  # helpers that some page needs
        self.is_dated = False

    def add_alias(self, alias: Alias, quoted: bool) -> None:
        """Decide how an alias is written: those that it names come before it."""
        page = alias.span.file
        if quoted or any(
            ref.name in self.quoted and self.types.pages[ref.name] != page
            for ref in references(self.write_out(alias.type, page))
        ):
            quoted = True
            self.quoted.add(alias.key)
        self.unions[page].append((alias, quoted))
        if not self.codec.reads_as_is(Ref(alias.key)):
            base = f"_read_{snake(self.names[alias.key])}"
            self.alias_readers[alias.key] = free_name(base, self.alias_readers.values())

    def write_out(self, type_: TypeRef, page: str) -> TypeRef:
        """The type without aliases of other pages: these may not be there yet where two modules name each other. Classes are."""
        match type_:
            case Ref(name) if self.types.pages[name] != page:
                target = self.types.index[name]
                if isinstance(target, Alias) and name not in self.quoted:
                    return self.write_out(target.type, page)
                return type_
            case ListOf(item):
                return ListOf(self.write_out(item, page))
            case MapOf(value):
                return MapOf(self.write_out(value, page))
            case OneOf(members):
                return one_of(tuple(self.write_out(part, page) for part in members))
            case _:
                return type_

    def alias(self, alias: Alias, quoted: bool) -> Assignment:
        if not quoted:
            type_ = self.write_out(alias.type, alias.span.file)
            alias = replace(alias, type=type_)
        return super().alias(alias, quoted)

    def name_reader(self, type_: TypeRef, owner: str) -> str:
        """The function that reads a union or an alias. That of an alias stands where the alias does."""
        if isinstance(type_, Ref):
            name = self.alias_readers[type_.name]
            other = self.types.refer(type_.name) != self.names[type_.name]
            return f"_all.{name}" if other else name
        return super().name_reader(type_, owner)

    def begin(self, page: str) -> None:
        """Begin a module: nothing is written in it and nothing is used."""
        self.types.page = page
        self.types.names_others = False
        self.codec.helpers.clear()
        self.used.clear()
        self.noted.clear()
        self.shapes.clear()
        self.readers.clear()
        self.reader_names.clear()
        self.after_class = False

    def page(self, page: str) -> Module:
        """The module of a page."""
        definitions = self.definitions[page]
        self.begin(page)
        models = [d for d in definitions if isinstance(d, Model)]
        aliases = [d.key for d in definitions if d.key in self.alias_readers]
        for key in aliases:
            self.reader_names[Ref(key)] = self.alias_readers[key]
        classes = self.classes(definitions)
        unions = tuple(self.alias(*pair) for pair in self.unions[page])
        for key in aliases:
            self.readers[Ref(key)] = self.reader(Ref(key), self.alias_readers[key])
        self.codec.helpers |= self.used & {"UNSET"} | ({"refuse"} if models else set())
        if self.readers or models:
            self.used.add("Any")
        if models:
            self.used.add("Self")
        names = [self.names[d.key] for d in definitions]
        return self.module_of(
            self.about(f"Models of {page or self.schema.source}."),
            self.page_imports(models),
            [*names, *(self.alias_readers[key] for key in aliases)],
            classes,
            unions,
            frozenset(),
        )

    def module_of(
        self,
        docstring: str,
        imports: str,
        names: Iterable[str],
        classes: tuple[Class | Assignment, ...],
        unions: tuple[Assignment, ...],
        helpers: frozenset[str],
    ) -> Module:
        return Module(
            header=header(self.schema.source),
            docstring=docstring,
            imports=imports,
            all=exports(names, self.style),
            classes=classes,
            unions=unions,
            readers=tuple(self.readers[type_] for type_ in self.reader_names),
            helpers=helpers,
            extra=self.options.unknown_keys == "keep",
            rest=self.rest,
        )

    def page_imports(self, models: list[Model]) -> str:
        """What the module of a page imports: of Python, and of the package."""
        helpers = self.codec.helpers
        self.shared |= helpers
        self.is_dated |= "dt" in self.used
        fields = ["dataclass"] if models else []
        if self.options.unknown_keys == "keep" or any(
            other_keys(model, self.options) for model in models
        ):
            fields.append("field")
        python = "\n".join(
            import_lines(self.used, (), fields, bool(models), self.style)
        )
        own = [f"from . import {ALL} as _all"] if self.types.names_others else []
        if helpers:
            names = [name for each in helpers for name in _names(each)]
            names += ["Unset"] if "Unset" in self.used else []
            own.append(from_import(f".{SUPPORT}", names, 0, self.style))
        return "\n\n".join(filter(None, (python, "\n".join(own))))

    def support(self) -> Module | None:
        """The module of what pages share; nothing if there is nothing."""
        self.begin("")
        self.codec.helpers |= self.shared
        self.used |= {"dt"} if self.is_dated else set()
        helpers = needed_helpers(
            self.codec.helpers, self.used, self.has_models, self.options
        )
        if not helpers:
            return None
        self.used = {"Any"} if helpers - {"UNSET"} else set()
        fields = ["fields"] if "refuse" in helpers else []
        mappings = bool(helpers & {"refuse", "dict"})
        names = [name for each in self.shared for name in _names(each)]
        names += ["PayloadError"] if "refuse" in helpers else []
        names += ["Unset"] if "UNSET" in helpers else []
        return self.module_of(
            self.about("What the modules of this package share."),
            "\n".join(import_lines(self.used, helpers, fields, mappings, self.style)),
            names,
            (),
            (),
            frozenset(helpers),
        )

    def shown(self) -> dict[str, str]:
        """The names that users see, and where they are: {name: module}."""
        homes = {
            self.names[d.key]: self.pages[d.span.file] for d in self.schema.definitions
        }
        shared = ["PayloadError"] if self.has_models else []
        shared += ["UNSET", "Unset"] if "UNSET" in self.shared else []
        return homes | dict.fromkeys(shared, SUPPORT)

    def hidden(self) -> dict[str, str]:
        """The readers of aliases, and where they are."""
        return {
            name: self.pages[self.types.pages[key]]
            for key, name in self.alias_readers.items()
        }


def _names(helper: str) -> tuple[str, ...]:
    return _IMPORTED.get(helper, (f"_{helper}",))
