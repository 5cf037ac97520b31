"""The examples of a page: its blocks of JSON and YAML, parsed, each with the lines of the section that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.light import NamedTuple
from generator.lint.tolerant import ELLIPSIS, Parsed, parse_tolerant
from generator.read.blocks import Block, Fence, Heading, Page, Paragraph, Table
from generator.read.nodes import InvalidText, Mapping, Node
from generator.read.nodes import Sequence as ListNode
from generator.read.yaml import read_yaml

_JSON = {"json", "jsonc", "json5", "js", "javascript"}
_YAML = {"yaml", "yml"}
_HTTP = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE|HTTP/\d)")
# What stands above an example of which parts are left out without a sign in it.
_PARTIAL = re.compile(
    r"\b(?:partial|truncat|abbreviat|abridg|shorten|excerpt|simplified|omitted|omits|brevity|relevant|subset)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"\s*(?:<|\{\{)"
)  # a paragraph of tags and template words only begins or ends a tab
_YAML_STARS = re.compile(r"(?m)(?<=: )\*+(?=\s*$)")  # a secret
_YAML_DOTS = re.compile(r"(?m)^(\s*)(?:- )?(?:\.\.\.+|…|\[\.\.\.\])\s*$")


class Section(NamedTuple):
    """The lines of a page from a heading to the last before the next one of its level or above. `level` 0: the whole page."""

    level: int
    first: int
    last: int


class Example(NamedTuple):
    """A block that was read. `line`: that of its first line in the file; `partial`: all of its objects may lack keys.

    `beside`: the texts of the blocks right before and behind it, with nothing said between them: they are variants of it.
    """

    page: Page
    fence: Fence
    parsed: Parsed
    partial: bool
    sections: tuple[Section, ...]
    beside: tuple[str, ...] = ()

    def is_in_variant(self, key: str) -> bool:
        """Whether a variant of the example has a key."""
        pattern = re.compile(rf"(?m)(?:^|[\s{{,])[\"']?{re.escape(key)}[\"']?\s*:")
        return any(pattern.search(text) for text in self.beside)

    def is_elided(self, node: Node) -> bool:
        """Whether something of a list or mapping is left out."""
        return self.partial or (node.line, node.column) in self.parsed.elided


class Unread(NamedTuple):
    """A block that calls itself JSON or YAML and is none."""

    fence: Fence
    error: InvalidText


def find_sections(page: Page, lines: int) -> list[Section]:
    """The page and its sections, in their order."""
    found = [Section(0, 1, lines)]
    headings = [block for block in page.blocks if isinstance(block, Heading)]
    for index, heading in enumerate(headings):
        after = (h.line for h in headings[index + 1 :] if h.level <= heading.level)
        found.append(Section(heading.level, heading.line, next(after, lines + 1) - 1))
    return found


def find_examples(page: Page, text: str) -> Iterator[Example | Unread]:
    """The examples of a page, and what should be one but cannot be read."""
    lines = text.splitlines()
    sections = find_sections(page, len(lines))
    above = 0
    for index, block in enumerate(page.blocks):
        if isinstance(block, Fence) and (body := _body(block)):
            fence, kind = body
            beside = _beside(page.blocks, index)
            around = [s for s in sections if s.first <= block.line <= s.last]
            partial = _is_partial(lines[above : block.line - 1], block.text)
            try:
                parsed = _parse(fence, kind)
            except InvalidText as error:
                if fence.info:
                    yield Unread(fence, error)
                continue
            yield Example(page, fence, parsed, partial, tuple(reversed(around)), beside)
        above = _end(page.blocks, index)


def _beside(blocks: Sequence[Block], index: int) -> tuple[str, ...]:
    """The texts of the blocks of code that stand side by side with this one, as in tabs."""
    texts = []
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(blocks):
            block = blocks[at]
            if isinstance(block, Fence):
                texts.append(block.text)
            elif not isinstance(block, Paragraph) or not _TAG.match(block.text):
                break
            at += step
    return tuple(texts)


def _end(blocks: Sequence[Block], index: int) -> int:
    """The last line of a block, as far as it bounds what is said above the next one."""
    block = blocks[index]
    match block:
        case Fence(_, text, line):
            return line + text.count("\n")
        case Table(_, rows, line):
            return rows[-1][0].line if rows and rows[-1] else line
        case Heading():
            return block.line - 1
        case _:
            before = blocks[index - 1] if index else None
            return block.line - 1 if isinstance(before, Fence | Table) else 0


def _is_partial(above: Sequence[str], text: str) -> bool:
    return _PARTIAL.search("\n".join(above[-12:])) is not None or text.startswith(
        "PATCH"
    )


def _body(fence: Fence) -> tuple[Fence, str] | None:
    """The part of a block that is data, and whether it is json or yaml. None: the block is no example of data."""
    word = re.split(r"[\s,{]", fence.info.strip().lower(), maxsplit=1)[0]
    begin = fence.text.lstrip()[:1]
    if word in _YAML:
        return fence, "json" if begin in ("{", "[") else "yaml"
    if word in _JSON or not word:
        return (fence, "json") if begin and begin in "{[" else _http(fence)
    return _http(fence) if word == "http" else None


def _http(fence: Fence) -> tuple[Fence, str] | None:
    """The body of a request or response."""
    if not _HTTP.match(fence.text.lstrip()):
        return None
    lines = fence.text.split("\n")
    for number, line in enumerate(lines):
        if line.lstrip()[:1] in ("{", "["):
            text = "\n".join(lines[number:])
            return Fence("", text, fence.line + number), "json"
    return None


def _parse(fence: Fence, kind: str) -> Parsed:
    if kind == "json":
        return parse_tolerant(fence.text)
    errors: list[InvalidText] = []
    dots = _YAML_DOTS.search(fence.text) is not None
    text = _YAML_DOTS.sub(r"\1# …", fence.text)
    text = _YAML_STARS.sub(lambda match: ELLIPSIS * len(match[0]), text)
    nodes = read_yaml(
        text,
        "",
        lambda found: errors.append(
            InvalidText(found.message, "", found.span.line, found.span.column)
        ),
    )
    if errors and not nodes:
        raise errors[0]
    elided = {place for node in nodes for place in _containers(node)} if dots else ()
    return Parsed(nodes, frozenset(elided))


def _containers(node: Node) -> Iterator[tuple[int, int]]:
    """The places of all lists and mappings: which of them the dots of a YAML text stand in is not told."""
    if isinstance(node, Mapping):
        yield node.line, node.column
        for _, value in node.entries:
            yield from _containers(value)
    elif isinstance(node, ListNode):
        yield node.line, node.column
        for item in node.items:
            yield from _containers(item)
