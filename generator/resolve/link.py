"""References: from a label and a URL as written to the key of a definition. A URL counts more than its label."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial

from generator.casing import free_name
from generator.diagnostics import Diagnostic, SourceSpan
from generator.ir import (
    ANY,
    UNTOLD,
    Alias,
    Definition,
    ListOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    Schema,
    TypeRef,
    change_types,
    map_type,
    one_of,
)
from generator.light import unquote
from generator.patterns import late
from generator.resolve.context import Context
from generator.resolve.link_schemas import link_schemas
from generator.resolve.near import NearNames
from generator.resolve.paths import linked_path
from generator.resolve.places import Places
from generator.typeexpr import CANONICAL

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_NUMBER = late(r"\d+(?:\.\d+)+")  # of a section
_ENDINGS = ("", ".md", ".mdx", ".markdown", ".mdown", "/index.md", "/README.md")


def link_references(
    schema: Schema, context: Context, report: Callable[[Diagnostic], None]
) -> Schema:
    """Replace each reference by one to a key; what resolves to nothing becomes `Any` and a diagnostic. External types become aliases."""
    linker = Linker(schema, context, report)
    definitions = [linker.link_definition(d) for d in schema.definitions]
    definitions = [linker.tell(definition) for definition in definitions]
    definitions += linker.link_partials()
    return replace(
        schema,
        definitions=(
            *definitions,
            *sorted(linker.external.values(), key=lambda alias: alias.key),
        ),
    )


class Linker:
    def __init__(
        self, schema: Schema, context: Context, report: Callable[[Diagnostic], None]
    ) -> None:
        self.report = report
        self.folder = context.folder.strip("/")
        self.undocumented = context.undocumented
        self.nearest = context.nearest
        self.scope: tuple[str, ...] = ()  # of the definition that is being linked
        self.by_key = {definition.key: definition for definition in schema.definitions}
        self.by_file: dict[str, list[Definition]] = defaultdict(list)
        self.by_name: dict[str, list[Definition]] = defaultdict(list)
        for definition in schema.definitions:
            self.by_file[definition.span.file].append(definition)
            self.by_name[definition.name].append(definition)
        self.namespaces: dict[str, bool] = {}  # name → whether a folder is called so
        self.by_fragment: dict[
            str, tuple[dict[str, Definition], dict[str, Definition]]
        ] = {}
        self.files = context.files | self.by_file.keys()
        self.lower = {file.lower(): file for file in sorted(self.files)}
        self.places = (
            Places(context.pages, schema.definitions, context.dialect)
            if context.dialect is not None
            else None
        )
        self.partials: dict[str, Model] = {}  # key of a model → what is partly one
        self.external: dict[str, Alias] = {}
        self.told: dict[str, TypeRef] = {}  # key of an untold union → its members
        # resolved before: (folder or file, name, url, whether it is partial)
        self.known: dict[tuple[str, str, str, bool], TypeRef] = {}
        self.lists: dict[int, ListOf] = {}  # by the identity of their items

    def is_untold(self, definition: Definition) -> bool:
        """Whether it is a union whose members neither its page nor, so far, a link to it has told."""
        untold = isinstance(definition, Alias) and definition.type == UNTOLD
        return untold and definition.key not in self.told

    def tell(self, definition: Definition) -> Definition:
        """The definition with the members that links to its page told, if the page does not."""
        if not isinstance(definition, Alias) or definition.type != UNTOLD:
            return definition
        if definition.key not in self.told:
            message = f'the page of "{definition.name}" has a name and nothing else, and no other page tells what it is'
            self.report(Diagnostic(definition.span, "bare-page", message))
        return replace(definition, type=self.told.get(definition.key, ANY))

    def link_definition(self, definition: Definition) -> Definition:
        """The definition with its references linked."""
        if self.nearest and definition.scope != self.scope:
            self.scope = definition.scope
            self.known.clear()
        link = partial(self.link_type, definition.span.file)
        return link_schemas(change_types(definition, link), link)

    def link_partials(self) -> list[Definition]:
        """The partial models, linked; these may refer to more of them. What cannot be linked in them is told of the whole ones."""
        self.report = lambda _: None
        linked: dict[str, Definition] = {}
        while left := [m for m in self.partials.values() if m.key not in linked]:
            linked.update((model.key, self.link_definition(model)) for model in left)
        return list(linked.values())

    def link_type(self, file: str, type_: TypeRef) -> TypeRef:
        if isinstance(type_, Scalar):  # as most are
            return type_
        if isinstance(type_, Ref):  # as most others are
            return self.link(file, type_)
        if isinstance(type_, ListOf):
            item = self.link_type(file, type_.item)
            if item is type_.item:
                return type_
            # The same one for all that refer to the item, which it keeps.
            return self.lists.setdefault(id(item), ListOf(item))
        return map_type(type_, partial(self.link, file))

    def link(self, file: str, ref: Ref) -> TypeRef:
        """What a reference on a page means."""
        away = ref.url and ref.url[0] != "#"
        home = file.rpartition("/")[0] if away else file
        place = home, ref.name, ref.url, ref.partial
        known = self.known.get(place)
        if known is None:
            known = self.resolve(file, ref)
            if ref.partial and isinstance(known, Ref):
                known = self.part_of(known)
            if isinstance(known, Ref):
                self.known[place] = known
        return known

    def part_of(self, ref: Ref) -> Ref:
        """A model of which only some fields need be there: one of its own, with none required. The same for all such references."""
        whole = self.by_key.get(ref.name)
        if not isinstance(whole, Model) or not any(f.required for f in whole.fields):
            return ref
        part = self.partials.get(whole.key)
        if part is None:
            key = free_name(f"Partial{whole.key}", self.by_key)
            fields = tuple(replace(field, required=False) for field in whole.fields)
            name = f"partial {whole.name}"
            part = replace(whole, key=key, name=name, fields=fields, anchors=())
            self.partials[whole.key] = part
        return Ref(part.key)

    def resolve(self, file: str, ref: Ref) -> TypeRef:
        span = ref.span or SourceSpan(file, 1)
        if ref.fallback is not None and not ref.url:
            found = self.find_named(file, ref.name)
            if not found and self.places and isinstance(ref.fallback, OneOf):
                found = self.places.named(ref.name, file)
            return Ref(found.key) if found else self.link_type(file, ref.fallback)
        if ref.fallback is not None:
            found = self.find_linked(file, ref)
            if found is None or self.is_untold(found):
                said = map_type(ref.fallback, lambda inner: replace(inner, span=span))
                said = self.link_type(file, said)
                if found is None and self.undocumented and "." in ref.name:
                    return self.name_undocumented(ref, span, said)
                if found is None:
                    return said
                if isinstance(said, OneOf):
                    self.told[found.key] = said
            return Ref(found.key)
        if not ref.url:
            return self.resolve_name(file, ref, span)
        if _SCHEME.match(ref.url):
            return self.resolve_external(ref, span)
        found = self.find_linked(file, ref)
        if found is not None:
            return Ref(found.key)
        if self.undocumented:
            return self.name_undocumented(ref, span, ANY)
        return self.resolve_section(file, ref, span)

    def resolve_section(self, file: str, ref: Ref, span: SourceSpan) -> TypeRef:
        """What a link means that leads to no definition: one of those that are listed there, or else nothing that is known."""
        path, _, fragment = ref.url.partition("#")
        target = self.find_file(file, unquote(path)) if path else file
        code, what = "missing-link-target", "which is not in the source"
        if target is not None:
            what = "but no model, enum or union is documented there"
            places, fragment = self.places, unquote(fragment)
            if places and fragment and places.has_anchor(target, fragment):
                if (listed := self.listed_in(target, fragment)) is not None:
                    return listed
                code, what = "untyped-section", "a part of the docs that is no type"
        message = f'"{ref.name}" links to "{ref.url}", {what}'
        self.report(Diagnostic(span, code, message, self.near(ref.name)))
        return ANY

    def listed_in(self, file: str, fragment: str) -> TypeRef | None:
        """One of the definitions that a section lists, where it lists nothing else."""
        places = self.places
        found = [
            self.find_linked(file, one) if one.url else places.named(one.name, file)
            for one in (places.listed(file, fragment) if places else ())
            if places
        ]
        whole = found and None not in found
        return one_of(tuple(Ref(d.key) for d in found if d)) if whole else None

    def find_linked(self, file: str, ref: Ref) -> Definition | None:
        """The definition that a link within the docs leads to, or None."""
        if self.places and _NUMBER.fullmatch(ref.url):
            return self.places.numbered(file, ref.url)
        path, _, fragment = ref.url.partition("#")
        fragment = unquote(fragment)
        target = self.find_file(file, unquote(path)) if path else file
        if target is None:
            return None
        found = self.by_anchor(target, fragment)
        if found is None and not path and fragment in self.by_key:
            return self.by_key[fragment]
        if found is None and self.places and fragment:
            found = self.places.in_section(target, fragment, ref.name)
            if found is None and self.places.has_anchor(target, fragment):
                return self.places.named(ref.name, target)  # the section has only text
        if found is None and self.undocumented and fragment:
            return self.elsewhere.get(fragment)  # another label would be a guess
        if found is None:
            found = self.by_label(target, ref.name, fragment, target != file)
        if found is None and self.places and not fragment:
            return self.places.of_page(target, ref.name)
        return found

    @cached_property
    def elsewhere(self) -> dict[str, Definition]:
        """The definitions by their ids, in whichever file: where packages have files of their own, their links still look like links within one."""
        return {
            anchor: definition
            for definition in reversed(list(self.by_key.values()))
            for anchor in definition.anchors[:-1]
        }

    def find_file(self, file: str, path: str) -> str | None:
        """The file of the source that a relative or site-absolute path means, or None."""
        base = linked_path(path, file, self.folder)
        for ending in _ENDINGS:
            if base + ending in self.files:
                return base + ending
        found = next(
            (
                self.lower[low]
                for ending in _ENDINGS
                if (low := (base + ending).lower()) in self.lower
            ),
            None,
        )
        return found or (self.places.file(file, path) if self.places else None)

    def by_anchor(self, file: str, fragment: str) -> Definition | None:
        if not fragment:
            return None
        low = fragment.lower()
        exact, folded = self.anchors_of(file)
        found = exact.get(fragment) or folded.get(low)
        if found and self.nearest and found.name.lower() == low:
            near = (d for d in self.by_name[found.name] if d.span.file == file)
            return next((d for d in near if d.scope == self.scope), found)
        return found

    def anchors_of(
        self, file: str
    ) -> tuple[dict[str, Definition], dict[str, Definition]]:
        """The definitions of a file by their anchors, as written and in lower case; of two the first."""
        known = self.by_fragment.get(file)
        if known is None:
            exact: dict[str, Definition] = {}
            folded: dict[str, Definition] = {}
            for definition in self.by_file.get(file, ()):
                for anchor in definition.anchors:
                    exact.setdefault(anchor, definition)
                    folded.setdefault(anchor.lower(), definition)
            known = self.by_fragment[file] = exact, folded
        return known

    def by_label(
        self, file: str, label: str, fragment: str, elsewhere: bool
    ) -> Definition | None:
        """The definition of a file that a link without a known anchor means: the only one, or the one that is called as the label."""
        here = self.by_file.get(file, [])
        if len(here) == 1 and (elsewhere or not fragment):
            return here[0]
        name = label.rpartition(".")[2]
        named = [d for d in here if d.name in (label, name)] or [
            d for d in here if d.name.endswith(f".{name}")
        ]
        return named[0] if len(named) == 1 else None

    def find_named(self, file: str, name: str) -> Definition | None:
        """The definition that a word means, which may also be a type: that of this very name."""
        found = self.by_name.get(name, [])
        if len(found) > 1:
            found = [d for d in found if d.span.file == file]
        return found[0] if len(found) == 1 else None

    def resolve_name(self, file: str, ref: Ref, span: SourceSpan) -> TypeRef:
        """A name without a link: a key, a documented name, or `folder.Name`. The page's own folder comes first."""
        if ref.name in self.by_key:
            return Ref(ref.name)
        folder, _, name = ref.name.rpartition(".")
        found = self.by_name.get(ref.name) or self.by_name.get(name, [])
        if folder and found and ref.name not in self.by_name:
            found = self.in_namespace(found, folder)
        if len(found) > 1:
            home = posixpath.dirname(file)
            found = [
                d for d in found if posixpath.dirname(d.span.file) == home
            ] or found
        if len(found) == 1:
            return Ref(found[0].key)
        if not found and self.places:
            if near := self.places.named(ref.name, file):
                return Ref(near.key)
            listed = self.listed_in(file, self.places.titled(file, name))
            if listed is not None:
                return listed
        if found:
            places = ", ".join(str(d.span) for d in found[:5])
            message = f'"{ref.name}" may be any of {places}'
            self.report(Diagnostic(span, "ambiguous-reference", message))
        else:
            message = f'"{ref.name}" is no type and no documented name'
            self.report(Diagnostic(span, "unknown-type", message, self.near(name)))
        return ANY

    def in_namespace(self, found: list[Definition], namespace: str) -> list[Definition]:
        """Those that stand in the folder of this name; all of them where no folder of the source is called so."""
        wanted = namespace.lower().split(".")
        near = [d for d in found if self.stands_in(d.span.file, wanted)]
        if near:
            return near
        if namespace not in self.namespaces:
            self.namespaces[namespace] = any(
                self.stands_in(file, wanted) for file in self.by_file
            )
        return [] if self.namespaces[namespace] else found

    def stands_in(self, file: str, wanted: list[str]) -> bool:
        """Whether a file's folder ends so; the folders that the source stands in count, too."""
        parts = f"{self.folder}/{posixpath.dirname(file)}".lower().split("/")
        return [part for part in parts if part][-len(wanted) :] == wanted

    def resolve_external(self, ref: Ref, span: SourceSpan) -> TypeRef:
        """A type that is documented elsewhere: an alias of `Any` under its label, one for each label."""
        name = ref.name.rpartition(".")[2] or ref.name
        alias = self.external.get(name)
        if alias is None:
            key = name if name not in self.by_key else f"external.{name}"
            alias = self.external[name] = Alias(key, name, span, ANY, url=ref.url)
            message = f'"{ref.name}" is documented at {ref.url}, which fieldgen does not read: it is an alias of Any'
            self.report(Diagnostic(span, "external-type", message))
        return Ref(alias.key)

    def name_undocumented(self, ref: Ref, span: SourceSpan, type_: TypeRef) -> Ref:
        """A type of another package, which the docs name but do not document: an alias of what is known of it."""
        alias = self.external.get(ref.name)
        if alias is None:
            name = ref.name.rpartition(".")[2] or ref.name
            taken = {*self.by_key, *(known.key for known in self.external.values())}
            key = name if name not in taken else ref.name
            alias = self.external[ref.name] = Alias(key, name, span, type_)
            known = "Any" if type_ == ANY else "what is known of it"
            message = f'"{ref.name}" is not documented here: it is an alias of {known}'
            self.report(Diagnostic(span, "external-type", message))
        return Ref(alias.key)

    def near(self, name: str) -> str:
        return self.near_names.hint(name.rpartition(".")[2])

    @cached_property
    def near_names(self) -> NearNames:
        return NearNames((*self.by_name, *CANONICAL.types))
