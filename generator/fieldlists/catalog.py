"""What field lists define, by the place and by the name that references use."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from urllib.parse import quote, unquote

from generator.dialect.lists import ListDialect, Path
from generator.fieldlists.spots import Spot, Walker, value_of
from generator.fieldlists.tell import Teller
from generator.ir import ANY, Ref, TypeRef
from generator.light import record
from generator.read.nodes import Mapping as MappingNode
from generator.read.nodes import Scalar, Sequence
from generator.typeexpr import merge_literals

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@record(eq=False)
class Entry:
    """A definition: where it stands, its name, and what its keys mean. `place`: where the docs begin to speak of it, if not there.
    `listed`: it is to be a definition; what only a reference leads to becomes one where it is needed.
    """

    spot: Spot
    name: str
    dialect: ListDialect
    keys: Mapping[str, tuple[Path, ...]]
    place: Spot | None = None
    listed: bool = True

    @property
    def ref(self) -> Ref:
        """A reference to it, as `resolve` links them."""
        url = f"/{quote(self.spot.file)}#{quote(self.spot.pointer or '/')}"
        return Ref(self.name, url, self.spot.span)


@record(eq=False)
class Catalog:
    """The definitions of some files. `key`: gives the type of the field by which a definition is known.

    `short`: gives that of the one other field, which may stand for the whole in a mapping by key.
    """

    walker: Walker
    teller: Teller
    roots: dict[str, list[Spot]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)  # `$id` → file
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    all: list[Entry] = field(default_factory=list)
    names: dict[str, list[Entry]] = field(default_factory=dict)
    parts: dict[tuple[str, str], Spot] = field(default_factory=dict)  # file, name
    wanted: list[Entry] = field(default_factory=list)
    key: Callable[[Entry, str], TypeRef | None] = lambda *_: None
    short: Callable[[Entry], TypeRef | None] = lambda _: None

    def add_root(self, root: Spot) -> None:
        self.roots.setdefault(root.file, []).append(root)
        for word in ("$id", "id"):
            said = value_of(root.node, word)
            if isinstance(said, Scalar) and _SCHEME.match(said.text):
                self.ids.setdefault(said.text.rstrip("#"), root.file)

    def add(self, entry: Entry) -> bool:
        """Add a definition. A place may be two with different names: inputs and outputs; references lead to the first."""
        place = entry.spot.file, entry.spot.pointer
        first = self.entries.setdefault(place, entry)
        if first is not entry and (first.name == entry.name or not entry.keys):
            return False
        self.all.append(entry)
        self.names.setdefault(entry.name, []).append(entry)
        return True

    def named(self, name: str, file: str) -> Entry | None:
        """The definition of a name: that of the same file, or the only one."""
        found = self.names.get(name, [])
        here = [entry for entry in found if entry.spot.file == file]
        found = here or found
        return found[0] if len(found) == 1 else None

    def add_part(self, name: str, spot: Spot) -> None:
        """Remember what `like` may name."""
        self.parts.setdefault((spot.file, name), spot)
        self.parts.setdefault(("", name), spot)

    def part(self, name: str, file: str) -> Spot | None:
        """What a name in a file means: what is called so there, or else the first in any file."""
        return self.parts.get((file, name)) or self.parts.get(("", name))

    def target(self, ref: Spot) -> Entry | None:
        """The definition that a reference leads to; what is none becomes one."""
        text = ref.text
        if (
            "#" not in text
            and "/" not in text
            and (known := self.named(text, ref.file))
        ):
            return known
        path, _, fragment = text.partition("#")
        file = self.file(path, ref.file) if path else ref.file
        if file is None:
            return None
        pointer = unquote(fragment).rstrip("/")
        known = self.entries.get((file, pointer))
        if known is not None:
            return known
        spot = self.at(file, pointer)
        if spot is None:
            return None
        name = pointer.rpartition("/")[2] or file.rpartition("/")[2].split(".")[0]
        others = self.entries.values()
        like = next((e for e in others if e.spot.file == file), next(iter(others)))
        label = name.replace("~1", "/").replace("~0", "~")
        entry = Entry(spot, label, like.dialect, like.keys, listed=False)
        self.add(entry)
        return entry

    def file(self, path: str, home: str) -> str | None:
        """The file that a reference names, by its path or its `$id`."""
        if path.rstrip("#") in self.ids:
            return self.ids[path.rstrip("#")]
        if _SCHEME.match(path):
            return None
        full = posixpath.normpath(
            posixpath.join(posixpath.dirname(home), unquote(path))
        )
        return full if full in self.roots else None

    def at(self, file: str, pointer: str) -> Spot | None:
        """The node that a JSON pointer leads to, or the one with that `$anchor`."""
        for root in self.roots.get(file, ()):
            spot: Spot | None = root
            if pointer and not pointer.startswith("/"):
                return next(self._anchored(root, pointer, 0), None)
            for part in pointer.split("/")[1:] if pointer else ():
                word = part.replace("~1", "/").replace("~0", "~")
                spot = self._below(spot, word) if spot else None
            if spot is not None:
                return spot
        return None

    def _below(self, spot: Spot, word: str) -> Spot | None:
        if isinstance(spot.node, Sequence):
            items = list(self.walker.step(spot, "[]"))
            return items[int(word)] if word.isdecimal() and int(word) < len(items) else None  # fmt: skip
        return next(self.walker.step(spot, word), None)

    def _anchored(self, spot: Spot, name: str, depth: int) -> Iterator[Spot]:
        for word in ("$anchor", "$dynamicAnchor", "$id", "id"):
            said = value_of(spot.node, word)
            if isinstance(said, Scalar) and said.text in (name, f"#{name}"):
                yield spot
        steps = ("[]",) if isinstance(spot.node, Sequence) else ()
        if isinstance(spot.node, MappingNode):
            steps = ("{}",)
        for step in steps:
            for child in self.walker.step(spot, step):
                yield from self._anchored(child, name, depth + 1)

    def outside(self, ref: Spot) -> Ref | TypeRef:
        """A reference that leads to nothing that is read here: `resolve` reports it."""
        text = ref.text
        if text in ("#", ""):
            return ANY
        name = text.rpartition("/")[2] or text
        if not _SCHEME.match(text) and not text.startswith("#"):
            if "/" not in text and "#" not in text and "." not in text:
                return Ref(name, "", ref.span)
            path = posixpath.join(posixpath.dirname(ref.file), text)
            text = "/" + posixpath.normpath(path)
        return Ref(name.rpartition("#")[2] or name, text, ref.span)

    def tell_missing(self, ref: Spot) -> None:
        message = f'"{ref.text}" leads to nothing in the source, and what it says is missing here'
        self.teller.report(ref.span, "missing-link-target", message)

    def entry_of(self, ref: Ref) -> Entry | None:
        """The definition that one of our references means."""
        found = self.names.get(ref.name, ())
        return next((entry for entry in found if entry.ref.url == ref.url), None)

    def key_of(self, ref: Ref, meaning: str = "by-key") -> TypeRef | None:
        """The type of the field by which a model is known, where it has one."""
        entry = self.entry_of(ref)
        return self.key(entry, meaning) if entry else None

    def brief(self, type_: TypeRef) -> TypeRef:
        """A model in a mapping by its key: itself, or its one other value."""
        entry = self.entry_of(type_) if isinstance(type_, Ref) else None
        value = self.short(entry) if entry else None
        return merge_literals((type_, value)) if value else type_
