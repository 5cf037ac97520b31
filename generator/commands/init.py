"""`fieldgen init` looks at the docs of a folder, proposes a config and writes it after a yes."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Sequence

from generator.commands.console import complain, emit, say
from generator.commands.parser import Parser
from generator.commands.produce import count
from generator.commands.propose import Proposal, propose
from generator.config import ConfigError, read_toml, tool_table
from generator.output import OutputError, write_file

_SHOWN = 24  # lines of the preview


def run(argv: list[str]) -> int:
    """Propose, and write if the user says so. The exit code is 1 if nothing is written. Raises ConfigError."""
    parser = Parser(
        "init",
        "Look through this folder for docs with field tables, propose a config with a source for each kind, show what\n"
        "becomes of the first model, and write the config after a yes: into pyproject.toml, where there is one, or else\n"
        "into fieldgen.toml. What stands in the file stays as it is.",
        "exit codes: 0 written; 1 nothing written: no docs were found, or nobody said yes; 2 the run failed",
    )
    parser.add_argument("--yes", action="store_true", help="Write without a question.")
    flags = parser.parse(argv)
    file = _file()
    proposals, said = propose()
    for message in said:
        complain(message)
    if not proposals:
        complain(
            "no field table is found in this folder; `fieldgen ir PATH` shows what is read of docs elsewhere"
        )
        return 1
    package = _package()
    for proposal in proposals:
        dialects = f", {proposal.shown}" if proposal.shown else ""
        pages = count(proposal.pages, "page")
        made = count(proposal.definitions, "definition")
        say(f"{proposal.path}: {pages}{dialects} → {made}")
    text = config_text(proposals, file, package)
    emit(f"\n{file}:\n\n{_indented(text)}\n")
    _preview(proposals, package)
    if not flags.yes and not _asked(file):
        return 1
    try:
        _append(file, text)
    except OutputError as error:
        complain(str(error))
        return 2
    say(f"wrote {file}; next: fieldgen build")
    return 0


def _file() -> str:
    """The file to write. Raises ConfigError if this folder has a config."""
    if os.path.lexists("fieldgen.toml"):
        raise ConfigError("fieldgen.toml: there is a config already")
    if tool_table("pyproject.toml", "fieldgen") is not None:
        raise ConfigError("pyproject.toml: has a table [tool.fieldgen] already")
    return "pyproject.toml" if os.path.isfile("pyproject.toml") else "fieldgen.toml"


def _package() -> str:
    """The folder of the only package here, or nothing."""
    for start in ("src", "."):
        names = sorted(os.listdir(start)) if os.path.isdir(start) else []
        found = [
            name
            for name in names
            if name not in ("tests", "docs")
            and os.path.isfile(os.path.join(start, name, "__init__.py"))
        ]
        if len(found) == 1:
            return found[0] if start == "." else f"{start}/{found[0]}"
    return ""


def config_text(proposals: Sequence[Proposal], file: str, package: str) -> str:
    """The tables to write: paths, outputs inside the package where there is one, and the dialects, so that they stay what they are."""
    head = "tool.fieldgen.sources" if file == "pyproject.toml" else "sources"
    tables = []
    for proposal in proposals:
        rows = [f"[{head}.{proposal.name}]", f"path = {_string(proposal.path)}"]
        if package:
            rows.append(f"out = {_string(_out(proposal, package))}")
        if proposal.dialect:
            rows.append(f"dialect = {_string(proposal.dialect)}")
        tables.append("".join(f"{row}\n" for row in rows))
    return "\n".join(tables)


def _out(proposal: Proposal, package: str) -> str:
    """A folder that can be imported, or the usual one."""
    if not package:
        return f"out/{proposal.name}"
    word = re.sub(r"\W+", "_", proposal.name)
    return f"{package}/{word if word.isidentifier() else f'm_{word}'}"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _preview(proposals: Sequence[Proposal], package: str) -> None:
    """Show the first dataclass of the largest source."""
    from generator import pipeline
    from generator.options import Options
    from generator.source import Source
    from generator.sources import read_source

    proposal = max(proposals, key=lambda row: row.definitions)
    options = Options(targets=("dataclass",), dialect=proposal.dialect or "auto")
    source = Source(proposal.name, proposal.path, options)
    result = pipeline.generate(read_source(proposal.path).pages, source)
    if shown := first_class(result.files["models.py"]):
        file = f"{_out(proposal, package)}/models.py"
        emit(f"The first model, as {file} will have it:\n\n{_indented(shown)}\n")


def first_class(text: str) -> str:
    """The first dataclass of a module that has attributes, up to its methods; nothing if there is none."""
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if not isinstance(node, ast.ClassDef) or not node.decorator_list:
            continue
        if any(isinstance(row, ast.AnnAssign) for row in node.body):
            end = node.end_lineno
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    decorators = [row.lineno for row in method.decorator_list]
                    end = min([method.lineno, *decorators]) - 1
                    break
            rows = lines[node.decorator_list[0].lineno - 1 : end]
            more = ["    # …"] if len(rows) > _SHOWN else []
            return "\n".join([*rows[:_SHOWN], *more]).rstrip() + "\n"
    return ""


def _indented(text: str) -> str:
    return "".join(f"    {row}\n" if row else "\n" for row in text.splitlines())


def _asked(file: str) -> bool:
    """Ask the user. Where nobody is there to answer, say how to say yes."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("Nothing is written: `fieldgen init --yes` writes it.")
        return False
    sys.stdout.write(f"Write this to {file}? [y/N] ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return True
    say("Nothing is written.")
    return False


def _append(file: str, text: str) -> None:
    """Write the tables behind what stands in the file, byte for byte. Raises ConfigError where TOML would not take it, and OutputError."""
    import tomllib

    old = ""
    if os.path.isfile(file):
        read_toml(file)  # says what is wrong with it
        with open(file, encoding="utf-8", newline="") as stream:
            old = stream.read()
    if "\r\n" in old:
        text = text.replace("\n", "\r\n")
    end = "\r\n" if "\r\n" in old else "\n"
    gap = "" if not old else end if old.endswith("\n") else end * 2
    try:
        tomllib.loads(f"{old}{gap}{text}")
    except tomllib.TOMLDecodeError:
        raise ConfigError(
            f"{file}: a table [tool.fieldgen] cannot be added at its end; write it by hand"
        ) from None
    write_file(os.path.realpath(file), f"{old}{gap}{text}")
