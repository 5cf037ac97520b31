"""The grammar of type expressions: recursive descent over the tokens of one cell. See typeexpr.py for its rules."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

from generator.ir import (
    ANY,
    OBJECT,
    ListOf,
    Literal,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    map_type,
    one_of,
    references,
)
from generator.typetokens import (
    Token,
    TypeSyntaxError,
    decode,
    plain_label,
    read_tokens,
    unquote,
)
from generator.typewords import SHAPES, VALUES, Words, is_null, merge_literals

_CLOSING = {"<": ">", "[": "]", "(": ")"}
_WRAPPERS = ("nullable", "optional", "first")
DEPTH = 50  # deeper nesting is no documentation, and Python's stack is finite


class Parser:
    """Recursive descent over the tokens of one cell. `url`: the cell is the label of a link to there."""

    def __init__(self, text: str, words: Words, url: str = "", depth: int = 0) -> None:
        self.words = words
        self.text = decode(text)
        self.tokens = read_tokens(self.text, words.prose)
        self.url = url
        self.at = 0
        self.depth = depth
        self.brackets = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, text: str = "") -> Token:
        token = self.next
        if text and (token.kind != "sign" or token.text != text):
            raise TypeSyntaxError(f"{text!r} is missing", token.offset)
        self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Whether these signs come next."""
        for at, text in enumerate(texts, self.at):
            token = self.tokens[at]  # the last one is no sign
            if token.text != text or token.kind != "sign":
                return False
        return True

    def whole(self) -> TypeRef:
        self.skip_breaks()
        type_ = self.union()
        self.skip_breaks()
        if isinstance(type_, Literal) and not type_.values:
            raise TypeSyntaxError("a type is missing", self.next.offset)
        if self.next.kind != "end":
            raise TypeSyntaxError(
                f"{self.next.text!r} is not expected here", self.next.offset
            )
        return type_

    def skip_breaks(self) -> None:
        while self.next.kind == "break":
            self.take()

    def union(self) -> TypeRef:
        self.enter()
        members: list[TypeRef] = []
        open_ = False
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
            if not self.take_separator():
                break
        self.depth -= 1
        return merge_literals(tuple(members), open_)

    def enter(self) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise TypeSyntaxError("the type is nested too deeply", self.next.offset)

    def take_separator(self) -> bool:
        """Step over what joins members of a union, if it comes next: `A, B or C` has two in a row at times."""
        token = self.next
        if token.kind == "break":
            last = self.tokens[self.at + 1].kind in ("end", "break", "sign")
            return not last and bool(self.take())
        if token.kind == "sign" and token.text in "|¦":
            return bool(self.take())
        found = False
        while self.next.text in self.words.separators and (
            self.next.text != "," or not self.brackets
        ):
            self.take()
            found = True
        return found

    def item(self) -> TypeRef | None:
        """One member of a union; None for a mark that says that more values may come."""
        self.enter()
        type_ = self.prefixed()
        for _ in range(DEPTH):
            more = self.suffixed(type_)
            if more is None:
                self.depth -= 1
                return type_
            type_ = more
        raise TypeSyntaxError("the type is nested too deeply", self.next.offset)

    def suffixed(self, type_: TypeRef | None) -> TypeRef | None:
        """A type with the suffix that comes next; None if none does."""
        if self.sees("[", "]"):
            self.take(), self.take()
            return ListOf(type_ if type_ is not None else ANY)
        if self.sees("?"):
            self.take()
            shape = self.words.suffixes.get("?", "nullable")
        elif self.next.kind == "word" and self.next.text in self.words.suffixes:
            shape = self.words.suffixes[self.take().text]
        else:
            return None
        return SHAPES[shape]([type_ if type_ is not None else ANY])

    def prefixed(self) -> TypeRef | None:
        if self.sees("?"):
            self.take()
            shape = self.words.prefixes.get("?", "nullable")
            return SHAPES[shape]([self.item() or ANY])
        if self.sees("[") and self.tokens[self.at + 1].text == "]":
            self.take(), self.take()
            known = self.words.types.get("[]" + self.next.text)
            if known is not None:  # Go's []byte
                self.take()
                return known
            return ListOf((self.item() if self.begins_type() else ANY) or ANY)
        shape = self.take_prefix()
        if shape:
            return SHAPES[shape]([self.item() or ANY])
        return self.primary()

    def take_prefix(self) -> str:
        """The shape of a prefix of one, two or three words (`pointer to`, `array of`), if one comes next."""
        if self.next.kind != "word" or not self.words.prefixes:
            return ""
        for count in (3, 2, 1):
            ahead = self.tokens[self.at : self.at + count]
            phrase = " ".join(token.text for token in ahead)
            follows = self.tokens[min(self.at + count, len(self.tokens) - 1)]
            begins = follows.kind in (
                "word",
                "link",
                "string",
                "number",
            ) or follows.text in ("[", "{", "(", "?")
            if (
                phrase in self.words.prefixes
                and all(t.kind == "word" for t in ahead)
                and begins
            ):
                self.at += count
                return self.words.prefixes[phrase]
        return ""

    def primary(self) -> TypeRef | None:
        token = self.take()
        if token.kind == "string":
            return Literal((json.dumps(unquote(token.text), ensure_ascii=False),))
        if token.kind == "number":
            return Literal((token.text,))
        if token.kind == "link":
            return self.linked(token)
        if token.kind == "word":
            return self.named(token)
        if token.kind == "sign" and token.text in "([":
            self.brackets += 1
            type_ = self.union()
            parts = [type_]
            while token.text == "[" and self.sees(","):  # TypeScript's [A, B]
                self.take()
                parts.append(self.union())
            self.take(_CLOSING[token.text])
            self.brackets -= 1
            return type_ if token.text == "(" else SHAPES["tuple"](parts)
        if token.kind == "sign" and token.text == "{":
            return self.braces()
        raise TypeSyntaxError(
            (
                "a type is missing"
                if token.kind == "end"
                else f"{token.text!r} is not expected here"
            ),
            token.offset,
        )

    def braces(self) -> TypeRef:
        """TypeScript's `{ [key: string]: T }`, behind its brace; any other thing in braces is an object that nothing names."""
        if self.sees("[") and [
            t.text for t in self.tokens[self.at + 2 : self.at + 6 : 2]
        ] == [":", "]"]:
            self.at += 5
            self.take(":")
            self.brackets += 1
            value = self.union()
            self.brackets -= 1
            if self.sees(";"):
                self.take()
            self.take("}")
            return MapOf(value)
        level = 1
        while level:
            token = self.take()
            if token.kind == "end":
                raise TypeSyntaxError("'}' is missing", token.offset)
            if token.kind == "sign":
                level += (token.text == "{") - (token.text == "}")
        return OBJECT

    def linked(self, token: Token) -> TypeRef | None:
        """A link: its label is an expression, whose one unknown name is what the link leads to."""
        self.enter()
        type_: TypeRef = Ref(plain_label(token.text), token.url)
        if self.words.labels:
            with suppress(TypeSyntaxError):
                type_ = self.inner(token).whole()
        self.depth -= 1
        if isinstance(type_, Literal):
            return Ref(plain_label(token.text), token.url)
        if isinstance(type_, Ref) and self.sees("<"):
            return self.shaped(type_.name, self.arguments(), type_)
        return self.told(type_, plain_label(token.text), token.url)

    def inner(self, token: Token) -> Parser:
        """What reads the label of a link."""
        return type(self)(token.text, self.words, token.url, self.depth)

    def told(self, type_: TypeRef, label: str, url: str) -> TypeRef:
        """What a label that is more than one name says of its link: a union's members, to which the page that it leads to gives a name."""
        members = type_.members if isinstance(type_, OneOf) else ()
        nulls = tuple(member for member in members if is_null(member))
        if len(members) - len(nulls) > 1 and "://" not in url:
            inner = one_of(tuple(m for m in members if not is_null(m)))
            inner = map_type(inner, lambda ref: replace(ref, url=""))
            return one_of((Ref(label, url, fallback=inner), *nulls))
        if len({(ref.name, ref.url) for ref in references(type_)}) > 1:
            return map_type(type_, lambda ref: replace(ref, url=""))
        return type_

    def named(self, token: Token) -> TypeRef | None:
        name = normal_name(token.text)
        arguments: list[TypeRef] = []
        if self.sees("{", "}"):
            self.take(), self.take()  # Go's interface{}
        call = self.next.text if self.next.kind == "sign" else ""
        generic = name in self.words.generics or name in self.words.open
        if (
            call == "<"
            or call == "["
            and not self.sees("[", "]")
            and generic
            or call == "("
            and generic
        ):
            arguments = self.arguments()
        if name in self.words.open:
            return None
        if name in VALUES:
            return Literal((name.lower(),))
        return self.shaped(name, arguments, Ref(name, self.url))

    def shaped(self, name: str, arguments: list[TypeRef], ref: Ref) -> TypeRef:
        """What a name with its arguments means: a shape, a type, or a definition that the docs may know."""
        if arguments and name in self.words.generics:
            shape = self.words.generics[name]
            if shape == "map" and len(arguments) == 1 and self.begins_type():
                return MapOf(self.item() or ANY)  # Go's map[string]T
            return SHAPES[shape](arguments)
        known = self.words.types.get(name)
        if self.sees("[", "]") and name + "[]" in self.words.types:  # Java's byte[]
            self.take(), self.take()
            return self.words.types[name + "[]"]
        if known is None:
            return ref
        if not arguments and self.url and "://" not in self.url and self.alone():
            return replace(
                ref, fallback=known
            )  # a link in the docs: a definition of this name comes first
        return self.formatted(known)

    def alone(self) -> bool:
        """Whether the label has one name, but for wrappers: what it leads to is called so. (The generic around a word is no list or map.)"""
        words = [token.text for token in self.tokens if token.kind == "word"]
        return all(
            self.words.generics.get(normal_name(word)) in _WRAPPERS
            for word in words[:-1]
        )

    def begins_type(self) -> bool:
        token = self.next
        return (
            token.kind in ("word", "link")
            or token.kind == "sign"
            and token.text in "[{?"
        )

    def arguments(self) -> list[TypeRef]:
        """The arguments of a generic, with their brackets."""
        closing = _CLOSING[self.take().text]
        self.brackets += 1
        found = []
        while not self.sees(closing):
            if self.next.kind == "word" and self.tokens[self.at + 1].text == ":":
                self.take(), self.take()  # `keys: string`: the argument's name
            found.append(self.union())
            if not self.sees(","):
                break
            self.take()
        self.take(closing)
        self.brackets -= 1
        return found

    def formatted(self, type_: TypeRef) -> TypeRef:
        """`string(date-time)`: a format in parentheses behind a word."""
        if (
            isinstance(type_, Scalar)
            and self.sees("(")
            and self.tokens[self.at + 1].kind == "word"
            and self.tokens[self.at + 2].text == ")"
        ):
            self.take()
            type_ = Scalar(type_.kind, self.take().text)
            self.take(")")
        return type_


def normal_name(word: str) -> str:
    """A name with dots between its parts, however the language writes them: `::Models::Pet`, `\\Models\\Pet`."""
    return word.replace("\\_", "_").replace("::", ".").replace("\\", ".").lstrip(".")
