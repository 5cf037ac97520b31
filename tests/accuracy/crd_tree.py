"""Compare a built schema.json with the CustomResourceDefinitions that the docs were made from, kind by kind.

    crd_tree.py SCHEMA.json CRD.yaml... [--show N]

From each kind on, both sides are walked together: fields of one side only, and types of another kind (string, integer, number, boolean,
array, object) are counted and shown. What the docs leave to other pages (`Any`) is not compared, nor are its fields.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import Any

import yaml

Json = dict[str, Any]


class Walk:
    """Counts what agrees along the way."""

    def __init__(self, defs: Json) -> None:
        self.defs = defs
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []

    def resolve(self, schema: Any) -> Json:
        for _ in range(20):
            if not isinstance(schema, dict):
                return {}
            if "$ref" in schema:
                schema = self.defs[schema["$ref"].rsplit("/", 1)[-1]]
            else:
                return schema
        return {}

    def compare(self, ours: Any, crd: Json, path: str, depth: int = 0) -> None:
        ours = self.resolve(ours)
        kind = ours.get("type") or (
            "string" if "enum" in ours or "const" in ours else ""
        )
        if not kind or depth > 12:
            self.counts["left to other pages"] += 1
            return
        wanted = crd.get("type", "")
        if crd.get("x-kubernetes-int-or-string") or not wanted:
            self.counts["not decided by the CRD"] += 1
        elif kind != wanted:
            self.counts["type differs"] += 1
            self.notes.append(f"{path}: {kind}, CRD {wanted}")
            return
        else:
            self.counts["type agrees"] += 1
        if kind == "array":
            self.compare(
                ours.get("items", {}), crd.get("items", {}), f"{path}[]", depth + 1
            )
        extra = ours.get("additionalProperties")
        if isinstance(extra, dict) and isinstance(
            crd.get("additionalProperties"), dict
        ):
            self.compare(extra, crd["additionalProperties"], f"{path}{{}}", depth + 1)
        if not ours.get("properties"):
            return
        for name in sorted(
            ours["properties"].keys() | crd.get("properties", {}).keys()
        ):
            where = f"{path}.{name}"
            if name not in ours["properties"]:
                self.counts["field missing"] += 1
                self.notes.append(f"{where}: not in the schema")
            elif name not in crd.get("properties", {}):
                self.counts["field invented"] += 1
                self.notes.append(f"{where}: not in the CRD")
            else:
                self.counts["field agrees"] += 1
                required = name in ours.get("required", [])
                if required and name not in crd.get("required", []) and depth:
                    self.counts["required differs"] += 1
                    self.notes.append(f"{where}: required")
                self.compare(
                    ours["properties"][name], crd["properties"][name], where, depth + 1
                )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("schema")
    parser.add_argument("crds", nargs="+")
    parser.add_argument("--show", type=int, default=10)
    args = parser.parse_args()
    with open(args.schema, encoding="utf-8") as file:
        walk = Walk(json.load(file)["$defs"])
    for path in args.crds:
        with open(path, encoding="utf-8") as file:
            crd = yaml.safe_load(file)["spec"]
        kind = crd["names"]["kind"]
        for version in crd["versions"]:
            names = (f"{version['name']}.{kind}", kind)
            name = next((name for name in names if name in walk.defs), None)
            if name is None:
                walk.counts["kind missing"] += 1
                walk.notes.append(f"{kind}: no such definition")
                continue
            walk.counts["kinds"] += 1
            walk.compare(
                {"$ref": f"#/$defs/{name}"}, version["schema"]["openAPIV3Schema"], kind
            )
    for what, count in sorted(walk.counts.items()):
        print(f"{what:24}{count}")
    print(*walk.notes[: args.show], sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
