"""What facts add to a JSON Schema: keywords of a field's schema, and the conditions of its model."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Any

from generator.facts import KINDS, SIMPLE, Condition, condition
from generator.ir import ANY, Fact, Field, ListOf, MapOf, Model, TypeRef
from generator.targets import json_layout
from generator.targets.json_layout import object_, string
from generator.targets.json_types import type_members

_LOOKING = ("unevaluatedProperties", "unevaluatedItems", "additionalProperties")
# What may stand in the schema of a model beside its conditions.
_OF_MODELS = frozenset(
    (
        *("title", "$comment", "description", "deprecated", "type", "required"),
        *("properties", "patternProperties", "additionalProperties"),
    )
)


def fact_members(
    type_: TypeRef, facts: Sequence[Fact], indent: int, loose: bool
) -> list[str]:
    """The members of a type's schema together with facts. Where two say the same keyword, the type counts, and then the first fact.

    What is said of the items of a union or a definition stands beside it, where it holds for those values that have items.
    """
    items, values = below(facts, "items"), below(facts, "values")
    inside: dict[str, str] = {}
    for keyword, some, inner in (
        ("items", items, type_.item if isinstance(type_, ListOf) else ANY),
        (
            "additionalProperties",
            values,
            type_.value if isinstance(type_, MapOf) else ANY,
        ),
    ):
        if some:
            members = fact_members(inner, some, indent + 2, loose)
            inside[keyword] = f'"{keyword}": {object_(members, indent)}'
    whole = type_members(type_, indent, loose)
    said = {member[1 : member.index('"', 1)]: member for member in whole} | inside
    for fact in facts:
        if not fact.on and fact.kind in SIMPLE:
            keyword = KINDS[fact.kind].keyword
            said.setdefault(keyword, f'"{keyword}": {_value(fact, indent)}')
    more = _schemas(facts, said)
    lines = [f'"{k}": {json_layout.value(v, indent)}' for k, v in more.items()]
    return [*said.values(), *lines]


def _schemas(facts: Sequence[Fact], taken: Container[str]) -> dict[str, Any]:
    """The keywords of the schemas that hold, too; below `allOf` where one stands there already, or looks at those that stand beside it."""
    members: dict[str, Any] = {}
    apart: list[Any] = []
    for fact in facts:
        if fact.kind == "schema" and not fact.on:
            schema = json_layout.parse(fact.value)
            if any(k in taken or k in members or k in _LOOKING for k in schema):
                apart.append(schema)
            else:
                members |= schema
    known = members.pop("allOf", [])
    return members | ({"allOf": [*known, *apart]} if known or apart else {})


def below(facts: Sequence[Fact], part: str) -> list[Fact]:
    """The facts on a part of a value, as facts on that part."""
    return [
        Fact(fact.kind, fact.value, fact.words, fact.span, rest)
        for fact in facts
        if fact.kind in KINDS and (cut := fact.on.partition("."))[0] == part
        for rest in (cut[2],)
    ]


def own_facts(model: Model) -> list[Fact]:
    """The plain facts of a whole object: how many keys it has."""
    return [fact for fact in model.facts if fact.kind in SIMPLE and not fact.on]


def _value(fact: Fact, indent: int) -> str:
    value = json_layout.parse(fact.value)
    if fact.kind == "requiredIf":
        return string(fact.words or (value if isinstance(value, str) else fact.value))
    return json_layout.value(value, indent)


def condition_members(
    model: Model, admits_null: Callable[[TypeRef], bool], indent: int
) -> list[str]:
    """What a model's schema says of fields that are required on a condition, where its fields can tell, and of the whole object."""
    fields = {field.name: field for field in model.fields}
    dependent: dict[str, list[str]] = {}
    cases: dict[Condition, list[str]] = {}
    for field, found in _conditions(model):
        others = [fields.get(name) for name in found.names]
        if field.required or None in others or field in others:
            continue
        known = [other for other in others if other is not None]
        if found.test == "set" and len(known) == 1 and not admits_null(known[0].type):
            dependent.setdefault(known[0].key, []).append(field.key)
        else:
            cases.setdefault(found, []).append(field.key)
    members: dict[str, Any] = {"dependentRequired": dependent} if dependent else {}
    rules = [
        {
            "if": _test(found, [fields[name] for name in found.names], admits_null),
            "then": {"required": keys},
        }
        for found, keys in cases.items()
    ]
    members |= rules[0] if len(rules) == 1 else {"allOf": rules} if rules else {}
    more = _schemas(model.facts, _OF_MODELS | members.keys())
    if "allOf" in members and "allOf" in more:
        more["allOf"] = [*members["allOf"], *more["allOf"]]
    members |= more
    return [
        f'"{word}": {json_layout.value(value, indent)}'
        for word, value in members.items()
    ]


def _conditions(model: Model) -> list[tuple[Field, Condition]]:
    return [
        (field, found)
        for field in model.fields
        for fact in field.facts
        if fact.kind == "requiredIf" and not fact.on and (found := condition(fact))
    ]


def _test(
    found: Condition, fields: list[Field], admits_null: Callable[[TypeRef], bool]
) -> dict[str, Any]:
    """The schema of the objects that a condition holds for. A null is neither set nor absent."""
    keys = [field.key for field in fields]
    match found.test:
        case "absent" if len(keys) == 1:
            return {"not": {"required": keys}}
        case "absent":
            return {"not": {"anyOf": [{"required": [key]} for key in keys]}}
        case "set":
            null = [field.key for field in fields if admits_null(field.type)]
            values: dict[str, Any] = {key: {"not": {"type": "null"}} for key in null}
        case _:
            wanted = [json_layout.parse(value) for value in found.values]
            known = {"const": wanted[0]} if len(wanted) == 1 else {"enum": wanted}
            values = {keys[0]: known}
    return {"properties": values, "required": keys} if values else {"required": keys}
