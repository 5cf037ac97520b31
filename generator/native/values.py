"""The values of fieldgen's own YAML form: each as what its key takes. What has the wrong shape is reported at its place and left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table

from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.ir import ANY, TypeRef
from generator.read.json_text import json_text
from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.typeexpr import CANONICAL, TypeSyntaxError, merge_literals, parse_type

YES_NO = {
    spelling: word in ("true", "yes")
    for word in ("true", "yes", "false", "no")
    for spelling in (word, word.title(), word.upper())
}
NO_REASON = ("", "~", "null", "Null", "NULL")
_PLACE = re.compile(r"(?s)(.+):([1-9]\d{0,8}):([1-9]\d{0,8})|(.+):([1-9]\d{0,8})")

Entries = dict[str, Node]


def _shape(node: Node) -> str:
    return (
        "a mapping"
        if isinstance(node, Mapping)
        else "a list" if isinstance(node, Sequence) else "a text"
    )


class Values:
    """Reads the values of one file."""

    def __init__(self, file: str, report: Callable[[Diagnostic], None]) -> None:
        self.file = file
        self._report = report

    def span(self, node: Node) -> SourceSpan:
        return SourceSpan(self.file, node.line, node.column)

    def report(self, node: Node, code: str, message: str, hint: str = "") -> None:
        self._report(Diagnostic(self.span(node), code, message, hint))

    def wrong(self, node: Node, key: str, wanted: str) -> None:
        self.report(
            node, "wrong-value", f"`{key}` takes {wanted}, and this is {_shape(node)}"
        )

    def entries(self, mapping: Mapping, keys: Table[str, str]) -> Entries:
        """The values by what their keys mean (`keys`: key → meaning). Empty values are left out, but for those of `default` and `value`."""
        given: Entries = {}
        for key, value in mapping.entries:
            meaning = keys.get(key.text)
            if meaning is None:
                self.report(
                    key,
                    "unknown-key",
                    f"nothing here has the key `{key.text}`",
                    suggest(key.text, tuple(keys)),
                )
            elif meaning in given:
                self.report(
                    key,
                    "duplicate-key",
                    f"`{key.text}` says again what another key has said; the first counts",
                )
            elif meaning in ("default", "value") or not (
                isinstance(value, Scalar) and value.plain and value.text == ""
            ):
                given[meaning] = value
        return given

    def text(self, given: Entries, key: str) -> str:
        """The text of a key as it is written, or an empty one."""
        node = given.get(key)
        if node is None or isinstance(node, Scalar):
            return node.text if node else ""
        self.wrong(node, key, "a text")
        return ""

    def prose(self, given: Entries, key: str) -> str:
        """The text of a key without the line break that a block of lines (`|`) ends with."""
        return self.text(given, key).rstrip("\n")

    def flag(self, given: Entries, key: str, wrong_code: str = "wrong-value") -> bool:
        """Yes or no; a missing key means no."""
        node = given.get(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and (value := YES_NO.get(node.text)) is not None:
            return value
        if isinstance(node, Scalar):
            self.report(
                node,
                wrong_code,
                f'`{key}` takes true or false, and this is "{node.text}"',
            )
        else:
            self.wrong(node, key, "true or false")
        return False

    def deprecated(self, given: Entries) -> str | None:
        """None, or the reason: empty for a plain `true`."""
        node = given.get("deprecated")
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.wrong(node, "deprecated", "true, false or a reason")
            return None
        if node.plain and (known := YES_NO.get(node.text)) is not None:
            return "" if known else None
        return None if node.plain and node.text in NO_REASON else node.text.rstrip("\n")

    def examples(self, given: Entries) -> tuple[str, ...]:
        """The texts of `example` and `examples`; lists and mappings as JSON text."""
        found: list[Node] = [given["example"]] if "example" in given else []
        several = given.get("examples")
        if isinstance(several, Sequence):
            found += several.items
        elif several is not None:
            self.wrong(several, "examples", "a list")
        return tuple(
            node.text if isinstance(node, Scalar) else json_text(node) for node in found
        )

    def place(self, given: Entries, otherwise: Node) -> SourceSpan:
        """The place that `place` names (`file:line` or `file:line:column`), or else where the node stands."""
        node = given.get("place")
        if isinstance(node, Scalar) and (match := _PLACE.fullmatch(node.text)):
            file, line, column = (
                match[1] or match[4],
                match[2] or match[5],
                match[3] or "1",
            )
            return SourceSpan(file, int(line), int(column))
        if node is not None:
            self.report(
                node, "wrong-value", "`place` takes `file:line` or `file:line:column`"
            )
        return self.span(otherwise)

    def type(self, node: Node | None, owner: Node, what: str) -> TypeRef:
        """The type that a text states; `any` and a report where it states none."""
        if node is None or isinstance(node, Scalar) and not node.text.strip():
            self.report(node or owner, "missing-type", f"{what} has no type")
            return ANY
        if not isinstance(node, Scalar):
            self.report(
                node,
                "wrong-value",
                f"`type` takes a text, and this is {_shape(node)}",
                "put the type in quotes",
            )
            return ANY
        try:
            return parse_type(node.text, CANONICAL, self.span(node))
        except TypeSyntaxError as error:
            # Behind a quote, escapes and folded lines make the offset no column.
            place = (
                node._replace(column=node.column + error.offset) if node.plain else node
            )
            self.report(
                place,
                "unread-type",
                f'the type "{node.text}" cannot be read: {error}',
                _type_hint(node),
            )
            return ANY

    def union(self, given: Entries, owner: Node, what: str) -> TypeRef:
        """The type of `type`, or the union of `types`."""
        types = given.get("types")
        if types is None or "type" in given:
            if types is not None:
                self.report(
                    types,
                    "wrong-value",
                    "`type` and `types` say the same; `type` counts",
                    "delete one of the two",
                )
            return self.type(given.get("type"), owner, what)
        members = types.items if isinstance(types, Sequence) else (types,)
        if not members:
            return self.type(None, owner, what)
        return merge_literals(
            tuple(self.type(member, member, what) for member in members)
        )

    def named(
        self, node: Node | None, key: str
    ) -> Iterator[tuple[Scalar | None, Node]]:
        """The items of a list (without names), or the entries of a mapping name → item."""
        if isinstance(node, Mapping):
            yield from node.entries
        elif isinstance(node, Sequence):
            for item in node.items:
                yield None, item
        elif node is not None and node.text not in NO_REASON:
            self.wrong(node, key, "a list, or a mapping by name")


def _type_hint(node: Scalar) -> str:
    """In `{type: Record<string, number>}` YAML ends the value at the comma."""
    if node.plain and node.text.count("<") > node.text.count(">"):
        return "inside braces and brackets, put a type with a comma in quotes"
    return ""
