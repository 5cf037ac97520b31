"""A revision of git gives the same files as the disk that it was made of, whatever the path looks like."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from harness import git

from generator.gitsource import read_revision
from generator.sources import SourceError, read_source

FILES = [
    "docs/a.md", "docs/b.mdx", "docs/c.txt", "docs/sub/d.md", "docs/sub/deep/e.yaml", "docs/.hidden/f.md",
    "docs/sub/.g.md", "other/h.md", "top.md", "docs/[x]/i.md", "docs/j k.md", "docs/ü.md",
]  # fmt: skip
PATHS = [
    "docs", "docs/", "./docs", "docs/sub", "docs/a.md", "docs/*.md", "docs/**/*.md", "docs/**", "*/a.md", "*.md", ".",
    "docs/sub/../a.md", "docs/?.md", "docs/.hidden", "docs/.hidden/f.md", "docs/[ab].*", "docs/[!a].md", "docs/sub/*",
    "nowhere", "docs/c.txt", "docs/*.txt", "docs/j k.md",
]  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree").resolve()
    for name in FILES:
        file = folder / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, "utf-8")
    os.symlink("a.md", folder / "project/docs/link.md")
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "all")
    return folder


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("base", ["project", "project/other/..", "project/docs"])
def test_a_revision_is_read_as_the_disk_is(tree: Path, base: str, path: str) -> None:
    home = str(tree / base)
    try:
        disk = read_source(path, home)
    except SourceError:
        with pytest.raises(SourceError):
            read_revision(path, home, "HEAD")
        return
    found = read_revision(path, home, "HEAD")
    assert found.pages == disk.pages
    there = os.path.realpath(found.folder or ".")
    assert there == os.path.realpath(disk.folder or ".")


def test_an_absolute_path_and_a_folder_above(tree: Path) -> None:
    docs = str(tree / "project/docs")
    wanted = read_source(docs).pages
    assert read_revision(docs, "", "HEAD").pages == wanted
    above = f"{tree.name}/project/docs"
    assert read_revision(above, str(tree.parent), "HEAD").pages == wanted
    assert read_revision("../docs", str(tree / "project/other"), "HEAD").pages == wanted
