"""Facts that fieldgen reads in descriptions against what official schemas say of the same fields.

    python tests/accuracy/facts.py [WORD]

Needs FIELDGEN_CORPUS. For each mapping of the corpus (documented name → place in an official schema) all facts are compared whose keyword
the schema has for that field, too. Exit code 1: less than 97% agree.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))

from generator.ir import Fact, Model
from generator.pipeline import Source, load
from generator.sources import read_source

MUST = 0.97
WORDS = {"nullable": "", "deprecated": "deprecated"}
APART = ("nullable", "requiredIf", "examples")  # said otherwise, or as anybody likes


class Official:
    """Official schemas, found by pointers such as `file.json#/definitions/x`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[Path, Any] = {}

    def load(self, path: Path) -> Any:
        if path not in self.files:
            text = path.read_text("utf-8")
            self.files[path] = (
                json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
            )
        return self.files[path]

    def at(self, pointer: str, home: Path | None = None) -> tuple[Any, Path]:
        name, _, inner = pointer.partition("#")
        path = (home.parent if home else self.folder) / name if name else home
        assert path is not None
        node = self.load(path)
        for part in filter(None, inner.split("/")):
            part = part.replace("~1", "/").replace("~0", "~")
            node = node[int(part)] if isinstance(node, list) else node[part]
        return node, path

    def parts(
        self, schema: Any, home: Path, depth: int = 0
    ) -> Iterator[tuple[Any, Path]]:
        """A schema, and all that it refers to, merges or chooses from."""
        if not isinstance(schema, dict) or depth > 8:
            return
        yield schema, home
        if isinstance(schema.get("$ref"), str):
            try:
                yield from self.parts(*self.at(schema["$ref"], home), depth + 1)
            except (KeyError, OSError, ValueError, TypeError):
                return
        for word in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(word, ()):
                yield from self.parts(part, home, depth + 1)

    def field(self, pointer: str, name: str) -> list[Any]:
        """All that the schema of a model says of one field."""
        found: list[Any] = []
        for part, home in self.parts(*self.at(pointer)):
            inner = part.get("properties", {}).get(name)
            found += [schema for schema, _ in self.parts(inner, home)]
        return found


def stated(schemas: list[Any], fact: Fact) -> list[Any]:
    """What schemas say with the keyword of a fact; of an enum all values together."""
    if fact.on == "items":
        schemas = [s["items"] for s in schemas if isinstance(s.get("items"), dict)]
    if fact.kind in ("enum", "const"):
        values = [v for s in schemas for v in s.get("enum", [])]
        values += [s["const"] for s in schemas if "const" in s]
        return [[v for v in values if v is not None]] if values else []
    keyword = WORDS.get(fact.kind, fact.kind)
    return [schema[keyword] for schema in schemas if keyword in schema]


def agrees(fact: Fact, said: list[Any]) -> bool:
    value = json.loads(fact.value)
    if fact.kind in ("enum", "const"):
        mine = value if fact.kind == "enum" else [value]
        return {str(v) for v in mine if v is not None} == {str(v) for v in said[0]}
    return any(value == other or str(value) in str(other) for other in said)


def main() -> int:
    corpus = Path(os.environ["FIELDGEN_CORPUS"])
    both: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for mapping in sorted(corpus.glob("specs/*/truth/mapping*.yaml")):
        if len(sys.argv) > 1 and sys.argv[1].lower() not in str(mapping).lower():
            continue
        source = mapping.parents[1]
        models = yaml.safe_load(mapping.read_text("utf-8")).get("models", {})
        version = mapping.stem.removeprefix("mapping").strip("-")
        docs = read_source(str(source / "docs"), "")
        schema = load(docs.pages, Source(source.name, source.name)).schema
        official = Official(mapping.parent)
        for model in schema.definitions:
            if not isinstance(model, Model) or model.name not in models:
                continue
            if version and Path(model.span.file).stem != version:
                continue
            pointers = models[model.name]
            for field in model.fields:
                for fact in field.facts:
                    listed = pointers if isinstance(pointers, list) else [pointers]
                    said = [
                        x
                        for pointer in listed
                        for x in stated(official.field(pointer, field.name), fact)
                    ]
                    if not said or fact.kind in APART:
                        continue
                    both[source.name] += 1
                    if agrees(fact, said):
                        agreed[source.name] += 1
                    else:
                        where = f"{model.name}.{field.name} ({fact.span})"
                        print(f"  {where}: {fact.kind} {fact.value}, official {said}")
    for name, count in both.items():
        print(f"{name}: {agreed[name]}/{count}")
    share = agreed.total() / max(1, both.total())
    print(f"facts: {agreed.total()} of {both.total()} agree ({share:.2%})")
    return int(share < MUST)


if __name__ == "__main__":
    sys.exit(main())
