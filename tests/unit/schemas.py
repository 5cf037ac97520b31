"""Random schemas with hostile texts, for hypothesis: whatever the intermediate schema can hold."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import strategies as st

from generator.diagnostics import SourceSpan
from generator.facts import STATED
from generator.ir import (
    Alias,
    Definition,
    Enum,
    EnumValue,
    Fact,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    Schema,
    TypeRef,
)
from generator.read.json_text import canonical
from generator.targets.markdown_text import portable
from generator.typeexpr import merge_literals

NASTY = [
    "on", "no", "y", "NO", "null", "~", "1.10", "0x1F", "010", "0o17", "1_000", "12:30:45", "2020-01-01", "2001-12-14 21:59:43.10 -5", ".inf", "1e5",
    "=", "<<", "-", "---", "...", "- a", "? b", ": c", "a: b", "a #b", "a#b", "#x", "&a", "*b", "!t", "|", ">", "%", "@", "`", "[x", "{x", "x]",
    "'", '"', "''", '\\', "\\n", '"a"', "it's", " lead", "trail ", "tab\tin", "\ttab", "a\n", "a\n\n", "\na", "a\n b", " a\nb", "a\n  \nb", "a\n\tb",
    "a  \nb", "a\r\nb", "\r", "\x00", "\x07", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\u202eevil", "\u200b", "\ufdd0", "\uffff", "\U000e0001",
    "😀", "é", "a\u0301", "\xa0", "{{ x }}", "{% x %}", '"""', "key:", "http://x", "x" * 150 + ": y", "k" * 1100, "true", "True", "yEs", "`code` | x",
    "<br>", "a<br />b", "a\\|b", "a\\", "&#x0041;", "``", "a ` b", "- Key: x", "## x", "> x", "| a |", "[a](b.md)", "”", "<!-- x -->", "```\n# x",
]  # fmt: skip
texts = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=30
)
prose = texts.map(
    lambda text: text.rstrip("\n")
)  # descriptions and reasons end with their last line
names = texts.filter(bool)
numbers = st.integers().map(str) | st.sampled_from(
    ["1.10", "-0", "0.0", "1e400", "1E-5", "9" * 40, "-1.5e+10"]
)
words = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True)

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def _dump(value: object) -> str:
    return canonical(json.dumps(value))


