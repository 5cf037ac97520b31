"""What is reported while field lists are read. What the schema has no place for is told once for each file and key."""

from __future__ import annotations

from collections.abc import Callable, Collection

from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.fieldlists.spots import Spot, Walker, is_empty
from generator.read.nodes import Mapping, Scalar


class Teller:
    def __init__(self, report: Callable[[Diagnostic], None]) -> None:
        self._report = report
        self._lost: dict[tuple[str, str], dict[SourceSpan, None]] = {}
        self._known: set[SourceSpan] = set()

    def report(self, span: SourceSpan, code: str, message: str, hint: str = "") -> None:
        self._report(Diagnostic(span, code, message, hint))

    def lose(self, spot: Spot, key: str) -> None:
        """A key says what has no place in the schema."""
        node = spot.key or spot.node
        span = SourceSpan(spot.file, node.line, node.column)
        self._lost.setdefault((spot.file, key), {})[span] = None

    def lose_keys(self, spot: Spot, lost: Collection[str], walker: Walker) -> None:
        """The same for those keys of a mapping that a dialect lists."""
        if not lost or not isinstance(spot.node, Mapping):
            return
        for key, value in spot.node.entries:
            off = isinstance(value, Scalar) and value.text == "false"
            if key.text in lost and not off and not is_empty(value):
                self.lose(walker.child(spot, key, value), key.text)

    def unknown_keys(self, spot: Spot, known: Collection[str]) -> None:
        """Keys that a dialect knows nothing of, where it knows all."""
        if not isinstance(spot.node, Mapping) or spot.span in self._known:
            return
        self._known.add(spot.span)
        for key, _ in spot.node.entries:
            if key.text not in known:
                span = SourceSpan(spot.file, key.line, key.column)
                message = f"nothing here has the key `{key.text}`"
                hint = (
                    suggest(key.text, sorted(known)) or "correct the key, or delete it"
                )
                self.report(span, "unknown-key", message, hint)

    def finish(self) -> None:
        """Tell what was lost."""
        for (_, key), spans in self._lost.items():
            first, *more = sorted(spans)
            where = f", here and {len(more)} times more in this file" if more else ""
            message = f"the schema has no place for what `{key}` says{where}"
            self.report(first, "unkept-key", message)
