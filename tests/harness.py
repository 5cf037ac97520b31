"""Finds the cases, runs them and collects what they leave behind. CONTRIBUTING.md describes a case from the outside.

A case is a folder with a folder `input/` in it, anywhere below tests/cases. Nothing here knows about pytest's snapshots; that is
test_cases.py alone.
"""

from __future__ import annotations

import functools
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import util as importlib_util
from pathlib import Path
from types import ModuleType
from typing import Any

REPO = Path(__file__).parents[1]
CASES = REPO / "tests" / "cases"
CONFIGS = ("fieldgen.toml", "pyproject.toml")
MANIFEST = ".fieldgen.json"
CACHES = frozenset(
    {"__pycache__", ".mypy_cache", ".ruff_cache", ".git", ".fieldgen_cache"}
)

# Whatever colours or shortens output, or says "this is CI", must not change a case.
NEUTRAL_ENV = {"COLUMNS": "80", "NO_COLOR": "1", "FIELDGEN_DEBUG": "1"}
DROPPED_ENV = (
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "CI",
    "PRE_COMMIT",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case folder. `id` is its path below tests/cases."""

    id: str

    @property
    def folder(self) -> Path:
        return CASES / self.id

    @property
    def input(self) -> Path:
        return self.folder / "input"

    @property
    def expected(self) -> Path:
        return self.folder / "expected"

    @property
    def commands(self) -> list[str]:
        """The command lines: those of the file `commands`, or one build."""
        file = self.folder / "commands"
        if file.is_file():
            lines = file.read_text("utf-8").splitlines()
            return [line for line in lines if line and not line.startswith("#")]
        configured = any((self.input / name).is_file() for name in CONFIGS)
        return ["fieldgen build" if configured else "fieldgen build docs --out out"]

    @property
    def payloads(self) -> list[Path]:
        return sorted((self.folder / "payloads").glob("*.json"))

    def expected_files(self) -> list[str]:
        """The files below expected/, as POSIX paths."""
        return sorted(files_below(self.expected))


@dataclass(frozen=True, slots=True)
class Run:
    """What a case left behind: its working folder, and what belongs into expected/ (POSIX path → bytes)."""

    folder: Path
    files: dict[str, bytes]


def all_cases() -> list[Case]:
    """Every case, sorted by id. A folder input/ inside an input/ makes no case."""
    folders = [
        path.parent.relative_to(CASES) for path in CASES.rglob("input") if path.is_dir()
    ]
    return [
        Case(folder.as_posix())
        for folder in sorted(folders)
        if "input" not in folder.parts
    ]


def files_below(folder: Path) -> dict[str, bytes]:
    """All files of a folder but caches: POSIX path relative to it → bytes. Nothing if there is no such folder."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        relative = path.relative_to(folder)
        if path.is_file() and not CACHES.intersection(relative.parts):
            found[relative.as_posix()] = path.read_bytes()
    return found


@functools.cache
def run_case(case: Case) -> Run:
    """Run the commands of a case on a copy of its input, once for all tests that ask.

    `files` holds every file that is not, byte for byte, a file of input/; the manifest only where expected/ has it, too; and what
    was printed: `stdout.txt`, `diagnostics.txt` (stderr) and `exit.txt` (exit codes other than 0), each only if there is anything.
    """
    folder = Path(tempfile.mkdtemp(dir=scratch(), prefix="case-"))
    shutil.copytree(case.input, folder, dirs_exist_ok=True)
    printed = run_commands(case.commands, folder)
    before = files_below(case.input)
    wanted = set(case.expected_files())
    files = {
        name: data
        for name, data in files_below(folder).items()
        if before.get(name) != data and (name in wanted or not name.endswith(MANIFEST))
    }
    for name, text in printed.items():
        if text:
            files[name] = text.encode()
    for name, data in files.items():
        assert str(folder).encode() not in data, f"{name} holds an absolute path"
    return Run(folder, files)


@functools.cache
def scratch() -> Path:
    """A folder that is removed when the tests end."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="fieldgen-tests-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def run_commands(lines: list[str], folder: Path) -> dict[str, str]:
    """Run command lines in a folder; what they printed and their exit codes, by the name of the expected file.

    Several lines: each part begins with `$ ` and the line it comes from.
    """
    parts: dict[str, list[str]] = {
        "stdout.txt": [],
        "diagnostics.txt": [],
        "exit.txt": [],
    }
    for line in lines:
        word, *arguments = shlex.split(line)
        if word == "fieldgen":
            code, out, err = run_fieldgen(arguments, folder)
        else:
            VERBS[word](folder, *arguments)
            continue
        texts = (out, err, f"{code}\n" if code else "")
        for name, text in zip(parts, texts, strict=True):
            if text:
                parts[name].append(f"$ {line}\n{text}" if len(lines) > 1 else text)
    return {name: "\n".join(texts) for name, texts in parts.items()}


def run_fieldgen(arguments: list[str], folder: Path) -> tuple[int, str, str]:
    """Run the command inside this process: its exit code, stdout and stderr."""
    from generator.cli import main

    out, err = text_stream(), text_stream()
    with surroundings(folder, out, err):
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse
            code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    said = stream_text(err)
    assert "internal error" not in said, said  # a bug is never what a case expects
    return code, stream_text(out), said


@contextmanager
def surroundings(
    folder: Path, out: io.TextIOWrapper, err: io.TextIOWrapper
) -> Iterator[None]:
    """Another working folder, other streams and a neutral environment, for a while."""
    saved = os.getcwd(), dict(os.environ), sys.stdout, sys.stderr
    os.chdir(folder)
    os.environ.update(NEUTRAL_ENV)
    for name in DROPPED_ENV:
        os.environ.pop(name, None)
    sys.stdout, sys.stderr = out, err
    try:
        yield
    finally:
        os.chdir(saved[0])
        os.environ.clear()
        os.environ.update(saved[1])
        sys.stdout, sys.stderr = saved[2:]


def text_stream() -> io.TextIOWrapper:
    """A stream like a real stdout: with a buffer, an encoding and no terminal."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", errors="strict")


