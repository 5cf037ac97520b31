"""What people write in type cells by hand, on top of the grammar: phrases, articles, sizes, and notes behind a type.

    item     = … { … | "[" size "]" | "(" size | format | note ")" | a note }
    primary  = … | phrase | name of several words | "{" name ":" union "}"
    prefixed = a prefix for lists [ count ] item [ "," | "and" item … ] | a prefix for maps item "to" item

A phrase is one or more words that the dialect's `types` know, in whatever capitals and in the plural.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from generator.ir import (
    ANY,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    one_of,
    references,
)
from generator.light import NamedTuple
from generator.typegrammar import DEPTH, Parser, normal_name
from generator.typetokens import Token, TypeSyntaxError, plain_label
from generator.typewords import SHAPES, Words, singulars

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = ("integer", "number")
_EXACTLY = ("minItems", "maxItems")
_LIMITS = {"up to": ("maxItems",), "at most": ("maxItems",), "at least": ("minItems",)}


class Stated(NamedTuple):
    """A fact of a type: a JSON Schema keyword, its value as JSON text, and the words that say so."""

    kind: str
    value: str
    words: str


class ProseParser(Parser):
    """Reads a cell that is written by hand. `facts`: what it states of parts of the type, each with that part."""

    def __init__(self, text: str, words: Words, url: str = "", depth: int = 0) -> None:
        super().__init__(text, words, url, depth)
        self.facts: list[tuple[TypeRef, Stated]] = []
        self.many = 0  # how deep in lists and maps, of which plurals may stand

    def inner(self, token: Token) -> Parser:
        inner = type(self)(token.text, self.words, token.url, self.depth)
        inner.many = self.many
        inner.facts = self.facts
        return inner

    def whole(self) -> TypeRef:
        """The type of all words; where those behind it cannot be read, `array of` still says that it is a list."""
        start = self.at
        listed = self.next.kind == "word" and self.take_prefix() == "list"
        self.at = start
        try:
            return super().whole()
        except TypeSyntaxError as error:
            error.is_list = listed and error.offset > 0
            raise

    def ahead(self, count: int) -> str:
        """The next tokens as a phrase in lower case, a link as its label; empty if one of them is no word."""
        tokens = self.tokens[self.at : self.at + count]
        if any(token.kind not in ("word", "number", "link") for token in tokens):
            return ""
        return " ".join(plain_label(token.text) for token in tokens).lower()

    def take_prefix(self) -> str:
        for count in range(self.words.longest, 0, -1):
            shape = self.words.prefixes.get(self.ahead(count), "")
            follows = self.tokens[min(self.at + count, len(self.tokens) - 1)]
            begins = follows.kind in ("word", "link", "string", "number")
            if shape and (begins or follows.text in ("[", "{", "(", "?")):
                self.at += count
                return shape
        return ""

    def prefixed(self) -> TypeRef | None:
        start = self.at
        shape = self.take_prefix() if self.next.kind in ("word", "link") else ""
        self.many += shape in ("list", "map")
        if shape == "list":
            list_ = self.several(start)
            self.many -= 1
            return list_
        if shape == "map":
            value = self.item() or ANY
            if self.next.text == "to":
                self.take()
                value = self.item() or ANY
            self.many -= 1
            return MapOf(value)
        if shape:
            return SHAPES[shape]([self.item() or ANY])
        return super().prefixed()

    def several(self, start: int) -> ListOf:
        """What a prefix such as `array of` says that the items are: a number of them, or of several types."""
        limits, count = self.take_count()
        plural = self.is_plural()
        parts = [self.item() or ANY]
        for _ in range(DEPTH):
            if not (self.goes_on() or plural and self.is_plural(1)):
                break
            self.take_separator()
            parts.append(self.item() or ANY)
        list_ = ListOf(one_of(tuple(parts)))
        for limit in limits if count else ():
            self.state(list_, limit, str(count), start)
        return list_

    def take_count(self) -> tuple[tuple[str, ...], int]:
        """The number of items, where it is told in front of their type, and which limits it is; 0 if it is not told."""
        start = self.at
        limits: tuple[str, ...] = _EXACTLY
        if self.ahead(2) in _LIMITS:
            limits = _LIMITS[self.ahead(2)]
            self.at += 2
        token, follows = self.next, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        if follows.kind in ("word", "link"):
            if token.kind == "number" and token.text.isdigit():
                return limits, int(self.take().text)
            if token.kind == "word" and token.text.lower() in _COUNTS:
                return limits, _COUNTS.index(self.take().text.lower()) + 2
        self.at = start
        return limits, 0

    def is_plural(self, skip: int = 0) -> bool:
        """Whether the next word (behind as many separators) is a plural."""
        for token in self.tokens[self.at : self.at + skip]:
            if token.text not in ("or", "and"):
                return False
        token = self.tokens[min(self.at + skip, len(self.tokens) - 1)]
        return token.kind == "word" and bool(singulars(token.text))

    def goes_on(self) -> bool:
        """Whether a list of items goes on: `A, B and C`."""
        if self.next.text not in (",", "and"):
            return False
        rest = self.tokens[self.at :]
        stop = next(
            i
            for i, t in enumerate(rest)
            if t.text in ("|", "or") or t.kind in ("break", "end")
        )
        return any(token.text == "and" for token in rest[:stop])

    def suffixed(self, type_: TypeRef | None) -> TypeRef | None:
        more = super().suffixed(type_)
        if more is not None:
            return more
        type_ = type_ if type_ is not None else ANY
        if self.next.kind == "word":
            for count in range(self.words.longest, 0, -1):
                shape = self.words.suffixes.get(self.ahead(count))
                if shape:
                    self.at += count
                    return SHAPES[shape]([type_])
            if self.next.text.lower() in self.words.notes:
                self.skip_note()
                return type_
        if self.sees("[") and self.tokens[self.at + 1].kind == "number":
            return self.sized(type_)
        if self.sees("("):
            return self.noted(type_)
        return None

    def sized(self, type_: TypeRef) -> TypeRef:
        """`number[4]`, `number[1-16]`: the size of an array; with a space, `number [1-16]`, between which values a number is."""
        start = self.at
        before = self.tokens[start - 1]
        apart = before.offset + len(before.text) < self.next.offset
        self.take()
        low, high = self.size()
        self.take("]")
        if apart and high and isinstance(type_, Scalar) and type_.kind in _NUMBERS:
            type_ = replace(type_)  # a node of its own, which facts are on
            self.state(type_, "minimum", low, start)
            self.state(type_, "maximum", high, start)
            return type_
        if apart and high and isinstance(type_, Scalar) and type_.kind == "string":
            message = "this may be a length or a number of items"
            raise TypeSyntaxError(message, self.tokens[start].offset)
        list_ = ListOf(type_)
        if isinstance(
            type_, ListOf
        ):  # of two sizes nothing says which is the outer one
            self.facts = [fact for fact in self.facts if fact[0] is not type_]
            return list_
        self.state(list_, "minItems", low, start)
        self.state(list_, "maxItems", high or low, start)
        return list_

    def size(self) -> tuple[str, str]:
        """A number, or two: `4`, `1-16`, `20,500`."""
        low, high = self.take(), ""
        if self.next.kind == "number":  # 1-16 is read as 1 and -16
            high = self.take().text.lstrip("-")
        elif (self.sees(",") or self.next.kind == "open") and self.tokens[
            self.at + 1
        ].kind == "number":
            self.take()
            high = self.take().text
        if not low.text.isdigit() or high and not high.isdigit():
            raise TypeSyntaxError(f"{low.text!r} is no size", low.offset)
        return low.text, high

    def noted(self, type_: TypeRef) -> TypeRef:
        """A type with what stands in parentheses behind it: a length, a format, the type of its items, or a note that says none of these."""
        start = self.at
        kind = type_.fallback if isinstance(type_, Ref) else type_
        if self.tokens[start + 1].kind == "number":
            with suppress(TypeSyntaxError):
                self.take()
                low, high = self.size()
                self.take(")")
                if isinstance(kind, Scalar) and kind.kind == "string":
                    type_ = replace(type_)  # a node of its own, which facts are on
                    if high:
                        self.state(type_, "minLength", low, start)
                    self.state(type_, "maxLength", high or low, start)
                return type_
            self.at = start
        said = self.in_parentheses()
        return type_ if said is None else self.refined(type_, said)

    def in_parentheses(self) -> TypeRef | None:
        """What stands in parentheses, as a type; None where that is none, or has unknown names."""
        start, brackets, depth = self.at, self.brackets, self.depth
        said = None
        with suppress(TypeSyntaxError):
            self.take("(")
            said = self.union()
            self.take(")")
            if all(ref.url or ref.fallback for ref in references(said)):
                return said
        self.at, self.brackets, self.depth = start, brackets, depth
        self.take("(")
        self.skip_to(")")
        self.take(")")
        return None

    def refined(self, type_: TypeRef, said: TypeRef) -> TypeRef:
        """A type of which parentheses say more."""
        if isinstance(said, Ref) and said.fallback:
            said = said.fallback
        match type_, said:
            case (ListOf(Scalar("any")), _):
                return said if isinstance(said, ListOf) else ListOf(said)
            case (Scalar("object"), Ref()):
                return said
            case (Scalar(kind, ""), Scalar(other)) if said.format:
                same = kind == other or (kind, other) == ("number", "integer")
                return said if same else type_
            case _:
                return type_

    def skip_note(self) -> None:
        """Step over a note that a word of `notes` begins."""
        while self.next.kind not in ("end", "break") and self.next.text not in (
            "|",
            ",",
            ";",
            ")",
            "]",
            ">",
            "}",
        ):
            token = self.take()
            if token.text in _CLOSING and token.kind == "sign":
                self.skip_to(_CLOSING[token.text])
                self.take()

    def skip_to(self, closing: str) -> None:
        """Step over all that stands before a closing bracket."""
        level = 0
        while self.next.kind != "end" and (level or self.next.text != closing):
            level += (self.next.text in _CLOSING) - (
                self.next.text in _CLOSING.values()
            )
            self.take()
        if self.next.kind == "end":
            raise TypeSyntaxError(f"{closing!r} is missing", self.next.offset)

    def primary(self) -> TypeRef | None:
        if self.next.kind in ("word", "number"):
            known = self.phrase()
            if known is not None:
                return known
        if self.next.kind == "word" and not self.is_call():
            return self.name()
        token = self.next
        type_ = super().primary()
        if token.kind == "link" and self.next.kind == "word":
            self.skip_label(token)
        return type_

    def skip_label(self, link: Token) -> None:
        """Step over words right behind a link that are of its label, as the id shows that it leads to: `[deck](#deck-plan) plan`."""
        ends = f"-{link.url.rpartition('#')[2].lower()}-"
        label = "-".join(plain_label(link.text).lower().split())
        while self.next.kind == "word" and not self.sees_suffix():
            word = self.next.text.lower()
            names = [f"{label}-{one}" for one in (word, *singulars(word))]
            label = next((name for name in names if f"-{name}-" in ends), "")
            if not label:
                break
            self.take()

    def sees_suffix(self) -> bool:
        """Whether the next word says something of the type before it, or joins it with another."""
        word = self.next.text.lower()
        return word in self.words.suffixes or word in self.words.separators

    def is_call(self) -> bool:
        """Whether the next word is a generic with its arguments, or a value: the grammar reads these."""
        token, follows = self.next, self.tokens[self.at + 1]
        name = normal_name(token.text)
        if name in ("true", "false", "True", "False") or name in self.words.open:
            return True
        if follows.text == "<":
            return True
        joined = follows.offset == token.offset + len(token.text)
        calls = follows.text == "(" and joined or follows.text == "["
        return calls and bool(self.generic(name)) and not self.sees_behind("[", "]")

    def sees_behind(self, *texts: str) -> bool:
        """Whether these signs come behind the next token."""
        return [t.text for t in self.tokens[self.at + 1 :][: len(texts)]] == [*texts]

    def generic(self, name: str) -> str:
        """The generic of the dialect that a word means, in whatever capitals."""
        return self.words.generic_words.get(name.lower(), "")

    def named(self, token: Token) -> TypeRef | None:
        name = self.generic(normal_name(token.text))
        return super().named(token._replace(text=name) if name else token)

    def phrase(self) -> TypeRef | None:
        """The type that the next words mean, as many as there are."""
        call = self.is_call()
        if call and self.tokens[self.at + 1].text != "(" and not self.sized_text():
            return None
        for count in range(self.words.longest, 0, -1):
            written = self.tokens[self.at : self.at + count]
            if any(token.kind not in ("word", "number") for token in written):
                continue
            words = " ".join(token.text for token in written)
            known = self.words.meaning(words, self.many > 0)
            if known is None or call and count == 1:
                continue
            self.at += count
            return self.known(words, known)
        return None

    def known(self, words: str, known: TypeRef) -> TypeRef:
        """A type that words mean. A definition of that name comes first, where a link leads there or a capital may mean it."""
        wide = self.words.types.get(words.lower() + "[]")
        if wide is not None and self.sees("["):
            start = self.at
            self.take()
            high = self.size()[1] if self.next.kind == "number" else ""
            if self.tokens[self.at - 1].kind == "number":
                wide = replace(wide)
                number = high or self.tokens[self.at - 1].text
                self.state(wide, "maxLength", number, start)
            self.take("]")
            return wide
        if self.url and "://" not in self.url:
            return Ref(words, self.url, fallback=known)
        core = isinstance(known, Scalar) and not known.format
        said = isinstance(known, OneOf)  # the docs may say which one it is
        if "://" in self.url or core or not (said or words[:1].isupper()):
            return known
        return Ref(words, fallback=known)

    def sized_text(self) -> bool:
        """Whether a word and its size are a string: `char[64]`."""
        return self.next.text.lower() + "[]" in self.words.types

    def name(self) -> TypeRef:
        """A name of one or more words: all up to a word that means something else here."""
        parts = [self.take()]
        while self.next.kind == "word" and not self.ends_name():
            parts.append(self.take())
        name = " ".join(normal_name(part.text) for part in parts)
        if len(parts) == 1:
            return self.shaped(name, [], Ref(name, self.url))
        return Ref(name, self.url)

    def ends_name(self) -> bool:
        low = self.next.text.lower()
        if low in self.words.separators or low in self.words.notes or low == "to":
            return True
        return any(
            self.ahead(count) in self.words.suffixes
            for count in range(1, self.words.longest + 1)
        )

    def take_separator(self) -> bool:
        while self.next.text == "," and (
            self.tokens[self.at + 1].text.lower() in self.words.notes
        ):
            self.take()
            self.skip_note()
        found = super().take_separator()
        if self.next.kind == "word" and self.next.text.lower() == "or":
            self.take()
            return True
        return found

    def braces(self) -> TypeRef:
        """`{ name: T }`: a map from such names to T; with several names it is an object that nothing names."""
        start = self.at, self.brackets, self.depth
        if self.next.kind == "word" and self.tokens[self.at + 1].text == ":":
            with suppress(TypeSyntaxError):
                self.take(), self.take()
                self.brackets += 1
                value = self.union()
                self.brackets -= 1
                self.take("}")
                return MapOf(value)
            self.at, self.brackets, self.depth = start
        return super().braces()

    def state(self, type_: TypeRef, kind: str, value: str, start: int) -> None:
        """Note a fact of a type: the words are those from the token `start` to here."""
        end = self.tokens[self.at].offset
        words = self.text[self.tokens[start].offset : end].strip()
        self.facts.append((type_, Stated(kind, value, words)))
