"""Applies an overlay to a resolved schema, and says which of its lines are of no use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic, suggest
from generator.ir import (
    Alias,
    Definition,
    Fact,
    Field,
    Model,
    Ref,
    Schema,
    TypeRef,
    change_types,
    map_type,
    references,
)
from generator.overlay.edit import apply_to_field, text_change
from generator.overlay.pattern import Pattern, names
from generator.overlay.verbs import OF_DEFINITIONS, VERBS, Line

Report = Callable[[Diagnostic], None]


def apply_lines(schema: Schema, lines: Sequence[Line], report: Report) -> Schema:
    """The schema as the lines want it. Each line that changes nothing is reported, with the reason."""
    work = _Work(schema, report)
    order = list(VERBS)

    def turn(line: Line) -> tuple[int, bool]:
        pattern = Pattern(line.pattern)  # a definition is renamed after its fields
        return order.index(line.verb), any(map(pattern.names, schema.definitions))

    for line in sorted(lines, key=turn):
        work.apply(line)
    return replace(schema, definitions=tuple(work.definitions.values()))


class _Work:
    """The definitions while lines are applied, by key."""

    def __init__(self, schema: Schema, report: Report) -> None:
        self.definitions = {d.key: d for d in schema.definitions}
        self.report = report

    def say(self, line: Line, code: str, message: str, hint: str = "") -> None:
        text = f"overlay of `{line.pattern}`: {message}"
        self.report(Diagnostic(line.span, code, text, hint))

    def apply(self, line: Line) -> None:
        """Do what a line says, to all that it names."""
        linked = self.link(line)
        if linked is None:
            return
        if line.verb == "add":
            self.add(linked)
            return
        pattern = Pattern(line.pattern)
        of_definitions = line.verb in OF_DEFINITIONS
        whole = [d.key for d in self.definitions.values() if pattern.names(d)]
        found = bool(whole) and of_definitions
        changed = False
        for model in self.models():
            named = {f.name for f in model.fields if pattern.names_field(model, f)}
            if named:
                found = True
                changed = self.change_fields(linked, model, named) or changed
        if of_definitions:
            now = [self.definitions[key] for key in whole]
            changed = self.change_definitions(linked, now) or changed
        if changed:
            return
        if found and line.verb != "strike":
            self.say(
                line, "needless-overlay", f"the docs say so themselves: {line.words}"
            )
        elif line.verb == "rename" and self.is_renamed(line):
            message = f'the docs say "{line.value}" themselves'
            self.say(line, "needless-overlay", message)
        else:
            self.unused(line)

    def models(self) -> list[Model]:
        return [d for d in self.definitions.values() if isinstance(d, Model)]

    def unused(self, line: Line) -> None:
        if line.verb == "strike":
            kinds = [kind for kind in _kinds(line) if kind != "*"]
            what = " or ".join(f"`{kind}`" for kind in kinds)
            message = f"no field that it names states {what or 'anything to strike'}"
            self.say(line, "unused-overlay", message)
            return
        known = [name for d in self.definitions.values() for name in names(d)]
        known += [f"{m.name}.{f.name}" for m in self.models() for f in m.fields]
        message = "nothing in the docs has this name"
        self.say(line, "unused-overlay", message, suggest(line.pattern, known))

    def link(self, line: Line) -> Line | None:
        """The line with the references of its type linked, or None and a report."""
        if VERBS[line.verb] != "type":
            return line
        by_name: dict[str, list[str]] = {}
        for definition in self.definitions.values():
            by_name.setdefault(definition.name, []).append(definition.key)
        unknown: list[str] = []

        def to_key(ref: Ref) -> TypeRef:
            if ref.name in self.definitions:
                return Ref(ref.name)
            keys = by_name.get(ref.name, [])
            if len(keys) != 1:
                unknown.append(ref.name)
            return Ref(keys[0] if keys else ref.name)

        assert not isinstance(line.value, str | bool | tuple)
        type_ = map_type(line.value, to_key)
        for name in unknown:
            several = (
                f"; it may be any of {', '.join(k)}" if (k := by_name.get(name)) else ""
            )
            message = f'"{name}" is no type and no documented name{several}'
            self.say(line, "unknown-type", message, suggest(name, tuple(by_name)))
        return None if unknown else line._replace(value=type_)

    def add(self, line: Line) -> None:
        """Add a field to the models that the line names before its last dot; a name of a field may have dots, too."""
        parts = line.pattern.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            left, name = ".".join(parts[:cut]), ".".join(parts[cut:])
            models = [m for m in self.models() if Pattern(left).names(m)]
            if models:
                break
        else:
            self.unused(line)
            return
        if "*" in name or "?" in name:
            self.say(line, "refused-overlay", "a new field has a name without * and ?")
            return
        missing = [m for m in models if name not in {f.name for f in m.fields}]
        if not missing:
            self.say(line, "needless-overlay", "the docs have this field themselves")
        for model in missing:
            assert not isinstance(line.value, str | bool | tuple)
            fact = Fact("overlay", '"add"', line.words, line.span)
            field = Field(name, line.value, line.span, facts=(fact,))
            fields = (*model.fields, field)
            self.definitions[model.key] = replace(model, fields=fields)

    def change_fields(self, line: Line, model: Model, named: set[str]) -> bool:
        """Do it to fields of a model; whether that changes anything."""
        taken = {field.name for field in model.fields}
        if line.verb == "rename" and (len(named) > 1 or line.value in taken):
            message = f'{model.name} would have two fields "{line.value}"'
            self.say(line, "refused-overlay", message)
            return True
        fields: list[Field] = []
        for field in model.fields:
            new = apply_to_field(field, line) if field.name in named else field
            if new is not None:
                fields.append(new)
        if tuple(fields) == model.fields:
            return False
        self.definitions[model.key] = replace(model, fields=tuple(fields))
        return True

    def change_definitions(self, line: Line, whole: Sequence[Definition]) -> bool:
        """Do it to definitions; whether that changes anything."""
        if line.verb == "rename" and whole:
            return self.rename(line, whole)
        changed = False
        for definition in whole:
            if line.verb == "remove":
                changed = True
                self.remove(line, definition)
                continue
            if line.verb == "retype":
                new: Definition = _retyped(definition, line)
            else:
                new = replace(definition, **text_change(line))
            changed = changed or new != definition
            self.definitions[definition.key] = new
        return changed

    def remove(self, line: Line, definition: Definition) -> None:
        for other in self.definitions.values():
            if other.key != definition.key and definition.key in _refers(other):
                message = f"{other.name} refers to {definition.name}, so it stays"
                hint = "retype or remove what refers to it, too"
                self.say(line, "refused-overlay", message, hint)
                return
        del self.definitions[definition.key]

    def rename(self, line: Line, whole: Sequence[Definition]) -> bool:
        """Give a definition another name, and let all references follow."""
        new = str(line.value)
        if len(whole) > 1 or new in self.definitions:
            message = f'there would be two definitions "{new}"'
            self.say(line, "refused-overlay", message)
            return True
        old = whole[0].key

        def follow(ref: Ref) -> TypeRef:
            return Ref(new) if ref.name == old else ref

        renamed = {}
        for key, definition in self.definitions.items():
            moved = change_types(definition, lambda type_: map_type(type_, follow))
            if key == old:
                moved = replace(moved, key=new, name=new)
            renamed[moved.key] = moved
        self.definitions = renamed
        return True

    def is_renamed(self, line: Line) -> bool:
        """Whether what a line renames has the new name already."""
        left, dot, _ = line.pattern.rpartition(".")
        wanted = f"{left}{dot}{line.value}"
        pattern = Pattern(wanted)
        return any(map(pattern.names, self.definitions.values())) or any(
            pattern.names_field(m, f) for m in self.models() for f in m.fields
        )


def _kinds(line: Line) -> tuple[str, ...]:
    return line.value if isinstance(line.value, tuple) else ()


def _refers(definition: Definition) -> Iterator[str]:
    """The keys that a definition refers to."""
    found: list[str] = []

    def note(type_: TypeRef) -> TypeRef:
        found.extend(ref.name for ref in references(type_))
        return type_

    change_types(definition, note)
    yield from found


def _retyped(definition: Definition, line: Line) -> Definition:
    """An alias of the type, in the place of the definition."""
    assert not isinstance(line.value, str | bool | tuple)
    if isinstance(definition, Alias):
        return replace(definition, type=line.value)
    return Alias(
        definition.key,
        definition.name,
        definition.span,
        line.value,
        definition.description,
        definition.deprecated,
        anchors=definition.anchors,
        scope=definition.scope,
    )
