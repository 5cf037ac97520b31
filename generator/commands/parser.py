"""A command line parser whose mistakes are exceptions, so that only cli.py prints errors and knows exit codes."""

from __future__ import annotations

import argparse
import os

from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn


class UsageError(Exception):
    """A command line that makes no sense. `command`: whose help explains more."""

    def __init__(self, message: str, command: str = "") -> None:
        super().__init__(message)
        self.command = command


DESCRIBE = ["\0describe"]
"""The arguments for which a command raises `Described` instead of doing anything."""


class Described(Exception):
    """The parser of a command, for those who want to know its flags."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.parser = parser


class Formatter(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal. argparse makes one for each flag, and would import shutil for it (5 ms)."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width())


def _width() -> int:
    """The columns of the terminal but two, as argparse takes them."""
    try:
        wanted = int(os.environ.get("COLUMNS", "0"))
    except ValueError:
        wanted = 0
    try:
        return (wanted if wanted > 0 else os.get_terminal_size(1).columns or 80) - 2
    except OSError:  # no terminal
        return 78


class Parser(argparse.ArgumentParser):
    """A parser for one command whose mistakes are `UsageError`s."""

    def __init__(self, command: str, description: str, epilog: str = "") -> None:
        super().__init__(
            f"fieldgen {command}",
            description=description,
            epilog=epilog,
            formatter_class=Formatter,
            allow_abbrev=False,
        )
        self.command = command

    def error(self, message: str) -> NoReturn:
        name, _, rest = message.partition(": ")
        if name == "unrecognized arguments" and rest.startswith("--"):
            from generator.diagnostics import suggest

            flag = rest.split()[0].partition("=")[0].lstrip("-")
            known = [
                name.lstrip("-")
                for action in self._actions
                for name in action.option_strings
            ]
            hint = suggest(flag, known).replace(
                '"', '"--', 1
            )  # dashes make all flags alike
            message += f"; {hint}" if hint else ""
        raise UsageError(message, self.command)

    def actions(self) -> list[argparse.Action]:
        """Its flags and arguments."""
        return self._actions

    def parse(self, argv: list[str]) -> argparse.Namespace:
        """Parse flags and paths in any order."""
        if argv is DESCRIBE:
            raise Described(self)
        if not {"-h", "--help"} & set(argv):
            self.usage = ""  # argparse would write it out (2 ms) for errors, which do not show it
        return self.parse_intermixed_args(argv)
