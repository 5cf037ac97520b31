"""Official example payloads against what fieldgen builds of the docs beside them: the rows of payloads.yaml.

A payload must be valid by schema.json, and come back unchanged from `from_dict` and `to_dict` of the dataclasses, which are built with
`unknown-keys = "keep"`, for examples also have keys of extensions. Built without a flag, they may drop keys, but change nothing.
YAML is loaded as JSON is: dates stay text, keys become text.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

import checks
from harness import load_module

from generator.options import Options
from generator.pipeline import Source, generate
from generator.sources import read_source

ROWS = Path(__file__).with_name("payloads.yaml")


class Built(NamedTuple):
    """What was built of some docs: the modules without a flag and with unknown keys kept."""

    schema: dict[str, Any]
    plain: ModuleType
    keeping: ModuleType
    classes: dict[str, str]


class Checked(NamedTuple):
    """One payload, or a part of one, against one model. `wrong` is empty, or what is wrong with it."""

    file: str
    place: str
    model: str
    wrong: tuple[str, ...]


class JsonLoader(yaml.SafeLoader):
    """YAML as the values of JSON: only true and false are booleans, and there are no dates."""


JsonLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in found
        if not tag.endswith((":timestamp", ":bool", ":merge"))
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
JsonLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), ["t", "f"]
)


def read_rows() -> list[dict[str, Any]]:
    """The rows of payloads.yaml."""
    rows: list[dict[str, Any]] = yaml.safe_load(ROWS.read_text("utf-8"))
    return rows


def build(docs: Path) -> Built:
    """Build docs without a flag, and once more with unknown keys kept, and import both."""
    pages = read_source(str(docs)).pages
    modules = []
    for options in (Options(), Options(unknown_keys="keep")):
        made = generate(pages, Source(docs.parent.name, "docs", options))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "models.py")
            path.write_text(made.files["models.py"], "utf-8")
            modules.append(load_module(path, f"built{len(sys.modules)}"))
    schema = json.loads(made.files["schema.json"])
    return Built(schema, *modules, _classes(schema, made.files["models.py"]))


def _classes(schema: dict[str, Any], text: str) -> dict[str, str]:
    """The class of each definition, by the place that both state."""
    pattern = re.compile(r"^class (\w+)\b.*?:  # (\S+:\d+)", re.MULTILINE)
    places = {place: name for name, place in pattern.findall(text)}
    return {
        key: places[each["$comment"]]
        for key, each in schema["$defs"].items()
        if each.get("$comment") in places
    }


def load(path: Path) -> Any:
    """The value of a JSON or YAML file, as JSON has it."""
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    return _with_text_keys(yaml.load(text, JsonLoader))


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key if isinstance(key, str) else json.dumps(key): _with_text_keys(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_text_keys(inner) for inner in value]
    return value


def parts(value: Any, at: list[str], place: str = "") -> Iterator[tuple[str, Any]]:
    """The values at a place: `*` is each item or value, `**` is what is here and all that is below."""
    if not at:
        yield place, value
        return
    below = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        below = ((str(index), item) for index, item in enumerate(value))
    found = list(below)
    if at[0] == "**":
        yield from parts(value, at[1:], place)
    for key, inner in found:
        if at[0] == "**":
            yield from parts(inner, at, f"{place}/{key}")
        elif at[0] in (key, "*"):
            yield from parts(inner, at[1:], f"{place}/{key}")


def fits(value: Any, wanted: dict[str, Any]) -> bool:
    """Whether a value has the keys with these values; null stands for any value."""
    return not wanted or (
        isinstance(value, dict)
        and all(k in value and v in (None, value[k]) for k, v in wanted.items())
    )


def roots(payload: Any, wanted: list[dict[str, Any]]) -> Iterator[tuple[str, str, Any]]:
    """(model, place, value) of each part of a payload that a root is for."""
    for root in wanted:
        for place, value in parts(payload, _steps(root.get("at", ""))):
            if fits(value, root.get("if", {})):
                for inner, taken in parts(value, _steps(root.get("take", ""))):
                    yield root["model"], place + inner, taken


def _steps(path: str) -> list[str]:
    return path.split("/") if path else []


def check(built: Built, model: str, value: Any) -> tuple[str, ...]:
    """What is wrong with a value: by the schema, and on its way through the dataclasses."""
    wrong = [
        error[:300] for error in checks.definition_errors(built.schema, model, value)
    ]
    name = built.classes[model]
    for module, same in ((built.keeping, exactly), (built.plain, within)):
        try:
            back = getattr(module, name).from_dict(value).to_dict()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            wrong.append(f"from_dict: {error}"[:300])
            break
        if not same(back, value):
            wrong.append(f"to_dict changes it: {difference(value, back)}"[:300])
            break
    return tuple(wrong)


def exactly(back: Any, value: Any) -> bool:
    """Whether two values are the same JSON; the order of keys does not count."""
    return json.dumps(back, sort_keys=True) == json.dumps(value, sort_keys=True)


def within(back: Any, value: Any) -> bool:
    """Whether a value is the other one without some keys."""
    if isinstance(back, dict) and isinstance(value, dict):
        return all(key in value and within(back[key], value[key]) for key in back)
    if isinstance(back, list) and isinstance(value, list) and len(back) == len(value):
        return all(map(within, back, value))
    return exactly(back, value)


def difference(one: Any, two: Any, place: str = "") -> str:
    """Where two values differ first."""
    if isinstance(one, dict) and isinstance(two, dict):
        lost = [key for key in one if key not in two]
        if lost:
            return f"{place}: {', '.join(lost)} is lost"
        pairs = [(key, one.get(key), two[key]) for key in two]
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        pairs = [(str(at), *both) for at, both in enumerate(zip(one, two, strict=True))]
    else:
        return f"{place}: {one!r}, {two!r}"
    found = (
        difference(left, right, f"{place}/{key}")
        for key, left, right in pairs
        if not exactly(left, right)
    )
    return next(found, f"{place}: keys")


def measure(row: dict[str, Any], corpus: Path) -> list[Checked]:
    """Check the payloads of a row. A file that no root is for is an error of payloads.yaml."""
    built = build(corpus / row["docs"])
    done = []
    for path in sorted(corpus.glob(row["files"])):
        file = path.relative_to(
            corpus / row["files"].split("/examples/")[0] / "examples"
        )
        if file.as_posix() in row.get("left out", ()):
            continue
        found = list(roots(load(path), row["roots"]))
        assert found, f"{file}: no root is for it"
        for model, place, value in found:
            assert model in built.schema["$defs"], f"{model}: no such definition"
            wrong = check(built, model, value)
            if row.get("invalid"):
                wrong = () if wrong else ("accepted",)
            done.append(Checked(file.as_posix(), place, model, wrong))
    assert done, f"{row['name']}: no payload"
    return done


def unexplained(row: dict[str, Any], done: list[Checked]) -> list[str]:
    """What payloads.yaml gives no reason for, and the reasons there that nothing needs any longer."""
    known = [why["wrong"] for why in row.get("known", [])]
    lines = [
        f"{each.file}{each.place} {each.model}: {text}"
        for each in done
        for text in each.wrong
    ]
    left = [line for line in lines if not any(re.search(k, line) for k in known)]
    vain = [k for k in known if not any(re.search(k, line) for line in lines)]
    return [*left, *(f"nothing is wrong any longer with {each}" for each in vain)]
