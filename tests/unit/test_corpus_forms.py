"""What is read of real docs, printed in each of fieldgen's own forms, is read back as the same. FIELDGEN_CORPUS names the folder that holds them."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import pytest
from schemas import settled

from generator.options import TARGET_NAMES, Options
from generator.pipeline import Loaded, Source, load, write
from generator.print_ir import print_schema
from generator.sources import read_source
from generator.targets import TARGETS

CORPUS = Path(os.environ.get("FIELDGEN_CORPUS") or "/nonexistent").resolve()
DOCS = sorted([*CORPUS.glob("specs/*/docs"), *CORPUS.glob("generated/*/*/docs")])
SOURCE = Source("docs", "docs", Options())

pytestmark = pytest.mark.skipif(not DOCS, reason="FIELDGEN_CORPUS names no folder")


def named(docs: Path) -> str:
    return docs.parent.name


@lru_cache(maxsize=1)
def read(docs: Path) -> Loaded:
    return load(read_source(str(docs)).pages, SOURCE)


@pytest.mark.parametrize("docs", DOCS, ids=named)
def test_a_page_is_read_back(docs: Path) -> None:
    schema = read(docs).schema
    [(_, page)] = write(TARGETS["markdown"], schema, SOURCE)
    back = load({"schema.md": page.encode()}, SOURCE)
    assert settled(back.schema) == settled(schema)
    assert [d for d in back.diagnostics if d.severity == "error"] == []


@pytest.mark.parametrize("format", ["yaml", "json"])
@pytest.mark.parametrize("docs", DOCS, ids=named)
def test_a_printed_schema_builds_the_same(docs: Path, format: str) -> None:
    schema = read(docs).schema
    printed = print_schema(schema, format).encode()
    back = load({f"schema.{format}": printed}, SOURCE).schema
    for name in TARGET_NAMES:
        ours, theirs = (dict(write(TARGETS[name], s, SOURCE)) for s in (schema, back))
        assert ours == theirs, name
