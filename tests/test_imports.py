"""The rooms of generator/ import one way only: docs/architecture.md says why, RANKS says which."""

from __future__ import annotations

import ast
from pathlib import Path

from harness import REPO

PACKAGE = REPO / "generator"

# A room (a module or a folder of generator/) imports rooms of earlier lines and of its own.
RANKS: list[set[str]] = [
    {"__init__", "light"},
    {"codes", "casing", "kept", "patterns"},
    {"datafiles"},
    {"diagnostics"},
    {"ir", "options"},
    {"read"},
    {"facts", "schemawords"},
    {"typetokens", "typewords"},
    {"typegrammar"},
    {"typelinks", "typeprose"},
    {"typeexpr"},
    {"print_ir"},
    {"dialect"},
    {"define", "native", "prose"},
    {"fieldlists"},
    {"overlay"},
    {"resolve"},
    {"format"},
    {"targets"},
    {"templatecode"},
    {"render"},
    {"source"},
    {"forks"},
    {"reading"},
    {"pipeline"},
    {"comparison"},
    {"config_schema", "lint", "schema_page"},
    {"config"},
    {"contents"},
    {"style", "output", "sources", "report", "reference"},
    {"gitsource", "toml_places", "api"},
    {"cache"},
    {"commands"},
    {"integrations"},
    {"cli"},
    {"__main__"},
]
RANK = {room: rank for rank, rooms in enumerate(RANKS) for room in rooms}


def room(path: Path) -> str:
    """The room that a file of the package belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """The rooms of generator/ that a file imports, wherever in the file."""
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            package, _, rest = name.partition(".")
            first = rest.partition(".")[0]
            if package == "generator":
                rooms.add(first if first in RANK else "__init__")
    return rooms


def test_every_room_has_a_rank() -> None:
    found = {room(path) for path in PACKAGE.rglob("*.py")}
    assert sorted(found - set(RANK)) == []


def test_imports_run_one_way() -> None:
    wrong = [
        f"{path.relative_to(REPO)} imports {other}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != PACKAGE / "__init__.py"  # exports what others have, lazily
        for other in sorted(imported_rooms(path))
        if RANK[other] > RANK[room(path)]
    ]
    assert wrong == []


def test_generated_code_depends_on_nothing() -> None:
    """What is committed in out/ imports the standard library only."""
    import sys

    for path in sorted((REPO / "out").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in sys.stdlib_module_names
            elif isinstance(node, ast.Import):
                assert all(
                    alias.name.split(".")[0] in sys.stdlib_module_names
                    for alias in node.names
                )
