"""Names of hand-written pages are stable: what is written elsewhere on a page renames nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.define.page import build_page
from generator.dialect.model import load_dialect
from generator.read.markdown import read_markdown

PLAIN = load_dialect("plain")
TABLE = "| Field | Type | Description |\n| --- | --- | --- |\n| {} | string | Text. |\n"
# Sections that each document something: under a heading of their own, a generic one, two of these, a line that leads in.
SECTIONS = (
    "## Crane Object\n\nIt lifts.\n\n" + TABLE.format("hook"),
    "## Berth\n\n### Fixed Fields\n\n" + TABLE.format("pier"),
    "## Mooring\n\n### Request\n\n#### Body\n\n" + TABLE.format("ship"),
    "## Leaving\n\n### Response\n\nFor a `202 Accepted` response, these hold:\n\n"
    + TABLE.format("wait"),
    "## Changing things\n\nThe schema of the `swap` action is as follows:\n\n"
    + TABLE.format("tool"),
    "## Work of the day\n\nA `job` object has the following properties:\n\n"
    + TABLE.format("verb"),
    "## Ship Structure\n\n**Properties**\n\n" + TABLE.format("name"),
    "## Painting\n\n###### JSON Params\n\n" + TABLE.format("colour"),
    "## Notes\n\nNothing but text.\n",
    "## Sky States\n\n| Value | Description |\n| --- | --- |\n| `clear` | Blue. |\n",
)


def names(sections: list[str]) -> dict[str, str]:
    """What a page documents: the first field or value of each definition → its name."""
    page = read_markdown("# Harbour\n\n" + "\n".join(sections), "harbour.md")
    found = {}
    for definition in build_page(page, PLAIN, lambda _: None):
        parts = getattr(definition, "fields", ()) or getattr(definition, "values", ())
        found[str(getattr(parts[0], "value", "") or parts[0].name)] = definition.name
    return found


ALL = names(list(SECTIONS))


def test_each_section_documents_what_it_says() -> None:
    assert ALL == {
        "hook": "Crane",
        "pier": "Berth",
        "ship": "Mooring Request",
        "wait": "Leaving Response 202",
        "tool": "swap",
        "verb": "job",
        "name": "Ship",
        "colour": "Painting Params",
        '"clear"': "Sky States",
    }


@given(st.permutations(SECTIONS), st.integers(0, len(SECTIONS)))
@settings(max_examples=60, deadline=None)
def test_other_sections_rename_nothing(sections: list[str], count: int) -> None:
    """Sections in any order, and any of them missing: those that are there document what they always do."""
    found = names(sections[:count])
    assert found == {key: ALL[key] for key in found}


@given(st.sampled_from(SECTIONS[:-2]), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_a_further_table_renames_nothing(section: str, count: int) -> None:
    """More tables behind a model's own, with or without a line before them, leave its name as it is."""
    more = "".join(
        f"\nMore of it.\n\n{TABLE.format(f'extra{n}')}" for n in range(count)
    )
    case = "\nFor a `404` response, these hold:\n\n" + TABLE.format("other")
    alone = names([section])
    assert names([section + more + case]).items() >= alone.items()
