"""The build hook of pdm-backend: it works in every project that requires fieldgen for builds."""

from __future__ import annotations

import os
from pathlib import Path

from pdm.backend.hooks import Context

from generator.integrations.project import (
    asks_for_fieldgen,
    build_project,
    list_project,
)


class FieldgenBuildHook:
    """Builds the sources of the project before it is packed."""

    def pdm_build_hook_enabled(self, context: Context) -> bool:
        """Whether this is a project of ours."""
        return asks_for_fieldgen(str(context.root))

    def pdm_build_initialize(self, context: Context) -> None:
        """Write the outputs."""
        build_project(str(context.root))

    def pdm_build_update_files(self, context: Context, files: dict[str, Path]) -> None:
        """Have the outputs packed, also where the project's settings leave them out. An sdist gets the docs, too."""
        built = list_project(str(context.root))
        source = context.config.build_config.package_dir
        if context.target == "sdist":
            for path in built.inputs + built.outputs:
                files[path] = context.root / path
        elif context.target == "wheel":
            for path in built.outputs:
                name = os.path.relpath(path, source or ".").replace(os.sep, "/")
                if not name.startswith("../"):
                    files[name] = context.root / path
