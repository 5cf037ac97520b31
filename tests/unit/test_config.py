"""The config: which file counts, what it may say, and how it says what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator import config_schema, reference
from generator.config import Config, ConfigError, find_config, load_config
from generator.config_schema import DEFAULT_KEYS, OPTION_KEYS, SOURCE_KEYS, json_schema
from generator.options import Options, Style
from generator.style import read_style

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def load(text: str) -> Config:
    write("fieldgen.toml", text)
    return load_config("fieldgen.toml")


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(text)
    return [
        message.removeprefix("fieldgen.toml: ") for message in caught.value.messages
    ]


# --- which file counts --------------------------------------------------------------------------------------------------------


def test_the_nearest_file_counts() -> None:
    write("pyproject.toml", "[tool.fieldgen]")
    write("a/fieldgen.toml", "")
    write("a/b/pyproject.toml", "[project]\ndependencies = ['fieldgen']")
    Path("a/b/c").mkdir()
    assert find_config("a/b/c") == str(Path("a/fieldgen.toml"))
    assert find_config(".") == "pyproject.toml"


def test_no_file_is_no_mistake() -> None:
    write("pyproject.toml", "[tool.black]")
    assert find_config(".") is None


def test_two_files_in_one_folder() -> None:
    write("pyproject.toml", "[tool.fieldgen]")
    write("fieldgen.toml", "")
    with pytest.raises(
        ConfigError,
        match=r"^fieldgen.toml: pyproject.toml beside it has a table \[tool.fieldgen\], too",
    ):
        find_config(".")


def test_broken_file_that_is_none_of_ours_is_passed_over() -> None:
    write("pyproject.toml", "[tool.fieldgen]")
    write("a/pyproject.toml", "= broken")
    assert find_config("a") == "pyproject.toml"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[tool.fieldgen]\nenums = ", "pyproject.toml: is not TOML: Invalid value"),
        (b"[tool.fieldgen] # \xff", "pyproject.toml: is not UTF-8 text"),
        (b"# fieldgen\nx = " + b"[" * 5000, "pyproject.toml: is n"),
    ],
)
def test_broken_file(data: bytes, message: str) -> None:
    Path("pyproject.toml").write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        find_config(".")
    assert str(caught.value).startswith(message)


def test_named_files() -> None:
    write("pyproject.toml", "[project]")
    with pytest.raises(
        ConfigError, match=r"^pyproject.toml: has no table \[tool.fieldgen\]$"
    ):
        load_config("pyproject.toml")
    with pytest.raises(
        ConfigError, match="^nowhere.toml: cannot be read: No such file or directory$"
    ):
        load_config("nowhere.toml")
    with pytest.raises(ConfigError, match="^.git: cannot be read: Is a directory$"):
        load_config(".git")
    write("other.toml", "enums = 'open'")
    assert load_config("other.toml").options.enums == "open"


# --- what it says -------------------------------------------------------------------------------------------------------------


def test_defaults_go_before_ours_and_sources_before_defaults() -> None:
    write(
        "sub/pyproject.toml",
        """
        [tool.fieldgen]
        enums = "open"
        unknown-keys = "keep"
        templates = "own"
        rename = { id = "_id" }
        [tool.fieldgen.sources.api]
        path = "docs/api"
        enums = "enum"
        targets = ["jsonschema", "dataclass", "jsonschema"]
        places = false
        base-url = "https://example.com/docs/"
        [tool.fieldgen.sources.api.rename]
        createdAt = "created"
        Order.updatedAt = "updated"
        [tool.fieldgen.sources."v1.2"]
        path = "*.md"
        out = "models"
        templates = ""
        """,
    )
    config = load_config("sub/pyproject.toml")
    assert (config.file, config.folder) == ("sub/pyproject.toml", "sub")
    assert config.options == Options(
        enums="open", unknown_keys="keep", rename=(("id", "_id"),)
    )
    api, other = config.sources
    assert api[:4] == ("api", "docs/api", "out/api", "own")
    assert api.options == Options(
        targets=("jsonschema", "dataclass"),
        enums="enum",
        unknown_keys="keep",
        places=False,
        rename=(("createdAt", "created"), ("Order.updatedAt", "updated")),
        base_url="https://example.com/docs/",
    )
    assert other == (
        "v1.2",
        "*.md",
        "models",
        "",
        config.options,
        (),
        "",
        (),
    )


def test_every_option_is_a_key() -> None:
    assert [key.field for key in OPTION_KEYS] == list(Options._fields)
    text = "".join(
        f"{key.name} = {json.dumps(key.default)}\n"
        for key in DEFAULT_KEYS
        if key.kind != "table"
    )
    assert load(text).options == Options()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("enum = 'open'", 'enum: unknown key; did you mean "enums"?'),
        ("qqq = 1", "qqq: unknown key"),
        ("path = 'docs'", "path: unknown key"),
        ("source = {}", 'source: unknown key; did you mean "sources"?'),
        (
            "enums = 'opne'",
            'enums: "opne" is not allowed: expected literal, open or enum; did you mean "open"?',
        ),
        ("enums = 1", "enums: expected a string, found an integer"),
        ("enums = true", "enums: expected a string, found a boolean"),
        ("enums = 2026-11-23", "enums: expected a string, found a date or time"),
        ("places = 'no'", "places: expected true or false, found a string"),
        ("places = 0", "places: expected true or false, found an integer"),
        (
            "targets = 'dataclass'",
            "targets: expected an array of strings, found a string",
        ),
        (
            "targets = [1.5]",
            "targets: expected an array of strings, found a float in it",
        ),
        (
            "targets = []",
            "targets: expected at least one of dataclass, typeddict, jsonschema or markdown, found an empty array",
        ),
        (
            "targets = ['jsonshema']",
            'targets: "jsonshema" is not allowed: expected dataclass, typeddict, jsonschema or markdown; did you mean "jsonschema"?',
        ),
        (
            "base-url = 'example.com'",
            'base-url: "example.com" is not allowed: expected a URL that begins with http:// or https://',
        ),
        (
            "base-url = 'https://x/\"'",
            'base-url: "https://x/"" is not allowed: expected a URL that begins with http:// or https://',
        ),
        ("rename = ['a']", "rename: expected a table of strings, found an array"),
        (
            "rename = { a = { b = 1 } }",
            "rename: expected a string for a.b, found an integer",
        ),
        ("rename = { a = '' }", "rename: a name in it is empty"),
        ("templates = []", "templates: expected a string, found an array"),
        ("sources = []", "sources: expected a table with a table for each source"),
        ("sources = { a = 'docs' }", "sources.a: expected a table with a path"),
        ("[sources.a]", "sources.a.path: is missing: a file, a folder or a glob"),
        (
            "[sources.a]\npath = ''",
            'sources.a.path: "" is not allowed: expected a path',
        ),
        (
            '[sources.a]\npath = "a\\nb"',
            'sources.a.path: "a\nb" is not allowed: expected a path',
        ),
        (
            "[sources.a]\npath = 1",
            "sources.a.path: expected a string, found an integer",
        ),
        (
            "[sources.a]\npath = 'x'\nenum = 'open'",
            'sources.a.enum: unknown key; did you mean "enums"?',
        ),
        (
            "[sources.'a.b']\npath = 'x'\nenums = ''",
            'sources."a.b".enums: "" is not allowed: expected literal, open or enum',
        ),
        (
            "[sources.'../a']\npath = 'x'",
            'sources."../a": a source\'s name consists of A-Z, a-z, 0-9, _, - and ., and begins with a letter, a digit or _',
        ),
        (
            "[sources.a]\npath='x'\n[sources.b]\npath='y'\nout='b/../out/a'",
            'sources.b.out: source "a" writes to this folder, too',
        ),
    ],
)
def test_mistake(text: str, message: str) -> None:
    assert mistakes(text) == [message]


def test_unknown_dialect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config_schema, "known_dialects", lambda: ("auto", "plain"))
    assert mistakes("dialect = 'plan'") == [
        'dialect: there is no dialect "plan"; did you mean "plain"?'
    ]
    assert load("dialect = 'plain'").options.dialect == "plain"


def test_dialects_are_those_of_the_package() -> None:
    assert {"auto", "speakeasy-typescript"} <= set(config_schema.known_dialects())


def test_all_mistakes_at_once_with_the_whole_key() -> None:
    write(
        "pyproject.toml",
        "[tool.fieldgen]\nenums = 1\ndate = 1\n[tool.fieldgen.sources.a]\nplaces = 1",
    )
    with pytest.raises(ConfigError) as caught:
        load_config("pyproject.toml")
    assert caught.value.messages == (
        "pyproject.toml: tool.fieldgen.enums: expected a string, found an integer",
        'pyproject.toml: tool.fieldgen.date: unknown key; did you mean "dates"?',
        "pyproject.toml: tool.fieldgen.sources.a.places: expected true or false, found an integer",
        "pyproject.toml: tool.fieldgen.sources.a.path: is missing: a file, a folder or a glob",
    )


def test_the_table_is_no_table() -> None:
    write("pyproject.toml", "[tool]\nfieldgen = 1")
    with pytest.raises(
        ConfigError, match="^pyproject.toml: tool.fieldgen: expected a table$"
    ):
        load_config("pyproject.toml")


# --- black's table ------------------------------------------------------------------------------------------------------------


def test_style_of_the_nearest_table() -> None:
    write("a/pyproject.toml", "[project]")
    write(
        "pyproject.toml",
        "[tool.black]\nline_length = 100\ntarget-version = ['PY311', 'py312']\nskip-magic-trailing-comma = true\nexclude = 'x'",
    )
    assert read_style("a") == Style(
        line_length=100, target_versions=("py311", "py312"), magic_trailing_comma=False
    )
    write(
        "a/pyproject.toml",
        "[tool.black]\nskip-string-normalization = true\npreview = true\nunstable = true\nline-length = '79'",
    )
    assert read_style("a") == Style(
        line_length=79, string_normalization=False, preview=True, unstable=True
    )


def test_style_stops_at_the_root_of_the_repository() -> None:
    write("pyproject.toml", "[tool.black]\nline-length = 100")
    Path("a/.git").mkdir(parents=True)
    assert read_style("a") == Style()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("line-length = 0", "line-length: expected a whole number above 0"),
        ("line-length = true", "line-length: expected a whole number above 0"),
        ("line-length = 'wide'", "line-length: expected a whole number above 0"),
        (
            "target-version = ['3.11']",
            'target-version: expected an array of versions such as "py311"',
        ),
        (
            "skip-magic-trailing-comma = 1",
            "skip-magic-trailing-comma: expected true or false",
        ),
        ("preview = 'yes'", "preview: expected true or false"),
    ],
)
def test_mistake_in_the_style(text: str, message: str) -> None:
    write("pyproject.toml", f"[tool.black]\n{text}")
    with pytest.raises(ConfigError) as caught:
        read_style(".")
    assert str(caught.value) == f"pyproject.toml: tool.black.{message}"


def test_broken_table_of_black() -> None:
    write("pyproject.toml", "[tool]\nblack = 1")
    with pytest.raises(
        ConfigError, match="^pyproject.toml: tool.black: expected a table$"
    ):
        read_style(".")
    write("pyproject.toml", "[tool.black")
    with pytest.raises(ConfigError, match="^pyproject.toml: is not TOML: "):
        read_style(".")


# --- what is generated from the options ---------------------------------------------------------------------------------------


def test_reference_is_up_to_date(folder: Path) -> None:
    """Mend it with `python -m generator.reference`."""
    (folder / "generator/schemas").mkdir(parents=True)
    reference.write_reference(folder)
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert len(written) == 4
    for path in written:
        name = path.relative_to(folder)
        assert (
            ROOT / name
        ).read_bytes() == path.read_bytes(), (
            f"{name}: run python -m generator.reference"
        )


def test_page_names_every_key_and_flag() -> None:
    page = reference.config_page()
    for key in SOURCE_KEYS:
        assert f"\n### `{key.name}`\n\n{key.help}\n" in page
        assert not key.flag or f"- flag: `{key.flag}`" in page


def _rejects(instance: Any) -> bool:
    return not jsonschema.Draft7Validator(json_schema()).is_valid(instance)


def test_schema_is_draft_07_with_an_id_and_describes_every_key() -> None:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$id"].startswith("https://")
    source = schema["definitions"]["source"]
    assert list(source["properties"]) == [key.name for key in SOURCE_KEYS]
    for name, row in {**schema["properties"], **source["properties"]}.items():
        assert row["description"]
        assert "default" in row or name in source["required"]
    assert config_schema.tool_schema("fieldgen") == schema


def test_schema_accepts_what_the_reader_accepts() -> None:
    defaults = {key.name: key.default for key in DEFAULT_KEYS}
    assert not _rejects(
        {
            **defaults,
            "sources": {"a": {"path": "docs", "rename": {"a": "b", "M": {"c": "d"}}}},
        }
    )
    assert not _rejects({"base-url": "https://example.com"})


@pytest.mark.parametrize(
    "table",
    [
        {"enum": "open"},
        {"enums": "opne"},
        {"targets": []},
        {"targets": ["x"]},
        {"places": 1},
        {"base-url": "example.com"},
        {"rename": {"a": 1}},
        {"sources": {"a": {}}},
        {"sources": {"a": {"path": ""}}},
        {"sources": {"../a": {"path": "x"}}},
    ],
)
def test_schema_rejects_what_the_reader_rejects(table: dict[str, Any]) -> None:
    assert _rejects(table)