def stream_text(stream: io.TextIOWrapper) -> str:
    """What was written to a stream of `text_stream`."""
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")


# --- the verbs of a `commands` file beside fieldgen ---------------------------------------------------------------------------


def inside(folder: Path, name: str) -> Path:
    """A path inside the case's folder; its parents are made."""
    path = folder / name
    assert path.resolve().is_relative_to(folder.resolve()), f"{name} leaves the case"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write(folder: Path, name: str, *words: str) -> None:
    inside(folder, name).write_text(" ".join(words) + "\n", "utf-8", newline="\n")


def append(folder: Path, name: str, *words: str) -> None:
    with inside(folder, name).open("a", encoding="utf-8", newline="\n") as file:
        file.write(" ".join(words) + "\n")


def copy(folder: Path, name: str, new: str) -> None:
    shutil.copyfile(inside(folder, name), inside(folder, new))


def remove(folder: Path, *names: str) -> None:
    for name in names:
        path = inside(folder, name)
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def make_folder(folder: Path, *names: str) -> None:
    for name in names:
        inside(folder, name).mkdir()


def link(folder: Path, target: str, name: str) -> None:
    inside(folder, name).symlink_to(target)


def git(folder: Path, *arguments: str) -> None:
    """Run git in the case's folder, as nobody in particular and with nobody's settings."""
    settings = ["user.name=nobody", "user.email=nobody@example.org", "gc.auto=0"]
    settings += ["core.autocrlf=false", "init.defaultBranch=main"]
    options = [word for setting in settings for word in ("-c", setting)]
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *options, *arguments],
        cwd=folder,
        env=env | nobody,
        check=True,
        capture_output=True,
    )


VERBS: dict[str, Callable[..., None]] = {
    "write": write,
    "append": append,
    "cp": copy,
    "rm": remove,
    "mkdir": make_folder,
    "ln": link,
    "git": git,
}


# --- generated code and config ------------------------------------------------------------------------------------------------


def load_module(path: Path, name: str) -> ModuleType:
    """Import a generated file, or a package by its `__init__.py`, under a name of our own. Never call it on expected/ itself: it would leave a __pycache__ there."""
    assert not path.is_relative_to(CASES)
    name = name.replace(".", "_")  # a dot would mean a package around it
    folders = [str(path.parent)] if path.name == "__init__.py" else None
    spec = importlib_util.spec_from_file_location(
        name, path, submodule_search_locations=folders
    )
    assert spec and spec.loader
    module = importlib_util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def case_config(case: Case) -> dict[str, Any]:
    """The fieldgen table of a case's input, or nothing (also where the file is broken on purpose)."""
    for name in CONFIGS:
        file = case.input / name
        if file.is_file():
            try:
                table = tomllib.loads(file.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError):
                return {}
            if name == "fieldgen.toml":
                return table
            found: dict[str, Any] = table.get("tool", {}).get("fieldgen", {})
            return found
    return {}
