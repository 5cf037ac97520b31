"""`compare_schemas` on random schemas: nothing is reported of two equal ones, and each edit by its rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from harness import REPO
from hypothesis import assume, given
from hypothesis import strategies as st
from schemas import schemas

from generator.comparison.accept import Acceptance, apply_accepted
from generator.comparison.rules import AUDIENCES, LEVELS, RULES
from generator.comparison.schemas import compare_schemas
from generator.diagnostics import SourceSpan
from generator.ir import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    Enum,
    EnumValue,
    Fact,
    Field,
    ListOf,
    Literal,
    Model,
    OneOf,
    Schema,
    is_nullable,
)

HERE = SourceSpan("x.md", 1)
NEW = "quite new"  # a name that no random schema has


@given(schemas())
def test_nothing_changes_in_equal_schemas(schema: Schema) -> None:
    assert compare_schemas(schema, schema) == []


@given(schemas())
def test_places_do_not_count(schema: Schema) -> None:
    def moved(field: Field) -> Field:
        return replace(field, span=HERE)

    definitions = tuple(
        (
            replace(d, span=HERE, fields=tuple(map(moved, d.fields)))
            if isinstance(d, Model)
            else replace(d, span=HERE)
        )
        for d in schema.definitions
    )
    assert compare_schemas(schema, replace(schema, definitions=definitions)) == []


@given(schemas(), schemas())
def test_any_two_schemas_can_be_compared(old: Schema, new: Schema) -> None:
    changes = compare_schemas(old, new)
    prints = [change.fingerprint for change in changes]
    assert len(prints) == len(set(prints))
    assert changes == compare_schemas(old, new)
    for change in changes:
        assert change.rule in RULES
        assert "\n" not in change.message and change.message.endswith(".")
        assert change.old_span or change.new_span


# Edits of a field that has no facts, a type of its own and no description: (what it was, what becomes of it, rules).
PLAIN = Field(NEW, STRING, HERE)


def fact(kind: str, value: str, on: str = "") -> Fact:
    return Fact(kind, value, "", HERE, on)


EDITS: list[tuple[dict[str, Any], dict[str, Any], set[str]]] = [
    ({}, {"required": True}, {"field-became-required"}),
    ({"required": True}, {}, {"field-became-optional"}),
    ({}, {"type": INTEGER}, {"type-changed"}),
    ({"type": INTEGER}, {"type": NUMBER}, {"type-widened"}),
    ({"type": NUMBER}, {"type": INTEGER}, {"type-narrowed"}),
    ({}, {"type": Literal(('"a"',))}, {"type-narrowed"}),
    ({"type": Literal(('"a"',))}, {}, {"type-widened"}),
    (
        {"type": Literal(('"a"', '"b"'))},
        {"type": Literal(('"b"', '"c"'))},
        {"enum-value-removed", "enum-value-added"},
    ),
    ({"type": Literal(("1",))}, {"type": Literal(("1",), True)}, {"enum-opened"}),
    ({"type": Literal(("1",), True)}, {"type": Literal(("1",))}, {"enum-closed"}),
    ({"type": ListOf(STRING)}, {"type": ListOf(BOOLEAN)}, {"type-changed"}),
    (
        {"type": OneOf((STRING, INTEGER))},
        {"type": OneOf((STRING, BOOLEAN))},
        {"union-option-removed", "union-option-added"},
    ),
    ({"facts": (fact("minimum", "1"),)}, {}, {"constraint-loosened"}),
    ({}, {"facts": (fact("maxLength", "9"),)}, {"constraint-tightened"}),
    (
        {"facts": (fact("maximum", "1e400"),)},
        {"facts": (fact("maximum", "9" * 40),)},
        {"constraint-tightened"},
    ),
    ({"facts": (fact("minimum", "1"),)}, {"facts": (fact("minimum", "1.0"),)}, set()),
    ({"default": "1"}, {"default": "2"}, {"default-changed"}),
    ({"default": "1"}, {}, {"default-removed"}),
    ({}, {"default": "null"}, {"default-added"}),
    ({}, {"deprecated": ""}, {"deprecated"}),
    ({"deprecated": "why"}, {}, {"undeprecated"}),
    ({}, {"description": "A text."}, {"description-changed"}),
    ({}, {"examples": ("a",)}, {"examples-changed"}),
    ({}, {"wire": "other"}, {"key-changed"}),
]


def with_field(schema: Schema, key: str, field: Field | None) -> Schema:
    definitions = tuple(
        (
            replace(d, fields=(*d.fields, *([field] if field else [])))
            if d.key == key and isinstance(d, Model)
            else d
        )
        for d in schema.definitions
    )
    return replace(schema, definitions=definitions)


@given(schemas(), st.sampled_from(EDITS), st.data())
def test_an_edit_of_a_field_is_reported(
    schema: Schema,
    edit: tuple[dict[str, Any], dict[str, Any], set[str]],
    data: st.DataObject,
) -> None:
    models = [d.key for d in schema.definitions if isinstance(d, Model)]
    assume(models)
    key = data.draw(st.sampled_from(models))
    before, after, rules = edit
    old = with_field(schema, key, replace(PLAIN, **before))
    new = with_field(schema, key, replace(PLAIN, **after))
    found = compare_schemas(old, new)
    assert {change.rule for change in found} == rules
    assert {(change.model, change.field) for change in found} <= {(key, NEW)}


@given(schemas(), st.data())
def test_fields_that_come_and_go(schema: Schema, data: st.DataObject) -> None:
    models = [d.key for d in schema.definitions if isinstance(d, Model)]
    assume(models)
    key = data.draw(st.sampled_from(models))
    field = replace(PLAIN, required=data.draw(st.booleans()))
    more = with_field(schema, key, field)
    (added,) = compare_schemas(schema, more)
    word = "required" if field.required else "optional"
    assert (added.rule, added.model, added.field) == (f"field-added-{word}", key, NEW)
    (removed,) = compare_schemas(more, schema)
    assert (removed.rule, removed.model, removed.field) == ("field-removed", key, NEW)


@given(schemas(), st.data())
def test_nullable(schema: Schema, data: st.DataObject) -> None:
    """Every type that a field can have, and the same with null."""
    from generator.ir import ANY, NULL, one_of

    models = [d for d in schema.definitions if isinstance(d, Model) and d.fields]
    assume(models)
    model = data.draw(st.sampled_from(models))
    type_ = model.fields[0].type
    nullable = one_of((type_, NULL))
    assume(type_ != ANY and not is_nullable(type_))
    old = with_field(schema, model.key, replace(PLAIN, type=type_))
    new = with_field(schema, model.key, replace(PLAIN, type=nullable))
    rules = {change.rule for change in compare_schemas(old, new)}
    # A reference may be to something that takes null already.
    assert rules <= {"field-became-nullable"}
    back = {change.rule for change in compare_schemas(new, old)}
    assert back <= {"field-became-non-nullable"} and bool(back) == bool(rules)


@given(schemas())
def test_definitions_that_come_and_go(schema: Schema) -> None:
    extra = Enum(NEW, NEW, HERE, (EnumValue('"never seen"'),))
    more = replace(schema, definitions=(*schema.definitions, extra))
    assert [c.rule for c in compare_schemas(schema, more)] == ["model-added"]
    assert [c.rule for c in compare_schemas(more, schema)] == ["model-removed"]


def model(key: str, *names: str, **more: Any) -> Model:
    return Model(key, key, HERE, tuple(Field(n, STRING, HERE) for n in names), **more)


def test_two_that_are_equally_alike_are_no_guess() -> None:
    old = Schema("", (model("A", "a", "b", "c"),))
    new = Schema("", (model("B", "a", "b", "c"), model("C", "a", "b", "c")))
    rules = sorted(change.rule for change in compare_schemas(old, new))
    assert rules == ["model-added", "model-added", "model-removed"]


def test_a_recursive_alias_ends() -> None:
    from generator.ir import Alias, Ref

    def tree(key: str, leaf: Any) -> Alias:
        return Alias(key, key, HERE, OneOf((leaf, ListOf(Ref(key)))))

    old = Schema("", (tree("A", STRING), model("M")))
    new = Schema("", (tree("B", INTEGER), model("M")))
    old = with_field(old, "M", replace(PLAIN, type=Ref("A")))
    new = with_field(new, "M", replace(PLAIN, type=Ref("B")))
    assert compare_schemas(old, new)


@pytest.mark.parametrize(
    ("accept", "covered"),
    [
        (lambda c: Acceptance(fingerprint=c.fingerprint), True),
        (lambda c: Acceptance(rule=c.rule), True),
        (lambda c: Acceptance(rule=c.rule, model="O*"), True),
        (lambda c: Acceptance(model="Order", field="t?tal"), True),
        (lambda c: Acceptance(model="order"), False),
        (lambda c: Acceptance(rule="model-removed"), False),
        (lambda c: Acceptance(field="tota"), False),
    ],
)
def test_acceptances(accept: Callable[[Any], Acceptance], covered: bool) -> None:
    old, new = Schema("", (model("Order", "total"),)), Schema("", (model("Order"),))
    changes = compare_schemas(old, new)
    row = accept(changes[0])
    left, taken, unused = apply_accepted(changes, [row])
    assert (not left, bool(taken), not unused) == (covered, covered, covered)


def test_the_worst_audience_decides() -> None:
    for rule in RULES.values():
        levels = [rule.level(audience) for audience in AUDIENCES]
        assert rule.level("all") == min(levels, key=LEVELS.index)


def test_the_page_lists_all_rules() -> None:
    """docs/diff.md has the same table."""
    text = (REPO / "docs/diff.md").read_text("utf-8")
    rows = re.findall(
        r"(?m)^\| `([a-z-]+)` \| (\w+) \| (\w+) \| (\w+) \| (.+) \|$", text
    )
    assert rows == [
        (name, rule.source, rule.send, rule.receive, rule.meaning)
        for name, rule in RULES.items()
    ]


def test_git_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.gitsource import read_revision
    from generator.sources import SourceError

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="git is not installed"):
        read_revision("docs", str(tmp_path), "HEAD")
