"""References in the schemas that hold beside a type (`ir.Fact` of the kind schema): to definitions by their keys, as in `schema.json`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from generator.ir import Definition, Fact, Field, Model, Ref, TypeRef
from generator.light import unquote
from generator.read.json_text import JsonValue, dump_json, parse_json

BEFORE_KEY = "#/$defs/"
_VALUES = ("const", "enum")  # what stands there is no schema
_facts = attrgetter("facts")
Link = Callable[[TypeRef], TypeRef]


def link_schemas(definition: Definition, link: Link) -> Definition:
    """The definition with these references linked; the same object where it has none."""
    own = _linked(definition.facts, link)
    if isinstance(definition, Model) and _has_facts(definition):
        some = [_field(field, link) for field in definition.fields]
        keyed = [_field(field, link) for field in definition.patterned]
        before = (*definition.fields, *definition.patterned)
        both = zip((*some, *keyed), before, strict=True)
        if own is definition.facts and all(one is two for one, two in both):
            return definition
        return replace(
            definition, fields=tuple(some), patterned=tuple(keyed), facts=own
        )
    return definition if own is definition.facts else replace(definition, facts=own)


def _has_facts(model: Model) -> bool:
    """Whether anything is stated of fields: before descriptions are read, most models have nothing."""
    return any(map(_facts, model.fields)) or any(map(_facts, model.patterned))


def _field(field: Field, link: Link) -> Field:
    if not field.facts:
        return field
    facts = _linked(field.facts, link)
    return field if facts is field.facts else replace(field, facts=facts)


def _linked(facts: tuple[Fact, ...], link: Link) -> tuple[Fact, ...]:
    if not any(f.kind == "schema" and '"$ref"' in f.value for f in facts):
        return facts
    return tuple(
        (
            replace(fact, value=dump_json(_walk(parse_json(fact.value), fact, link)))
            if fact.kind == "schema"
            else fact
        )
        for fact in facts
    )


def _walk(value: JsonValue, fact: Fact, link: Link) -> JsonValue:
    """A schema with its references linked. One that leads nowhere allows all, and is reported by `link`."""
    match value:
        case dict():
            done = {
                key: inner if key in _VALUES else _walk(inner, fact, link)
                for key, inner in value.items()
            }
            said = done.get("$ref")
            if isinstance(said, str):
                del done["$ref"]
                found = link(_reference(said, fact))
                if isinstance(found, Ref):
                    done = {"$ref": f"{BEFORE_KEY}{_escape(found.name)}", **done}
            return done
        case list():
            return [_walk(item, fact, link) for item in value]
        case _:
            return value


def _reference(text: str, fact: Fact) -> Ref:
    """`#/$defs/KEY`, or a place as the readers of field lists write it."""
    if text.startswith(BEFORE_KEY):
        key = unquote(text.removeprefix(BEFORE_KEY))
        return Ref(key.replace("~1", "/").replace("~0", "~"), "", fact.span)
    return Ref(text.rpartition("/")[2] or text, text, fact.span)


def _escape(key: str) -> str:
    """A key as part of a JSON pointer in a URL, as in `schema.json`."""
    from urllib.parse import quote  # 2 ms, and few schemas have references

    return quote(key.replace("~", "~0").replace("/", "~1"), safe="!$&'()*+,;=:@~")
