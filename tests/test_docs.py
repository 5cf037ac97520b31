"""Runs the examples of README.md and docs/, so that what they show is what happens, and follows their links.

Every fenced block of a page says by its first line what it is. A page is read from top to bottom, in an empty folder of its own:

    ```markdown title="docs/job.md"    a file, written into the folder; a config or a file in the YAML form must be without mistakes
                                       (YAML in a folder `dialects/` is a dialect, in `overlays/` an overlay, in `lists/` a field list: a
                                       command says what is wrong with it)
    ```console                         lines `$ fieldgen …` are run, the lines below each are what it prints (stdout and stderr as one);
                                       `$ echo $?` prints the exit code of the last one
    ```python title="out/job/models.py"  a part of a file below out/, which a command has written; it may be indented less than there
    ```python                          a doctest: lines `>>>` and what they print; modules are imported as `out.job.models`
    ```text not-run                    not an example: nothing is done with it

In a `console` block and in a part of a file, a line `…` (or `# …`) stands for any number of lines.
"""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from harness import REPO, stream_text, surroundings, text_stream
from markdown_it import MarkdownIt

from generator.codes import CODES
from generator.config import load_config
from generator.diagnostics import Diagnostic
from generator.dialect.keys import KEYS
from generator.native import read_native
from generator.read.blocks import Heading
from generator.read.markdown import read_markdown

PAGES = [REPO / "README.md", *sorted((REPO / "docs").glob("*.md"))]
LINKED = [*PAGES, REPO / "CONTRIBUTING.md", REPO / "CHANGELOG.md"]
OUTPUTS = "out/"
OTHER_YAML = (
    "dialects",
    "lists",
    "overlays",
    "rules",
)  # folders of what a command judges
LEFT_OUT = ("…", "# …")

_TITLE = re.compile(r'title="([^"]+)"')


def named(page: Path) -> str:
    return page.relative_to(REPO).as_posix()


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file it is called after, and where its text begins."""

    place: str
    language: str
    title: str
    runs: bool
    text: str

    @property
    def kind(self) -> str:
        """file, part, console, doctest, not-run; or nothing for what is none of these."""
        if not self.runs:
            return "not-run"
        if self.title:
            return "part" if self.title.startswith(OUTPUTS) else "file"
        if self.language == "console":
            return "console" if self.text.startswith("$ ") else ""
        return "doctest" if self.language == "python" and ">>>" in self.text else ""


def read_blocks(page: Path) -> Iterator[Block]:
    """The code blocks of a page in their order."""
    text = page.read_text("utf-8")
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("fence", "code_block"):
            language, _, rest = token.info.strip().partition(" ")
            title = _TITLE.search(rest)
            line = (token.map or [0])[0] + 2
            yield Block(
                f"{named(page)}:{line}",
                language,
                title[1] if title else "",
                "not-run" not in rest.split(),
                token.content,
            )


# --- what an example shows, against what there is -----------------------------------------------------------------------------


def pattern(lines: list[str], indent: int = 0) -> str:
    """A regular expression for the lines; some of them may stand for others."""
    pad = " " * indent
    return "".join(
        (
            "(?:.*\n)*?"
            if line.strip() in LEFT_OUT
            else re.escape((pad + line).rstrip()) + " *\n"
        )
        for line in lines
    )


def is_part(shown: str, text: str) -> bool:
    """Whether the lines of an example stand in a text, all of them by the same number of spaces further in."""
    lines = shown.rstrip("\n").split("\n")
    return any(
        re.search("^" + pattern(lines, indent), text, re.MULTILINE)
        for indent in range(0, 13, 2)
    )


def is_whole(shown: list[str], text: str) -> bool:
    """Whether an example shows all that was printed, but for what it leaves out."""
    return re.fullmatch(pattern(shown), text) is not None


def test_left_out_lines() -> None:
    text = "one\n  two\n\n  three\nfour\n"
    assert is_part("two\n\nthree\n", text)
    assert is_part("one\n  …\nfour\n", text)
    assert is_part("  two\n# …\n  three\n", text)
    assert not is_part("two\nthree\n", text)
    assert not is_part("one\n…\nfive\n", text)
    assert not is_part("tw\n", text)
    assert is_whole(["one", "…"], text)
    assert not is_whole(["  two", "…"], text)
    assert is_whole([], "")
    assert not is_whole([], "one\n")


# --- running a page -----------------------------------------------------------------------------------------------------------


class Runner:
    """Runs the blocks of one page in a folder; what a doctest defines, later ones know."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.globals: dict[str, Any] = {"__name__": "__main__"}
        self.unread: dict[str, str] = {}  # files that no command has seen → their place
        self.code = 0

    def run(self, block: Block) -> None:
        match block.kind:
            case "file":
                self.write(block)
            case "part":
                file = self.folder / block.title
                assert file.is_file(), f"{block.place}: no command has written it"
                text = file.read_text("utf-8")
                assert is_part(block.text, text), f"{block.place}: not in\n{text}"
            case "console":
                self.console(block)
            case "doctest":
                self.doctest(block)
            case kind:
                assert (
                    kind == "not-run"
                ), f"{block.place}: neither run nor marked as not-run"

    def write(self, block: Block) -> None:
        """Write a file; what can be judged without a command is judged."""
        file = self.folder / block.title
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, "utf-8", newline="\n")
        if file.name in ("pyproject.toml", "fieldgen.toml"):
            load_config(str(file))
        elif file.suffix in (".yaml", ".yml") and file.parent.name not in OTHER_YAML:
            found: list[Diagnostic] = []
            read_native(block.text, file.name, found.append)
            assert not found, f"{block.place}: {found}"
        else:
            self.unread[block.title] = block.place

    def console(self, block: Block) -> None:
        command, shown = "", list[str]()
        for line in [*block.text.splitlines(), "$ "]:
            if not line.startswith("$ "):
                shown.append(line)
                continue
            if command:
                printed = self.command(command)
                assert is_whole(
                    shown, printed
                ), f"{block.place}: {command} prints\n{printed}"
            command, shown = line[2:], []

    def command(self, line: str) -> str:
        """What a command prints."""
        from generator.cli import main

        if line == "echo $?":
            return f"{self.code}\n"
        word, *arguments = shlex.split(line)
        assert word == "fieldgen", f"{line}: only fieldgen is run"
        self.unread.clear()
        stream = text_stream()
        with surroundings(self.folder, stream, stream):
            self.code = main(arguments)
        return stream_text(stream)

    def doctest(self, block: Block) -> None:
        name = block.place
        test = doctest.DocTestParser().get_doctest(
            block.text, self.globals, name, None, 0
        )
        runner = doctest.DocTestRunner(verbose=False)
        said: list[str] = []
        importlib.invalidate_caches()
        runner.run(test, out=said.append, clear_globs=False)
        self.globals = test.globs
        assert not runner.failures, f"{name}:\n{''.join(said)}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_examples(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    forget_outputs()
    runner = Runner(tmp_path)
    try:
        for block in read_blocks(page):
            runner.run(block)
    finally:
        forget_outputs()
    assert not runner.unread, f"no command reads {runner.unread}"


