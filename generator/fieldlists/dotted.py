"""Names with dots, `build.original`, as what they are in the objects that are sent: objects in objects."""

from __future__ import annotations

from dataclasses import replace

from generator.ir import ANY, OBJECT, Field, ListOf, Model, Ref, TypeRef


def nest_dotted(model: Model) -> list[Model]:
    """The model with a field for each first word of its fields' names, and the models of those. Those of a list stand in its items."""
    return _nest(model, model.name)


def _nest(model: Model, path: str) -> list[Model]:
    groups: dict[str, list[Field]] = {}
    for field in model.fields:
        groups.setdefault(field.name.partition(".")[0], []).append(field)
    made: list[Model] = []
    fields: list[Field] = []
    for word, some in groups.items():
        whole = next((field for field in some if field.name == word), None)
        inner = [replace(f, name=f.name[len(word) + 1 :]) for f in some if f is not whole]  # fmt: skip
        if not inner:
            fields += some
            continue
        span = (whole or some[0]).span
        key = f"{path}.{word}"
        part = Model("", key, span, tuple(inner), anchors=(f"/{key}",))
        made += _nest(part, key)
        ref = Ref(key, f"/{span.file}#/{key}", span)
        type_ = _holder(whole.type, ref) if whole else ref
        base = whole or Field(word, type_, span)
        fields.append(replace(base, name=word, type=type_))
    return [replace(model, fields=tuple(fields)), *made]


def _holder(type_: TypeRef, ref: Ref) -> TypeRef:
    return ListOf(ref) if isinstance(type_, ListOf) and type_.item in (ANY, OBJECT) else ref  # fmt: skip