json_texts = numbers | _values.map(_dump)
literals = st.builds(
    lambda values, open_: Literal(tuple(dict.fromkeys(values)), open_),
    st.lists(
        texts.map(_dump) | numbers | st.sampled_from(["true", "false"]),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)


def flat_union(members: list[TypeRef]) -> TypeRef:
    """A union as the parser makes them: flat, with one literal at most."""
    return merge_literals(
        tuple(
            part
            for member in members
            for part in (member.members if isinstance(member, OneOf) else (member,))
        )
    )


def types(keys: list[str]) -> st.SearchStrategy[TypeRef]:
    """Types as the parser makes them, with references to these keys."""
    kinds = st.sampled_from(
        ["string", "integer", "number", "boolean", "null", "object", "any"]
    )
    leaves: st.SearchStrategy[TypeRef] = (
        st.builds(Scalar, kinds, st.just("") | words)
        | literals
        | st.sampled_from(keys).map(Ref)
    )

    def grow(inner: st.SearchStrategy[TypeRef]) -> st.SearchStrategy[TypeRef]:
        unions = st.lists(inner, min_size=2, max_size=4).map(flat_union)
        return inner.map(ListOf) | inner.map(MapOf) | unions

    return st.recursive(leaves, grow, max_leaves=6)


places = st.builds(
    SourceSpan, names, st.integers(1, 10**6), st.just(1) | st.integers(1, 300)
)
reasons = st.none() | prose
enum_values = st.builds(EnumValue, json_texts, texts, prose) | json_texts.map(EnumValue)


_names_of_fields = names.map(_dump)
_several = _names_of_fields | st.lists(_names_of_fields, min_size=1, max_size=2).map(
    lambda some: f"[{', '.join(some)}]"
)
# What each kind of fact takes → such values as JSON texts.
fact_values = {
    "number": numbers,
    "positive": st.sampled_from(["1", "0.01", "1e400"]),
    "count": st.integers(0).map(str),
    "text": names.map(_dump),
    "pattern": st.sampled_from(
        ["^x-", r"^\d{3}$", r"\p{L}+", "(?<year>[0-9]+)", "true"]
    ).map(_dump),
    "flag": st.sampled_from(["true", "false"]),
    "values": st.lists(json_texts, min_size=1, max_size=3).map(
        lambda some: f"[{', '.join(some)}]"
    ),
    "value": json_texts,
    "schema": st.sampled_from(
        [
            '{"not": {"required": ["a", "b"]}}',
            '{"if": {"minProperties": 2}, "then": {"properties": {"$ref": false}}}',
            '{"oneOf": [{"pattern": "^x-"}, {"const": {"$ref": "x"}}]}',
            '{"dependentRequired": {"a": ["b"]}, "unevaluatedProperties": false}',
        ]
    ),
    "condition": names.map(_dump)
    | st.builds('{{"{}": {}}}'.format, st.sampled_from(["set", "absent"]), _several)
    | st.builds('{{"field": {}, "equals": {}}}'.format, _names_of_fields, json_texts)
    | st.builds('{{"field": {}, "in": [{}]}}'.format, _names_of_fields, json_texts),
}


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Some facts, each kind once for each thing that it is about."""
    found: dict[tuple[str, str], Fact] = {}
    for kind in draw(st.lists(st.sampled_from(list(STATED)), max_size=3)):
        on = draw(st.sampled_from(["", "", "items", "values", "items.values"]))
        value = draw(fact_values[STATED[kind].takes])
        found[kind, on] = Fact(kind, value, draw(texts), draw(places), on)
    return tuple(found.values())


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """A resolved schema: unique keys, models before enums before aliases."""
    keys = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    kind = {key: draw(st.integers(0, 2)) for key in keys}
    definitions: list[Model | Enum | Alias] = []
    for key in sorted(keys, key=lambda key: kind[key]):
        name, place, description, deprecated = (
            draw(st.just(key) | names),
            draw(places),
            draw(prose),
            draw(reasons),
        )
        if kind[key] == 0:
            wires = draw(st.lists(names, max_size=4, unique=True))
            patterns = draw(st.sampled_from([(), ("^x-",), ("^/", r"^\d+$")]))
            fields = tuple(
                Field(
                    wire,
                    draw(types(keys)),
                    draw(places),
                    draw(st.booleans()),
                    draw(prose),
                    draw(st.none() | json_texts),
                    tuple(draw(st.lists(texts, max_size=3))),
                    draw(reasons),
                    draw(texts),
                    draw(facts()),
                )
                for wire in (*wires, *patterns)
            )
            definitions.append(
                Model(
                    key,
                    name,
                    place,
                    fields[: len(wires)],
                    description,
                    deprecated,
                    rest=draw(st.none() | types(keys)),
                    closed=draw(st.booleans()),
                    patterned=fields[len(wires) :],
                    facts=draw(facts()),
                )
            )
        elif kind[key] == 1:
            values = tuple(draw(st.lists(enum_values, min_size=1, max_size=4)))
            definitions.append(
                Enum(
                    key,
                    name,
                    place,
                    values,
                    draw(st.booleans()),
                    description,
                    deprecated,
                    facts=draw(facts()),
                )
            )
        else:
            definitions.append(
                Alias(
                    key,
                    name,
                    place,
                    draw(types(keys)),
                    description,
                    deprecated,
                    draw(texts),
                    facts=draw(facts()),
                )
            )
    return Schema(draw(texts), tuple(definitions))


HERE = SourceSpan("x", 1)


def settled(schema: Schema) -> Schema:
    """The schema without places, and with its links as outputs have them."""
    return replace(schema, definitions=tuple(map(_settle, schema.definitions)))


def _settle(definition: Definition) -> Definition:
    file = definition.span.file

    def text(value: str) -> str:
        return portable(value, file, "")

    def reason(value: str | None) -> str | None:
        return None if value is None else text(value)

    definition = replace(
        definition,
        span=HERE,
        description=text(definition.description),
        deprecated=reason(definition.deprecated),
        facts=tuple(
            replace(fact, span=HERE, words=text(fact.words))
            for fact in definition.facts
        ),
    )
    match definition:
        case Model():
            fields, patterned = (
                tuple(
                    replace(
                        field,
                        span=HERE,
                        description=text(field.description),
                        deprecated=reason(field.deprecated),
                        facts=tuple(
                            replace(fact, span=HERE, words=text(fact.words))
                            for fact in field.facts
                        ),
                    )
                    for field in some
                )
                for some in (definition.fields, definition.patterned)
            )
            return replace(definition, fields=fields, patterned=patterned)
        case Enum():
            values = tuple(
                replace(value, description=text(value.description))
                for value in definition.values
            )
            return replace(definition, values=values)
        case Alias():
            return definition
