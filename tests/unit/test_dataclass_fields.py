"""Fields of one type share their code, whichever model they name."""

from __future__ import annotations

import pytest

from generator.diagnostics import SourceSpan
from generator.ir import (
    NULL,
    Alias,
    Field,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Schema,
    TypeRef,
)
from generator.options import Options, Style
from generator.targets.dataclass import Class, view

PLACE = SourceSpan("harbour.md", 3)


def harbour(*fields: Field, key: str = "Boat") -> Class:
    """The class of a model with these fields, beside two others that they may name."""
    models = (
        Model("Harbour", "Harbour", PLACE, fields),
        Model("Crane", "Crane", PLACE),
        Model(key, "Boat", PLACE),
    )
    module = view(Schema("x", models), Options(places=False), Style())
    found = module.classes[0]
    assert isinstance(found, Class)
    return found


@pytest.mark.parametrize(
    ("type_", "annotation", "read", "write"),
    [
        (Ref("Boat"), "Boat", "Boat.from_dict(x)", "self.x.to_dict()"),
        (
            ListOf(Ref("Boat")),
            "list[Boat]",
            "[Boat.from_dict(item) for item in _list(x)]",
            "[item.to_dict() for item in self.x]",
        ),
        (
            MapOf(ListOf(Ref("Boat"))),
            "dict[str, list[Boat]]",
            "{ key: [Boat.from_dict(item2) for item2 in _list(item)] for key, item in _dict(x).items() }",
            "{ key: [item2.to_dict() for item2 in item] for key, item in self.x.items() }",
        ),
    ],
)
def test_which_model_it_is(
    type_: TypeRef, annotation: str, read: str, write: str
) -> None:
    for other in ("Boat", "Crane"):
        crane = Field("crane", Ref("Crane"), PLACE)
        first = Field("y", ListOf(Ref(other)), PLACE, required=True)
        found = harbour(first, crane, Field("x", type_, PLACE))
        assert f"    x: {annotation} | None = None" in found.attributes
        assert "    crane: Crane | None = None" in found.attributes
        assert f"    y: list[{other}]" in found.attributes
        assert f"self.x = {read}" in " ".join(found.read.split())
        assert "self.crane = Crane.from_dict(crane)" in found.read
        assert f"[{other}.from_dict(item) for item in" in found.read
        assert f'data["x"] = {write}' in " ".join(found.write.split())


def test_a_key_that_code_uses_itself() -> None:
    fields = [Field(name, Ref(name), PLACE) for name in ("\3", "Crane")]
    found = harbour(*fields, key="\3")
    assert "    crane: Crane | None = None" in found.attributes
    assert "    field: Model | None = None" in found.attributes
    assert "self.crane = Crane.from_dict(crane)" in found.read
    assert "self.field = Model.from_dict(field)" in found.read


def test_readers_are_named_after_the_first_who_asks() -> None:
    either = OneOf((Ref("Crane"), Ref("Boat"), NULL))
    fields = (Field("x", either, PLACE), Field("y", either, PLACE))
    models = (
        Model("Harbour", "Harbour", PLACE, fields),
        Model("Boat", "Boat", PLACE),
        Alias("Crane", "Crane", PLACE, ListOf(Ref("Boat"))),
    )
    module = view(Schema("x", models), Options(), Style())
    (found,) = (
        each for each in module.classes if isinstance(each, Class) and each.attributes
    )
    assert "_read_harbour_x(x)" in found.read
    assert "_read_harbour_x(y)" in found.read
