"""The dialects of the package are without mistakes, those of users are told theirs, and detection asks where docs do not tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.dialect.check import check_dialect
from generator.dialect.clues import all_clues
from generator.dialect.detect import ENOUGH, TOO_CLOSE, detect_dialect
from generator.dialect.files import (
    FOLDER,
    LISTS,
    DialectError,
    built_in,
    built_in_lists,
    load_data,
)
from generator.dialect.keys import KEYS
from generator.dialect.lists import load_list
from generator.dialect.model import load_dialect
from generator.options import Options
from generator.pipeline import Source, load
from generator.read.markdown import read_markdown

PAGE = b"""\
# Tram

## Attributes

| Attribute | Type | Needed |
| --- | --- | --- |
| line | word | must |
| cars | count | may |
"""
HOUSE = """\
title: The depot's handbook
extends: plain
columns:
  name: [Attribute]
  required: [Needed]
required:
  "yes": [must]
  "no": [may]
types:
  word: string
  count: integer
detect:
  - {in: required, matches: '^(must|may)$', points: 3}
"""


def mistakes(text: str, *names: str) -> list[str]:
    found = check_dialect("d.yaml", text, ("plain", *names))
    return [line.removeprefix("d.yaml:") for line in found]


@pytest.mark.parametrize("name", built_in_lists())
def test_our_lists(name: str) -> None:
    text = Path(LISTS, f"{name}.yaml").read_text("utf-8")
    assert check_dialect(f"{name}.yaml", text, built_in_lists()) == []
    assert load_list(name).title
    assert len(text.splitlines()) <= 120, "a dialect is a page or two"


@pytest.mark.parametrize("name", built_in())
def test_ours(name: str) -> None:
    text = Path(FOLDER, f"{name}.yaml").read_text("utf-8")
    assert check_dialect(f"{name}.yaml", text, built_in()) == []
    assert load_dialect(name).name == name
    assert load_data(name)["title"]
    assert len(text.splitlines()) <= 120, "a dialect is a page or two"


def test_ours_have_titles_of_their_own_and_evidence() -> None:
    known = list(all_clues())
    assert len({clues.title for clues in known}) == len(known)
    without = [clues.name for clues in known if not clues.detect]
    assert "plain" in without
    parents = {load_data(name).get("extends") for name in built_in()}
    assert set(without) - {"plain"} <= {clues.name for clues in known} | parents


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "titel: Trams",
            '1: there is no key "titel"; did you mean "title"?',
        ),
        (
            "title: Trams\nextends: plane",
            '2: there is no dialect "plane"; did you mean "plain"?',
        ),
        ("- title: Trams", "1: a dialect is a mapping of keys"),
        (
            "title: [a]",
            "1: title: expected a text",
        ),
        (
            "columns:\n  nam: [Name]",
            '2: columns: there is no word "nam"; did you mean "name"?',
        ),
        (
            "columns:\n  name: Name",
            "2: columns.name: expected a list of texts",
        ),
        (
            "sections:\n  field: [Attributes]",
            '2: sections: there is no word "field"; did you mean "fields"?',
        ),
        (
            "field-name: '(name'",
            "1: field-name: no regular expression: missing ), unterminated subpattern at character 1",
        ),
        (
            "field-name: '^.*$'",
            "1: field-name: the pattern has no group (?P<name>…)",
        ),
        (
            "field-name: '^(?P<name>.*)(?P<nam>.*)$'",
            '1: field-name: there is no group "nam"; did you mean "name"?',
        ),
        (
            "generics:\n  Bag: liste",
            '2: generics.Bag: there is no shape "liste"; did you mean "list"?',
        ),
        (
            "types:\n  word: strng",
            '2: types.word: there is no type "strng"; did you mean "string"?',
        ),
        (
            "types:\n  word: 'string |'",
            "2: types.word: no type expression: a type is missing",
        ),
        (
            "short-rows: true",
            '1: short-rows: "true" is neither yes nor no',
        ),
        (
            "marks:\n  - {in: name, matches: '^!', says: requird}",
            '2: marks.says: there is no word "requird"; did you mean "required"?',
        ),
        (
            "marks:\n  - {in: name, says: required}",
            "2: marks: matches is missing",
        ),
        ("marks:\n  - required", "2: marks: expected a mapping with in, matches, says"),
        ("marks: {in: name}", "1: marks: expected a list of mappings"),
        (
            "detect:\n  - {in: table, matches: x, points: many}",
            '2: detect.points: "many" is no number',
        ),
        (
            "nesting:\n  levl: '-'",
            '2: nesting: there is no word "levl"; did you mean "level"?',
        ),
        (
            "nesting:\n  level: '['",
            "2: nesting.level: no regular expression: unterminated character set at character 1",
        ),
        (
            "title: a\ntitle: b",
            '2: "title" stands twice in one mapping; what line 1 says counts',
        ),
        (
            "title: a: b",
            "1: a `: ` stands where no key can be; put the whole value in quotes if it holds `: `, or mend the indentation",
        ),
    ],
)
def test_mistake(text: str, message: str) -> None:
    assert mistakes(text) == [message]


def test_all_mistakes_at_once_in_the_order_of_their_lines() -> None:
    text = "titel: x\nextends: plane\nopen: Other\nshort-rows: maybe\n"
    assert [line[:2] for line in mistakes(text)] == ["1:", "2:", "3:", "4:"]


def test_every_key_says_what_it_takes() -> None:
    kinds = [
        "text",
        "flag",
        "number",
        "pattern",
        "words",
        "rows",
        "table",
        "patterns",
        "types",
        "shapes",
        "type",
        "paths",
        "path-table",
    ]
    assert {key.kind for key in KEYS.values()} <= set(kinds)


def source(*files: tuple[str, str], dialect: str = "auto") -> Source:
    return Source("trams", "trams", Options(dialect=dialect), dialects=files)


def required(loaded: object) -> dict[str, bool]:
    model = loaded.schema.definitions[0]  # type: ignore[attr-defined]
    return {field.name: field.required for field in model.fields}


def test_a_dialect_of_the_user_is_found_like_ours() -> None:
    loaded = load({"tram.md": PAGE}, source(("ours/depot.yaml", HOUSE)))
    assert (loaded.dialect, loaded.diagnostics) == ("depot", ())
    assert required(loaded) == {"line": True, "cars": False}


def test_it_counts_what_the_file_says_and_not_only_its_name() -> None:
    before = load({"tram.md": PAGE}, source(("depot.yaml", HOUSE), dialect="depot"))
    other = HOUSE.replace("[must]", "[may]").replace("[may]\ntypes", "[must]\ntypes")
    after = load({"tram.md": PAGE}, source(("depot.yaml", other), dialect="depot"))
    assert required(before) == {"line": True, "cars": False}
    assert required(after) == {"line": False, "cars": True}


def test_one_extends_another_of_the_user() -> None:
    night = "extends: depot\nrequired-default: 'yes'\n"
    files = ("depot.yaml", HOUSE), ("night.yaml", night)
    assert load_dialect("night", files).required_default
    assert load_dialect("night", files).required["must"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            [("a/plain.yaml", HOUSE)],
            "a/plain.yaml:1: a dialect of fieldgen is called so, too: call the file otherwise than plain",
        ),
        (
            [("a/depot.yaml", HOUSE), ("b/depot.yaml", "title: b")],
            "b/depot.yaml:1: a/depot.yaml is called so, too: call the file otherwise than depot",
        ),
        (
            [("a.yaml", "title: a\nextends: b"), ("b.yaml", "extends: a")],
            "a.yaml:2: dialects extend each other in a circle: a → b → a",
        ),
        (
            [("a.yaml", "extends: a")],
            "a.yaml:1: dialects extend each other in a circle: a → a",
        ),
    ],
)
def test_files_that_do_not_go_together(
    files: list[tuple[str, str]], message: str
) -> None:
    with pytest.raises(DialectError) as caught:
        load_dialect(Path(files[0][0]).stem, tuple(files))
    assert (caught.value.messages, caught.value.located) == ((message,), True)


def test_docs_that_do_not_tell() -> None:
    rival = HOUSE.replace("[must]", "[may]").replace("[may]\ntypes", "[must]\ntypes")
    files = ("depot.yaml", HOUSE), ("rival.yaml", rival)
    page = read_markdown(PAGE.decode(), "tram.md")
    assert detect_dialect([page], files).rival == "rival"
    with pytest.raises(DialectError, match="--dialect depot or --dialect rival"):
        load({"tram.md": PAGE}, source(*files))


def test_two_that_read_the_same_are_no_question() -> None:
    files = ("depot.yaml", HOUSE), ("twin.yaml", HOUSE)
    assert load({"tram.md": PAGE}, source(*files)).dialect == "depot"


def test_a_clear_lead_is_no_question() -> None:
    ahead = HOUSE.replace("points: 3", f"points: {3 + TOO_CLOSE}")
    files = ("depot.yaml", HOUSE), ("ahead.yaml", ahead)
    page = read_markdown(PAGE.decode(), "tram.md")
    found = detect_dialect([page], files)
    assert (found.name, found.rival) == ("ahead", "")


def test_one_clue_of_several_is_none() -> None:
    clue = "  - {in: title, matches: '^Bus$', points: 1}\n"
    page = read_markdown(PAGE.decode(), "tram.md")
    found = detect_dialect([page], (("depot.yaml", HOUSE + clue),))
    assert found.name == "plain"
    assert found.scores[0].points >= ENOUGH
