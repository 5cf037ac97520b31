"""A command for `setup.py build` and so for all of setuptools: it works in every project that requires fieldgen for builds."""

from __future__ import annotations

import os
from typing import ClassVar

from setuptools import Command, Distribution

from generator.integrations.project import (
    Built,
    asks_for_fieldgen,
    build_project,
    list_project,
)

NAME = "build_fieldgen"


def add_command(distribution: Distribution) -> None:
    """What setuptools calls for each distribution: a build of ours begins with our command."""
    if not asks_for_fieldgen(os.getcwd()):
        return
    base = distribution.get_command_class("build")
    commands = [(NAME, None), *base.sub_commands]
    distribution.cmdclass[NAME] = BuildFieldgen
    distribution.cmdclass["build"] = type(
        "build", (base,), {"sub_commands": commands, "__module__": __name__}
    )


class BuildFieldgen(Command):
    """Builds the sources of the project, in place, and copies the outputs to where the wheel is put together."""

    description = "write dataclasses, TypedDicts and JSON Schema from field tables"
    user_options: ClassVar[list[tuple[str, str, str]]] = []
    editable_mode = False
    build_lib = ""

    def initialize_options(self) -> None:
        """setuptools asks for it."""
        self.build_lib = ""

    def finalize_options(self) -> None:
        """Take the folder of the wheel from the command that fills it."""
        self.build_lib = self.get_finalized_command("build_py").build_lib

    def run(self) -> None:
        """Build; in place is all that an editable installation needs."""
        built = build_project(os.getcwd())
        if not self.editable_mode:
            for target, path in self._targets(built).items():
                self.mkpath(os.path.dirname(target))
                self.copy_file(path, target)

    def get_source_files(self) -> list[str]:
        """The config and the docs: an sdist takes them along."""
        return list(list_project(os.getcwd()).inputs)

    def get_outputs(self) -> list[str]:
        """What the wheel gets."""
        return list(self.get_output_mapping())

    def get_output_mapping(self) -> dict[str, str]:
        """Where each output of the wheel comes from."""
        return self._targets(list_project(os.getcwd()))

    def _targets(self, built: Built) -> dict[str, str]:
        """Place in the wheel → output; those that are outside the packages are left out."""
        source = (self.distribution.package_dir or {}).get("", "") or "."
        targets = {}
        for path in built.outputs:
            name = os.path.relpath(path, source)
            if not name.startswith(os.pardir):
                targets[os.path.join(self.build_lib, name)] = path
        return targets
