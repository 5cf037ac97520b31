"""Every key of the config with what it takes: made from `Options`, it checks values and becomes flags, the JSON Schema and the docs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.diagnostics import suggest
from generator.light import TYPE_CHECKING, NamedTuple
from generator.options import OPTIONS, Options

if TYPE_CHECKING:
    from typing import Any

    from generator.comparison.accept import Acceptance

SOURCE_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*"
"""What a source may be called: its name becomes a folder."""

_FINGERPRINT = "[0-9a-f]{12}"
_PATH = r"[^\x00-\x1f\x7f]+"
_KINDS = {
    "str": "string",
    "bool": "boolean",
    "tuple[str, ...]": "strings",
    "tuple[tuple[str, str], ...]": "table",
}
_FOUND = {
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    list: "an array",
    dict: "a table",
}
_EXPECTED = {
    "string": "a string",
    "boolean": "true or false",
    "strings": "an array of strings",
    "table": "a table of strings",
    "overlay": "a path or a table",
    "acceptances": "an array of tables",
}


class Key(NamedTuple):
    """A key of the config. `kind`: string, boolean, strings or table. `default` is a JSON value, or None where the key is required.

    `field`: its name in `Options`, or empty. `flag`: its command-line flag, or empty. The rest as in `options.option`.
    """

    name: str
    kind: str
    help: str
    default: Any
    field: str = ""
    flag: str = ""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    expects: str = ""
    reads: bool = False


def _option_keys() -> tuple[Key, ...]:
    keys = []
    for field, row in OPTIONS.items():
        kind = _KINDS[Options.__annotations__[field]]
        name = field.replace("_", "-")
        default: Any = Options._field_defaults[field]
        if kind in ("table", "strings"):
            default = {} if kind == "table" else list(default)
        keys.append(
            Key(
                name,
                kind,
                row.help,
                default,
                field,
                "" if row.flag is None else row.flag or f"--{name}",
                row.choices,
                row.pattern,
                row.expects,
                row.reads,
            )
        )
    return tuple(keys)


OPTION_KEYS = _option_keys()
TEMPLATES = Key(
    "templates",
    "string",
    "A folder of template files that replace those of fieldgen: dataclass/…, typeddict/…, jsonschema/…",
    "",
    flag="--templates",
    pattern=r"[^\x00-\x1f\x7f]*",
    expects="a folder",
)
PATH = Key(
    "path",
    "string",
    "The docs: a file, a folder or a glob.",
    None,
    pattern=_PATH,
    expects="a path",
)
OUT = Key(
    "out",
    "string",
    "The folder of the outputs. Without it: out/NAME, with the source's name.",
    "out/NAME",
    pattern=_PATH,
    expects="a path",
)
DIALECTS = Key(
    "dialects",
    "strings",
    "Dialects of your own: their YAML files, or folders of them.",
    [],
    pattern=_PATH,
    expects="a path",
)
OVERLAY = Key(
    "overlay",
    "overlay",
    "What you say against the docs, where they are wrong: a YAML file, or a table by definition and field.",
    "",
    flag="--overlay",
    pattern=r"[^\x00-\x1f\x7f]*",
    expects="a YAML file",
    reads=True,
)
ACCEPT = Key(
    "accept",
    "acceptances",
    "Changes that `fieldgen diff` does not count: a table for each, with a `fingerprint`, or a `rule`, a `model` and a `field` (with `*` and `?`), and a `reason`.",
    [],
)
DEFAULT_KEYS = (*OPTION_KEYS, DIALECTS, TEMPLATES, ACCEPT)
SOURCE_KEYS = (PATH, OUT, OVERLAY, *DEFAULT_KEYS)


def known_dialects() -> tuple[str, ...]:
    """The words that the option `dialect` takes: auto, and the dialects of the package."""
    from generator.dialect.files import dialect_names

    return ("auto", *dialect_names())


def is_dialect_file(word: str) -> bool:
    """Whether a value of the option `dialect` or `language` names a file."""
    return word.endswith((".yaml", ".yml"))


def _is_own(word: str, dialects: Sequence[str]) -> bool:
    """Whether a dialect may be the user's own: what is in a folder of dialects is not known yet."""
    names = {path.replace("\\", "/").rpartition("/")[2] for path in dialects}
    return (
        is_dialect_file(word)
        or any(not is_dialect_file(name) for name in names)
        or not names.isdisjoint((f"{word}.yaml", f"{word}.yml"))
    )


def read_value(key: Key, value: object, dialects: Sequence[str] = ()) -> Any:
    """A value of the config or of a flag as `Options` holds it. `dialects`: where the user's own dialects are.

    Raises ValueError with what is wrong with it, as the end of a sentence that begins with the key.
    """
    match key.kind, value:
        case ("string", str()):
            if key.field == "dialect" and _is_own(value, dialects):
                return value
            return _allowed(key, value)
        case ("boolean", bool()):
            return value
        case ("strings", list()):
            if wrong := [item for item in value if not isinstance(item, str)]:
                raise ValueError(
                    f"expected an array of strings, found {_found(wrong[0])} in it"
                )
            if not value and key.choices:
                raise ValueError(
                    f"expected at least one of {_listed(key.choices)}, found an empty array"
                )
            return tuple(dict.fromkeys(_allowed(key, item) for item in value))
        case ("overlay", str()):
            return _allowed(key, value)
        case ("overlay", dict()):
            return value
        case ("acceptances", list()):
            return tuple(map(_acceptance, value))
        case ("table", dict()):
            return tuple(_flat(value, ""))
        case _:
            raise ValueError(f"expected {_EXPECTED[key.kind]}, found {_found(value)}")


