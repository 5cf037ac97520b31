"""Runs every case and compares what it leaves behind with its expected/. The only file that knows pytest-snapshot.

`make update` rewrites expected/ (and the `error` texts of payloads); read the diff before you commit it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from harness import Case, all_cases, load_module, read_json, run_case
from pytest_snapshot.plugin import Snapshot

FOUND = all_cases()


def by_id(case: Case) -> str:
    return case.id


def nested(files: dict[str, bytes]) -> dict[str, Any]:
    """`{"a/b": x}` as `{"a": {"b": x}}`: pytest-snapshot wants no slashes in keys."""
    tree: dict[str, Any] = {}
    for name, data in files.items():
        *folders, last = name.split("/")
        place = tree
        for folder in folders:
            place = place.setdefault(folder, {})
        place[last] = data
    return tree


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--snapshot-update"))


@pytest.mark.parametrize("case", FOUND, ids=by_id)
def test_file_list(case: Case, snapshot: Snapshot, updating: bool) -> None:
    """The case leaves behind the files of expected/, no more and no less. With --snapshot-update, writes all of them."""
    produced = run_case(case).files
    if updating:
        snapshot.snapshot_dir = case.folder
        snapshot.assert_match_dir(nested(produced), "expected")
    else:
        assert sorted(produced) == case.expected_files()


@pytest.mark.parametrize(
    ("case", "name"),
    [
        pytest.param(case, name, id=f"{case.id}-{name}")
        for case in FOUND
        for name in case.expected_files()
    ],
)
def test_file(case: Case, name: str, snapshot: Snapshot, updating: bool) -> None:
    """One expected file: first as text, for a readable difference, then as bytes, because text hides line ends."""
    produced = run_case(case).files
    if updating or name not in produced:
        pytest.skip("test_file_list deals with it")
    snapshot.snapshot_dir = case.folder
    data = produced[name]
    if b"\r" not in data:
        snapshot.assert_match(data.decode("utf-8"), f"expected/{name}")
    assert data == (case.expected / name).read_bytes()


@pytest.mark.parametrize(
    ("case", "name"),
    [
        pytest.param(case, file.name, id=f"{case.id}-{file.stem}")
        for case in FOUND
        for file in case.payloads
    ],
)
def test_payload(case: Case, name: str, updating: bool) -> None:
    """A payload goes through the dataclass and comes back equal, or is refused with the error that the file says."""
    from checks import definition_errors

    file = case.folder / "payloads" / name
    wanted = read_json(file)
    run = run_case(case)
    models = run.folder / wanted.get("file", "out/models.py")
    module = load_module(models, f"payload of {case.id}/{name}")
    model = getattr(module, wanted["model"])

    if "error" in wanted:
        with pytest.raises(module.PayloadError) as caught:
            model.from_dict(wanted["payload"])
        message = str(caught.value)
        if updating and message != wanted["error"]:
            wanted["error"] = message
            text = json.dumps(wanted, indent=2, ensure_ascii=False) + "\n"
            file.write_text(text, "utf-8", newline="\n")
        assert message == wanted["error"]
    else:
        back = model.from_dict(wanted["payload"]).to_dict()
        assert exactly(back) == exactly(wanted.get("expect", wanted["payload"]))

    folder = models.parent.parent if models.stem == "__init__" else models.parent
    schema = read_json(folder / "schema.json")
    errors = definition_errors(
        schema, wanted.get("title", wanted["model"]), wanted["payload"]
    )
    assert (not errors) == wanted.get("valid", "error" not in wanted), errors


def exactly(value: object) -> str:
    """JSON text, because `1 == 1.0 == True` in Python. The order of keys does not count."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)


def test_cases_are_found() -> None:
    """A walk that finds nothing would pass everything."""
    assert len(FOUND) > 50
