"""The outputs: from a resolved schema to the view model of a template. To add one, write its view and its template, and a line in `TARGETS`."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from generator.light import NamedTuple

if TYPE_CHECKING:
    from generator.ir import Schema
    from generator.options import Options, Style
    from generator.targets.pages import File


class Target(NamedTuple):
    """An output: its name, its file in the out folder, its template, and whether the file is Python.

    The module of this name makes the template's view: `view(schema, options, style)`. It is imported when the output is asked for.
    `packaged`: with `layout = "package"` the output is a folder that is called as the file; `files` of the module NAME_package makes what is in it.
    """

    name: str
    file: str
    template: str
    python: bool
    packaged: bool = False

    @property
    def folder(self) -> str:
        """How the names of files begin, where the output is a package."""
        return self.file.removesuffix(".py") + "/"

    def is_package(self, options: Options) -> bool:
        """Whether the output is a folder of modules."""
        return self.packaged and options.layout == "package"

    def files(self, schema: Schema, options: Options, style: Style) -> Iterator[File]:
        """The files of the output, and what each shows."""
        from generator.targets.pages import File

        module = self.load(options)
        if self.is_package(options):
            yield from module.files(schema, options, style)
        else:
            # Nothing here holds the view: it goes as soon as it is rendered.
            yield File(self.file, self.template, module.view(schema, options, style))

    def load(self, options: Options) -> Any:
        """The module that makes the views."""
        packaged = "_package" if self.is_package(options) else ""
        return import_module(f"generator.targets.{self.name}{packaged}")


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("dataclass", "models.py", "dataclass/module.py.jinja", True, True),
        Target("typeddict", "typed_dicts.py", "typeddict/module.py.jinja", True),
        Target("jsonschema", "schema.json", "jsonschema/schema.json.jinja", False),
        Target("markdown", "schema.md", "markdown/page.md.jinja", False),
    )
}
