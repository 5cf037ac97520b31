"""What packages have beside the modules of pages: `everything.py`, where modules find what others define, and `__init__.py`, for users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.light import record
from generator.options import Style
from generator.targets.exports import exports, from_import, import_order
from generator.targets.pages import ALL, File
from generator.targets.pytext import docstring, header, quote

_LAZY = "The module of a page is imported when one of its names is first used."


@record(frozen=True, slots=True)
class Package:
    """What `templates/package/init.py.jinja` sees as `view`."""

    header: str
    docstring: str
    imports: str
    all: str


@record(frozen=True, slots=True)
class Everything:
    """What `templates/package/everything.py.jinja` sees as `view`. `modules`: the lines of a dictionary from names to modules."""

    header: str
    docstring: str
    imports: str
    all: str
    modules: str


def package_files(
    folder: str,
    source: str,
    about: str,
    shown: Mapping[str, str],
    hidden: Mapping[str, str],
    style: Style,
) -> Iterator[File]:
    """The two files. `shown`: names that users import, and where they are (name → module); `hidden`: those that only modules need."""
    yield File(
        f"{folder}/{ALL}.py",
        "package/everything.py.jinja",
        _everything(source, {**shown, **hidden}, style),
    )
    yield File(
        f"{folder}/__init__.py",
        "package/init.py.jinja",
        Package(
            header(source),
            docstring(f"{about}\n\n{_LAZY}", 0, style.line_length),
            from_import(f".{ALL}", shown, 4, style),
            exports(shown, style),
        ),
    )


def _everything(source: str, homes: Mapping[str, str], style: Style) -> Everything:
    names: dict[str, list[str]] = {}
    for name, module in homes.items():
        names.setdefault(module, []).append(name)
    about = "What the modules of this package define, imported when it is first used."
    return Everything(
        header(source),
        docstring(about, 0, style.line_length),
        "\n".join(
            from_import(f".{module}", names[module], 4, style)
            for module in sorted(names, key=import_order)
        ),
        exports(homes, style),
        "\n".join(f"    {quote(name)}: {quote(homes[name])}," for name in homes),
    )
