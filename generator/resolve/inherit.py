"""Models that have the fields of other models: after this pass each model lists all of its fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.ir import (
    ANY,
    OBJECT,
    Alias,
    Definition,
    Field,
    Model,
    OneOf,
    Ref,
    Schema,
    TypeRef,
)
from generator.resolve.context import Context


def inherit_fields(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Give each model the fields of its bases, and those of its options as optional ones. Its own field of a name counts."""
    models = [d for d in schema.definitions if isinstance(d, Model)]
    if not any(model.bases or model.options for model in models):
        return schema
    heirs = _Heirs({d.key: d for d in schema.definitions}, report)
    definitions = tuple(
        (
            replace(
                d,
                fields=heirs.all_fields(d),
                patterned=heirs.all_patterned(d, ()),
                bases=(),
                options=(),
            )
            if isinstance(d, Model) and (d.bases or d.options)
            else d
        )
        for d in schema.definitions
    )
    return replace(schema, definitions=definitions)


class _Heirs:
    def __init__(
        self, by_key: dict[str, Definition], report: Callable[[Diagnostic], None]
    ) -> None:
        self.by_key = by_key
        self.report = report

    def all_fields(self, model: Model) -> tuple[Field, ...]:
        fields = self.owned(model, (model.key,), tell=True)
        for option in model.options:
            for member in self.models(option, model, tell=True):
                for field in self.owned(member, (model.key, member.key)).values():
                    fields.setdefault(field.name, replace(field, required=False))
        return tuple(fields.values())

    def all_patterned(self, model: Model, seen: tuple[str, ...]) -> tuple[Field, ...]:
        """The patterned fields of a model and of its bases, as `owned` gives those with a name."""
        fields: dict[str, Field] = {}
        for base in model.bases:
            for parent in self.models(base, model):
                if parent.key not in (model.key, *seen):
                    inner = self.all_patterned(parent, (*seen, model.key))
                    fields.update((field.name, field) for field in inner)
        fields.update((field.name, field) for field in model.patterned)
        return tuple(fields.values())

    def owned(
        self, model: Model, seen: tuple[str, ...], tell: bool = False
    ) -> dict[str, Field]:
        """The fields of a model and of its bases, those of the bases first. `seen`: the models that lead here."""
        fields: dict[str, Field] = {}
        for base in model.bases:
            for parent in self.models(base, model, tell):
                if parent.key not in seen:
                    fields.update(self.owned(parent, (*seen, parent.key)))
        for field in model.fields:
            fields[field.name] = field
        return fields

    def models(self, type_: TypeRef, heir: Model, tell: bool = False) -> list[Model]:
        """The model that a base means, through aliases; none where it is no object, which is reported."""
        found = self.find(type_, ())
        if found is None and tell and type_ not in (ANY, OBJECT):
            name = type_.name if isinstance(type_, Ref) else "a part"
            message = f'"{heir.name}" is said to have the fields of "{name}", which is no object with fields'
            self.report(Diagnostic(heir.span, "unread-base", message))
        return [found] if found else []

    def find(self, type_: TypeRef, seen: tuple[str, ...]) -> Model | None:
        if isinstance(type_, OneOf):  # an object or null
            refs = [member for member in type_.members if isinstance(member, Ref)]
            return self.find(refs[0], seen) if len(refs) == 1 else None
        if not isinstance(type_, Ref) or type_.name in seen:
            return None
        definition = self.by_key.get(type_.name)
        if isinstance(definition, Alias):
            return self.find(definition.type, (*seen, type_.name))
        return definition if isinstance(definition, Model) else None
