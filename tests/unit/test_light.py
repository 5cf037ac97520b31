"""What stands in for the library's own is like it, as far as we ask."""

from __future__ import annotations

import ast
import copy
import html
import pickle
import typing
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from urllib import parse

import pytest
from harness import REPO
from hypothesis import given
from hypothesis import strategies as st

from generator import light


class Quick(light.NamedTuple):
    """A boat."""

    name: str
    seats: int = 4
    where: NoSuchType | None = None  # type: ignore[name-defined]  # noqa: F821

    @property
    def label(self) -> str:
        return f"{self.name} ({self.seats})"

    def __str__(self) -> str:
        return self.label


class Usual(typing.NamedTuple):
    name: str
    seats: int = 4
    where: str | None = None


def test_named_tuples() -> None:
    boat = Quick("Elster")
    assert boat == Usual("Elster") == ("Elster", 4, None)
    assert (str(boat), Quick.__doc__) == ("Elster (4)", "A boat.")
    assert (Quick.__module__, Quick.__qualname__) == (__name__, "Quick")
    for name in ("_fields", "_field_defaults", "__match_args__", "__slots__"):
        assert getattr(Quick, name) == getattr(Usual, name)
    assert repr(boat) == repr(Usual("Elster")).replace("Usual", "Quick")
    assert boat._replace(seats=5)._asdict()["seats"] == 5
    again = pickle.loads(pickle.dumps(boat))
    assert (type(again), again) == (Quick, boat)
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]


def make(decorator: typing.Any, **settings: bool) -> typing.Any:
    class Boat:
        """A boat."""

        name: str
        seats: int = 4
        crew: list[str] = field(default_factory=list, compare=False, repr=False)

    return decorator(**settings)(Boat)


SETTINGS: list[dict[str, bool]] = [
    *({}, {"slots": True}, {"eq": False}, {"frozen": True}),
    *({"frozen": True, "slots": True}, {"slots": True, "unsafe_hash": True}),
]


@pytest.mark.parametrize("settings", SETTINGS, ids=repr)
def test_records(settings: dict[str, bool]) -> None:
    found = []
    for decorator in (light.record, dataclass):
        boat = make(decorator, **settings)
        one, same, other = boat("a"), boat("a", crew=["x"]), boat("a", 5)
        hashed = boat.__hash__ is not None
        found.append(
            (
                [
                    one == copy.copy(one),
                    one == same,
                    one == other,
                    one == "a",
                    one != same,
                ],
                hashed,
                hashed and hash(one) == hash(same),
                repr(one),
                repr(replace(same, seats=1)),
                [each.name for each in fields(boat)],
                hasattr(one, "__dict__"),
                copy.copy(other) == other,
                boat.__match_args__,
                boat.__doc__,
            )
        )
    assert found[0] == found[1]


def test_only_type_checkers_guard_records() -> None:
    boat = make(light.record, frozen=True)("a")
    boat.seats = 1
    assert boat.seats == 1
    with pytest.raises(FrozenInstanceError):
        make(dataclass, frozen=True)("a").seats = 1


def test_a_record_in_itself_can_be_shown() -> None:
    boat = make(light.record)("a")
    boat.name = boat
    assert "name=..., seats=4" in repr(boat)


@given(st.text("%2Fé&amp;#x41;lt ", max_size=12))
def test_texts_are_decoded_as_usual(text: str) -> None:
    assert light.unquote(text) == parse.unquote(text)
    assert light.unescape(text) == html.unescape(text)


def test_own_methods_stay() -> None:
    class Boat:
        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return "boat"

    boat: typing.Any = light.record()(Boat)
    assert (boat("a") == 3, repr(boat("a"))) == (True, "boat")


def test_who_makes_classes_makes_them_so() -> None:
    """Modules have their named tuples and records from here. One is generic, which these cannot be."""
    wrong = {
        f"{path.name}: {alias.name}"
        for path in (REPO / "generator").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in ("typing", "dataclasses")
        for alias in node.names
        if alias.name in ("NamedTuple", "dataclass") and not alias.asname
    }
    assert wrong == {
        *("light.py: NamedTuple", "light.py: dataclass", "pipeline.py: NamedTuple")
    }
