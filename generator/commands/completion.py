"""`fieldgen completion` prints a script for a shell, made of the parsers of all commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from generator.commands.console import emit
from generator.commands.parser import DESCRIBE, Described, Parser, UsageError
from generator.light import NamedTuple

SHELLS = ("bash", "zsh", "fish")
Run = Callable[[list[str]], int]


class Flag(NamedTuple):
    """A flag of a command. `words`: what it takes; `takes`: whether it takes anything."""

    name: str
    help: str
    takes: bool
    words: tuple[str, ...]


def run(
    argv: list[str], commands: Mapping[str, str], find: Callable[[str], Run]
) -> int:
    """Print the script. `commands`: what each command does; `find`: its function. Raises UsageError."""
    parser = Parser(
        "completion",
        "Print a script that completes commands and flags. For bash: source <(fieldgen completion bash)",
    )
    parser.add_argument("shell", metavar="{bash,zsh,fish}", help="The shell.")
    shell = parser.parse(argv).shell
    if shell not in SHELLS:
        message = f'"{shell}" is not known: expected one of {", ".join(SHELLS)}'
        raise UsageError(message, "completion")
    flags = {name: _flags(find(name)) for name in commands}
    if shell == "fish":
        emit(_fish(commands, flags))
    else:
        head = "autoload -U +X bashcompinit && bashcompinit\n" if shell == "zsh" else ""
        emit(head + _bash(flags))
    return 0


def _flags(command: Run) -> list[Flag]:
    try:
        command(DESCRIBE)
    except Described as described:
        return [
            _flag(name, action)
            for action in described.parser.actions()
            for name in action.option_strings
        ]
    raise AssertionError("a command that parses nothing")


def _flag(name: str, action: argparse.Action) -> Flag:
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    words = tuple(metavar[1:-1].split(",")) if metavar[:1] == "{" else ()
    sentence = (action.help or "").replace("%%", "%").partition(". ")[0]
    return Flag(name, sentence.rstrip("."), action.nargs != 0, words)


def _bash(flags: Mapping[str, list[Flag]]) -> str:
    words = "".join(
        f'    "{name} {flag.name}") words="{" ".join(flag.words)}" ;;\n'
        for name, rows in flags.items()
        for flag in rows
        if flag.words
    )
    known = "".join(
        f'    {name}) words="{" ".join(flag.name for flag in rows)}" ;;\n'
        for name, rows in flags.items()
    )
    return f"""\
_fieldgen() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words=""
  case "${{COMP_WORDS[1]}} ${{COMP_WORDS[COMP_CWORD-1]}}" in
{words}  esac
  if [[ $COMP_CWORD -eq 1 ]]; then
    words="{" ".join((*flags, "--help", "--version"))}"
  elif [[ -z $words && $word == -* ]]; then
    case "${{COMP_WORDS[1]}}" in
{known}    esac
  elif [[ -z $words && ${{COMP_WORDS[1]}} == completion ]]; then
    words="{" ".join(SHELLS)}"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o default -F _fieldgen fieldgen
"""


def _fish(commands: Mapping[str, str], flags: Mapping[str, list[Flag]]) -> str:
    lines = [
        f"complete -c fieldgen -n __fish_use_subcommand -f -a {name} -d {_quoted(text)}"
        for name, text in commands.items()
    ]
    for name, rows in flags.items():
        seen = f"complete -c fieldgen -n '__fish_seen_subcommand_from {name}'"
        for flag in rows:
            dashes = "-l" if flag.name.startswith("--") else "-s"
            takes = " -r" if flag.takes else ""
            words = f" -f -a {_quoted(' '.join(flag.words))}" if flag.words else ""
            text = f"{dashes} {flag.name.lstrip('-')}{takes}{words}"
            lines.append(f"{seen} {text} -d {_quoted(flag.help)}")
        if name == "completion":
            lines.append(f"{seen} -f -a {_quoted(' '.join(SHELLS))}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
