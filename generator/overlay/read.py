"""Reads an overlay: a YAML file, or a table of the config as the same nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.facts import APPLIED, KINDS
from generator.ir import TypeRef
from generator.light import NamedTuple
from generator.native.values import YES_NO
from generator.overlay.verbs import TAKES, VERBS, Line, Takes
from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.yaml import read_yaml
from generator.typeexpr import CANONICAL, TypeSyntaxError, parse_type

Report = Callable[[Diagnostic], None]
_HINT = "docs/overlays.md says what an overlay takes"
STRUCK = ("*", "default", *KINDS)


class OverlayFile(NamedTuple):
    """An overlay: the path of its file from the folder of the source, and its text (YAML) or its table (of the config)."""

    file: str
    text: str = ""
    table: Mapping | None = None


def read_overlay(overlay: OverlayFile, report: Report) -> tuple[Line, ...]:
    """The lines of an overlay. What is wrong with it goes to `report`, and the rest is still read."""
    reader = _Reader(overlay.file, report)
    nodes: tuple[Node, ...] = (
        read_yaml(overlay.text, overlay.file, report)
        if overlay.table is None
        else (overlay.table,)
    )
    return tuple(line for node in nodes for line in reader.lines(node, ""))


class _Reader:
    def __init__(self, file: str, report: Report) -> None:
        self.file = file
        self._report = report

    def report(self, node: Node, code: str, message: str, hint: str = _HINT) -> None:
        span = SourceSpan(self.file, node.line, node.column)
        self._report(Diagnostic(span, code, message, hint))

    def lines(self, node: Node, path: str) -> Iterator[Line]:
        """The lines below a path. A key whose value is a mapping is a part of the path, all others are verbs."""
        if not isinstance(node, Mapping):
            message = "an overlay takes a mapping by definition and field"
            self.report(node, "wrong-value", message)
            return
        for key, value in node.entries:
            if isinstance(value, Mapping):
                yield from self.lines(value, f"{path}.{key.text}" if path else key.text)
            elif key.text in VERBS and path:
                yield from self.line(path, key, value)
            elif path:
                hint = suggest(key.text, tuple(VERBS)) or _HINT
                message = f"an overlay has no word `{key.text}`"
                self.report(key, "unknown-key", message, hint)
            else:
                message = f"`{key.text}` takes a mapping with what is to be changed"
                self.report(value, "wrong-value", message)

    def line(self, path: str, key: Scalar, node: Node) -> Iterator[Line]:
        value = self.value(key.text, VERBS[key.text], node)
        if value is not None:
            words = f"{key.text}: {_words(node)}"
            span = SourceSpan(self.file, key.line, key.column)
            yield Line(path, key.text, value, words, span)

    def value(
        self, verb: str, takes: Takes, node: Node
    ) -> str | bool | TypeRef | tuple[str, ...] | None:
        """The value of a verb, or None and a report."""
        text = node.text if isinstance(node, Scalar) else ""
        said = YES_NO.get(text) if isinstance(node, Scalar) and node.plain else None
        match takes:
            case "facts":
                return self.facts(node)
            case "flag" if said is not None:
                return said
            case "yes" if said:
                return True
            case "reason" if said is not None or text.strip():
                return text.rstrip("\n") if said is None else said
            case "name" if text.strip() and "*" not in text and "?" not in text:
                return text
            case "text" if isinstance(node, Scalar):
                return text.rstrip("\n")
            case "type" if text.strip():
                return self.type(node, text)
        message = f"`{verb}` takes {TAKES[takes]}"
        self.report(node, "wrong-value", message)
        return None

    def type(self, node: Node, text: str) -> TypeRef | None:
        try:
            span = SourceSpan(self.file, node.line, node.column)
            return parse_type(text, CANONICAL, span)
        except TypeSyntaxError as error:
            message = f'the type "{text}" cannot be read: {error}'
            self.report(node, "unread-type", message, "")
            return None

    def facts(self, node: Node) -> tuple[str, ...] | None:
        items = node.items if isinstance(node, Sequence) else (node,)
        kinds = tuple(item.text for item in items if isinstance(item, Scalar))
        if len(kinds) < len(items) or not kinds:
            self.report(node, "wrong-value", f"`strike` takes {TAKES['facts']}")
            return None
        wrong = [kind for kind in kinds if kind not in STRUCK]
        for kind in wrong:
            if kind in APPLIED and kind != "overlay":
                message = f"what is stated by `{kind}` has become part of the field"
                hint = f"use `{'deprecate' if kind == 'deprecated' else 'retype'}`, or `ignore-facts` in the config"
                self.report(node, "wrong-value", message, hint)
                continue
            hint = suggest(kind, STRUCK) or _HINT
            self.report(node, "wrong-value", f'"{kind}" is no fact', hint)
        return None if wrong else kinds


def _words(node: Node) -> str:
    if isinstance(node, Sequence):
        return ", ".join(_words(item) for item in node.items)
    return " ".join(node.text.split()) if isinstance(node, Scalar) else ""
