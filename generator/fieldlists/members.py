"""The fields of a model before their types are read: its own, those of its bases, and what refines them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.diagnostics import SourceSpan
from generator.dialect.lists import ListDialect
from generator.fieldlists.catalog import Catalog
from generator.fieldlists.spots import Spot, is_empty, without
from generator.fieldlists.told import Told
from generator.light import NamedTuple
from generator.read import nodes


class Member(NamedTuple):
    """A field of a model: its name, where the name stands, and what is said of it."""

    name: str
    span: SourceSpan
    spot: Spot


class Members:
    """Finds fields. `catalog`: what bases and `like` name."""

    def __init__(self, told: Told, catalog: Catalog) -> None:
        self.told = told
        self.catalog = catalog

    def of(self, spot: Spot, seen: tuple[str, ...]) -> dict[str, Member]:
        """The fields of a model and of its bases, those of the bases first."""
        found: dict[str, Member] = {}
        for base in self.told.every(spot, "bases"):
            entry = self.catalog.named(base.text, base.file)
            if entry is None:
                message = (
                    f'"{base.text}" is defined nowhere, and its fields are missing here'
                )
                self.told.teller.report(base.span, "unread-base", message)
            elif base.text not in seen:
                inner = self.of(entry.spot, (*seen, base.text))
                for inherited in inner.values():
                    self.lay(found, inherited)
        own: set[str] = set()
        for path in self.told.keys.get("fields", ()):
            for place in self.told.walker.find(spot, path):
                member = self.member(place)
                if member is not None and member.name in found:
                    before = found[member.name]
                    if member.name in own:
                        if before.spot.up == member.spot.up:
                            message = f'the field "{member.name}" stands twice; the first counts'
                            self.told.teller.report(
                                member.span, "duplicate-field", message
                            )
                        laid = self.told.walker.overlay(member.spot, before.spot)
                        found[member.name] = before._replace(spot=laid)
                        continue
                if member is not None:
                    own.add(member.name)
                    self.lay(found, member)
        for refined in self.told.all(spot, "refine"):
            name = refined.key.text if refined.key else ""
            part = self.catalog.part(name, refined.file)
            said = self.told.first(part, "name") if part else None
            name = said.text if said else name
            if name in found and not is_empty(refined.node):
                self.lay(found, Member(name, found[name].span, refined))
        return found

    def lay(self, found: dict[str, Member], member: Member) -> None:
        """Add a field; over one of the same name."""
        before = found.get(member.name)
        if before is not None:
            spot = self.told.walker.overlay(before.spot, member.spot)
            member = Member(member.name, member.span, spot)
        found[member.name] = member

    def member(self, spot: Spot) -> Member | None:
        """A field of a list or mapping, with what it is like."""
        node = spot.node
        if self.told.ruled(spot, "no-field"):
            return None
        if isinstance(node, nodes.Scalar) and spot.key is None:
            part = self.catalog.part(node.text, spot.file)
            if part is None:
                part = spot._replace(node=nodes.Mapping((), node.line, node.column))
            part = self.likened(part, ())
            said = self.told.first(part, "name")
            return Member(said.text if said else node.text, spot.span, part)
        if isinstance(node, nodes.Scalar) and is_empty(node):
            spot = spot._replace(node=nodes.Mapping((), node.line, node.column))
        if self.told.dialect.closed:
            self.told.teller.unknown_keys(spot, known_keys(self.told.dialect))
        spot = self.likened(spot, ())
        name = self.told.first(spot, "name")
        key = spot.key if name is None else None
        like = self.told.first(spot, "like")  # still there: it led to nothing
        if name is None and key is None and like is not None:
            name = like
        text = name.text if name is not None else key.text if key is not None else ""
        if not text.strip():
            self.told.teller.report(spot.span, "missing-name", "a field without a name")
            return None
        return Member(text.strip(), name.span if name else place_of(spot), spot)

    def likened(self, spot: Spot, seen: tuple[str, ...]) -> Spot:
        """A field with what the one says that it is like."""
        like = self.told.first(spot, "like")
        if like is None or like.text in seen:
            return spot
        part = self.catalog.part(like.text, like.file)
        if part is None:
            if self.told.first(spot, "name") is None:  # else it says enough itself
                message = f'"{like.text}" is defined nowhere in the source'
                self.told.teller.report(like.span, "missing-link-target", message)
            return spot
        low = self.likened(part, (*seen, like.text))
        return self.told.walker.overlay(low, without(spot, self.told.heads("like")))


def place_of(spot: Spot) -> SourceSpan:
    """Where the name of a node stands, or the node itself."""
    node = spot.key or spot.node
    return SourceSpan(spot.file, node.line, node.column)


@lru_cache(maxsize=64)
def known_keys(dialect: ListDialect) -> frozenset[str]:
    """All keys that a dialect knows."""

    def paths() -> Iterator[tuple[str, ...]]:
        tables = (dialect.keys, *(place.keys for place in dialect.models))
        for table in tables:
            yield from (path.steps for some in table.values() for path in some)
        yield from (rule.at.steps for rule in dialect.rules)
        for place in dialect.models:
            yield from (path.steps for path in (place.at, *place.name, *place.when))

    heads = {word for steps in paths() for word in steps[:1] if word not in ("[]", "{}")}  # fmt: skip
    return frozenset(heads | dialect.lost | dialect.known)
