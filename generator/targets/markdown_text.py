"""Descriptions made fit to stand outside their page, and the text that an output shows of a definition or field.

The text stays markdown. Fast for the common description, which has nothing to change,
and linear in the length of any other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.ir import Alias, Definition, Enum, EnumValue, Field
from generator.patterns import late

# The words of inline markdown that matter here. Possessive repeats keep it linear.
_TOKEN = late(
    r"""
      (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<ticks>`++)
    | (?P<open>!?+\[)
    | (?P<close>\])(?P<link>\([ \t\n]*+
        (?:<(?P<angled>[^<>\n]*+)>|(?P<plain>(?:[^\s()<>]|\([^\s()]*+\))*+))
        (?:[ \t\n]++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?+[ \t\n]*+\))?+
    | (?P<br></?br[ \t]*+/?>(?:[ ](?![ ]))?)
    | (?P<anchor><a[ \t\n]
        (?:(?:[^<>]*?[ \t\n])??href=["'](?P<href>[^<>"']*+)["'])?+[^<>]*+>)
    | (?P<unanchor></a>)
    | (?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BREAK = late(r"</?br[ \t]*+/?>", re.IGNORECASE)
_FENCE = late(r" *(?:```|~~~)")
# A line that does not go on with the paragraph above it: a list item, a quote, a heading, a table row, code.
_BLOCK_START = late(r" *(?:[-*+] |\d{1,9}[.)] |[>#|]|```|~~~|<br)|    ")
# A line after which a break is meant, or that is no paragraph.
_HARD_END = late(r"(?:  |\\|<br ?/?>)\Z|\A *(?:[#|]|```|~~~)")
_IF = late(r"(?:if|when|unless|where)\b")
_BLANK_LINES = late(r"\n{3,}")
_TICKS = late(r"`+")
_KEPT_URL = late(r"(?:https?://|mailto:)", re.IGNORECASE)
_ANY_SCHEME = late(r"[A-Za-z][A-Za-z0-9+.-]*:")