def forget_outputs() -> None:
    """Let the next page import its own out/."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "out"]:
        del sys.modules[name]


# --- links and names ----------------------------------------------------------------------------------------------------------


def links(page: Path) -> Iterator[str]:
    """Where the links and images of a page lead."""
    for token in (
        MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))
    ):
        for child in token.children or ():
            target = child.attrs.get("href") or child.attrs.get("src")
            if target:
                yield str(target)


def anchors(page: Path) -> set[str]:
    blocks = read_markdown(page.read_text("utf-8"), page.name).blocks
    return {
        anchor
        for block in blocks
        if isinstance(block, Heading)
        for anchor in block.anchors
    }


@pytest.mark.parametrize("page", LINKED, ids=named)
def test_links(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if re.match("[a-z]+:", link):
            continue
        missing = not target.exists()
        if missing or fragment and fragment not in anchors(target):
            broken.append(link)
    assert broken == []


def test_every_page_is_in_the_readme() -> None:
    linked = set(links(REPO / "README.md"))
    assert [named(p) for p in PAGES[1:] if named(p) not in linked] == []


def test_pages_that_the_code_names() -> None:
    """Messages and comments send people to pages of docs/."""
    found = [*REPO.glob("generator/**/*"), *REPO.glob("templates/**/*.jinja")]
    examples = ("reference.py", "schema_page.py")
    files = [file for file in found if file.name not in examples]
    named_pages = {
        name
        for file in files
        if file.suffix in (".py", ".yaml", ".json", ".jinja")
        for name in re.findall(r"\bdocs/[a-z]+\.md\b", file.read_text("utf-8"))
    }
    assert [name for name in sorted(named_pages) if not (REPO / name).is_file()] == []


def test_make_commands() -> None:
    targets = set(
        re.findall(r"^([a-z-]+):", (REPO / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    for page in LINKED:
        words = re.findall(
            r"^\s*make ([a-z-]+)|`make ([a-z-]+)`",
            page.read_text("utf-8"),
            re.MULTILINE,
        )
        assert {a or b for a, b in words} <= targets, named(page)


def test_architecture_names_every_room() -> None:
    """A room that the plan of the house does not show is one that nobody finds."""
    text = (REPO / "docs/architecture.md").read_text("utf-8")
    package = REPO / "generator"
    rooms = [path.name for path in package.glob("[a-z]*.py")]
    rooms += [f"{path.parent.name}/" for path in package.glob("*/__init__.py")]
    assert [room for room in sorted(rooms) if f"`{room}`" not in text] == []


def test_dialects_page_names_every_key() -> None:
    text = (REPO / "docs/dialects.md").read_text("utf-8")
    assert [key for key in KEYS if f"`{key}`" not in text] == []


def test_diagnostics_page_explains_every_code() -> None:
    here = anchors(REPO / "docs/diagnostics.md")
    assert [code for code in CODES if code not in here] == []
