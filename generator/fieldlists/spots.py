"""Nodes with what is known of where they stand, and the paths of dialects from one node to others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.diagnostics import SourceSpan
from generator.dialect.lists import Path
from generator.light import NamedTuple
from generator.read.nodes import Mapping, Node, Scalar, Sequence


class Spot(NamedTuple):
    """A node, the key that it stands under (or None), the mapping around it, its file, and its JSON pointer there."""

    node: Node
    file: str
    key: Scalar | None = None
    up: Spot | None = None
    pointer: str = ""

    @property
    def span(self) -> SourceSpan:
        return SourceSpan(self.file, self.node.line, self.node.column)

    @property
    def text(self) -> str:
        """The text of a scalar; of all else nothing."""
        return self.node.text if isinstance(self.node, Scalar) else ""


def value_of(node: Node | None, key: str) -> Node | None:
    """The value of a key of a mapping."""
    for name, value in node.entries if isinstance(node, Mapping) else ():
        if name.text == key:
            return value
    return None


def is_empty(node: Node) -> bool:
    """Whether a value is none: `key:` without anything behind it, or null."""
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null")


class Walker:
    """Follows paths. A mapping that was laid over another one has values of two files: `foreign` knows those that came from elsewhere."""

    def __init__(self) -> None:
        self.foreign: dict[int, Spot] = {}
        self.kept: list[Node] = []  # so that an id stays that of one node

    def child(self, spot: Spot, key: Scalar, node: Node) -> Spot:
        """A value of a mapping."""
        home = self.foreign.get(id(node))
        if home is not None and home.key is not None and home.key.text == key.text:
            return home._replace(up=spot)
        word = key.text.replace("~", "~0").replace("/", "~1")
        return Spot(node, spot.file, key, spot, f"{spot.pointer}/{word}")

    def step(self, spot: Spot, step: str) -> Iterator[Spot]:
        node = spot.node
        match step:
            case "[]":
                for number, item in enumerate(
                    node.items if isinstance(node, Sequence) else ()
                ):
                    place = f"{spot.pointer}/{number}"
                    home = self.foreign.get(id(item))
                    yield home or Spot(item, spot.file, None, spot.up, place)
            case "{}":
                for key, value in node.entries if isinstance(node, Mapping) else ():
                    yield self.child(spot, key, value)._replace(up=spot.up)
            case _:
                for key, value in node.entries if isinstance(node, Mapping) else ():
                    if key.text == step:
                        yield self.child(spot, key, value)

    def find(self, spot: Spot, path: Path) -> Iterator[Spot]:
        """All that a path leads to."""
        for _ in range(path.up):
            if spot.up is None:
                return
            spot = spot.up
        if path.special:
            yield self.named(spot, path.special)
            return
        spots: Iterable[Spot] = (spot,)
        for step in path.steps:
            spots = [child for before in spots for child in self.step(before, step)]
        yield from spots

    def first(self, spot: Spot, paths: Iterable[Path]) -> Spot | None:
        """The first value that is there and says something."""
        found = (s for path in paths for s in self.find(spot, path))
        return next((s for s in found if not is_empty(s.node)), None)

    def all(self, spot: Spot, paths: Iterable[Path]) -> list[Spot]:
        """What the first path leads to that leads anywhere."""
        for path in paths:
            found = list(self.find(spot, path))
            if found:
                return found
        return []

    def named(self, spot: Spot, special: str) -> Spot:
        """The key that a node stands under, or the name of its file, as a text."""
        node = spot.node
        if special == "@key" and spot.key is not None:
            return spot._replace(node=spot.key)
        stem = spot.file.rpartition("/")[2].split(".")[0] if special == "@file" else ""
        return spot._replace(node=Scalar(stem, False, node.line, node.column))

    def overlay(
        self, low: Spot, high: Spot, deep: Collection[str] = (), all_deep: bool = False
    ) -> Spot:
        """A mapping with the values of another one that it does not have itself. What stands below the keys `deep` is laid over, too."""
        if not isinstance(low.node, Mapping) or not isinstance(high.node, Mapping):
            return high
        entries = {key.text: (key, value) for key, value in low.node.entries}
        for key, value in low.node.entries:
            self.foreign.setdefault(id(value), self.child(low, key, value))
        for key, value in high.node.entries:
            under = entries.get(key.text)
            if under and (all_deep or key.text in deep):
                value = self.both(low, under, high, (key, value), deep, not all_deep)
            entries[key.text] = key, value
        node = Mapping(tuple(entries.values()), high.node.line, high.node.column)
        return high._replace(node=node)

    def both(
        self,
        low: Spot,
        under: tuple[Scalar, Node],
        high: Spot,
        over: tuple[Scalar, Node],
        deep: Collection[str],
        all_deep: bool,
    ) -> Node:
        """What two values of one key say together: lists one behind the other, mappings over each other."""
        below, above = self.child(low, *under), self.child(high, *over)
        if isinstance(below.node, Sequence) and isinstance(above.node, Sequence):
            for number, item in enumerate(below.node.items):
                place = f"{below.pointer}/{number}"
                spot = Spot(item, below.file, None, below.up, place)
                self.foreign.setdefault(id(item), spot)
            items = (*below.node.items, *above.node.items)
            return Sequence(items, above.node.line, above.node.column)
        laid = self.overlay(below, above, deep, all_deep)
        self.foreign.setdefault(id(laid.node), laid)
        self.kept.append(laid.node)
        return laid.node


def without(spot: Spot, keys: Collection[str]) -> Spot:
    """A mapping without some of its keys."""
    if not isinstance(spot.node, Mapping):
        return spot
    entries = tuple(pair for pair in spot.node.entries if pair[0].text not in keys)
    return spot._replace(node=spot.node._replace(entries=entries))
