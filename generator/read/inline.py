"""The inside of cells, headings and paragraphs: markdown text becomes runs of decoded text (CommonMark 6, with its own limits).

What differs from CommonMark on purpose, because cells hold types: an unknown tag (`<string>`, `<T>`) is text, as is an autolink
without `://` or `mailto:` (`<string:int>`); known tags are written in lower case (`<B>` is a type) and dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from generator.patterns import late
from generator.read.blocks import Inline
from generator.read.links import (
    decode_entity,
    decode_text,
    find_label,
    find_target,
    fold_label,
)
from generator.read.marks import Mark, flank, pair_marks

_NO_LINKS: Mapping[str, str] = MappingProxyType({})
_SPECIAL = re.compile(r"[\\`*_~\[\]!<&\n]")
_TICKS = late(r"`+")
_RUN = {char: re.compile(re.escape(char) + "+") for char in "*_~"}
_AUTOLINK = late(r"<((?:[A-Za-z][A-Za-z0-9+.-]{1,31}://|mailto:)[^\s<>]*)>")
_TAG = late(
    r"<(/?)(BR|br|a|b|i|em|strong|code|sup|sub|p|span|ul|ol|li|pre|nobr|mark|details|summary|small|u|s|del|ins|kbd|div|tt|wbr|img)"
    r"(\s[^<>]*)?/?>"
)
_HREF = late(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_ALT = late(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BREAKING = frozenset(("p", "ul", "ol", "li", "pre", "details", "summary", "div"))
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_CACHED = 96  # types, marks and names repeat all over the docs; longer cells seldom do

__all__ = ["is_struck", "parse_inline", "plain_text"]


def parse_inline(text: str, links: Mapping[str, str] = _NO_LINKS) -> tuple[Inline, ...]:
    """The runs of `text`, neighbours with equal link and kind merged. `links`: the page's definitions (`Page.links`)."""
    if not _SPECIAL.search(text):
        return (Inline(text),) if text else ()
    if (
        text[0] == "`"
        and len(text) > 2
        and text.find("`", 1) == len(text) - 1
        and text[1] != " "
        and "\n" not in text
    ):
        return (Inline(text[1:-1], None, True),)  # most names
    if len(text) <= _CACHED and not links:
        return _parse_short(text)
    return _merge(_Parser(text, links).parse())


def plain_text(text: str, links: Mapping[str, str] = _NO_LINKS) -> str:
    """What a reader sees of `text`: all marks gone, trimmed."""
    if not _SPECIAL.search(text):
        return text.strip()
    return "".join([run.text for run in parse_inline(text, links)]).strip()


def is_struck(text: str) -> bool:
    """Whether all that a reader sees of `text` is struck through, by `~~…~~`, `<del>` or `<s>`."""
    if "~~" not in text and "<del" not in text and "<s" not in text:
        return False
    visible = [
        piece for piece in _Parser(text, _NO_LINKS).parse() if piece.text.strip()
    ]
    return bool(visible) and all(piece.struck for piece in visible)


@lru_cache(maxsize=8192)
def _parse_short(text: str) -> tuple[Inline, ...]:
    return _merge(_Parser(text, _NO_LINKS).parse())


class _Piece:
    """A run while it is read: plain text, a code span, or marks whose meaning is not known yet."""

    __slots__ = ("code", "struck", "text", "url")

    def __init__(self, text: str, code: bool = False, url: str | None = None) -> None:
        self.text = text
        self.code = code
        self.url = url
        self.struck = False


class _Opener:
    """A `[` or `![` that may begin a link: its piece, where its label begins, and how many marks came before it."""

    __slots__ = ("image", "marks", "piece", "start")

    def __init__(self, piece: int, start: int, marks: int, image: bool) -> None:
        self.piece = piece
        self.start = start
        self.marks = marks
        self.image = image


def _merge(pieces: list[_Piece]) -> tuple[Inline, ...]:
    runs: list[Inline] = []
    texts: list[str] = []
    url: str | None = None
    code = False
    for piece in pieces:
        if not piece.text:
            continue
        if texts and (piece.url != url or piece.code != code):
            runs.append(Inline("".join(texts), url, code))
            texts = []
        url, code = piece.url, piece.code
        texts.append(piece.text)
    if texts:
        runs.append(Inline("".join(texts), url, code))
    return tuple(runs)


