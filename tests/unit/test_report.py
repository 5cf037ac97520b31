"""Findings for other programs: what they demand of the formats, and text that means something in them."""

from __future__ import annotations

import json
import re
from typing import Any

from generator.codes import CODES
from generator.diagnostics import Diagnostic, SourceSpan
from generator.report.finding import locate
from generator.report.github import render_github
from generator.report.json import render_json
from generator.report.sarif import render_sarif
from generator.report.text import render

FOUND = (
    Diagnostic(SourceSpan("", 1), "no-field-table", "nothing is documented"),
    Diagnostic(
        SourceSpan("a b/ü,1:2%.md", 3, 5),
        "example-wrong-type",
        'one\nline, "100%": ::error::',
        related=(SourceSpan("tables.md", 7, 2), SourceSpan("tables.md", 9)),
    ),
    Diagnostic(SourceSpan("tables.md", 7, 2), "external-type", "elsewhere", "a hint"),
)
FINDINGS = locate(FOUND, "docs", "docs/**")


def sarif() -> Any:
    return json.loads(render_sarif(FINDINGS))


def test_paths_start_at_the_working_folder() -> None:
    assert [found.span.file for found in FINDINGS] == [
        "docs/**",
        "docs/a b/ü,1:2%.md",
        "docs/tables.md",
    ]
    assert FINDINGS[1].related[0] == SourceSpan("docs/tables.md", 7, 2)
    assert locate(FOUND[2:], "", "")[0].span.file == "tables.md"
    assert locate(FOUND[2:], "/", "")[0].span.file == "/tables.md"


def test_every_finding_has_a_hint() -> None:
    assert FINDINGS[0].hint == CODES["no-field-table"].mend
    assert FINDINGS[2].hint == "a hint"


def test_github_has_one_line_for_each_finding() -> None:
    lines = render_github(FINDINGS).splitlines()
    assert len(lines) == len(FINDINGS)
    form = r"::(error|warning|notice) title=([^:,]+),file=([^:,]+),line=\d+,col=\d+::.+"
    matches = [re.fullmatch(form, line) for line in lines]
    assert [match and match[1] for match in matches] == ["error", "warning", "notice"]
    assert matches[1] and matches[1][3] == "docs/a b/ü%2C1%3A2%25.md"
    assert 'one%0Aline, "100%25": ::error::%0Asee docs/tables.md:7:2%0A' in lines[1]


def test_json_has_all_places() -> None:
    data = json.loads(render_json(FINDINGS))
    assert data["fieldgen"] == 1
    row = data["findings"][1]
    assert (row["file"], row["line"], row["column"]) == ("docs/a b/ü,1:2%.md", 3, 5)
    assert row["related"][1] == {"file": "docs/tables.md", "line": 9, "column": 1}
    assert json.loads(render_json([])) == {"fieldgen": 1, "findings": []}


def test_sarif_has_what_the_standard_requires() -> None:
    """The keys that sarif-schema-2.1.0 requires, and the words that it allows."""
    log = sarif()
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "fieldgen"
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        places = [*result["locations"], *result.get("relatedLocations", ())]
        for place in places:
            physical = place["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~/%*-]+", uri), uri
            assert physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
            assert min(physical["region"].values()) >= 1
    related = run["results"][1]["relatedLocations"]
    assert [place["id"] for place in related] == [0, 1]


def test_sarif_fingerprints_do_not_depend_on_the_line() -> None:
    moved = [f._replace(span=f.span._replace(line=f.span.line + 4)) for f in FINDINGS]

    def prints(text: str) -> list[Any]:
        return [
            r["partialFingerprints"] for r in json.loads(text)["runs"][0]["results"]
        ]

    assert prints(render_sarif(moved)) == prints(render_sarif(FINDINGS))
    twice = prints(render_sarif([*FINDINGS, *FINDINGS]))
    assert len({json.dumps(row) for row in twice}) == 2 * len(FINDINGS)


def test_sarif_of_absolute_paths() -> None:
    (result,) = json.loads(render_sarif(locate(FOUND[2:], "/x y", "")))["runs"][0][
        "results"
    ]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///x%20y/tables.md"}


def test_text_names_the_other_places() -> None:
    text = render(FOUND, "docs")
    assert "    see: docs/tables.md:7:2\n    see: docs/tables.md:9:1\n" in text
