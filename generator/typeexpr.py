"""Type expressions: the markdown of a type cell in, a `TypeRef` out. One small grammar for all notations; a dialect only brings words.

    union    = item { ("|" | line break) item }
    item     = primary { "[]" }
    primary  = literal | "..." | "(" union ")" | "{" "[" word ":" word "]" ":" union "}" | name [ "<" union { "," union } ">" ] [ "(" format ")" ]
    name     = word | link

Quoted strings are read before markdown is: a `*` or `_` inside them is theirs. Emphasis, code marks and backslashes elsewhere are dropped;
a link is one token with its label and its URL. `...` in a union, or a word of `Words.open`, says that more values may come.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from generator.diagnostics import SourceSpan
from generator.ir import ANY, BOOLEAN, INTEGER, NULL, NUMBER, OBJECT, STRING, ListOf, Literal, MapOf, OneOf, Ref, Scalar, TypeRef, map_type, one_of


class TypeSyntaxError(ValueError):
    """The cell is no type expression: what is wrong, and at which character of the text (from 0)."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True)
class Words:
    """What words mean in a dialect: `types` (a whole type), `generics` (list, map or first: the first argument), `open` (more values may come)."""

    types: Mapping[str, TypeRef]
    generics: Mapping[str, str] = field(default_factory=dict)
    open: frozenset[str] = frozenset()

    def __hash__(self) -> int:  # one object a dialect: identity is enough for the cache
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


CANONICAL = Words(
    {"string": STRING, "integer": INTEGER, "number": NUMBER, "boolean": BOOLEAN, "null": NULL, "object": OBJECT, "any": ANY,
     "date": Scalar("string", "date"), "date-time": Scalar("string", "date-time"), "uuid": Scalar("string", "uuid")},
    {"Record": "map", "Array": "list"},
)

