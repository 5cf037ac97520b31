"""Located nodes from JSON as docs print it: with comments, trailing commas, `...` for what is left out, and `<placeholders>`.

What is left out is no mistake: a container in which something is left out, and a value of which nothing is told, are marked as such.
"""

from __future__ import annotations

import json
import re

from generator.light import NamedTuple
from generator.read.nodes import (
    InvalidText,
    Mapping,
    Node,
    Scalar,
    Sequence,
    check_depth,
)

ELLIPSIS = "…"  # the text of a plain scalar that stands for any value

_DOTS = r"(?:\.\.+|…)"
_TOKEN = re.compile(
    rf"""
    (?P<space>[\s\ufeff]+)
  | (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|\#[^\n]*)
  | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<dots>\[?{_DOTS}\]?(?:[^\n"'{{}}\[\]:,]*{_DOTS})?)
  | (?P<holder><[^<>\n]*>|\{{\{{<[^\n]*?>\}}\}}|\$?\{{\{{[^\n{{}}"]*\}}\}})
  | (?P<mark>[{{}}\[\]:,])
  | (?P<word>[^\s{{}}\[\]:,"'<>]+)
    """,
    re.DOTALL | re.VERBOSE,
)
_ELIDES = re.compile(
    rf"{_DOTS}|\b(?:etc|omitted|truncated|more|other|others|additional|remaining|rest|as above|same as)\b",
    re.IGNORECASE,
)
_LITERAL = re.compile(
    r"(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)\Z"
)


class Parsed(NamedTuple):
    """The nodes of a text, and the places (line, column) of the lists and mappings in which something is left out."""

    nodes: tuple[Node, ...]
    elided: frozenset[tuple[int, int]]


class _Token(NamedTuple):
    kind: str
    text: str
    line: int
    column: int


def parse_tolerant(text: str) -> Parsed:
    """The JSON values of a text. Raises InvalidText where it is none, with the place."""
    reader = _Reader(_tokens(text))
    nodes = []
    while reader.peek().kind != "end":
        if reader.peek().kind in ("dots", "comment") or reader.peek().text == ",":
            reader.take()
        else:
            nodes.append(reader.value(0))
    return Parsed(tuple(nodes), frozenset(reader.elided))


def _tokens(text: str) -> list[_Token]:
    """The tokens of a text but for white space. A comment that tells nothing of what is left out is dropped."""
    tokens: list[_Token] = []
    line, start, at = 1, 0, 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        column = at - start + 1
        if match is None:
            raise InvalidText("this is no JSON", "", line, column)
        kind, word = match.lastgroup or "", match[0]
        if kind != "space":
            tokens.append(_Token(kind, word, line, column))
        if "\n" in word:
            line += word.count("\n")
            start = at + word.rfind("\n") + 1
        at = match.end()
    tokens.append(_Token("end", "", line, max(1, at - start + 1)))
    return tokens


class _Reader:
    """Reads values from tokens."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.elided: set[tuple[int, int]] = set()

    def peek(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.tokens[self.at]
        self.at += token.kind != "end"
        return token

    def value(self, depth: int) -> Node:
        while self.peek().kind == "comment":
            self.take()
        token = self.take()
        check_depth(depth + 1, token.line, token.column)
        if token.text == "{":
            return self.mapping(token, depth)
        if token.text == "[":
            return self.sequence(token, depth)
        if token.kind == "string":
            return Scalar(_decode(token.text), False, token.line, token.column)
        if token.kind == "word" and _LITERAL.match(token.text):
            return Scalar(token.text, True, token.line, token.column)
        if token.kind in ("word", "holder", "dots"):
            while self.peek().kind in ("word", "holder") and (
                self.peek().line == token.line
            ):
                self.take()
            if [t.text for t in self.tokens[self.at : self.at + 2]] == ["[", "]"]:
                self.at += 2  # `string[]`: a type where a value should stand
            return Scalar(ELLIPSIS, True, token.line, token.column)
        raise _unexpected(token)

    def mapping(self, opening: _Token, depth: int) -> Mapping:
        place = opening.line, opening.column
        entries: list[tuple[Scalar, Node]] = []
        while (token := self.next_part(place)).text != "}":
            self.take()
            if token.kind not in ("string", "word"):
                raise _unexpected(token)
            if self.peek().text != ":":
                raise _unexpected(self.peek())
            self.take()
            text = _decode(token.text) if token.kind == "string" else token.text
            key = Scalar(text, token.kind == "word", token.line, token.column)
            entries.append((key, self.value(depth + 1)))
            self.end_part("}")
        self.close(place, bool(entries))
        return Mapping(tuple(entries), *place)

    def sequence(self, opening: _Token, depth: int) -> Sequence:
        place = opening.line, opening.column
        items: list[Node] = []
        while self.next_part(place).text != "]":
            items.append(self.value(depth + 1))
            self.end_part("]")
        self.close(place, bool(items))
        return Sequence(tuple(items), *place)

    def next_part(self, place: tuple[int, int]) -> _Token:
        """What comes next in a container, behind commas, and behind what tells that something is left out."""
        while True:
            token = self.peek()
            if token.kind in ("dots", "holder"):
                self.elided.add(place)
                while self.tokens[self.at + 1].kind == "word" and (
                    self.tokens[self.at + 1].line == token.line
                ):  # `...other fields`
                    self.take()
            elif token.kind == "comment":
                if _ELIDES.search(token.text) or self.is_empty(token):
                    self.elided.add(place)
            elif token.text != ",":
                return token
            self.take()

    def is_empty(self, comment: _Token) -> bool:
        """Whether a container holds nothing but this comment."""
        before, after = self.tokens[self.at - 1], self.tokens[self.at + 1]
        return before.text in ("{", "[") and after.text in ("}", "]")

    def end_part(self, closing: str) -> None:
        """Behind an entry comes a comma, what is left out, or the end. Two entries on two lines may lack the comma."""
        token, before = self.peek(), self.tokens[self.at - 1]
        if token.kind in ("comment", "dots") or token.text in (",", closing):
            return
        if token.kind == "end" or token.line == before.line:
            raise _unexpected(token)
        raise InvalidText("a comma is missing", "", before.line, before.column)

    def close(self, place: tuple[int, int], filled: bool) -> None:
        self.take()


def _decode(text: str) -> str:
    if text[0] == "'":
        return text[1:-1]
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text[1:-1]


def _unexpected(token: _Token) -> InvalidText:
    what = "the text ends too early" if token.kind == "end" else f"{token.text!r}"
    if token.kind != "end":
        what = f'"{token.text}" is not expected here'
    return InvalidText(what, "", token.line, token.column)
