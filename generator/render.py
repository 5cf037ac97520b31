"""Templates: a view model in, text out. The only importer of jinja2 (with templatecode.py), which takes 20 ms to import and so is imported late."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

    from jinja2 import Environment

_HERE = os.path.dirname(os.path.abspath(__file__))
# Beside the package in a wheel, in the checkout otherwise.
FOLDERS = tuple(
    os.path.join(folder, "templates") for folder in (_HERE, os.path.dirname(_HERE))
)


class RenderError(Exception):
    """A template that cannot be read or rendered.

    `template` is its name, for example `typeddict/module.py.jinja`; `line` counts from 1,
    or is 0 where no line is to blame.
    """

    def __init__(self, template: str, line: int, message: str) -> None:
        super().__init__(
            f"{template}:{line}: {message}" if line else f"{template}: {message}"
        )
        self.template = template
        self.line = line
        self.message = message


def render(template: str, view: object, overrides: Mapping[str, str]) -> str:
    """The text that a template makes of `view`, which it knows by that name.

    `overrides` are the user's templates (name → text); they go before ours, which they
    reach by the prefix `fieldgen/`: `{% extends "fieldgen/typeddict/module.py.jinja" %}`.
    The user's templates are the user's own code, so they are not kept in a sandbox.
    Raises `RenderError`.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    environment = _environment(tuple(sorted(overrides.items())))
    try:
        return environment.get_template(template).render(view=view)
    except TemplateSyntaxError as error:
        name = error.name or template
        raise RenderError(
            name, error.lineno, error.message or "syntax error"
        ) from error
    except TemplateError as error:
        name, line = _place(error.__traceback__, template)
        raise RenderError(name, line, _message(error)) from error
    except Exception as error:  # whatever an expression of a template raises
        name, line = _place(error.__traceback__, template)
        if not line:
            raise  # not the template's fault
        what = f"{type(error).__name__}: {error}"
        raise RenderError(name, line, what) from error


def load_template(template: str, overrides: Mapping[str, str]) -> None:
    """Get ready to render a template. What is wrong with it is said when it is rendered."""
    from jinja2 import TemplateError

    with suppress(TemplateError):
        _environment(tuple(sorted(overrides.items()))).get_template(template)


# How templates are written: what their byte code depends on.
_SYNTAX: dict[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}


@lru_cache(maxsize=8)
def _environment(overrides: tuple[tuple[str, str], ...]) -> Environment:
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemLoader,
        FunctionLoader,
        PrefixLoader,
        StrictUndefined,
    )

    from generator.templatecode import TemplateCode

    texts = dict(overrides)
    ours = FileSystemLoader(FOLDERS)

    def load(name: str) -> tuple[str, str, None] | None:
        # The name stands in for a file name, so that tracebacks tell the templates apart.
        return (texts[name], name, None) if name in texts else None

    return Environment(
        loader=ChoiceLoader(
            [FunctionLoader(load), PrefixLoader({"fieldgen": ours}), ours]
        ),
        undefined=StrictUndefined,
        autoescape=False,
        auto_reload=False,
        bytecode_cache=TemplateCode(FOLDERS, _SYNTAX),
        **_SYNTAX,
    )


def _message(error: Exception) -> str:
    from jinja2 import TemplateNotFound

    if isinstance(error, TemplateNotFound):
        return f'there is no template "{error.name}"'
    return str(error)


def _place(traceback: TracebackType | None, template: str) -> tuple[str, int]:
    """The innermost template and line of a traceback, which jinja2 has rewritten."""
    name, line = template, 0
    while traceback is not None:
        frame = traceback.tb_frame
        if "__jinja_exception__" in frame.f_globals:
            name, line = _template_name(frame.f_code.co_filename), traceback.tb_lineno
        traceback = traceback.tb_next
    return name, line


def _template_name(filename: str) -> str:
    """The name of one of our templates by its path; the user's have their names."""
    for folder in FOLDERS:
        if filename.startswith(folder + os.sep):
            return os.path.relpath(filename, folder).replace(os.sep, "/")
    return filename
