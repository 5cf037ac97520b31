"""`layout = "package"`: a module for each page, imported when it is first used, and the same for users as one module."""

from __future__ import annotations

import ast
import importlib
import itertools
import keyword
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest
from harness import CASES
from hypothesis import given, settings
from hypothesis import strategies as st
from schemas import schemas
from target_schemas import distinct

from generator.diagnostics import SourceSpan
from generator.ir import Alias, Model, Schema
from generator.options import Options, Style
from generator.render import render
from generator.targets import TARGETS
from generator.targets.names import class_names
from generator.targets.pages import page_modules

PACKAGE = Options(layout="package")
NUMBERS = itertools.count()
CASE = CASES / "options" / "layout-package" / "expected" / "out" / "models"


def files(schema: Schema, options: Options) -> dict[str, str]:
    """The text of each file of the dataclasses."""
    made = TARGETS["dataclass"].files(schema, options, Style())
    return {file.name: render(file.template, file.view, {}) for file in made}


def on_pages(schema: Schema, pages: tuple[str, ...]) -> Schema:
    """The definitions dealt to the pages, in turn."""
    dealt = [
        replace(d, span=SourceSpan(page, number + 1))
        for number, (d, page) in enumerate(
            zip(schema.definitions, itertools.cycle(pages), strict=False)
        )
    ]
    return Schema(schema.source, tuple(dealt))


@contextmanager
def importable(folder: Path) -> Iterator[str]:
    """A copy of a package under a name of its own, forgotten in the end."""
    name = f"package_{next(NUMBERS)}"
    top = Path(tempfile.mkdtemp())
    shutil.copytree(folder, top / name)
    sys.path.insert(0, str(top))
    try:
        yield name
    finally:
        sys.path.remove(str(top))
        forget(name)
        shutil.rmtree(top)


def forget(name: str) -> None:
    importlib.invalidate_caches()
    for module in [m for m in sys.modules if m.split(".")[0] == name]:
        del sys.modules[module]


def loaded(name: str) -> set[str]:
    return {m.partition(".")[2] for m in sys.modules if m.startswith(f"{name}.")}


def test_modules_are_imported_when_they_are_used() -> None:
    with importable(CASE) as name:
        package = importlib.import_module(name)
        assert loaded(name) == {"everything"}
        deck = package.Deck.from_dict({"height": 2})
        assert loaded(name) == {"everything", "ferry", "support"}
        assert type(deck) is package.Deck and "Deck" in vars(package)
        ferry = {"name": "Elster", "state": "moored", "load": []}
        package.Ferry.from_dict(ferry)
        assert loaded(name) == {"everything", "ferry", "support"}
        package.Ferry.from_dict({**ferry, "home": {"town": "Wik"}})
        assert "harbour" in loaded(name)


def test_package_shows_all_names_and_no_other() -> None:
    with importable(CASE) as name:
        package = importlib.import_module(name)
        assert set(package.__all__) <= set(dir(package))
        with pytest.raises(AttributeError, match=f"module '{name}' has no attribute"):
            package.Raft  # noqa: B018
        assert not hasattr(package, "_read_load")


@pytest.mark.parametrize("first", ["ferry", "harbour", "cargo_crates"])
def test_any_module_may_be_the_first(first: str) -> None:
    with importable(CASE) as name:
        importlib.import_module(f"{name}.{first}")
        check_all(importlib.import_module(name))


def check_all(package: ModuleType) -> None:
    for name in package.__all__:
        assert getattr(package, name) is not package


def test_hints_lead_to_classes_of_other_pages() -> None:
    """For libraries that ask a dataclass for its types."""
    with importable(CASE) as name:
        package = importlib.import_module(name)
        hints = get_type_hints(package.Car)
        assert hints["bound_for"] == package.Harbour | None


def test_type_checkers_know_what_is_not_there(tmp_path: Path) -> None:
    """A module with `__getattr__` has all names for them, if they see it."""
    shutil.copytree(CASE, tmp_path / "models")
    user = "import models\nfrom models import Ferry, Raft\nmodels.Rudder\nFerry.nick\n"
    (tmp_path / "user.py").write_text(user, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "user.py"]
    done = subprocess.run(
        [*command, "--cache-dir=/dev/null", "--no-error-summary"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["user.py:2", "user.py:3"] + [
        "user.py:4"
    ], done.stdout


@given(
    schema=schemas().map(distinct),
    pages=st.permutations(["b.md", "a/b.md", "ü/support.yaml"]),
    keep=st.sampled_from(["ignore", "keep"]),
    enums=st.sampled_from(["literal", "enum"]),
)
@settings(max_examples=30)
def test_every_package_can_be_imported(
    schema: Schema, pages: list[str], keep: str, enums: str
) -> None:
    """Whatever names what on which page: each module can be the first, and has what the one module has, called alike."""
    schema = on_pages(schema, tuple(pages))
    options = PACKAGE._replace(unknown_keys=keep, enums=enums)
    with tempfile.TemporaryDirectory() as top:
        for file, text in files(schema, options).items():
            Path(top, file).parent.mkdir(exist_ok=True)
            Path(top, file).write_text(text, "utf-8")
        with importable(Path(top, "models")) as name:
            for module in page_modules(schema).values():
                forget(name)
                importlib.import_module(f"{name}.{module}")
                package = importlib.import_module(name)
                check_all(package)
            names = class_names(schema)
            for definition in schema.definitions:
                is_class = is_dataclass(getattr(package, names[definition.key]))
                if not isinstance(definition, Alias):
                    assert is_class == isinstance(definition, Model)
    [whole] = files(schema, options._replace(layout="module")).values()
    assert exported(whole) == package.__all__


def exported(code: str) -> list[str]:
    """The `__all__` of a module."""
    for node in ast.parse(code).body:
        match node:
            case ast.Assign([ast.Name("__all__")], value):
                return list(ast.literal_eval(value))
            case ast.AnnAssign(ast.Name("__all__")):
                return []
            case _:
                pass
    raise AssertionError("no __all__")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
        | st.sampled_from(
            ["a/b.md", "a-b.md", "A_B.md", "con.md", "class.md", "support.md", "3d.md"]
        )
        | st.text("aÀß港/._-1", max_size=300),
        min_size=1,
        max_size=8,
        unique=True,
    )
)
def test_names_of_modules(pages: list[str]) -> None:
    """Names that Python, linters and all disks take, each for one page."""
    modules = list(page_modules(one_model_each(pages)).values())
    assert len(set(modules)) == len(pages)
    for module in modules:
        assert module.isidentifier() and module.isascii() and module == module.lower()
        assert not keyword.iskeyword(module) and len(module) < 220
        assert module not in ("con", "support", "everything", "__init__")


def test_case_of_pages_does_not_tell_modules_apart() -> None:
    schema = one_model_each(["Boat.md", "boat.md"])
    assert page_modules(schema) == {"Boat.md": "boat", "boat.md": "boat2"}


def one_model_each(pages: list[str]) -> Schema:
    models = [Model(f"M{i}", "M", SourceSpan(p, 1)) for i, p in enumerate(pages)]
    return Schema("docs", tuple(models))
