"""The outputs: from a resolved schema to the view model of a template. To add one, write its view and its template, and a line in `TARGETS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.ir import Schema
from generator.options import Options, Style
from generator.targets import dataclass, jsonschema, markdown, typeddict


class Target(NamedTuple):
    """An output: its name, its file in the out folder, its template, what makes the template's view, and whether the file is Python."""

    name: str
    file: str
    template: str
    view: Callable[[Schema, Options, Style], object]
    python: bool


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target(
            "dataclass", "models.py", "dataclass/module.py.jinja", dataclass.view, True
        ),
        Target(
            "typeddict",
            "typed_dicts.py",
            "typeddict/module.py.jinja",
            typeddict.view,
            True,
        ),
        Target(
            "jsonschema",
            "schema.json",
            "jsonschema/schema.json.jinja",
            jsonschema.view,
            False,
        ),
        Target("markdown", "schema.md", "markdown/page.md.jinja", markdown.view, False),
    )
}
