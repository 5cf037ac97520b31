"""A field that a model documents twice: what is said of it."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.ir import ANY, Field, Ref, TypeRef, map_type


def describe_repeated(repeated: Field, first: Field, model: str) -> Diagnostic:
    """The finding for a field that an earlier one documents, too: whether the two contradict each other."""
    types = _labels(repeated.type), _labels(first.type)
    code, how = "duplicate-field", "twice"
    if types[0] != types[1] and ANY not in types:
        code, how = "contradicting-types", "twice, with different types"
    elif repeated.required != first.required:
        code, how = "contradicting-required", "twice, as required and as optional"
    message = f'"{repeated.name}" of {model} is documented {how}; line {first.span.line} counts'
    return Diagnostic(repeated.span, code, message)


def _labels(type_: TypeRef) -> TypeRef:
    """The type with references as they are shown: two links to one page may be written differently."""
    return map_type(type_, lambda ref: Ref(ref.name))