def readable(description: str, page: str, base_url: str) -> str:
    """The markdown of a description without what works only on its page.

    `page`: the path of the page, relative to its source; `base_url`: the URL that the
    source's root stands at, or empty. `<br>` becomes a new line, entities outside code
    their characters. Relative links and images become absolute under `base_url`;
    without it, and with a scheme other than http, https or mailto, their label stays.
    No line ends in spaces, and no two blank lines follow each other.
    """
    text = description.strip()
    if "\n" not in text and "\r" not in text:
        if "<" not in text and "&" not in text and "](" not in text:
            return text
    else:
        text = join_soft_breaks(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "<" in text or "&" in text or "](" in text:
        text = _rewrite(text, page, base_url)
    text = "\n".join([line.rstrip() for line in text.split("\n")])
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def portable(text: str, page: str, base_url: str) -> str:
    """The text with its links as `readable` leaves them, and all else as documented."""
    if "](" not in text and "<a" not in text and "<A" not in text:
        return text
    return _Rewriter(text, page, base_url, links_only=True).run()


def join_soft_breaks(text: str) -> str:
    """The text with each paragraph and list item on one line: where a writer only wrapped a line, markdown means a space."""
    lines: list[list[str]] = []  # each in the pieces that it is made of
    above = ""
    fenced = False
    for line in text.split("\n"):
        is_fence = _FENCE.match(line) is not None
        if (
            not (
                fenced
                or is_fence
                or _BLOCK_START.match(line)
                or _HARD_END.search(above)
            )
            and above.strip()
            and line.strip()
        ):
            lines[-1].append(line.strip())
        else:
            lines.append([line.rstrip()])
        fenced ^= is_fence
        above = line
    return "\n".join([" ".join(pieces) for pieces in lines])


def describe(definition: Definition, base_url: str) -> str:
    """What an output says of a definition, as markdown: its description, its values' descriptions, deprecation, where it is documented."""
    page = definition.span.file
    parts = [readable(definition.description, page, base_url)]
    if isinstance(definition, Enum):
        parts.append(
            "\n".join(
                [
                    _describe_value(value, page, base_url)
                    for value in definition.values
                    if value.description
                ]
            )
        )
    if isinstance(definition, Alias) and definition.url:
        parts.append(f"Documented at {definition.url}")
    return _join(parts, definition.deprecated, page, base_url)


def describe_field(field: Field, base_url: str) -> str:
    """What an output says of a field, as markdown: its description, when it is required, and its deprecation."""
    page = field.span.file
    text = readable(field.description, page, base_url)
    deprecated = field.deprecated
    if deprecated is None and not field.facts:
        return text
    if deprecated is not None and _says_deprecated(field.description, deprecated):
        deprecated = None
    words = [
        fact.words
        for fact in field.facts
        if fact.kind == "requiredIf" and fact.words not in field.description
    ]
    parts = [text, *[_condition(readable(each, page, base_url)) for each in words]]
    return _join(parts, deprecated, page, base_url)


def _says_deprecated(description: str, reason: str) -> bool:
    """Whether a description itself says that its field is deprecated, and why."""
    return "deprecated" in description.lower() and reason in description


def _condition(words: str) -> str:
    """When a field is required, in the docs' words: a column says it beside the description."""
    if "required" in words.lower():
        return words
    return f"Required {words}" if _IF.match(words) else f"Required: {words}"


def _describe_value(value: EnumValue, page: str, base_url: str) -> str:
    shown = value.value
    if shown[0] == '"' and "\\" not in shown and "`" not in shown:
        shown = shown[1:-1]
    text = readable(value.description, page, base_url).replace("\n", "\n  ")
    return f"- `{shown}`: {text}"


def _join(parts: list[str], deprecated: str | None, page: str, base_url: str) -> str:
    if deprecated is not None:
        reason = readable(deprecated, page, base_url)
        parts.append(f"Deprecated: {reason}" if reason else "Deprecated.")
    return "\n\n".join([part for part in parts if part])


@lru_cache(maxsize=65536)  # each target asks again
def _rewrite(text: str, page: str, base_url: str) -> str:
    """Resolve links, line breaks and entities outside code; one pass over the text."""
    return _Rewriter(text, page, base_url).run()


class _Rewriter:
    """The state of one pass: what is written so far, and the brackets that may open a link.

    `links_only`: line breaks and entities stay as they are.
    """

    def __init__(
        self, text: str, page: str, base_url: str, links_only: bool = False
    ) -> None:
        self.links_only = links_only
        self.text = text
        self.page = page
        self.base_url = base_url
        self.out: list[str] = []
        self.brackets: list[int] = []  # where in `out` an open bracket stands
        self.dead = 0  # so many of them stand outside a link: links do not nest
        self.anchors: list[str] = []  # what the open <a> tags end in
        self.fences = _closing_ticks(text) if "`" in text else {}

    def run(self) -> str:
        text, out = self.text, self.out
        done = 0
        while match := _TOKEN.search(text, done):
            out.append(text[done : match.start()])
            done = match.end()
            if match["ticks"]:
                done = self.code(match.start(), match.end())
            elif match["open"]:
                self.brackets.append(len(out))
                out.append(match["open"])
            elif match["close"]:
                done = self.close(match)
            elif self.links_only and (match["br"] or match["entity"]):
                out.append(match[0])
            elif match["br"]:
                out.append("\n")
            elif match["entity"]:
                out.append(_decode(match["entity"]))
            elif match["anchor"]:
                self.open_anchor(match["href"] or "")
            elif match["unanchor"]:
                out.append(self.anchors.pop() if self.anchors else "")
            else:
                out.append(match[0])
        out.append(text[done:])
        return "".join(out)

    def code(self, start: int, end: int) -> int:
        """Copy a code span and return where it ends. In a fence, `<br>` is a line's end: tables have no other."""
        closed = self.fences.get(start)
        if closed is None:
            self.out.append(self.text[start:end])
            return end
        span = self.text[start:closed]
        broken = end - start > 2 and not self.links_only
        self.out.append(_BREAK.sub("\n", span) if broken else span)
        return closed

    def close(self, match: re.Match[str]) -> int:
        """A closing bracket: rewrite the link that it ends, if it ends one."""
        if not self.brackets:
            self.out.append("]")
            return match.start() + 1
        opened = self.brackets.pop()
        image = self.out[opened] == "!["
        live = image or len(self.brackets) >= self.dead
        self.dead = min(self.dead, len(self.brackets))
        if match["link"] is None or not live:
            self.out.append("]")
            return match.start() + 1
        if not image:
            self.dead = len(self.brackets)
        url = match["angled"] if match["angled"] is not None else match["plain"]
        if _KEPT_URL.match(url):
            self.out.append(match[0])
        elif absolute := _absolute(url, self.page, self.base_url):
            self.out.append(f"]({absolute})")
        else:
            self.out[opened] = ""
        return match.end()

    def open_anchor(self, href: str) -> None:
        """A link as HTML becomes one as markdown; an anchor that only links from elsewhere reach goes."""
        url = (
            href if _KEPT_URL.match(href) else _absolute(href, self.page, self.base_url)
        )
        self.out.append("[" if url else "")
        self.anchors.append(f"]({url})" if url else "")


def _closing_ticks(text: str) -> dict[int, int]:
    """Where each run of backticks that opens a code span begins → where the span ends."""
    following: dict[int, int] = (
        {}
    )  # length of a run → end of the next run of that length
    ends: dict[int, int] = {}
    for match in reversed(list(_TICKS.finditer(text))):
        length = match.end() - match.start()
        if length in following:
            ends[match.start()] = following[length]
        following[length] = match.end()
    return ends


def _decode(entity: str) -> str:
    if entity[1] == "#":
        from html import unescape  # its table takes 3 ms to import

        decoded = unescape(entity)
    else:
        from html.entities import html5

        decoded = html5.get(entity[1:], entity)
    return decoded.replace("\xa0", " ").replace("\r", "\n")


@lru_cache(maxsize=4096)
def _absolute(url: str, page: str, base_url: str) -> str:
    """A relative URL of a page made absolute, or nothing where that cannot be."""
    if not base_url or _ANY_SCHEME.match(url):
        return ""
    from urllib.parse import quote, urljoin

    try:
        joined = urljoin(f"{base_url.rstrip('/')}/{quote(page)}", url)
    except ValueError:  # a host in brackets that is no address
        return ""
    return quote(joined, safe="!#$%&'*+,/:;=?@~")
