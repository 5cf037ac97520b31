"""Random docs and random edits of them: after each, a build with the cache must give what a build without it gives.

`python tests/edits.py [EDITS] [PAGES] [SEED]` does many; tests/unit/test_cache.py a few.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from harness import run_fieldgen

WORDS = [
    "buoy",
    "ferry",
    "harbour",
    "keel",
    "lantern",
    "mast",
    "pier",
    "quay",
    "rope",
    "sail",
    "tide",
    "wharf",
]
SCALARS = ("*string*", "*number*", "*boolean*", "*string*[]", "*Date*")


class Docs:
    """A folder of pages as generators write them, and what can happen to it."""

    def __init__(self, folder: Path, pages: int, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.flags: list[str] = []
        (folder / "models").mkdir(parents=True)
        for number in range(pages):
            self.write(f"item{number}", f"Item{number}")

    def pages(self) -> list[Path]:
        return sorted(self.folder.rglob("*.md"))

    def any_page(self) -> Path:
        return self.random.choice(self.pages())

    def sentence(self) -> str:
        return " ".join(self.random.choices(WORDS, k=6)).capitalize() + "."

    def type(self) -> str:
        if self.random.random() < 0.5:
            return self.random.choice(SCALARS)
        page = self.any_page() if self.pages() else Path("item1.md")
        name = page.stem.capitalize()
        link = f"[models.{name}](../models/{page.name})"
        return self.random.choice((link, f"{link}[]", f"Record<string, {link}>"))

    def row(self) -> str:
        mark = self.random.choice(("check_mark", "minus_sign"))
        name = f"{self.random.choice(WORDS)}_{self.random.randrange(99)}"
        cells = f"`{name}`", self.type(), f":heavy_{mark}:", self.sentence()
        return f"| {' | '.join(cells)} |"

    def write(self, stem: str, name: str) -> None:
        kind = self.random.random()
        head = f"# {name}\n\n{self.sentence()}\n\n"
        if kind < 0.7:
            table = (
                "| Field | Type | Required | Description |\n| --- | --- | --- | --- |\n"
            )
            rows = "\n".join(self.row() for _ in range(self.random.randint(1, 6)))
            text = f"{head}## Fields\n\n{table}{rows}\n"
        elif kind < 0.85:
            values = self.random.sample(WORDS, 3)
            rows = "\n".join(f"| `{word.title()}` | {word} |" for word in values)
            text = f"{head}## Values\n\n| Name | Value |\n| --- | --- |\n{rows}\n"
        else:
            parts = "\n".join(f"### `{self.type()}`\n" for _ in range(2))
            text = f"{head}## Supported Types\n\n{parts}"
        (self.folder / "models" / f"{stem}.md").write_text(text, "utf-8")

    def change(self, old: Callable[[list[str]], list[int]], new: str | None) -> None:
        """Replace (or remove) one of the lines of some page that `old` names."""
        page = self.any_page()
        lines = page.read_text("utf-8", "replace").split("\n")
        if found := old(lines):
            at = self.random.choice(found)
            lines[at : at + 1] = [] if new is None else [new]
            page.write_text("\n".join(lines), "utf-8")

    def edit(self) -> str:
        """Do something; returns its name."""
        edits = [name for name in dir(self) if name.startswith("do_")]
        name = self.random.choice(edits)
        getattr(self, name)()
        return name

    def do_add_page(self) -> None:
        number = self.random.randrange(10_000)
        self.write(f"item{number}", f"Item{number}")

    def do_delete_page(self) -> None:
        if len(self.pages()) > 5:
            self.any_page().unlink()

    def do_rename_page(self) -> None:
        page = self.any_page()
        page.rename(page.with_name(f"moved{self.random.randrange(10_000)}.md"))

    def do_rename_model(self) -> None:
        name = f"# {self.random.choice(WORDS).title()}{self.random.randrange(99)}"
        self.change(lambda lines: [0] if lines[0][:2] == "# " else [], name)

    def do_same_name(self) -> None:
        other = self.any_page().read_text("utf-8", "replace").partition("\n")[0]
        self.change(lambda lines: [0] if lines[0][:2] == "# " else [], other)

    def do_describe(self) -> None:
        self.change(
            lambda lines: [i for i, t in enumerate(lines) if t[-1:] == "."],
            self.sentence(),
        )

    def do_change_row(self) -> None:
        self.change(_rows, self.row())

    def do_change_row_again(self) -> None:
        self.change(_rows, self.row())

    def do_reword_row(self) -> None:
        page = self.any_page()
        lines = page.read_text("utf-8", "replace").split("\n")
        if rows := _rows(lines):
            at = self.random.choice(rows)
            cells = lines[at].split(" | ")
            cells[-1] = f"{self.sentence()} |"
            lines[at] = " | ".join(cells)
            page.write_text("\n".join(lines), "utf-8")

    def do_reword_another_row(self) -> None:
        self.do_reword_row()

    def do_remove_row(self) -> None:
        self.change(_rows, None)

    def do_add_row(self) -> None:
        page = self.any_page()
        text = page.read_text("utf-8", "replace").rstrip("\n")
        if text.endswith("|") and "## Fields" in text:
            page.write_text(f"{text}\n{self.row()}\n", "utf-8")

    def do_move_down(self) -> None:
        page = self.any_page()
        page.write_text("\n" + page.read_text("utf-8", "replace"), "utf-8")

    def do_touch(self) -> None:
        self.any_page().touch()

    def do_same_size(self) -> None:
        page = self.any_page()
        text = page.read_text("utf-8", "replace")
        page.write_text(text.replace("ferry", "wharf", 1), "utf-8")

    def do_empty(self) -> None:
        if len(self.pages()) > 5 and self.random.random() < 0.3:
            self.any_page().write_bytes(self.random.choice((b"", b"\xff\xfe")))

    def do_options(self) -> None:
        choices = [[], ["--enums=enum"], ["--wire-names=snake"], ["--no-places"]]
        if self.random.random() < 0.3:
            self.flags = self.random.choice(choices)

    def do_dialect(self) -> None:
        choices = [[], ["--dialect=plain"], ["--dialect=speakeasy"]]
        if self.random.random() < 0.3:
            self.flags = self.random.choice(choices)


def _rows(lines: list[str]) -> list[int]:
    return [i for i, text in enumerate(lines) if text.startswith("| `")]


def build_both_ways(home: Path, flags: list[str]) -> None:
    """Build with the cache; a check that knows nothing must agree, and say the same of the docs."""
    arguments = ["docs", "--out", "out", *flags]
    code, _, told = run_fieldgen(["build", *arguments], home)
    cold, out, cold_told = run_fieldgen(["check", *arguments, "--no-cache"], home)
    assert (code, told) == (cold, cold_told), f"{told}\n---\n{cold_told}"
    assert "up to date" in out or "nothing to write" in out or code == 2, out
    warm, out, warm_told = run_fieldgen(["check", *arguments], home)
    assert (warm, warm_told) == (cold, cold_told), f"{warm_told}\n---\n{cold_told}"
    assert "up to date" in out or "nothing to write" in out or code == 2, out


def run(home: Path, edits: int, pages: int, seed: int) -> None:
    """Make docs, and build them after each edit."""
    docs = Docs(home / "docs", pages, seed)
    build_both_ways(home, docs.flags)
    done: list[str] = []
    for _ in range(edits):
        done.append(docs.edit())
        try:
            build_both_ways(home, docs.flags)
        except AssertionError:
            print(f"seed {seed}, after {len(done)} edits: {done[-5:]}")
            raise


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    numbers = [int(word) for word in sys.argv[1:]] + [500, 200, 1][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), *numbers)
    print(f"{numbers[0]} edits over {numbers[1]} pages: the same each time")
