"""Which models have a table in which section of a page, and which fields they have so far."""

from __future__ import annotations

from collections import defaultdict

from generator.define.subject import Subject
from generator.define.written.outline import Section
from generator.ir import Field, TypeRef


class Holders:
    """The models of a page, while it is read."""

    def __init__(self) -> None:
        # by section's id, then by their own, in the order of their last tables
        self.placed: dict[int, dict[int, Subject]] = defaultdict(dict)
        self.typed: dict[int, tuple[list[Field], dict[str, TypeRef]]] = {}

    def add(self, section: Section, subject: Subject) -> None:
        """A table in a section belongs to a model."""
        placed = self.placed[id(section)]
        placed[id(subject)] = placed.pop(id(subject), subject)

    def any_in(self, section: Section) -> bool:
        """Whether a table of the section belongs to a model."""
        return bool(self.placed[id(section)])

    def find(self, section: Section, name: str) -> Subject | None:
        """The nearest of the models of a section and those above that has a field so far."""
        for part in section.chain():
            for subject in reversed(self.placed[id(part)].values()):
                if any(field.name == name for field in subject.fields or ()):
                    return subject
        return None

    def types(self, subject: Subject, fields: list[Field]) -> dict[str, TypeRef]:
        """The types of the fields that a model has so far, by name."""
        typed, types = self.typed.get(id(subject), ([], {}))
        if typed is not fields:
            types = {field.name: field.type for field in fields}
        return types

    def add_fields(
        self, subject: Subject, known: list[Field], more: list[Field]
    ) -> None:
        """Put fields behind those that a model has, whose types are not looked through again."""
        types = self.types(subject, known)
        types.update((field.name, field.type) for field in more)
        subject.fields = [*known, *more]
        self.typed[id(subject)] = subject.fields, types
