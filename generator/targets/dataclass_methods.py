"""The bodies of `from_dict` and `to_dict` of one model, as finished lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from generator.ir import MapOf, Model
from generator.options import Options, Style
from generator.targets.dataclass_codec import Codec
from generator.targets.dataclass_fields import LOCALS, Attribute, fill
from generator.targets.names import snake
from generator.targets.other_keys import OtherKeys, other_keys
from generator.targets.pytext import quote
from generator.targets.python_types import PythonTypes
from generator.targets.splits import split
from generator.targets.statements import fit, format_block


class MethodWriter:
    """Writes the methods' statements; `indent` is where they stand."""

    def __init__(
        self, codec: Codec, types: PythonTypes, options: Options, style: Style
    ) -> None:
        self.codec = codec
        self.types = types
        self.options = options
        self.style = style

    def read(
        self, model: Model, attributes: Sequence[Attribute], rest: str
    ) -> list[str]:
        """The statements of `from_dict` that set the attributes in documented order. `rest` is the attribute of all other keys."""
        lines: list[str] = []
        others = other_keys(model, self.options)
        if not model.fields and not others:
            self.codec.helpers.add("dict")
            lines.append("            _dict(data)")
        lines += map(self.read_field, attributes)
        if others:
            lines += self.read_rest(model, others, rest)
        elif self.options.unknown_keys == "keep":
            lines += self.read_extra(model)
        return lines

    def read_field(self, attribute: Attribute) -> str:
        """Set one attribute."""
        _, name, key, shape = attribute
        width = self.style.line_length
        if name not in LOCALS and (text := fill(shape.read, name, key, width)):
            return text
        return self.fit_all(shape.reading(name, key, width))

    def owner(self, model: Model, name: str) -> str:
        """What the readers of unions in an attribute are named after."""
        return f"{snake(self.types.names[model.key])}_{name}"

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

    def write(
        self, model: Model, attributes: Sequence[Attribute], rest: str
    ) -> list[str]:
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
        required = list(takewhile(lambda each: each.shape.required, attributes))
        whole = len(required) == len(attributes) and not others
        entries = [f"{key}: {shape.sent(name)}" for _, name, key, shape in required]
        lines = self.display("return " if whole else "data: dict[str, Any] = ", entries)
        lines += map(self.write_field, attributes[len(required) :])
        if others:
            lines.append(self.fit(f"data.update({others})", 8))
        return lines if whole else [*lines, "        return data"]

    def display(self, head: str, entries: list[str]) -> list[str]:
        """A dictionary display: on one line if it fits, else an entry a line."""
        if len(entries) < 2:
            flat = f"        {head}{{{''.join(entries)}}}"
            if len(flat) <= self.style.line_length:
                return [flat]
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

    def write_field(self, attribute: Attribute) -> str:
        """Send one attribute."""
        _, name, key, shape = attribute
        if text := fill(shape.write, name, key, self.style.line_length):
            return text
        return self.fit_all(shape.writing(name, key))

    def fit_all(self, statements: list[tuple[int, str]]) -> str:
        return "\n".join([self.fit(text, indent) for indent, text in statements])

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
