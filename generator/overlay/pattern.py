"""Which definitions and fields a line names: `Order`, `Order.status`, `*.createdAt`."""

from __future__ import annotations

import re

from generator.ir import Definition, Field, Model


class Pattern:
    """A name with `*` (any characters) and `?` (one). A field stands behind a dot; names may hold dots themselves."""

    def __init__(self, text: str) -> None:
        self._whole = _compile(text)
        parts = text.split(".")
        cuts = range(len(parts) - 1, 0, -1)
        halves = [(".".join(parts[:cut]), ".".join(parts[cut:])) for cut in cuts]
        self._halves = [(_compile(a), _compile(b)) for a, b in halves]

    def names(self, definition: Definition) -> bool:
        """Whether it names a definition, by its key or its documented name."""
        return any(self._whole.fullmatch(name) for name in names(definition))

    def names_field(self, model: Model, field: Field) -> bool:
        """Whether it names a field of a model."""
        return any(
            right.fullmatch(field.name) and left.fullmatch(name)
            for left, right in self._halves
            for name in names(model)
        )


def names(definition: Definition) -> tuple[str, ...]:
    """What a definition is called: its key, and its documented name where that is another one."""
    return tuple({definition.key: None, definition.name: None})


def _compile(text: str) -> re.Pattern[str]:
    expression = (
        {"*": ".*", "?": "."}.get(character, re.escape(character)) for character in text
    )
    return re.compile("".join(expression), re.DOTALL)
