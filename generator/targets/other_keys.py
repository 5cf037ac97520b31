"""The keys of a model that are no documented name: all others, or those that match a pattern."""

from __future__ import annotations

import re
import warnings

from generator.ir import ANY, Model, TypeRef
from generator.light import NamedTuple
from generator.options import Options
from generator.typeexpr import merge_literals


class OtherKeys(NamedTuple):
    """What an attribute for other keys holds: the type of their values, and the patterns of the keys (none: all other keys)."""

    type: TypeRef
    patterns: tuple[str, ...] = ()


def other_keys(model: Model, options: Options) -> OtherKeys | None:
    """What a model has besides its fields, if anything.

    Where only patterned keys are documented, the rest of a payload may be anything. So the values have the documented types if the others can
    be told apart and left out, and else they are any.
    """
    if not model.patterned:
        return OtherKeys(model.rest) if model.rest is not None else None
    types = tuple(field.type for field in model.patterned)
    if model.rest is not None:
        return OtherKeys(merge_literals((*types, model.rest)))
    patterns = tuple(field.name for field in model.patterned)
    if options.unknown_keys == "keep" or not all(map(_is_python, patterns)):
        return OtherKeys(ANY)
    return OtherKeys(merge_literals(types), patterns)


def describe_other_keys(others: OtherKeys) -> str:
    """A sentence without its end: which keys these are."""
    if not others.patterns:
        return "All other keys"
    return f"The keys that match {' or '.join(f'`{p}`' for p in others.patterns)}"


def _is_python(pattern: str) -> bool:
    """Whether Python reads a pattern of JSON Schema, and in the same way but for corner cases."""
    try:
        with warnings.catch_warnings(action="error"):
            re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError, Warning):
        return False
    return True
