"""What a source is: how to read its files and what to write. Without the code that does it, so that it is quickly there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from generator.options import Options, Style

if TYPE_CHECKING:
    from generator.overlay import OverlayFile

Files: TypeAlias = tuple[tuple[str, str], ...]


class TemplateError(ValueError):
    """A template of the user's cannot be rendered, or what it renders is no Python."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its name, its label in headers (a path as in the config, never absolute), how to read and what to write.

    `folder`: the folders that the source stands in, as far as known; links like `../../models/shared/x.md` may leave the source and come back.
    `templates`: the user's template files, `"dataclass/module.py.jinja"` → text, which replace ours.
    `dialects`: the user's dialect files. `overlay`: what the user says against the docs.
    """

    name: str
    label: str
    options: Options = field(default_factory=Options)
    style: Style = field(default_factory=Style)
    templates: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    dialects: Files = ()
    overlay: OverlayFile | None = None
