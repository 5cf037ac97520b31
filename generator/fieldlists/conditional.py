"""What holds of an object only on a condition: fields that it may then have, and what is kept of the conditions themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from generator.fieldlists.members import Member, place_of
from generator.fieldlists.spots import Spot
from generator.fieldlists.types import Types
from generator.ir import ANY, Fact, Field, Literal, OneOf, Scalar, TypeRef
from generator.read.json_text import JsonValue, Number, parse_json
from generator.typeexpr import merge_literals

Schema = dict[str, JsonValue]
Seen = tuple[tuple[str, str], ...]


class Conditional:
    """`field`: makes a field of what describes it in a model."""

    def __init__(
        self,
        types: Types,
        field: Callable[[Member, str, set[str]], Field | None],
    ) -> None:
        self.types = types
        self.told = types.told
        self.field = field

    def fields(self, spot: Spot, name: str) -> list[Field]:
        """The fields that only the parts under a condition describe: all optional. Where these differ, the type is any of theirs.

        An object that may have other keys has none of these: where the condition does not hold, such a key is any other.
        """
        if not self.closed(spot):
            return []
        found: dict[str, list[Field]] = {}
        for part in self.parts(spot):
            for place in self.told.all(part, "fields"):
                if place.key is not None:
                    member = Member(place.key.text, place_of(place), place)
                    made = self.field(member, name, set())
                    if made is not None:
                        found.setdefault(made.name, []).append(made)
        return [self.together(some) for some in found.values()]

    def closed(self, spot: Spot) -> Spot | None:
        """What says that there are no keys but those that are described, whether always or on a condition."""
        found = self.told.first(spot, "unevaluated")
        says = found is not None and found.text == "false"
        return found if says and self.told.first(spot, "values") is None else None

    def together(self, some: list[Field]) -> Field:
        """One field of all that is said of it. What holds only in one case is no fact of the field."""
        types = [field.type for field in some if field.type != ANY]
        defaults = {field.default for field in some}
        return replace(
            some[0],
            type=_widest(types),
            required=False,
            description=next((f.description for f in some if f.description), ""),
            default=some[0].default if len(defaults) == 1 else None,
            facts=(),
        )

    def parts(self, spot: Spot, seen: Seen = ()) -> Iterator[Spot]:
        """The parts of an object that hold on a condition, each with all that it refers to."""
        for home in (spot, *self.types.keeper.sealed(spot)):
            for part in self.told.every(home, "may-of"):
                place = part.file, part.pointer
                if place not in seen:
                    whole = self.types.merged(part, ())
                    yield whole
                    yield from self.parts(whole, (*seen, place))

    def kept(self, spot: Spot) -> tuple[Fact, ...]:
        """What the model has no place for: the conditions, which keys go together, and which must not be there."""
        keeper = self.types.keeper
        if not keeper.words:
            return ()
        said = self.told.all(spot, "fields")
        never: JsonValue = {
            s.key.text: False for s in said if s.key and self.types.is_never(s)
        }
        parts = keeper.parts(spot, self.told.heads("any-of"))
        parts += [{"properties": never}] if never else []
        closed = self.closed(spot)
        if closed and any(self.parts(spot)):
            parts = [self.beside(parts, said, spot, closed)]
        return keeper.fact(spot, parts)

    def beside(
        self, parts: list[Schema], said: list[Spot], spot: Spot, closed: Spot
    ) -> Schema:
        """What is kept, beside what it takes to see which keys nothing has described."""
        own: JsonValue = {s.key.text: True for s in said if s.key}
        keys = self.told.all(spot, "patterned")
        patterns: JsonValue = {s.key.text: True for s in keys if s.key}
        whole: Schema = {"properties": own, "patternProperties": patterns}
        whole = {word: said for word, said in whole.items() if said}
        words = [word for part in (whole, *parts) for word in part]
        if len(set(words)) < len(words):
            whole["allOf"] = [*parts]
        else:
            whole |= {word: said for part in parts for word, said in part.items()}
        return whole | {closed.key.text if closed.key else "": False}


def _widest(types: list[TypeRef]) -> TypeRef:
    """Any of some types, without values of a type that is there as a whole."""
    whole = {t.kind for t in types if isinstance(t, Scalar)}
    return merge_literals(tuple(t for t in types if not _is_within(t, whole))) if types else ANY  # fmt: skip


def _is_within(type_: TypeRef, kinds: set[str]) -> bool:
    if isinstance(type_, OneOf):
        return all(_is_within(member, kinds) for member in type_.members)
    if not isinstance(type_, Literal):
        return False
    values = [parse_json(value) for value in type_.values]
    return "string" in kinds and all(
        isinstance(value, str) and not isinstance(value, Number) for value in values
    )
