"""Every option of a source, declared once: the command's flags, the config's keys, their JSON Schema and docs/config.md come from here."""

from __future__ import annotations

from generator.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

FACT_WORDS = (
    "all",
    "none",
    "enum",
    "const",
    "default",
    "nullable",
    "deprecated",
    "format",
    "pattern",
    "limits",
    "access",
    "requiredIf",
    "examples",
    "unit",
)
TARGET_NAMES = ("dataclass", "typeddict", "jsonschema", "markdown")
_USUAL_TARGETS = TARGET_NAMES[:3]  # a page of tables is written only if asked for


class Row(NamedTuple):
    """What is declared of an option beside its name, type and default."""

    help: str
    choices: tuple[str, ...]
    pattern: str
    expects: str
    flag: str | None
    reads: bool


_ROWS: list[Row] = []


def option(
    default: Any,
    help: str,
    *,
    choices: tuple[str, ...] = (),
    pattern: str = "",
    expects: str = "",
    flag: str | None = "",
    reads: bool = False,
) -> Any:
    """A field of `Options`: its default, what it does (a sentence for `--help` and the docs) and what it takes.

    `choices`: its allowed words. `pattern`: a regular expression that the whole value matches; `expects` says it in words.
    `flag`: the flag's name where it is not the field's, or None where there is no flag. `reads`: it changes what the schema
    says, not only how the outputs spell it, so `fieldgen ir` has the flag, too.
    """
    _ROWS.append(Row(help, choices, pattern, expects, flag, reads))
    return default


# No dataclasses here: a run that finds nothing to do would spend a quarter of its time to import them.
class Options(NamedTuple):
    """What a user can set for a source, or for all sources at once. Field names are config keys with `_` for `-`."""

    dialect: str = option(
        "auto",
        "How the docs write their tables: a dialect's name, the YAML file of one, or auto to detect it.",
        expects="auto, a dialect's name or a file",
        reads=True,
    )
    targets: tuple[str, ...] = option(
        _USUAL_TARGETS,
        "What to write: dataclass (models.py), typeddict (typed_dicts.py), jsonschema (schema.json), markdown (schema.md: the field tables as one page).",
        choices=TARGET_NAMES,
        flag="--target",
    )
    layout: str = option(
        "module",
        "How the dataclasses are laid out: module (all in models.py) or package (a folder models with a module for each page, imported when it is first used).",
        choices=("module", "package"),
    )
    enums: str = option(
        "literal",
        "Enums in dataclasses: literal (as documented), open (every enum also takes other values, in the JSON Schema, too) or enum (StrEnum classes).",
        choices=("literal", "open", "enum"),
    )
    dates: str = option(
        "datetime",
        "Documented dates in dataclasses: datetime (datetime and date objects, converted both ways) or string (as sent).",
        choices=("datetime", "string"),
    )
    unknown_keys: str = option(
        "ignore",
        "Keys of a payload that the docs do not know: ignore them, or keep them in a field of the dataclass.",
        choices=("ignore", "keep"),
    )
    facts: tuple[str, ...] = option(
        ("all",),
        "Facts to read in descriptions, besides what types and columns state: all, none, or only some kinds.",
        choices=FACT_WORDS,
        flag="--fact",
        reads=True,
    )
    ignore_facts: tuple[str, ...] = option(
        (),
        "Facts in descriptions that are not to be read: `Model.field` (all of the field) or `Model.field:kind`; `*` and `?` stand for other signs.",
        flag=None,
        reads=True,
    )
    language: str = option(
        "en",
        "The language of the descriptions, for the facts in them: one that fieldgen knows, or the YAML file of its rules.",
        expects="a language or a YAML file",
        reads=True,
    )
    places: bool = option(
        True, "Say beside each class and attribute which page and line documents it."
    )
    evidence: bool = option(
        False,
        "Say beside each field which words of the docs prove what is stated of it beyond its type, and where they stand.",
    )
    wire_names: str = option(
        "as-documented",
        "The keys that are sent, where the docs show names of an SDK: as-documented, or the documented one in snake, camel or pascal case.",
        choices=("as-documented", "snake", "camel", "pascal"),
        reads=True,
    )
    rename: tuple[tuple[str, str], ...] = option(
        (),
        "Single keys that are sent otherwise than documented: `field` or `Model.field`, and the key that is sent.",
        flag=None,
        reads=True,
    )
    ignore: tuple[str, ...] = option(
        (),
        "Codes that `fieldgen lint` does not report.",
        pattern="[a-z]+(-[a-z0-9]+)*",
        expects="a code of docs/diagnostics.md",
        flag=None,
    )
    base_url: str = option(
        "",
        "The URL that relative links of the docs start from. Without it, relative links become plain text.",
        pattern=r"(https?://[^\s<>\"\\]+)?",
        expects="a URL that begins with http:// or https://",
    )


OPTIONS = dict(zip(Options._fields, _ROWS, strict=True))
"""What is declared of each option, by its name."""


class Style(NamedTuple):
    """What of the user's `[tool.black]` shapes the Python: names as in black's `Mode`."""

    line_length: int = 88
    target_versions: tuple[str, ...] = ()
    magic_trailing_comma: bool = True
    string_normalization: bool = True
    preview: bool = False
    unstable: bool = False