class _Parser:
    """One pass over a text. Every step moves on, and what is searched in vain is searched once: the time is linear."""

    def __init__(self, text: str, links: Mapping[str, str]) -> None:
        self.text = text
        self.links = links
        self.pieces: list[_Piece] = []
        self.marks: list[Mark] = []
        self.openers: list[_Opener] = []
        self.spent = (
            0  # openers below this index stand before a link, and links do not nest
        )
        self.ticks: dict[int, list[int]] | None = (
            None  # length of a run of backticks → where such runs begin, last first
        )
        self.tags: dict[str, tuple[int, str]] = (
            {}
        )  # open <a href>, <code>, <del>, <s>: the piece they begin at, the URL
        self.comments = True  # whether a `-->` may still come

    def parse(self) -> list[_Piece]:
        text, at, size = self.text, 0, len(self.text)
        search, steps = _SPECIAL.search, _STEPS
        while at < size:
            found = search(text, at)
            if found is None:
                self.add(text[at:])
                break
            begin = found.start()
            if begin > at:
                self.add(text[at:begin])
            at = steps[text[begin]](self, begin)
        self.pair(0)
        return self.pieces

    def add(self, text: str) -> None:
        self.pieces.append(_Piece(text))

    def pair(self, since: int) -> None:
        """Decide the marks from the `since`th on: those that enclose something vanish."""
        if since < len(self.marks):
            for begin, end in pair_marks(self.marks[since:]):
                for piece in self.pieces[begin:end]:
                    piece.struck = True
            for mark in self.marks[since:]:
                self.pieces[mark.piece].text = mark.char * mark.left
            del self.marks[since:]

    # Each step reads what begins at `at` and returns where to go on.

    def read_escape(self, at: int) -> int:
        char = self.text[at + 1 : at + 2]
        if char == "\n":
            return self.read_newline(at + 1, hard=True)
        if char in _ESCAPABLE:
            self.add(char)
            return at + 2
        self.add("\\")
        return at + 1

    def read_newline(self, at: int, hard: bool = False) -> int:
        last = self.pieces[-1] if self.pieces else None
        if last is not None and not last.code and last.text.endswith(" "):
            hard = hard or last.text.endswith("  ")
            last.text = last.text.rstrip(" ")
        self.add("\n" if hard else " ")
        at += 1
        while self.text[at : at + 1] == " ":
            at += 1
        return at

    def read_code(self, at: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for run in reversed(list(_TICKS.finditer(self.text))):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        found = _TICKS.match(self.text, at)
        assert found is not None
        begin = found.end()
        closers = self.ticks.get(begin - at, [])
        while closers and closers[-1] < begin:
            closers.pop()
        if not closers:
            self.add(found[0])
            return begin
        code = self.text[begin : closers[-1]].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        self.pieces.append(_Piece(code, code=True))
        return closers[-1] + begin - at

    def read_mark(self, at: int) -> int:
        text, char = self.text, self.text[at]
        found = _RUN[char].match(text, at)
        assert found is not None
        end = found.end()
        opens, closes = flank(
            char, text[at - 1] if at else " ", text[end] if end < len(text) else " "
        )
        if (opens or closes) and (char != "~" or end - at == 2):
            self.marks.append(Mark(char, end - at, opens, closes, len(self.pieces)))
        self.add(found[0])
        return end

    def read_bang(self, at: int) -> int:
        if self.text[at + 1 : at + 2] == "[":
            return self.open_label(at, at + 2)
        self.add("!")
        return at + 1

    def read_bracket(self, at: int) -> int:
        return self.open_label(at, at + 1)

    def open_label(self, at: int, start: int) -> int:
        self.openers.append(
            _Opener(len(self.pieces), start, len(self.marks), start - at == 2)
        )
        self.add(self.text[at:start])
        return start

    def close_label(self, at: int) -> int:
        if self.openers:
            index = len(self.openers) - 1
            opener = self.openers.pop()
            if opener.image or index >= self.spent:
                target = find_target(self.text, at + 1) or self.find_reference(
                    opener.start, at
                )
                if target:
                    self.make_link(opener, target[0])
                    return target[1]
            self.spent = min(self.spent, index)
        self.add("]")
        return at + 1

    def find_reference(self, start: int, at: int) -> tuple[str, int] | None:
        """URL and end of the reference link whose first label reaches from `start` to `at`."""
        if not self.links or at - start > 999:
            return None
        label, end = find_label(self.text, at + 1)
        if not label:
            label = self.text[start:at]
        url = self.links.get(fold_label(label))
        return None if url is None else (url, end)

    def make_link(self, opener: _Opener, url: str) -> None:
        self.pair(opener.marks)
        self.pieces[opener.piece].text = ""
        if opener.image:
            self.spent = min(self.spent, len(self.openers))
            return
        for piece in self.pieces[opener.piece :]:
            piece.url = url
        self.spent = len(self.openers)

    def read_entity(self, at: int) -> int:
        char, end = decode_entity(self.text, at)
        self.add(char)
        return end

    def read_angle(self, at: int) -> int:
        text = self.text
        if tag := _TAG.match(text, at):
            self.apply_tag(tag[2].lower(), tag[1] == "/", tag[3] or "")
            return tag.end()
        if link := _AUTOLINK.match(text, at):
            self.pieces.append(_Piece(link[1].removeprefix("mailto:"), url=link[1]))
            return link.end()
        if self.comments and text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            if end >= 0:
                return end + 3
            self.comments = False
        self.add("<")
        return at + 1

    def apply_tag(self, name: str, closing: bool, attributes: str) -> None:
        if name == "br":
            self.add("\n")
        elif name in _BREAKING:
            if self.pieces and not self.pieces[-1].text.endswith("\n"):
                self.add("\n")
        elif name == "img":
            alt = _ALT.search(attributes)
            self.add(decode_text(alt[1] or alt[2] or "") if alt else "")
        elif name in ("a", "code", "del", "s"):
            self.close_tag(name) if closing else self.open_tag(name, attributes)

    def open_tag(self, name: str, attributes: str) -> None:
        href = _HREF.search(attributes) if name == "a" else None
        if name != "a" or href:
            url = decode_text(href[1] or href[2] or href[3] or "") if href else ""
            self.tags[name] = (len(self.pieces), url)

    def close_tag(self, name: str) -> None:
        begin, url = self.tags.pop(name, (len(self.pieces), ""))
        for piece in self.pieces[begin:]:
            if name == "code":
                piece.code = True
            elif name == "a":
                piece.url = url if piece.url is None else piece.url
            else:
                piece.struck = True


_STEPS = {
    "\\": _Parser.read_escape,
    "\n": _Parser.read_newline,
    "`": _Parser.read_code,
    "*": _Parser.read_mark,
    "_": _Parser.read_mark,
    "~": _Parser.read_mark,
    "!": _Parser.read_bang,
    "[": _Parser.read_bracket,
    "]": _Parser.close_label,
    "&": _Parser.read_entity,
    "<": _Parser.read_angle,
}
