"""Annotations that do not fit their line, laid out as black does it.

Black itself would take 0.3 s to import and a millisecond for each. A property test
holds this against black; what it does not know goes to black.
"""

from __future__ import annotations

from typing import TypeAlias

from generator.format import format_statement, measure
from generator.light import NamedTuple
from generator.options import Style
from generator.patterns import late

# A string literal, a word (a name, a dotted name, a number) or a sign.
_TOKEN = late(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s\[\]|,"']+|[\[\]|,])""")
_ALIAS = ": TypeAlias = "


class _Subscript(NamedTuple):
    head: str
    items: list[_Node]
    flat: str


class _Either(NamedTuple):
    parts: list[_Node]
    flat: str


_Node: TypeAlias = "str | _Subscript | _Either"


def lay_out(prefix: str, annotation: str, indent: int, style: Style) -> str:
    """The statement `prefix + annotation` at `indent` columns, in as many lines as black would give it.

    `prefix` is for example `name: ` or `Name: TypeAlias = `; `annotation` is flat: names,
    literals, subscripts and unions with `|`.
    """
    flat = prefix + annotation
    width = style.line_length
    if indent + columns(flat) <= width:
        return " " * indent + flat
    node = _Parser(annotation).union()
    pad = " " * indent
    if prefix.endswith(_ALIAS) and not indent and columns(prefix) + 1 > width:
        return _lay_out_long_alias(prefix, annotation, node, style)
    if isinstance(node, _Either):
        if indent + columns(prefix) + 1 <= width:
            inner = _lay_body([node], indent + 4, width)
            return "\n".join([f"{pad}{prefix}(", *inner, f"{pad})"])
    elif isinstance(node, _Subscript):
        opening = f"{pad}{prefix}{node.head}["
        if columns(opening) <= width:
            inner = _lay_body(node.items, indent + 4, width)
            return "\n".join([opening, *inner, f"{pad}]"])
        whole = f"{pad}    {node.flat}"
        fits = max(columns(whole), indent + columns(prefix) + 1) <= width
        if prefix.endswith(_ALIAS) and fits:
            return "\n".join([f"{pad}{prefix}(", whole, f"{pad})"])
    elif prefix.endswith(": ") and indent + 4 + columns(node) > width:
        return pad + flat  # brackets around a word that is too long would not help
    elif indent + columns(prefix) + 1 <= width:
        return f"{pad}{prefix}(\n{pad}    {node}\n{pad})"
    return format_statement(flat, indent, style)


def _lay_out_long_alias(prefix: str, text: str, node: _Node, style: Style) -> str:
    """An alias whose name leaves no room for a bracket behind `TypeAlias = `: black splits what stands before it, too."""
    width = style.line_length
    head = f"{prefix.removesuffix(_ALIAS)}: ("
    value = f") = ({text})" if isinstance(node, _Either) else f") = {text}"
    if not isinstance(node, str) and max(columns(head), columns(value)) > width:
        items: list[_Node] = [node] if isinstance(node, _Either) else node.items
        opening = "(" if isinstance(node, _Either) else f"{node.head}["
        closing = ")" if isinstance(node, _Either) else "]"
        inner = _lay_body(items, 4, width)
        value = "\n".join([f") = {opening}", *inner, closing])
    return f"{head}\n    TypeAlias\n{value}"


def columns(text: str) -> int:
    """How wide black counts a text: letters of some scripts take two columns, or none."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    return measure(text)


def _lay_body(items: list[_Node], indent: int, width: int) -> list[str]:
    """What stands between brackets: on one line if it fits, else item by item."""
    flat = " " * indent + ", ".join([_flat(item) for item in items])
    if columns(flat) <= width:
        return [flat]
    if len(items) > 1:
        return [line for item in items for line in _lay(item, "", ",", indent, width)]
    return _lay(items[0], "", "", indent, width)


def _lay(node: _Node, before: str, after: str, indent: int, width: int) -> list[str]:
    """One item or member inside brackets, with what stands before and after it on its lines."""
    pad = " " * indent
    flat = f"{pad}{before}{_flat(node)}{after}"
    if isinstance(node, str) or columns(flat) <= width:
        return [flat]
    if isinstance(node, _Subscript):
        inner = _lay_body(node.items, indent + 4, width)
        return [f"{pad}{before}{node.head}[", *inner, f"{pad}]{after}"]
    first, *middle, last = node.parts
    lines = _lay(first, "", "", indent, width)
    lines += [x for part in middle for x in _lay(part, "| ", "", indent, width)]
    return lines + _lay(last, "| ", after, indent, width)


def _flat(node: _Node) -> str:
    return node if isinstance(node, str) else node.flat


class _Parser:
    """Reads an annotation that we wrote ourselves."""

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        self.at = 0

    def sign(self, sign: str) -> bool:
        """Step over a sign, if it comes next."""
        found = self.at < len(self.tokens) and self.tokens[self.at] == sign
        self.at += found
        return found

    def union(self) -> _Node:
        parts = [self.item()]
        while self.sign("|"):
            parts.append(self.item())
        if len(parts) == 1:
            return parts[0]
        return _Either(parts, " | ".join([_flat(part) for part in parts]))

    def item(self) -> _Node:
        head: str = self.tokens[self.at]
        self.at += 1
        if not self.sign("["):
            return head
        items = [self.union()]
        while self.sign(","):
            items.append(self.union())
        self.sign("]")
        flat = ", ".join([_flat(item) for item in items])
        return _Subscript(head, items, f"{head}[{flat}]")
