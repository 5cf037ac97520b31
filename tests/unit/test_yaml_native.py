"""fieldgen's own YAML form: what is read, and what is reported."""

from __future__ import annotations

import pytest

from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import (
    ANY,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Alias,
    Definition,
    Enum,
    EnumValue,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
)
from generator.native import NativeFile, is_native, read_native


def read(text: str) -> tuple[NativeFile, list[str]]:
    """What the text says, and the findings as `line:column code message (hint)`."""
    found: list[Diagnostic] = []
    file = read_native(text, "f.yaml", found.append)
    hints = [f" ({d.hint})" if d.hint else "" for d in found]
    return file, [
        f"{d.span.line}:{d.span.column} {d.code} {d.message}{hint}"
        for d, hint in zip(found, hints, strict=True)
    ]


def read_all(text: str) -> tuple[Definition, ...]:
    file, found = read(text)
    assert found == []
    return file.definitions


def at(line: int, column: int = 1) -> SourceSpan:
    return SourceSpan("f.yaml", line, column)


def test_everything() -> None:
    file, found = read("""\
fieldgen: 1
source: specs/x
models:
  - name: FineTune
    key: shared.FineTune
    place: finetune.md:1
    description: |
      A job.

      Two paragraphs.
    deprecated: true
    fields:
      - field: createdAt
        type: number | null
        required: true
        description: When
        default: null
        example: 1.10
        wire: created_at
        place: finetune.md:14:3
      - name: no
        type: Status[]
        required: "No"
        examples: [on, {a: 1}, [x]]
        deprecated: use on
enums:
  - name: Status
    values: [created, no, 1, "1", true, {value: null, name: NONE, description: Nothing}]
    open: yes
unions:
  - name: TagIds
    types: ['"a"', '"b"', "string[]"]
  - name: Tags
    type: Record<string, TagIds>
    url: https://example.com
    deprecated: false
""")
    assert found == []
    assert file.source == "specs/x"
    assert file.definitions == (
        Model(
            "shared.FineTune",
            "FineTune",
            SourceSpan("finetune.md", 1),
            (
                Field(
                    "createdAt",
                    OneOf((NUMBER, NULL)),
                    SourceSpan("finetune.md", 14, 3),
                    required=True,
                    description="When",
                    default="null",
                    examples=("1.10",),
                    wire="created_at",
                ),
                Field(
                    "no",
                    ListOf(Ref("Status")),
                    at(21, 15),
                    examples=("on", '{"a": 1}', '["x"]'),
                    deprecated="use on",
                ),
            ),
            "A job.\n\nTwo paragraphs.",
            "",
        ),
        Enum(
            "",
            "Status",
            at(27, 11),
            (
                EnumValue('"created"'),
                EnumValue('"no"'),
                EnumValue("1"),
                EnumValue('"1"'),
                EnumValue("true"),
                EnumValue("null", "NONE", "Nothing"),
            ),
            open=True,
        ),
        Alias(
            "", "TagIds", at(31, 11), OneOf((Literal(('"a"', '"b"')), ListOf(STRING)))
        ),
        Alias("", "Tags", at(33, 11), MapOf(Ref("TagIds")), url="https://example.com"),
    )


def test_references_know_their_place() -> None:
    (model,) = read_all(
        "models:\n  - name: A\n    fields:\n      - field: b\n        type: B\n"
    )
    assert isinstance(model, Model) and isinstance(model.fields[0].type, Ref)
    assert model.fields[0].type.span == at(5, 15)


def test_mappings_by_name() -> None:
    assert read_all(
        "models: {Point: {fields: {x: number, label: {type: string, required: yes}}}, Empty: }\n"
        "enums: {Axis: [x, y], Kind: {values: [1]}}\n"
        'unions: {Points: "Point | Point[]", Two: [string, integer], Same: {type: Point}}\n'
    ) == (
        Model(
            "",
            "Point",
            at(1, 10),
            (Field("x", NUMBER, at(1, 27)), Field("label", STRING, at(1, 38), True)),
        ),
        Model("", "Empty", at(1, 78)),
        Enum("", "Axis", at(2, 9), (EnumValue('"x"'), EnumValue('"y"'))),
        Enum("", "Kind", at(2, 23), (EnumValue("1"),)),
        Alias("", "Points", at(3, 10), OneOf((Ref("Point"), ListOf(Ref("Point"))))),
        Alias("", "Two", at(3, 37), OneOf((STRING, INTEGER))),
        Alias("", "Same", at(3, 61), Ref("Point")),
    )


def test_several_documents() -> None:
    assert [
        d.name for d in read_all("models: [{name: A}]\n---\nmodels: [{name: B}]\n")
    ] == ["A", "B"]


def test_nothing() -> None:
    assert read("") == (NativeFile("", ()), [])
    assert read("models:\nenums: []\nunions: ~\n") == (NativeFile("", ()), [])