_DEPTH = 50  # deeper nesting is no documentation, and Python's stack is finite
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|[*`_~]+(?![\w])|[*`~]+|\\(?=[^\\"']))
  | (?P<break><br\s*/?>|</br>)
  | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<link>\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])+)\]\(\s*<?(?P<url>(?:[^()\s<>\\]|\\.|\([^()\s]*\))*)>?(?:\s+"[^"]*")?\s*\))
  | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w]))
  | (?P<word>[^\W\d]\w*(?:(?:\\?_|[.$:/-])\w+)*)
  | (?P<open>\.\.\.|…)
  | (?P<punct>[\[\](){}<>|,:?=])
    """,
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int
    url: str = ""


def _tokens(text: str) -> list[_Token]:
    out: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise TypeSyntaxError(f"{text[position]!r} has no meaning in a type", position)
        kind = match.lastgroup or ""
        if match["link"] is not None:
            out.append(_Token("link", match["label"], position, match["url"]))
        elif kind != "space":
            out.append(_Token(kind, match[0], position))
        position = match.end()
    return out


class _Parser:
    """Recursive descent over the tokens of one cell."""

    def __init__(self, text: str, words: Words) -> None:
        self.words = words
        self.tokens = [*_tokens(text), _Token("end", "", len(text))]
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self, text: str = "") -> _Token:
        token = self.next
        if text and token.text != text or token.kind == "string" and text:
            raise TypeSyntaxError(f"{text!r} is missing", token.offset)
        self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        ahead = self.tokens[self.at : self.at + len(texts)]
        return [t.text for t in ahead] == list(texts) and all(t.kind == "punct" for t in ahead)

    def whole(self) -> TypeRef:
        while self.next.kind == "break":
            self.take()
        type_ = self.union()
        while self.next.kind == "break":
            self.take()
        if self.next.kind != "end":
            raise TypeSyntaxError(f"{self.next.text!r} is not expected here", self.next.offset)
        return type_

    def union(self) -> TypeRef:
        self.depth += 1
        if self.depth > _DEPTH:
            raise TypeSyntaxError("the type is nested too deeply", self.next.offset)
        members, open_ = [], False
        if self.sees("|"):
            self.take()
        while True:
            if self.next.kind == "open":
                self.take()
                open_ = True
            else:
                member = self.item()
                open_ = open_ or member is None
                if member is not None:
                    members.append(member)
            if not self.sees("|") and not (self.next.kind == "break" and self.tokens[self.at + 1].kind not in ("end", "break", "punct")):
                break
            self.take()
        self.depth -= 1
        return merge_literals(tuple(members), open_)

    def item(self) -> TypeRef | None:
        """One member of a union; None for a mark that says that more values may come."""
        type_ = self.primary()
        for _ in range(_DEPTH):
            if not self.sees("[", "]"):
                return type_
            self.take(), self.take()
            type_ = ListOf(type_ if type_ is not None else ANY)
        raise TypeSyntaxError("the type is nested too deeply", self.next.offset)

    def primary(self) -> TypeRef | None:
        token = self.take()
        if token.kind == "string":
            return Literal((json.dumps(_unquote(token), ensure_ascii=False),))
        if token.kind == "number":
            return Literal((token.text,))
        if token.kind == "link":
            return self.named(_plain_label(token.text), token)
        if token.kind == "word":
            return self.named(token.text.replace("\\", ""), token)
        if token.text == "(" and token.kind == "punct":
            type_ = self.union()
            self.take(")")
            return type_
        if token.text == "{" and token.kind == "punct":
            return self.index_signature()
        raise TypeSyntaxError("a type is missing" if token.kind == "end" else f"{token.text!r} is not expected here", token.offset)

    def index_signature(self) -> TypeRef:
        """TypeScript's `{ [key: string]: T }`, behind its brace."""
        self.take("["), self.take(), self.take(":"), self.take(), self.take("]"), self.take(":")
        value = self.union()
        self.take("}")
        return MapOf(value)

    def named(self, name: str, token: _Token) -> TypeRef | None:
        arguments: list[TypeRef] = []
        if self.sees("<"):
            self.take()
            arguments.append(self.union())
            while self.sees(","):
                self.take()
                arguments.append(self.union())
            self.take(">")
        if name in self.words.open:
            return None
        if token.kind == "word" and name in ("true", "false"):
            return Literal((name,))
        known = self.words.types.get(name) if "://" in token.url or not token.url else None
        if known is not None:
            return self.formatted(known)
        shape = self.words.generics.get(name) if arguments else None
        if shape:
            return ListOf(arguments[0]) if shape == "list" else MapOf(arguments[-1]) if shape == "map" else arguments[0]
        return Ref(name, token.url)

    def formatted(self, type_: TypeRef) -> TypeRef:
        """`string(date-time)`: a format in parentheses behind a word."""
        if isinstance(type_, Scalar) and self.sees("(") and self.tokens[self.at + 1].kind == "word":
            self.take()
            type_ = Scalar(type_.kind, self.take().text)
            self.take(")")
        return type_


def merge_literals(members: tuple[TypeRef, ...], open_: bool = False) -> TypeRef:
    """A union whose literals are one `Literal`, at the place of the first."""
    members = tuple(
        part for m in members for part in (m.members if isinstance(m, OneOf) else (m,))
    )
    literals = [member for member in members if isinstance(member, Literal)]
    if not literals:
        return one_of(members)
    values = tuple(dict.fromkeys(value for literal in literals for value in literal.values))
    merged = Literal(values, open_ or any(literal.open for literal in literals))
    rest: list[TypeRef] = []
    for member in members:
        if not isinstance(member, Literal):
            rest.append(member)
        elif merged not in rest:
            rest.append(merged)
    return one_of(tuple(rest))


def _unquote(token: _Token) -> str:
    """The text of a quoted string: JSON's escapes, or else markdown's."""
    try:
        text = json.loads(token.text, strict=False)
    except ValueError:
        text = _ESCAPE.sub(r"\1", token.text[1:-1])
    return str(text)


def _plain_label(label: str) -> str:
    return _ESCAPE.sub(r"\1", re.sub(r"(?<!\\)[*`~]+", "", label)).strip()


@lru_cache(maxsize=65536)
def _parse(text: str, words: Words) -> TypeRef:
    if _ENTITY.search(text):
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    return _Parser(text, words).whole()


def parse_type(text: str, words: Words, span: SourceSpan) -> TypeRef:
    """The type that a cell's markdown states. `span` goes into its references, so that what does not resolve has a place.

    Raises TypeSyntaxError.
    """
    type_ = _parse(text, words)
    if isinstance(type_, Scalar | Literal):
        return type_
    return map_type(type_, lambda ref: Ref(ref.name, ref.url, span))
