"""The command `fieldgen`: finds the command that is meant and turns what happens into messages and exit codes.

Exit codes: 0 fine; 1 findings (an error in the docs, or outputs that are not up to date); 2 the run failed (usage, config, source,
disk, or a bug); 130 interrupted; 141 whoever read stdout went away. Commands are imported when they are called: `--version` is quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from generator import __version__
from generator.commands.console import complain, prepare, say
from generator.commands.leave import run_process
from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "init": "Look at the docs of this folder and propose a config.",
    "build": "Write dataclasses, TypedDicts and JSON Schema from field tables.",
    "check": "Say whether the outputs are up to date; write nothing.",
    "watch": "Build, and build again whenever the docs change.",
    "lint": "Say where the docs contradict themselves: tables, references, examples.",
    "diff": "Say what a change of the docs means for those who use what they document.",
    "ir": "Print the intermediate schema: what fieldgen reads in the docs.",
    "facts": "List what the docs state of fields beyond their types, and in which words.",
    "dialects": "List the ways in which docs write their tables; say which one docs are in, and why.",
    "completion": "Print a script that completes commands and flags in bash, zsh or fish.",
    "explain": "Say what a diagnostic means and how to mend it.",
}
HELP = """\
usage: fieldgen COMMAND [-h] [ARGUMENT ...]
       fieldgen --version | --help

Field tables of documentation in, dataclasses, TypedDicts and JSON Schema out.

commands:
{commands}

`fieldgen COMMAND --help` says what a command takes. Sources and options stand in the table [tool.fieldgen]
of pyproject.toml, or in fieldgen.toml. Results go to stdout, messages to stderr.

exit codes: 0 fine; 1 findings; 2 the run failed (usage, config, source, disk, or a bug)

environment: NO_COLOR=1 switches colours off; FIELDGEN_DEBUG=1 shows the traceback of a bug
"""


def run() -> NoReturn:
    """The command as a process of its own: `fieldgen`, and `python -m generator`."""
    run_process(main)


def main(argv: list[str] | None = None) -> int:
    """Run a command line (by default that of the process) and return the exit code."""
    prepare()
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        return code
    except SystemExit as done:  # argparse has printed a help
        return done.code if isinstance(done.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Python flushes stdout once more when it ends: https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:  # noqa: BLE001
        return _failure(error)


def _run(argv: list[str]) -> int:
    if not argv or argv[0] in ("-h", "--help"):
        width = max(map(len, COMMANDS))
        commands = "\n".join(
            f"  {name:{width}}  {text}" for name, text in COMMANDS.items()
        )
        sys.stdout.write(HELP.format(commands=commands))
        return 0
    if argv[0] == "--version":
        say(f"fieldgen {__version__}")
        return 0
    return _command(argv[0])(argv[1:])


def _command(name: str) -> Callable[[list[str]], int]:
    match name:
        case "build":
            from generator.commands.build import run_build

            return run_build
        case "init":
            from generator.commands import init

            return init.run
        case "check":
            from generator.commands.build import run_check

            return run_check
        case "watch":
            from generator.commands import watch

            return watch.run
        case "completion":
            from generator.commands import completion

            return lambda argv: completion.run(argv, COMMANDS, _command)
        case "lint":
            from generator.commands import lint

            return lint.run
        case "diff":
            from generator.commands import diff

            return diff.run
        case "ir":
            from generator.commands import ir

            return ir.run
        case "facts":
            from generator.commands import facts

            return facts.run
        case "dialects":
            from generator.commands import dialects

            return dialects.run
        case "explain":
            from generator.commands import explain

            return explain.run
        case _:
            from generator.commands.parser import UsageError
            from generator.diagnostics import suggest

            hint = suggest(name, tuple(COMMANDS)) or "commands are " + ", ".join(
                COMMANDS
            )
            raise UsageError(f'there is no command "{name}"; {hint}')


def _failure(error: Exception) -> int:
    """Say what went wrong: a mistake of the user in a line each, anything else as a bug of ours."""
    from generator.commands.parser import UsageError
    from generator.config import ConfigError

    match error:
        case UsageError():
            complain(
                f"{error} (see `fieldgen{f' {error.command}' if error.command else ''} --help`)"
            )
        case ConfigError():
            for message in error.messages:
                complain(message)
        case _:
            if os.environ.get("FIELDGEN_DEBUG") == "1":
                import traceback

                traceback.print_exception(error)
            what = (
                f"{type(error).__name__}: {error}"
                if str(error)
                else type(error).__name__
            )
            complain(
                f"internal error: {what} (this is a bug, please report it; FIELDGEN_DEBUG=1 shows where it happens)"
            )
    return 2
