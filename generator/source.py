"""What a source is: how to read its files and what to write. Without the code that does it, so that it is quickly there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.light import TYPE_CHECKING, NamedTuple
from generator.options import Options, Style

if TYPE_CHECKING:
    from typing import TypeAlias

    from generator.overlay import OverlayFile

Files: TypeAlias = tuple[tuple[str, str], ...]


class TemplateError(ValueError):
    """A template of the user's cannot be rendered, or what it renders is no Python."""


class WorkError(RuntimeError):
    """A process that shared the work is gone, and what it did with it."""


class Source(NamedTuple):
    """One source: its name, its label in headers (a path as in the config, never absolute), how to read and what to write.

    `folder`: the folders that the source stands in, as far as known; links like `../../models/shared/x.md` may leave the source and come back.
    `templates`: the user's template files, `"dataclass/module.py.jinja"` → text, which replace ours.
    `dialects`: the user's dialect files. `overlay`: what the user says against the docs. `rules`: the text of the user's rules for the
    language of descriptions, if it is none of ours.
    """

    name: str
    label: str
    options: Options = Options()
    style: Style = Style()
    templates: Mapping[str, str] = MappingProxyType({})
    folder: str = ""
    dialects: Files = ()
    overlay: OverlayFile | None = None
    rules: str = ""
