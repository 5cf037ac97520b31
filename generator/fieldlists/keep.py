"""What a list says in the words of JSON Schema that types and facts cannot say: kept word for word, as a fact of the kind `schema`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from generator.facts import fits
from generator.fieldlists.catalog import Catalog
from generator.fieldlists.members import place_of
from generator.fieldlists.spots import Spot, is_empty
from generator.fieldlists.told import Told
from generator.ir import Fact
from generator.read import nodes
from generator.read.json_text import JsonValue, dump_json, json_text, parse_json
from generator.schemawords import KEYWORDS

SEALED = "\0kept"  # the key of a mapping below which stands what was kept of its parts
_EXCLUSIVE = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
# From where on references stay references: so many nodes in one fact, so many references in each other.
_ENOUGH, _DEEP = 1000, 8
Place = tuple[str, str]


class Keeper:
    """Writes parts of lists as JSON Schema 2020-12. References become places, which `resolve` turns into keys."""

    def __init__(self, told: Told, catalog: Catalog) -> None:
        self.told = told
        self.catalog = catalog
        self.walker = told.walker
        self.written = 0  # nodes of the fact that is being written
        self.lone: dict[str, bool] = {}  # file → `is_lone`

    @property
    def words(self) -> frozenset[str]:
        """The keys that are kept; none in dialects that do not speak JSON Schema."""
        return self.told.dialect.kept

    def is_lone(self, spot: Spot) -> bool:
        """Whether the file is of a version in which only the reference counts where one stands beside other rules."""
        pattern = self.told.dialect.lone_refs
        if pattern is None:
            return False
        if spot.file not in self.lone:
            roots = [root.node for root in self.catalog.roots.get(spot.file, ())]
            self.lone[spot.file] = any(
                pattern.search(f"{key.text}: {value.text}")
                for node in roots
                if isinstance(node, nodes.Mapping)
                for key, value in node.entries
                if isinstance(value, nodes.Scalar)
            )
        return self.lone[spot.file]

    # --- what is put together ------------------------------------------------------------------------

    def seal(self, spot: Spot) -> Spot:
        """A mapping whose kept keys cannot be laid over those of another one: they stand apart."""
        node = spot.node
        if not self.words or not isinstance(node, nodes.Mapping):
            return spot
        kept = [pair for pair in node.entries if pair[0].text in self.words]
        return self.set_apart(spot, [key.text for key, _ in kept]) if kept else spot

    def set_apart(self, spot: Spot, keys: Collection[str]) -> Spot:
        """The mapping with some of its keys below `SEALED`."""
        node = spot.node
        if not isinstance(node, nodes.Mapping):
            return spot
        part = tuple(pair for pair in node.entries if pair[0].text in keys)
        rest = [pair for pair in node.entries if pair[0].text not in keys]
        sealed = nodes.Mapping(part, *part[0][0][2:4])
        home = spot._replace(node=sealed)
        self.walker.foreign[id(sealed)] = home
        self.walker.kept.append(sealed)
        before = next((v for k, v in rest if k.text == SEALED), None)
        items = (*(before.items if isinstance(before, nodes.Sequence) else ()), sealed)
        rest = [pair for pair in rest if pair[0].text != SEALED]
        where = nodes.Scalar(SEALED, True, node.line, node.column)
        rest.append((where, nodes.Sequence(items, node.line, node.column)))
        return spot._replace(node=node._replace(entries=tuple(rest)))

    def sealed(self, spot: Spot) -> list[Spot]:
        """What was set apart, part by part."""
        found = self.walker.step(spot, SEALED)
        return [item for some in found for item in self.walker.step(some, "[]")]

    # --- as facts ------------------------------------------------------------------------------------

    def of(self, spot: Spot, more: Collection[str] = ()) -> tuple[Fact, ...]:
        """What is kept of a node, as one fact or none. `more`: other keys of it that nothing else says."""
        return self.fact(spot, self.parts(spot, more)) if self.words else ()

    def parts(self, spot: Spot, more: Collection[str]) -> list[dict[str, JsonValue]]:
        """The same as schemas that all hold."""
        words = self.words | set(more)
        self.written = 0
        parts = [self.part(each, words) for each in (spot, *self.sealed(spot))]
        return [part for part in parts if part]

    def part(self, spot: Spot, words: Collection[str]) -> dict[str, JsonValue]:
        """Some keys of a mapping as a schema."""
        node = spot.node
        if not isinstance(node, nodes.Mapping):
            return {}
        entries = tuple(pair for pair in node.entries if pair[0].text in words)
        if not entries:
            return {}
        part = spot._replace(node=node._replace(entries=entries))
        found = self.schema(part, (), False)
        return found if isinstance(found, dict) else {}

    def fact(self, spot: Spot, parts: Iterable[JsonValue]) -> tuple[Fact, ...]:
        """Schemas that all hold, as one fact; none where they say nothing."""
        some = [part for part in parts if isinstance(part, dict) and part]
        if not some:
            return ()
        whole: JsonValue = some[0] if len(some) == 1 else _together(some)
        if not _is_kept(whole):
            for word in some[0]:
                self.told.teller.lose(spot, word)
            return ()
        words = ", ".join(dict.fromkeys(word for part in some for word in part))
        return (Fact("schema", dump_json(whole), words, place_of(spot)),)

    # --- as JSON -------------------------------------------------------------------------------------

    def schema(self, spot: Spot, inside: tuple[Place, ...], whole: bool) -> JsonValue:
        """A node as a schema. `inside`: the places that are being written out; `whole`: references are written out, too."""
        node = spot.node
        if not isinstance(node, nodes.Mapping):
            return not (isinstance(node, nodes.Scalar) and node.text == "false")
        refs = self.told.heads("ref")
        self.written += 1
        found: dict[str, JsonValue] = {}
        for key, value in node.entries:
            child = self.walker.child(spot, key, value)
            if key.text in refs and isinstance(value, nodes.Scalar):
                self.lay(found, self.target(child, inside, whole))
            elif key.text == SEALED:
                for item in self.walker.step(child, "[]"):
                    self.lay(found, self.schema(item, inside, whole))
            elif not is_empty(value) or key.text == "const":
                self.lay(found, self.keyword(child, key.text, inside, whole))
        return self.modern(spot, found)

    def lay(self, found: dict[str, JsonValue], more: JsonValue) -> None:
        """Add what holds, too."""
        if not isinstance(more, dict):
            more = {} if more else {"not": {}}
        if any(word in found and found[word] != said for word, said in more.items()):
            more = {"allOf": [*_items(found.get("allOf")), more]}
        found |= more

    def keyword(
        self, spot: Spot, word: str, inside: tuple[Place, ...], whole: bool
    ) -> dict[str, JsonValue]:
        """A keyword as one of 2020-12; what says nothing of values is left out."""
        node, takes = spot.node, KEYWORDS.get(word, "")
        several = [self.walker.step(spot, step) for step in ("[]", "{}")]
        if word == "items" and isinstance(node, nodes.Sequence):
            word, takes = "prefixItems", "schemas"
        if word == "additionalItems":
            return {word: self.schema(spot, inside, whole)}
        if word == "dependencies":
            return self.dependencies(spot, inside, whole)
        if takes == "schema":
            whole = whole or word in ("not", "if")  # ours might be less strict
            return {word: self.schema(spot, inside, whole)}
        if takes == "schemas":
            return {word: [self.schema(item, inside, whole) for item in several[0]]}
        if takes == "named schemas":
            return {
                word: {
                    item.key.text: self.schema(item, inside, whole)
                    for item in several[1]
                    if item.key is not None
                }
            }
        return {word: parse_json(json_text(node))} if takes else {}

    def dependencies(
        self, spot: Spot, inside: tuple[Place, ...], whole: bool
    ) -> dict[str, JsonValue]:
        """What the drafts before 2019-09 say of keys that need others."""
        names: dict[str, JsonValue] = {}
        schemas: dict[str, JsonValue] = {}
        for item in self.walker.step(spot, "{}"):
            if item.key is None:
                continue
            if isinstance(item.node, nodes.Sequence):
                names[item.key.text] = parse_json(json_text(item.node))
            else:
                schemas[item.key.text] = self.schema(item, inside, whole)
        told: dict[str, JsonValue] = {}
        told |= {"dependentRequired": names} if names else {}
        return told | ({"dependentSchemas": schemas} if schemas else {})

    def target(self, ref: Spot, inside: tuple[Place, ...], whole: bool) -> JsonValue:
        """What a reference says: a reference to a definition, or what stands where it leads."""
        entry = self.catalog.target(ref)
        if entry is None:
            self.catalog.tell_missing(ref)
            return {}
        place = entry.spot.file, entry.spot.pointer
        inline = (whole or not entry.listed) and self.written < _ENOUGH and len(inside) < _DEEP  # fmt: skip
        if inline and place not in inside:
            with self.told.of(entry):
                return self.schema(entry.spot, (*inside, place), whole)
        if not entry.listed:
            entry.listed = True
            self.catalog.wanted.append(entry)
        return {"$ref": entry.ref.url}

    def modern(self, spot: Spot, found: dict[str, JsonValue]) -> JsonValue:
        """A schema whose older words are those of 2020-12."""
        for word, limit in _EXCLUSIVE.items():
            if isinstance(said := found.get(word), bool):
                del found[word]
                if said and limit in found:
                    found[word] = found.pop(limit)
        if "additionalItems" in found:
            more = found.pop("additionalItems")
            if "prefixItems" in found:
                found["items"] = more
        type_ = found.get("type")
        if isinstance(type_, str) and not fits("schema", {"type": type_}):
            del found["type"]  # a word of another draft, which allows more
        elif isinstance(type_, str) and self.told.flag(spot, "nullable"):
            found["type"] = [type_, "null"]
        return found


def _is_kept(schema: JsonValue) -> bool:
    """Whether a fact can hold a schema: it is one, and not nested without end."""
    try:
        return fits("schema", parse_json(dump_json(schema)))
    except (ValueError, RecursionError):
        return False


def _together(parts: list[dict[str, JsonValue]]) -> JsonValue:
    """Schemas that all hold, as one: side by side where no word stands in two."""
    words = [word for part in parts for word in part]
    if len(set(words)) == len(words):
        return {word: said for part in parts for word, said in part.items()}
    return {"allOf": [*parts]}


def _items(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
