"""The markdown of a type cell as tokens: words, links, literals and signs. Emphasis, code marks and backslashes are dropped on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from generator.light import NamedTuple, unescape
from generator.patterns import late
from generator.read.links import fold_label


class TypeSyntaxError(ValueError):
    """The cell is no type expression: what is wrong, and at which character of the text (from 0).

    `is_list`: it says for sure that it is a list, and what cannot be read is of what.
    """

    is_list = False

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Token(NamedTuple):
    """`kind`: string, number, word, link (text: its label's markdown), sign, break, open (`...`), other or end."""

    kind: str
    text: str
    offset: int
    url: str = ""


# Quoted strings come before all markdown: a `*` or `_` inside them is theirs. HTML tags are known ones only, so that `List<String>` is none.
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|[*`_~]+(?![\w])|[*`~]+|\\(?=[^\w\\"'])|\\\\(?=[<>])|</?(?:code|em|i|b|strong|pre|sup|sub|span|p|div|nobr)(?:\s[^<>]*)?>|<a\s(?:[^<>]*\s)?(?:name|id)=[^<>]*></a>)
  | (?P<break><br\s*/?>|</br>)
  | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<link>\[(?P<label>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\])+)\]\(\s*<?(?P<url>(?:[^()\s<>\\]|\\.|\([^()\s]*\))*)>?(?:\s+"[^"]*")?\s*\))
  | (?P<anchor><a\s[^<>]*?href="(?P<href>[^"<>]*)"[^<>]*>(?P<shown>[^<]*)</a>)
  | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w]))
  | (?P<word>(?:::|\\)?[^\W\d](?:\w|\\_)*(?:(?:::|\\(?!_)|[.$-])(?:\w|\\_)+)*)
  | (?P<open>\.\.\.|…)
  | (?P<sign>[\[\](){}<>|¦,:;?=/+!])
    """,
    re.VERBOSE,
)
_LABEL = r"(?:[^\[\]\\]|\\.|\[[^\[\]]*\])+"
_REFERENCE = late(
    rf"(?<![\\\]\w])\[(?P<label>{_LABEL})\](?!\()(?:\[(?P<ref>[^\[\]]*)\])?(?!\()"
)
_ENTITY = late(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def decode(text: str) -> str:
    """The text with its entities resolved."""
    return _ENTITY.sub(lambda m: unescape(m[0]), text) if "&" in text else text


def read_tokens(text: str, prose: bool = False) -> list[Token]:
    """The tokens of a decoded cell, with an end behind them.

    Raises TypeSyntaxError for what has no meaning in a type; in `prose` such a character is a token of kind `other`.
    """
    out: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match and prose:
            out.append(Token("other", text[position], position))
            position += 1
            continue
        if not match:
            raise TypeSyntaxError(
                f"{text[position]!r} has no meaning in a type", position
            )
        if match["link"] is not None:
            out.append(
                Token(
                    "link", match["label"], position, _ESCAPE.sub(r"\1", match["url"])
                )
            )
        elif match["anchor"] is not None:
            out.append(Token("link", match["shown"], position, match["href"]))
        elif match["space"] is None:
            out.append(Token(match.lastgroup or "", match[0], position))
        position = match.end()
    out.append(Token("end", "", len(text)))
    return out


def inline_links(text: str, links: Mapping[str, str]) -> str:
    """The text with its reference-style links (`[x][ref]`, `[x][]`, `[x]`) as inline ones, where the page defines them."""

    def inline(match: re.Match[str]) -> str:
        url = links.get(fold_label(match["ref"] or match["label"]))
        return match[0] if url is None else f"[{match['label']}](<{url}>)"

    return _REFERENCE.sub(inline, text)


def unquote(text: str) -> str:
    """The text of a quoted string: JSON's escapes, or else markdown's."""
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return _ESCAPE.sub(r"\1", text[1:-1])


def plain_label(label: str) -> str:
    """A link's label without emphasis, code marks and escapes."""
    return _ESCAPE.sub(r"\1", re.sub(r"(?<!\\)[*`~]+", "", label)).strip()


def plain_phrase(text: str) -> str:
    """A cell as it is compared with the phrases of a dialect: without marks, white space folded."""
    return " ".join(re.sub(r"[*`~]+", "", text).replace("\\", "").split())
