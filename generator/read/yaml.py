"""Located nodes from YAML text, straight from the parser's events: six times as fast as `yaml.load`, with the place of every text.

Nothing is ever built from a tag, aliases share their nodes and may add up to a bounded amount of text, and nesting is bounded.
JSON is read as well, by a reader of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from generator.diagnostics import Diagnostic, SourceSpan
from generator.read.json import read_json
from generator.read.nodes import (
    MAX_DEPTH,
    InvalidText,
    Mapping,
    Node,
    Scalar,
    Sequence,
    check_depth,
    pair_up,
)
from generator.read.yaml_errors import explain

__all__ = [
    "MAX_ALIASED",
    "MAX_DEPTH",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "read_yaml",
]

MAX_ALIASED = 1_000_000  # characters (and nodes) that aliases may repeat: no walk over the nodes is much longer than the file

_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {
    _TAG + word for word in ("str", "int", "float", "bool", "null", "map", "seq")
}
_STRING_TAGS = {_TAG + "str", "!"}
# Line breaks to YAML 1.1, and so to libyaml, but not to YAML 1.2, nor to editors: without a stand-in, all later lines were off by one.
_BREAKS, _STAND_INS = "\x85\u2028\u2029", "\ufdd0\ufdd1\ufdd2"


def read_yaml(
    text: str, file: str, report: Callable[[Diagnostic], None]
) -> tuple[Node, ...]:
    """The documents of a YAML or JSON text, without the empty ones; none where the text is not valid.

    Reports `invalid-yaml` and `duplicate-key`.
    """

    def repeated(key: Scalar, before: Scalar) -> None:
        message = f'"{key.text}" stands twice in one mapping; what line {before.line} says counts'
        report(
            Diagnostic(SourceSpan(file, key.line, key.column), "duplicate-key", message)
        )

    text = text.removeprefix("\ufeff")
    try:
        node = read_json(text, repeated) if text.lstrip()[:1] in ("{", "[") else None
        return (node,) if node is not None else _parse(text, repeated)
    except InvalidText as error:
        report(
            Diagnostic(
                SourceSpan(file, error.line, error.column),
                "invalid-yaml",
                error.message,
                error.hint,
            )
        )
        return ()


def _parse(text: str, repeated: Callable[[Scalar, Scalar], None]) -> tuple[Node, ...]:
    import yaml  # 20 ms, and only sources with YAML in them need it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    breaks = re.search(f"[{_BREAKS}]", text)
    builder = _Builder(
        repeated, "<<" in text, str.maketrans(_STAND_INS, _BREAKS) if breaks else {}
    )
    try:
        builder.read(
            yaml.parse(
                text.translate(str.maketrans(_BREAKS, _STAND_INS)) if breaks else text,
                Loader=loader,
            ),
            yaml.ScalarEvent,
        )
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise explain(error, text) from None
    return tuple(
        node
        for node in builder.items
        if node != Scalar("", True, node.line, node.column)
    )


class _Builder:
    """Puts nodes together from events.

    `aliased` counts the characters that aliases repeat; the weight of an anchored node is its length plus what aliases repeat inside of it.
    """

    def __init__(
        self,
        repeated: Callable[[Scalar, Scalar], None],
        merges: bool,
        restore: dict[int, int],
    ) -> None:
        self.repeated = repeated
        self.merges = merges
        self.restore = restore
        self.items: list[Node] = (
            []
        )  # of the innermost open list or mapping; at the top the documents
        self.stack: list[tuple[list[Node], Any, int]] = []
        self.anchors: dict[str, tuple[Node, int] | None] = {}
        self.aliased = 0

    def read(self, events: Iterable[Any], scalar_event: Any) -> None:
        """Add the documents of a stream of events to `items`. Raises InvalidText."""
        handlers: dict[str, Callable[[Any], None]] = {
            "DocumentStartEvent": lambda event: self.anchors.clear(),
            "AliasEvent": self.alias,
            "SequenceStartEvent": self.open,
            "MappingStartEvent": self.open,
            "SequenceEndEvent": self.close_sequence,
            "MappingEndEvent": self.close_mapping,
        }
        items, restore = self.items, self.restore
        for event in events:
            if (
                type(event) is scalar_event
            ):  # eight of ten events: no call but the one that makes the node
                mark = event.start_mark
                text = event.value.translate(restore) if restore else event.value
                plain = not event.style
                if event.tag is not None:
                    plain = plain and _check_tag(event.tag, mark)
                node = Scalar(text, plain, mark.line + 1, mark.column + 1)
                if event.anchor is not None:
                    self.anchors[event.anchor] = node, 1 + len(text)
                items.append(node)
            elif handler := handlers.get(type(event).__name__):
                handler(event)
                items = self.items

    def open(self, event: Any) -> None:
        mark = event.start_mark
        if event.tag is not None:
            _check_tag(event.tag, mark)
        check_depth(len(self.stack) + 1, mark.line + 1, mark.column + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = None  # not complete
        self.stack.append((self.items, event, self.aliased))
        self.items = []

    def close_sequence(self, event: Any) -> None:
        mark = self.stack[-1][1].start_mark
        self.close(Sequence(tuple(self.items), mark.line + 1, mark.column + 1), event)

    def close_mapping(self, event: Any) -> None:
        mark = self.stack[-1][1].start_mark
        mapping = pair_up(self.items, mark.line + 1, mark.column + 1, self.repeated)
        self.close(_merge(mapping) if self.merges else mapping, event)

    def close(self, node: Node, event: Any) -> None:
        self.items, start, aliased = self.stack.pop()
        if start.anchor is not None:
            length: int = event.end_mark.index - start.start_mark.index
            self.anchors[start.anchor] = node, 1 + length + self.aliased - aliased
        self.items.append(node)

    def alias(self, event: Any) -> None:
        mark, name = event.start_mark, event.anchor
        if name not in self.anchors:
            raise InvalidText(
                f"nothing before has the anchor &{name}",
                "",
                mark.line + 1,
                mark.column + 1,
            )
        target = self.anchors[name]
        if target is None:
            raise InvalidText(
                f"*{name} stands inside of what it repeats",
                "",
                mark.line + 1,
                mark.column + 1,
            )
        node, weight = target
        self.aliased += weight
        if self.aliased > MAX_ALIASED:
            raise InvalidText(
                "aliases repeat too much text",
                "write it out, or repeat less",
                mark.line + 1,
                mark.column + 1,
            )
        self.items.append(node)


def _check_tag(tag: str, mark: Any) -> bool:
    """Whether a plain word with this tag stays one (`!!str 1` does not). Raises InvalidText for tags beyond YAML's own."""
    if tag not in _KNOWN_TAGS and tag != "!":
        short = "!!" + tag.removeprefix(_TAG) if tag.startswith(_TAG) else tag
        raise InvalidText(
            f"fieldgen does not read the tag {short}",
            "delete the tag",
            mark.line + 1,
            mark.column + 1,
        )
    return tag not in _STRING_TAGS


def _merge(mapping: Mapping) -> Mapping:
    """The mapping with its merge key `<<: *other` or `<<: [*a, *b]` applied: its own keys count first, then the first of the others."""
    found = next(
        (pair for pair in mapping.entries if pair[0].text == "<<" and pair[0].plain),
        None,
    )
    if found is None:
        return mapping
    value = found[1]
    merged = {
        key.text: (key, node) for key, node in mapping.entries if key is not found[0]
    }
    for other in value.items if isinstance(value, Sequence) else (value,):
        if not isinstance(other, Mapping):
            raise InvalidText(
                "<< takes a mapping, or a list of mappings",
                "",
                value.line,
                value.column,
            )
        for key, node in other.entries:
            merged.setdefault(key.text, (key, node))
    return Mapping(tuple(merged.values()), mapping.line, mapping.column)
