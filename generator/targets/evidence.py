"""The words of the docs that prove the facts of a field, for comments."""

from __future__ import annotations

from generator.ir import Fact, Field
from generator.options import Options


def evidence(field: Field, options: Options) -> str:
    """A line for each fact of a field, if the user asks for it: what is stated, in which words, and where."""
    if not options.evidence:
        return ""
    return "\n".join([_line(fact, options.places) for fact in field.facts])


def _line(fact: Fact, places: bool) -> str:
    about = f" of {fact.on}" if fact.on else ""
    words = " ".join(fact.words.split())
    key = words.startswith(f"{fact.kind}: ")  # a key of the YAML form
    proof = f': "{words}"' if words and not key else ""
    place = f" ({fact.span.file}:{fact.span.line})" if places else ""
    return f"{fact.kind} {fact.value}{about}{proof}{place}"
