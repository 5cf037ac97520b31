"""The build hook of hatchling: `[tool.hatch.build.hooks.fieldgen]`."""

from __future__ import annotations

import re
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from generator.integrations.project import build_project


class FieldgenBuildHook(BuildHookInterface[BuilderConfig]):
    """Builds the sources of the project before it is packed."""

    PLUGIN_NAME = "fieldgen"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the outputs and have them packed, also where git ignores them. An sdist gets the docs, too."""
        built = build_project(self.root)
        packed = built.outputs
        if self.target_name == "sdist":
            packed += built.inputs
        build_data["artifacts"] += [_pattern(path) for path in packed]


def _pattern(path: str) -> str:
    """A pattern, as in a .gitignore, for one file of the project."""
    return "/" + re.sub(r"([\\*?\[\]!# ])", r"\\\1", path)


@hookimpl
def hatch_register_build_hook() -> type[FieldgenBuildHook]:
    """What hatchling asks the entry point for."""
    return FieldgenBuildHook
