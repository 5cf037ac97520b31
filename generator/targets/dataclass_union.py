"""Readers of unions: a function that tells the members of a union apart by what a value is, or by a literal in one key."""

from __future__ import annotations

import json

from generator.ir import (
    OBJECT,
    Enum,
    Field,
    ListOf,
    Literal,
    MapOf,
    Model,
    Ref,
    TypeRef,
    one_of,
)
from generator.targets.dataclass_codec import Codec
from generator.targets.pytext import quote
from generator.targets.python_types import PythonTypes


class UnionBuilder:
    """Writes the body of a reader: a list of (indent, statement) behind `def _read_x(value: Any) -> X:`."""

    def __init__(self, codec: Codec, types: PythonTypes) -> None:
        self.codec = codec
        self.types = types

    def body(self, type_: TypeRef, shown: str, owner: str) -> list[tuple[int, str]]:
        """`shown`: its annotation. `owner`: what readers of unions inside it are named after."""
        resolved = self.types.resolve(type_)
        leaves = self.types.leaves(resolved)
        if len(leaves) == 1:
            return [(4, f"return {self.codec.read(leaves[0], 'value', owner)}")]
        misfit = f"raise _misfit({quote(self.types.label(type_))}, value)"
        objects = self._objects(leaves, shown, owner, misfit)
        lists = self._lists(leaves, owner)
        lines = [*objects, *lists, *self._classes(leaves), *self._dates(leaves, owner)]
        if any(self._is_plain(leaf) for leaf in leaves):
            left = [] if (8, "case {}:") in objects else ["dict()"]
            left += [] if lists else ["list()"]
            if left:
                lines += [(8, f"case {' | '.join(left)}:"), (12, misfit)]
                self.codec.helpers.add("misfit")
            lines += [(8, "case _:"), (12, f"plain: {shown} = value")]
            lines += [(12, "return plain")]
        else:
            lines += [(8, "case _:"), (12, misfit)]
            self.codec.helpers.add("misfit")
        return [(4, "match value:"), *lines]

    def _is_plain(self, leaf: TypeRef) -> bool:
        """Whether values of the member are kept as they are sent, without a look: scalars, literals, enums that are no classes."""
        if isinstance(leaf, ListOf | MapOf) or leaf == OBJECT:
            return False
        return self.codec.reads_as_is(leaf) and not self.types.model_of(leaf)

    def _dates(self, leaves: tuple[TypeRef, ...], owner: str) -> list[tuple[int, str]]:
        """A date among the members, unless any other string may be meant."""
        dated = [leaf for leaf in leaves if self.codec.is_dated(leaf)]
        if not dated or any(self.codec.is_text(leaf) for leaf in leaves):
            return []
        read = self.codec.read(dated[0], "value", owner)
        return [(8, "case str():"), (12, f"return {read}")]

    def _objects(
        self, leaves: tuple[TypeRef, ...], shown: str, owner: str, misfit: str
    ) -> list[tuple[int, str]]:
        models = [model for leaf in leaves if (model := self.types.model_of(leaf))]
        maps = [leaf for leaf in leaves if isinstance(leaf, MapOf) or leaf == OBJECT]
        names = [self.types.refer(model.key) for model in models]
        lines: list[tuple[int, str]] = []
        found = self.find_discriminator(models) if len(models) > 1 else None
        if found:
            key, values, certain = found
            for name, words in zip(names, values, strict=True):
                pattern = " | ".join(map(quote, words))
                lines += [
                    (8, f"case {{{quote(key)}: {pattern}}}:"),
                    (12, f"return {name}.from_dict(value)"),
                ]
            if not all(certain) and not maps:
                self.codec.helpers.add("misfit")
                lines += [
                    (8, f"case {{{quote(key)}: _}}:"),
                    (12, misfit),
                ]
                loose = [
                    name for name, sure in zip(names, certain, strict=True) if not sure
                ]
                lines += self._closest(loose, shown)
        elif len(models) > 1 and not maps:
            lines += self._closest(names, shown)
        else:
            for model, name in sorted(
                zip(models, names, strict=True),
                key=lambda pair: -len(_required(pair[0])),
            ):
                keys = _required(model) if maps else []
                pattern = ", ".join(f"{quote(key)}: _" for key in keys)
                lines += [
                    (8, f"case {{{pattern}}}:"),
                    (12, f"return {name}.from_dict(value)"),
                ]
        if maps:
            type_ = maps[0] if len(maps) == 1 else OBJECT
            lines += [
                (8, "case {}:"),
                (12, f"return {self.codec.read(type_, 'value', owner)}"),
            ]
        return lines

    def _closest(self, names: list[str], shown: str) -> list[tuple[int, str]]:
        if len(names) == 1:
            return [(8, "case {}:"), (12, f"return {names[0]}.from_dict(value)")]
        self.codec.helpers.add("closest")
        call = f"closest: {shown} = _closest(value, {', '.join(names)})"
        return [(8, "case {}:"), (12, call), (12, "return closest")]

    def _lists(self, leaves: tuple[TypeRef, ...], owner: str) -> list[tuple[int, str]]:
        items = [leaf.item for leaf in leaves if isinstance(leaf, ListOf)]
        if not items:
            return []
        lines: list[tuple[int, str]] = [(8, "case list():")]
        read = self.codec.read(ListOf(one_of(tuple(items))), "value", owner + "_item")
        if len(items) == 1:
            return [*lines, (12, f"return {read}")]
        return [*lines, (12, f"items: list[Any] = {read}"), (12, "return items")]

    def _classes(self, leaves: tuple[TypeRef, ...]) -> list[tuple[int, str]]:
        """Members that are enum classes: by their values."""
        lines: list[tuple[int, str]] = []
        for leaf in leaves:
            target = self.types.index[leaf.name] if isinstance(leaf, Ref) else None
            if isinstance(target, Enum) and self.codec.is_class(target):
                name = self.types.refer(target.key)
                values = [_pattern(value.value) for value in target.values]
                lines += [
                    (8, f"case {' | '.join(values)}:"),
                    (12, f"return {name}(value)"),
                ]
        return lines

    def find_discriminator(
        self, models: list[Model]
    ) -> tuple[str, list[list[str]], list[bool]] | None:
        """A key whose documented values tell the models apart: the key, each model's values, and which models require it."""
        for field in models[0].fields:
            fields = [
                next((f for f in model.fields if f.key == field.key), None)
                for model in models
            ]
            values = [self._words(f) if f else [] for f in fields]
            every = [word for words in values for word in words]
            if all(values) and len(set(every)) == len(every):
                return field.key, values, [f is not None and f.required for f in fields]
        return None

    def _words(self, field: Field) -> list[str]:
        """The strings that a field's type allows, if it allows nothing else."""
        type_ = self.types.resolve(field.type)
        target = self.types.index[type_.name] if isinstance(type_, Ref) else None
        if isinstance(target, Enum) and not target.open:
            texts = [value.value for value in target.values]
        elif isinstance(type_, Literal) and not type_.open:
            texts = list(type_.values)
        else:
            return []
        values = [json.loads(text) for text in texts]
        return values if all(isinstance(value, str) for value in values) else []


def _required(model: Model) -> list[str]:
    return [field.key for field in model.fields if field.required]


def _pattern(text: str) -> str:
    value = json.loads(text)
    return quote(value) if isinstance(value, str) else repr(value)