def _allowed(key: Key, word: str) -> str:
    if key.field == "dialect" and word not in known_dialects():
        hint = suggest(word, known_dialects()) or "`fieldgen dialects` lists all"
        raise ValueError(f'there is no dialect "{word}"; {hint}')
    if key.field == "language" and word != key.default and not is_dialect_file(word):
        from generator.prose.rules import languages

        if word not in languages():
            known = ", ".join(languages())
            raise ValueError(
                f'there are no rules for "{word}": expected {known} or a YAML file'
            )
    if key.choices and word not in key.choices:
        hint = suggest(word, key.choices)
        raise ValueError(
            f'"{word}" is not allowed: expected {_listed(key.choices)}'
            + (f"; {hint}" if hint else "")
        )
    if key.pattern and not re.fullmatch(key.pattern, word):
        raise ValueError(f'"{word}" is not allowed: expected {key.expects}')
    return word


def _flat(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    """The rows of a table of strings. TOML reads `Model.field = "key"` as a table in a table: both ways to write it are one."""
    rows: list[tuple[str, str]] = []
    for name, value in table.items():
        match value:
            case dict():
                rows += _flat(value, f"{prefix}{name}.")
            case str() if name and value:
                rows.append((prefix + name, value))
            case str():
                raise ValueError("a name in it is empty")
            case _:
                raise ValueError(
                    f"expected a string for {prefix}{name}, found {_found(value)}"
                )
    return rows


def _acceptance(row: object) -> Acceptance:
    """An entry of `accept`. It must say more than a reason: nobody accepts everything by accident."""
    from generator.comparison.accept import Acceptance, fits
    from generator.comparison.rules import RULES

    if not isinstance(row, dict):
        # A wrong value of a key, whatever its type: callers catch ValueError.
        raise ValueError(f"expected tables in it, found {_found(row)}")  # noqa: TRY004
    for name, value in row.items():
        if name not in Acceptance._fields:
            hint = suggest(name, Acceptance._fields)
            raise ValueError(f"unknown key {name}" + (f"; {hint}" if hint else ""))
        if not isinstance(value, str) or not value:
            raise ValueError(f"expected a text for {name}")
    found = Acceptance(**row)
    if found.rule and not any(fits(found.rule, rule) for rule in RULES):
        hint = suggest(found.rule, tuple(RULES)) or "docs/diff.md lists all"
        raise ValueError(f'there is no rule "{found.rule}"; {hint}')
    if found.fingerprint and not re.fullmatch(_FINGERPRINT, found.fingerprint):
        raise ValueError(f'"{found.fingerprint}" is no fingerprint: 12 hex digits')
    if not any(found[:-1]):
        raise ValueError("an entry needs a fingerprint, a rule, a model or a field")
    return found


def _found(value: object) -> str:
    return _FOUND.get(type(value), "a date or time")


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft-07) of the table `[tool.fieldgen]`, which is the whole of a fieldgen.toml."""
    source = {
        "type": "object",
        "description": "A source: docs that become one schema and one folder of outputs.",
        "properties": {key.name: _property(key) for key in SOURCE_KEYS},
        "required": [key.name for key in SOURCE_KEYS if key.default is None],
        "additionalProperties": False,
    }
    sources = {
        "type": "object",
        "description": "The sources by their names.",
        "default": {},
        "propertyNames": {"pattern": f"^{SOURCE_NAME}$"},
        "additionalProperties": {"$ref": "#/definitions/source"},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://json.schemastore.org/partial-fieldgen.json",
        "title": "fieldgen",
        "description": "The table [tool.fieldgen] of pyproject.toml, or the whole of fieldgen.toml.",
        "type": "object",
        "properties": {
            **{key.name: _property(key) for key in DEFAULT_KEYS},
            "sources": sources,
        },
        "additionalProperties": False,
        "definitions": {
            "source": source,
            "acceptance": {
                "type": "object",
                "properties": {
                    "fingerprint": {"type": "string", "pattern": f"^{_FINGERPRINT}$"},
                    "rule": {"type": "string", "minLength": 1},
                    "model": {"type": "string", "minLength": 1},
                    "field": {"type": "string", "minLength": 1},
                    "reason": {"type": "string", "minLength": 1},
                },
                "additionalProperties": False,
                "anyOf": [
                    {"required": [name]}
                    for name in ("fingerprint", "rule", "model", "field")
                ],
            },
            "names": {
                "type": "object",
                "additionalProperties": {
                    "anyOf": [
                        {"type": "string", "minLength": 1},
                        {"$ref": "#/definitions/names"},
                    ]
                },
            },
        },
    }


def tool_schema(tool_name: str) -> dict[str, Any]:
    """The schema for validate-pyproject: what its entry point group `validate_pyproject.tool_schema` calls."""
    return json_schema()


def _property(key: Key) -> dict[str, Any]:
    word: dict[str, Any] = {"type": "string"}
    if key.choices:
        word["enum"] = list(key.choices)
    if key.pattern:
        word["pattern"] = f"^{key.pattern}$"
    match key.kind:
        case "strings":
            row: dict[str, Any] = {"type": "array", "items": word}
            row |= {"minItems": 1} if key.choices else {}
        case "table":
            row = {"allOf": [{"$ref": "#/definitions/names"}]}
        case "boolean":
            row = {"type": "boolean"}
        case "overlay":
            row = {"anyOf": [word, {"type": "object"}]}
        case "acceptances":
            row = {"type": "array", "items": {"$ref": "#/definitions/acceptance"}}
        case _:
            row = word
    return (
        row
        | {"description": key.help}
        | ({} if key.default is None else {"default": key.default})
    )
