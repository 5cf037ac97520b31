"""The values of an enum in a field list: texts, mappings with a value, or a mapping by value."""

from __future__ import annotations

from collections.abc import Sequence

from generator.fieldlists.spots import Spot
from generator.fieldlists.told import Told
from generator.fieldlists.values import real_value
from generator.ir import ANY, EnumValue, TypeRef
from generator.read import nodes
from generator.read.json_text import dump_json, json_text


def read_values(told: Told, spots: Sequence[Spot], type_: TypeRef) -> list[EnumValue]:
    """The values, each once. `type_`: what the field says of them."""
    found: dict[str, EnumValue] = {}
    for spot in spots:
        value = _value(told, spot, type_)
        if value is not None:
            found.setdefault(value.value, value)
    return list(found.values())


def _value(told: Told, spot: Spot, type_: TypeRef) -> EnumValue | None:
    keys, node = told.dialect.value_keys, spot.node
    if isinstance(node, nodes.Mapping) and "value" in keys:
        place = told.walker.first(spot, keys["value"])
        if place is None:
            told.teller.report(spot.span, "wrong-value", "a value of an enum has none")
            return None
        name = told.walker.first(spot, keys.get("name", ()))
        text = told.walker.first(spot, keys.get("description", ()))
        label = name.text if name and name.text != place.text else ""
        description = text.text.strip() if text else ""
        return EnumValue(_json(told, place, type_), label, description)
    if spot.key is not None:  # value: description
        key = spot._replace(node=spot.key)
        return EnumValue(_json(told, key, type_), "", spot.text.strip())
    return EnumValue(_json(told, spot, type_))


def _json(told: Told, spot: Spot, type_: TypeRef) -> str:
    """A value as its type makes of it."""
    if not told.dialect.texts or not isinstance(spot.node, nodes.Scalar):
        return json_text(spot.node)
    real = real_value(spot.node, type_) if type_ != ANY else json_text(spot.node)
    return real if real is not None else dump_json(spot.node.text)
