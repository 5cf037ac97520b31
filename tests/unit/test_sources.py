"""Sources: which files a path means, and paths that mean none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from generator.sources import SourceError, read_source, read_templates


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "docs/b.md",
        "docs/a.yaml",
        "docs/sub/c.MD",
        "docs/sub/deep/d.mdx",
        "docs/x.png",
        "docs/ir.json",
        "docs/.hidden/h.md",
        "docs/.h.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


ALL = ["a.yaml", "b.md", "sub/c.MD", "sub/deep/d.mdx"]


@pytest.mark.parametrize(
    ("path", "start", "names"),
    [
        ("docs", "docs", ALL),
        ("docs/", "docs/", ALL),
        ("./docs", "./docs", ALL),
        ("docs/b.md", "docs", ["b.md"]),
        ("docs/ir.json", "docs", ["ir.json"]),
        ("docs/.h.md", "docs", [".h.md"]),
        ("docs/.hidden", "docs/.hidden", ["h.md"]),
        ("docs/*", "docs", ["a.yaml", "b.md"]),
        ("docs/**", "docs", ALL),
        ("docs/**/*", "docs", ALL),
        ("docs/**/*.m*", "docs", ["b.md", "sub/deep/d.mdx"]),
        ("docs/*/*", "docs", ["sub/c.MD"]),
        ("docs/s?b/**/*.mdx", "docs", ["sub/deep/d.mdx"]),
        ("docs/**/deep/*.mdx", "docs", ["sub/deep/d.mdx"]),
        ("docs/[ab].*", "docs", ["a.yaml", "b.md"]),
        ("docs/[!a].*", "docs", ["b.md"]),
        ("docs/sub//*", "docs/sub/", ["c.MD"]),
        ("**/b.md", "", ["docs/b.md"]),
    ],
)
def test_paths(path: str, start: str, names: list[str]) -> None:
    found = read_source(path)
    assert list(found.pages) == names
    assert found.folder == start
    for name, data in found.pages.items():
        assert os.path.join("docs" if not start else "", start, name).endswith(
            data.decode()
        )


def test_paths_start_from_the_base(folder: Path) -> None:
    (folder / "odd[1]").mkdir()
    (folder / "docs").rename("odd[1]/docs")
    assert list(read_source("docs/*.md", "odd[1]").pages) == ["b.md"]
    assert list(read_source("odd[1]/docs").pages) == ALL
    assert list(read_source(f"{folder}/odd[1]/docs").pages) == ALL


def test_absolute_glob(folder: Path) -> None:
    found = read_source(f"{folder}/docs/*.md")
    assert (found.folder, list(found.pages)) == (f"{folder}/docs", ["b.md"])


def test_glob_looks_no_deeper_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """`*.md` at the root of a repository must not read all of node_modules."""
    visited: list[str] = []
    scandir = os.scandir

    def record(path: str) -> Any:
        visited.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", record)
    read_source("docs/*.md")
    read_source("docs/*/*.MD")
    assert visited == ["docs/", "docs/", "docs/sub/"]


def test_links_to_folders(folder: Path) -> None:
    (folder / "docs/aloop").symlink_to("..")  # contains the source
    (folder / "docs/sub/loop").symlink_to(".")
    (folder / "docs/again").symlink_to("sub")  # a real folder is read by its own name
    (folder / "other").mkdir()
    (folder / "other/o.md").write_bytes(b"")
    (folder / "other/back").symlink_to(folder / "other")
    (folder / "docs/one").symlink_to("../other")
    (folder / "docs/two").symlink_to("../other")
    assert list(read_source("docs").pages) == sorted([*ALL, "one/o.md"])


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere", "nowhere: there is no such file or folder"),
        ("docs/b.md/x", "docs/b.md/x: there is no such file or folder"),
        ("", '"" is no path that fieldgen can read'),
        ("a\nb", '"a\nb" is no path that fieldgen can read'),
        ("a\0b", '"a\0b" is no path that fieldgen can read'),
        (
            "docs/x.png",
            "docs/x.png: a source's file ends in .md, .markdown, .mdown, .mdx, .yaml, .yml or .json",
        ),
        (
            "docs/*.png",
            "docs/*.png: no file that ends in .md, .markdown, .mdown, .mdx, .yaml or .yml matches",
        ),
        (
            "docs/*.toml",
            "docs/*.toml: no file that ends in .md, .markdown, .mdown, .mdx, .yaml or .yml matches",
        ),
        ("docs/[z-a].md", "docs/[z-a].md: is not a glob: bad character range z-a"),
        ("nowhere/*.md", "nowhere/*.md: there is no folder nowhere"),
        (
            "docs/[",
            "docs/[: no file that ends in .md, .markdown, .mdown, .mdx, .yaml or .yml matches",
        ),
    ],
)
def test_paths_that_mean_nothing(path: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert str(caught.value) == message


def test_folder_without_pages(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "empty/data.csv").touch()
    with pytest.raises(SourceError, match="^empty: holds no file that ends in .md, "):
        read_source("empty")


def test_unreadable_files(folder: Path) -> None:
    os.mkfifo(folder / "docs/pipe.md")  # reading it would wait for ever
    assert list(read_source("docs").pages) == ALL
    with pytest.raises(
        SourceError, match="^docs/pipe.md: is neither a file nor a folder$"
    ):
        read_source("docs/pipe.md")
    (folder / "docs/broken.md").symlink_to("nowhere")
    with pytest.raises(
        SourceError, match="^docs/broken.md: cannot be read: No such file or directory$"
    ):
        read_source("docs")


@pytest.mark.parametrize(
    "name", [b"a\nimport os.md", b"a\xff.md", "a\u202e.md".encode()]
)
def test_names_that_would_break_out_of_a_comment(folder: Path, name: bytes) -> None:
    with open(os.path.join(os.fsencode(folder), b"docs", name), "wb"):
        pass
    with pytest.raises(
        SourceError, match="the name holds control characters, or is not UTF-8"
    ):
        read_source("docs")


def test_templates(folder: Path) -> None:
    with pytest.raises(
        SourceError, match="^own: there is no such folder of templates$"
    ):
        read_templates("own")
    (folder / "own/dataclas").mkdir(parents=True)
    (folder / "own/dataclas/module.py.jinja").write_text("x")
    with pytest.raises(
        SourceError,
        match="^own: replaces no template of fieldgen: those are in dataclass/, typeddict/, jsonschema/, markdown/$",
    ):
        read_templates("own")
    (folder / "own/dataclas").rename("own/dataclass")
    (folder / "own/part.jinja").write_text("ü", "utf-8")
    assert read_templates("own") == {
        "dataclass/module.py.jinja": "x",
        "part.jinja": "ü",
    }
    (folder / "own/part.jinja").write_bytes(b"\xff")
    with pytest.raises(SourceError, match="^own/part.jinja: a template is UTF-8 text$"):
        read_templates("own")


def test_json_where_there_is_nothing_else(tmp_path: Path) -> None:
    for name in ("both/a.yaml", "both/b.json", "json/a.json", "json/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}", "utf-8")
    assert list(read_source("both", str(tmp_path)).pages) == ["a.yaml"]
    assert list(read_source("json", str(tmp_path)).pages) == ["a.json"]
    assert list(read_source("both/*.json", str(tmp_path)).pages) == ["b.json"]