FIELD = "models:\n- name: A\n  fields:\n  - field: a\n    type: string\n    "


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("models: [{name: A, fiels: []}]", ["1:20 unknown-key nothing here has the key `fiels` (did you mean \"fields\"?)"]),
        ("modles: []", ["1:1 unknown-key nothing here has the key `modles` (did you mean \"models\"?)"]),
        ("- a", ["1:1 wrong-value the file takes a mapping with `models`, `enums` or `unions`"]),
        ("fieldgen: 2", ["1:11 wrong-value `fieldgen` takes 1, the version of the form"]),
        ("models: A", ["1:9 wrong-value `models` takes a list, or a mapping by name, and this is a text"]),
        ("models: [A]", ["1:10 wrong-value a model takes a mapping with its name and what is known of it"]),
        ("models: {A: x}", ["1:13 wrong-value a model takes a mapping with its name and what is known of it"]),
        ("models: [{fields: []}]", ["1:10 missing-name a model without a name"]),
        ("models: [{name: }]", ["1:10 missing-name a model without a name"]),
        ("models: [{name: ''}]", ["1:17 missing-name a model without a name"]),
        ("models: [{name: [a]}]", ["1:17 wrong-value `name` takes a text, and this is a list"]),
        ("models: [{name: A, description: {a: b}}]", ["1:33 wrong-value `description` takes a text, and this is a mapping"]),
        ("models: [{name: A, deprecated: [a]}]", ["1:32 wrong-value `deprecated` takes true, false or a reason, and this is a list"]),
        ("models: [{name: A, place: a.md}]", ["1:27 wrong-value `place` takes `file:line` or `file:line:column`"]),
        ("models: [{name: A, place: 'a.md:0'}]", ["1:27 wrong-value `place` takes `file:line` or `file:line:column`"]),
        ("models: [{name: A}, {name: A}]", ['1:21 duplicate-model "A" is defined again; the first is at f.yaml:1:17 (rename one of them, or give it a `key`)']),
        ("models: {A: {name: B}}", ["1:14 unknown-key nothing here has the key `name`"]),
        (FIELD + "required: sometimes", ['6:15 unknown-required-mark `required` takes true or false, and this is "sometimes"']),
        (FIELD + "required: [yes]", ["6:15 wrong-value `required` takes true or false, and this is a list"]),
        (FIELD + "name: b", ["6:5 duplicate-key `name` says again what another key has said; the first counts"]),
        (FIELD + "examples: a", ["6:15 wrong-value `examples` takes a list, and this is a text"]),
        (FIELD + "type: number", ['6:5 duplicate-key "type" stands twice in one mapping; what line 5 says counts']),
        ("models: [{name: A, fields: {a: , b: {}}}]", ['1:29 missing-type "a" has no type', '1:34 missing-type "b" has no type']),
        ("models: [{name: A, fields: {a: {type: [b]}}}]", ["1:39 wrong-value `type` takes a text, and this is a list (put the type in quotes)"]),
        (
            "models: [{name: A, fields: {a: {type: Record<string, number>}}}]",
            [
                "1:54 unknown-key nothing here has the key `number>`",
                '1:52 unread-type the type "Record<string" cannot be read: \'>\' is missing (inside braces and brackets, put a type with a comma in quotes)',
            ],
        ),
        ("models: [{name: A, fields: [{field: a, type: string}, {field: a, type: number}]}]", ['1:55 duplicate-field "A" documents the field "a" twice; the first counts']),
        ("enums: [{name: A, open: maybe, values: [[a], {name: b}, c]}]", [
            "1:41 wrong-value an enum's value is a text, a number, or a mapping with `value`",
            "1:46 wrong-value an enum's value is a text, a number, or a mapping with `value`",
            '1:25 wrong-value `open` takes true or false, and this is "maybe"',
        ]),
        ("enums: [{name: A}]", ['1:16 unread-values "A" has no list of `values`']),
        ("enums: [{name: A, values: []}]", ['1:27 unread-values "A" has no list of `values`']),
        ("enums: [{name: A, values: x}]", ['1:27 unread-values "A" has no list of `values`']),
        ("unions: [{name: A}]", ['1:17 missing-type "A" has no type']),
        ("unions: [{name: A, types: []}]", ['1:17 missing-type "A" has no type']),
        ("unions: [{name: A, type: string, types: [number]}]", ["1:41 wrong-value `type` and `types` say the same; `type` counts (delete one of the two)"]),
    ],
)  # fmt: skip
def test_what_is_wrong(text: str, findings: list[str]) -> None:
    assert read(text)[1] == findings


def test_the_rest_is_still_read() -> None:
    file, _ = read(
        "models: [{nmae: A}, {name: B, x: 1, fields: [a, {field: c, type: '<'}]}]\nenums: [{name: E}]\n"
    )
    assert file.definitions == (
        Model("", "B", at(1, 28), (Field("c", ANY, at(1, 57)),)),
        Alias("", "E", at(2, 16), ANY),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("models:\n", True),
        ("# x\n---\n\nenums: [a]", True),
        ("\ufeff'unions': []", True),
        ("a: 1\r\nfieldgen: 1\r\n", True),
        ("  models:\n  - name: A", True),
        ('{"models": []}', True),
        ('{"a": {"models": []}}', False),
        ("{models: []}", True),
        ("{fieldgen: 1, models: [", True),
        ("openapi: 3.1.0\ncomponents:\n  models: []\n", False),
        ("models-of: 1", False),
        ("a: models:", False),
        ("", False),
        ("[1]", False),
        ('"models"', False),
    ],
)
def test_is_native(text: str, expected: bool) -> None:
    assert is_native(text) is expected
