"""The bodies of `from_dict` and `to_dict` of one model, as finished lines."""

from __future__ import annotations

from collections.abc import Sequence

from generator.ir import Field, MapOf, Model, TypeRef, is_nullable, without_null
from generator.options import Options, Style
from generator.targets.dataclass_codec import Codec
from generator.targets.names import snake
from generator.targets.other_keys import OtherKeys, other_keys
from generator.targets.pytext import quote
from generator.targets.python_types import PythonTypes
from generator.targets.splits import split
from generator.targets.statements import fit, format_block

# In statements that all fields of a type share: the attribute, and the key as a literal.
_NAME, _KEY = "\1", "\2"
_LOCALS = frozenset(("cls", "data", "error", "item", "key", "self"))


class MethodWriter:
    """Writes the methods' statements; `indent` is where they stand."""

    def __init__(
        self, codec: Codec, types: PythonTypes, options: Options, style: Style
    ) -> None:
        self.codec = codec
        self.types = types
        self.options = options
        self.style = style
        self._reads: dict[tuple[TypeRef, bool], str] = {}
        self._writes: dict[tuple[TypeRef, bool], str] = {}

    def begin(self) -> None:
        """Begin a module: no helper is called, and no statement is known."""
        self.codec.begin()
        self._reads.clear()
        self._writes.clear()

    def read(self, model: Model, names: Sequence[str], rest: str) -> list[str]:
        """The statements of `from_dict` that set the attributes in documented order. `rest` is the attribute of all other keys."""
        lines: list[str] = []
        others = other_keys(model, self.options)
        if not model.fields and not others:
            self.codec.helpers.add("dict")
            lines.append("            _dict(data)")
        for field, name in zip(model.fields, names, strict=True):
            lines += self.read_field(model, field, name)
        if others:
            lines += self.read_rest(model, others, rest)
        elif self.options.unknown_keys == "keep":
            lines += self.read_extra(model)
        return lines

    def read_field(self, model: Model, field: Field, name: str) -> list[str]:
        """Set one attribute. A null is kept where the docs allow it, and stands for an absent key where they do not."""
        key = quote(field.key)
        shape = field.type, field.required
        known = self._reads.get(shape)
        if known is None:
            statements = self.reading(field, _NAME, _KEY, self.owner(model, name))
            known = self._reads[shape] = _join(statements)
        if name not in _LOCALS and (text := self.fill(known, name, key)):
            return [text]
        owner = self.owner(model, name)
        return [self.fit(text, i) for i, text in self.reading(field, name, key, owner)]

    def owner(self, model: Model, name: str) -> str:
        """What the readers of unions in an attribute are named after."""
        return f"{snake(self.types.names[model.key])}_{name}"

    def reading(
        self, field: Field, name: str, key: str, owner: str
    ) -> list[tuple[int, str]]:
        """The statements that set an attribute, and where each stands."""
        null = self.types.admits_null(field.type)
        get = (
            f"data[{key}]"
            if field.required
            else f"data.get({key}, UNSET)" if null else f"data.get({key})"
        )
        if self.codec.reads_as_is(field.type):
            return [(12, f"self.{name} = {get}")]
        nullable = is_nullable(field.type)
        type_ = without_null(field.type) if nullable else field.type
        if field.required and not nullable:
            return [(12, f"self.{name} = {self.codec.read(type_, get, owner)}")]
        local = f"{name}_value" if name in _LOCALS else name
        read = self.codec.read(type_, local, owner)
        empty = local if null and not field.required else "None"
        kept = [
            (16, f"self.{name} = {empty}"),
            (12, "else:"),
            (16, f"self.{name} = {read}"),
        ]
        if null and not field.required:
            test = f"{local} is None or " * nullable + f"{local} is UNSET"
            return [(12, f"{local} = {get}"), (12, f"if {test}:"), *kept]
        test = f"if ({local} := {get}) is None:"
        if len(test) + 12 <= self.style.line_length:
            return [(12, test), *kept]
        return [(12, f"{local} = {get}"), (12, f"if {local} is None:"), *kept]

    def fill(self, known: str, name: str, key: str) -> str:
        """Statements that all fields of a type share, for one of them; nothing where they do not fit their lines so."""
        text = known.replace(_NAME, name).replace(_KEY, key)
        width = self.style.line_length
        if len(text) > width and any(len(line) > width for line in text.split("\n")):
            return ""
        return text if text.isascii() else ""

    def read_extra(self, model: Model) -> list[str]:
        if not model.fields:
            return ["            self.extra = dict(data)"]
        text = f"{{key: value for key, value in data.items() if {_is_other(model)}}}"
        return [self.fit(f"self.extra = {text}", 12)]

    def read_rest(self, model: Model, others: OtherKeys, name: str) -> list[str]:
        """Set the attribute of all keys that are no field's: always a dictionary of its own, as the payload stays the caller's."""
        owner = self.owner(model, name)
        type_, source = others.type, "data"
        if others.patterns:
            self.codec.helpers.add("matching")
            source = f"_matching(data, {', '.join(map(quote, others.patterns))})"
        if not model.fields:
            text = self.codec.read(MapOf(type_), source, owner)
            copied = self.codec.reads_as_is(type_) and not others.patterns
            text = f"dict({text})" if copied else text
            return [self.fit(f"self.{name} = {text}", 12)]
        lines: list[str] = []
        test = _is_other(model)
        if len(test) + 19 > self.style.line_length:  # "if " at 16 columns
            test = "key not in documented"
            keys = [f"{' ' * 16}{quote(field.key)}," for field in model.fields]
            lines = ["            documented = {", *keys, "            }"]
        item = self.codec.read(type_, "item", owner, 2)
        text = f"{{key: {item} for key, item in {source}.items() if {test}}}"
        return [*lines, self.fit(f"self.{name} = {text}", 12)]

    def write(self, model: Model, names: Sequence[str], rest: str) -> list[str]:
        """The statements of `to_dict`; keys come in documented order, behind them those of the attribute `rest`."""
        others = ""
        if found := other_keys(model, self.options):
            others = self.codec.write(MapOf(found.type), f"self.{rest}")
            if not model.fields:
                copied = self.codec.writes_as_is(found.type)
                return [
                    self.fit(f"return {f'dict({others})' if copied else others}", 8)
                ]
        elif self.options.unknown_keys == "keep":
            others = "self.extra"
        fields = list(zip(model.fields, names, strict=True))
        first = next(
            (i for i, (field, _) in enumerate(fields) if not field.required),
            len(fields),
        )
        whole = first == len(fields) and not others
        entries = [
            f"{quote(f.key)}: {self.codec.write(f.type, f'self.{n}')}"
            for f, n in fields[:first]
        ]
        lines = self.display("return " if whole else "data: dict[str, Any] = ", entries)
        for field, name in fields[first:]:
            lines += self.write_field(field, name)
        if others:
            lines.append(self.fit(f"data.update({others})", 8))
        return lines if whole else [*lines, "        return data"]

    def display(self, head: str, entries: list[str]) -> list[str]:
        """A dictionary display: on one line if it fits, else an entry a line."""
        flat = f"{head}{{{', '.join(entries)}}}"
        if len(entries) < 2 and len(flat) + 8 <= self.style.line_length:
            return ["        " + flat]
        lines = [self.fit_entry(entry) for entry in entries]
        return [f"        {head}{{", *lines, "        }"]

    def fit_entry(self, entry: str) -> str:
        """One entry of a display with its comma; where it is too long, as black lays out the display of this entry alone."""
        line = f"            {entry},"
        if len(line) <= self.style.line_length and line.isascii():
            return line
        return split(f"{entry},", 12, self.style.line_length) or "\n".join(
            format_block(f"x = {{{entry},}}", 8, self.style).split("\n")[1:-1]
        )

    def write_field(self, field: Field, name: str) -> list[str]:
        key = quote(field.key)
        shape = field.type, field.required
        known = self._writes.get(shape)
        if known is None:
            known = self._writes[shape] = _join(self.writing(field, _NAME, _KEY))
        if text := self.fill(known, name, key):
            return [text]
        return [self.fit(text, i) for i, text in self.writing(field, name, key)]

    def writing(self, field: Field, name: str, key: str) -> list[tuple[int, str]]:
        """The statements that write an attribute, and where each stands."""
        text = f"data[{key}] = {self.codec.write(field.type, f'self.{name}')}"
        if field.required:
            return [(8, text)]
        empty = "UNSET" if self.types.admits_null(field.type) else "None"
        return [(8, f"if self.{name} is not {empty}:"), (12, text)]

    def fit(self, text: str, indent: int) -> str:
        return fit(text, indent, self.style)

    def refusal(self, model: Model) -> str:
        """What `from_dict` raises: it names the page and the lines of the fields, in their order."""
        if not self.options.places:
            return "            raise _refuse(self, data, error) from None"
        lines = line_ranges(
            [model.span.line, *(field.span.line for field in model.fields)]
        )
        places = quote(f"{model.span.file}:{lines}")
        return self.fit(f"raise _refuse(self, data, error, {places}) from None", 12)


def _join(statements: list[tuple[int, str]]) -> str:
    return "\n".join([" " * indent + text for indent, text in statements])


def _is_other(model: Model) -> str:
    """The test whether `key` is no field's."""
    keys = [quote(field.key) for field in model.fields]
    if len(keys) == 1:
        return f"key != {keys[0]}"
    return f"key not in {{{', '.join(keys)}}}"


def line_ranges(lines: Sequence[int]) -> str:
    """Line numbers in their order, runs as `first-last`: `1,14-26,30`."""
    parts: list[str] = []
    start = previous = lines[0]
    for line in [*lines[1:], -1]:
        if line != previous + 1:
            parts.append(str(start) if start == previous else f"{start}-{previous}")
            start = line
        previous = line
    return ",".join(parts)
