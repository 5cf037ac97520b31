"""Compare the schemas that were built from the docs of one API in two languages.

    languages.py A/schema.json B/schema.json [--show N] [--numbers]

Models, enums and unions in common: those whose title, by its letters and digits, occurs once in a folder (the last but one part of
`$comment`) and once in the folder of that name in the other schema, or else once in each schema. Fields likewise. Shares of: models with the same fields,
fields, required, kinds of types (string, integer, number, boolean, array, object, any, a union of kinds; references are followed; integer
and number are one kind with --numbers, for languages that have only number), values of enums. Null is not compared: not every language shows it.
`any` on one side is not compared, but counted: what a language does not tell. All differences are printed, at most N of a sort.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Schema = dict[str, Any]
DEPTH = 12
SAME_FOLDER = {"shared": "components", "models": "components"}  # by language


def plain(name: str) -> str:
    """A name as it is compared: letters and digits."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


class Side:
    """One of the two schemas."""

    def __init__(self, path: str, prefix: str = "") -> None:
        """`prefix`: what the names of this language begin with besides."""
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        self.defs: dict[str, Schema] = data.get("$defs", {})
        by_folder: dict[tuple[str, str], list[Schema]] = defaultdict(list)
        by_name: dict[str, list[Schema]] = defaultdict(list)
        for definition in self.defs.values():
            name = plain(str(definition.get("title", "")).removeprefix(prefix))
            folder = str(definition.get("$comment", "")).split("/")[:-1]
            place = plain(folder[-1] if folder else "")
            by_folder[SAME_FOLDER.get(place, place), name].append(definition)
            by_name[name].append(definition)
        self.by_folder = {k: v[0] for k, v in by_folder.items() if len(v) == 1}
        self.by_name = {k: v[0] for k, v in by_name.items() if len(v) == 1}

    def kinds(self, schema: Any, depth: int = 0) -> frozenset[str]:
        """The kinds of what a schema allows, null left out; of arrays and maps with the kinds of what they hold."""
        if not isinstance(schema, dict) or depth > DEPTH:
            return frozenset(["any"])
        if "$ref" in schema:
            target = self.defs.get(schema["$ref"].rsplit("/", 1)[-1], {})
            if "properties" in target or target.get("type") == "object":
                return frozenset(["object"])
            return self.kinds(target, depth + 1)
        if "anyOf" in schema:
            parts = [self.kinds(part, depth + 1) for part in schema["anyOf"]]
            found = frozenset().union(*parts)
            return frozenset(["any"]) if "any" in found else found
        values = schema.get("enum", [schema["const"]] if "const" in schema else None)
        if values is not None:
            return frozenset(kind(value) for value in values if value is not None)
        named = schema.get("type")
        if isinstance(named, list):
            parts = [self.kinds({**schema, "type": n}, depth) for n in named]
            return frozenset().union(*parts)
        if named == "null":
            return frozenset()
        if named == "array":
            inner = self.kinds(schema.get("items"), depth + 1)
            return frozenset([f"array of {' | '.join(sorted(inner))}"])
        if named == "object" and "properties" not in schema:
            inner = self.kinds(schema.get("additionalProperties"), depth + 1)
            return frozenset([f"map of {' | '.join(sorted(inner))}"])
        return frozenset([named or ("object" if "properties" in schema else "any")])


def kind(value: Any) -> str:
    """JSON Schema's name for the type of a value."""
    if isinstance(value, bool):
        return "boolean"
    names = {str: "string", int: "integer", float: "number", dict: "object"}
    return names.get(type(value), "array")


def pairs(a: Side, b: Side) -> Iterator[tuple[Schema, Schema]]:
    """The definitions that both sides have."""
    both = a.by_folder.keys() & b.by_folder.keys()
    yield from ((a.by_folder[key], b.by_folder[key]) for key in sorted(both))
    names = (a.by_name.keys() & b.by_name.keys()) - {name for _, name in both}
    yield from ((a.by_name[name], b.by_name[name]) for name in sorted(names))


class Comparison:
    """Counts what agrees, and keeps what does not."""

    def __init__(self, a: Side, b: Side, numbers: bool) -> None:
        self.a, self.b, self.numbers = a, b, numbers
        self.agreed: Counter[str] = Counter()
        self.total: Counter[str] = Counter()
        self.differences: dict[str, list[str]] = defaultdict(list)

    def tell(self, row: str, same: bool, what: str) -> None:
        self.total[row] += 1
        self.agreed[row] += same
        if not same:
            self.differences[row].append(what)

    def compare(self) -> None:
        """Compare all that both sides have."""
        for left, right in pairs(self.a, self.b):
            where = f"{left.get('$comment')} {left.get('title')}"
            if "properties" in left and "properties" in right:
                self.compare_fields(where, left, right)
            elif "enum" in left and "enum" in right:
                same = set(map(str, left["enum"])) == set(map(str, right["enum"]))
                shown = f"{left['enum']} and {right['enum']}"
                self.tell("values", same, f"{where}: {shown}")
            else:
                self.compare_kinds("definitions", where, left, right)

    def compare_fields(self, where: str, left: Schema, right: Schema) -> None:
        ours = {plain(name): name for name in left["properties"]}
        theirs = {plain(name): name for name in right["properties"]}
        self.tell("models", ours.keys() == theirs.keys(), where)
        for name in sorted(ours.keys() | theirs.keys()):
            shown = f"{where}.{ours.get(name) or theirs[name]}"
            both = name in ours and name in theirs
            side = "first" if name in ours else "second"
            self.tell("fields", both, f"{shown}: only in the {side}")
            if both:
                needed = ours[name] in left.get("required", ())
                wanted = theirs[name] in right.get("required", ())
                self.tell("required", needed == wanted, f"{shown}: {needed}, {wanted}")
                one = left["properties"][ours[name]]
                two = right["properties"][theirs[name]]
                self.compare_kinds("kinds", shown, one, two)

    def compare_kinds(self, row: str, where: str, left: Any, right: Any) -> None:
        one, two = self.shown(self.a, left), self.shown(self.b, right)
        if "any" in one or "any" in two:
            same = re.sub(r"any", "", one) == re.sub(r"any", "", two)
            sort = "both any" if same else "any on one side"
            self.tell(f"{row}: {sort}", True, "")
            return
        self.tell(row, one == two, f"{where}: {one}, {two}")

    def shown(self, side: Side, schema: Any) -> str:
        kinds = side.kinds(schema)
        text = " | ".join(sorted(kinds))
        if self.numbers:
            text = re.sub(r"(?:integer|number)(?: \| number)*", "number", text)
            text = " | ".join(sorted(dict.fromkeys(text.split(" | "))))
        return text


def main() -> None:
    """Print a row a figure and the differences."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--numbers", action="store_true")
    options = parser.parse_args()
    sides = Side(options.first), Side(options.second)
    comparison = Comparison(*sides, options.numbers)
    comparison.compare()
    for row, total in comparison.total.items():
        agreed = comparison.agreed[row]
        print(f"{row:30}  {agreed} of {total}  {agreed / total:.5f}")
    for row, lines in comparison.differences.items():
        for line in lines[: options.show]:
            print(f"  {row}: {line}")


if __name__ == "__main__":
    main()
