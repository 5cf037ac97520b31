"""What an HTML table's cell holds, as the markdown of a pipe table's cell: one line, with `<br>` where a line ends.

`<code>`, `<a href>`, `<em>`, `<strong>` and `<del>` become markdown's marks, blocks (`<p>`, `<li>`, …) lines, `<img>` its `alt`.
Entities stay, but in code, where markdown knows none. Other tags of HTML are dropped; what only looks like one (`<name>`) stays.
"""

from __future__ import annotations

import html
import re
from itertools import groupby
from operator import attrgetter

from generator.light import NamedTuple

_MARKS = {"em": "*", "i": "*", "var": "*", "strong": "**", "b": "**"}
_MARKS |= {"del": "~~", "s": "~~", "strike": "~~"}
_CODE = ("code", "tt", "kbd", "samp")
_UNREAD = ("script", "style")
_SPACED = ("p", "pre", "blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote caption center dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main"
        " nav ol p pre section summary ul",
    )
)
# Tags that only dress what they hold, or hold nothing that can be read.
_DROPPED = frozenset(
    re.findall(
        r"\S+",
        "abbr acronym audio bdi bdo big button cite col colgroup data dfn font iframe input ins label link mark meta nobr option"
        " picture q rp rt ruby select small source span sub sup svg time u video wbr",
    )
)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_TICKS = re.compile(r"`+")
_EMPHASIS = re.compile(r"(?<!\\)(?:[*_]|~~)")
_URL_ESCAPES = str.maketrans(
    {
        " ": "%20",
        "(": "%28",
        ")": "%29",
        "<": "%3C",
        ">": "%3E",
        "\\": "%5C",
        "|": "%7C",
    }
)
_DEEPEST = 20  # marks in each other

Place = tuple[int, int]


def holds(tag: str) -> bool:
    """Whether it is a tag that has an end, so that `<a name="x"/>` is one without content."""
    return tag in _MARKS or tag in _CODE or tag in _BLOCKS or tag in _UNREAD + ("a",)


class _Run(NamedTuple):
    """A stretch of a line in one dress; `marks` from outside to inside."""

    text: str
    marks: str = ""
    url: str = ""
    code: bool = False


class CellText:
    """Collects the inside of a cell. `place`: where its text begins (indices of line and character), once there is any."""

    __slots__ = ("blank", "code", "lines", "marks", "place", "pre", "unread", "url")

    def __init__(self) -> None:
        self.lines: list[list[_Run]] = [[]]
        self.blank = 0  # how many of the last lines hold no text
        self.marks: list[str] = []  # open tags that are marks
        self.code = 0  # how many tags of a kind are open
        self.pre = 0
        self.unread = 0
        self.url = ""
        self.place: Place | None = None

    def add(self, text: str, place: Place) -> None:
        """Text as it stands in the file, from a place on."""
        if self.unread:
            return
        if self.place is None and (bare := text.lstrip()):
            lead = text[: len(text) - len(bare)]
            down = lead.count("\n")
            right = len(lead) - lead.rfind("\n") - 1 if down else place[1] + len(lead)
            self.place = place[0] + down, right
        for index, line in enumerate(text.split("\n") if self.pre else (text,)):
            if index:
                self.end_line()
            self.put(line)

    def put(self, text: str) -> None:
        marks = "".join(dict.fromkeys(_MARKS[tag] for tag in self.marks))
        self.lines[-1].append(_Run(text, marks, self.url, self.code > 0))
        if self.blank and not text.isspace():
            self.blank = 0

    def end_line(self) -> None:
        self.lines.append([])
        self.blank += 1

    def part(self, blank: int) -> None:
        """See to it that what follows begins a line (1), or stands below an empty one (2)."""
        while self.place is not None and self.blank < blank:
            self.end_line()

    def open_tag(
        self, tag: str, attrs: dict[str, str | None], raw: str, place: Place
    ) -> None:
        """A tag of any kind but those of tables; `raw` is how it is written."""
        if tag in _MARKS:
            self.marks[_DEEPEST - 1 :] = [tag]
        elif tag in _CODE:
            self.code += 1
        elif tag == "a":
            self.url = attrs.get("href") or ""
        elif tag == "br":
            self.end_line()
        elif tag in _BLOCKS:
            self.part(2 if tag in _SPACED else 1)
            self.pre += tag == "pre"
            if tag == "li":
                self.put("- ")
        elif tag == "img":
            self.add(html.escape(attrs.get("alt") or "", quote=False), place)
        elif tag in _UNREAD:
            self.unread += 1
        elif tag not in _DROPPED:
            self.add(raw, place)

    def close_tag(self, tag: str) -> None:
        if tag in _MARKS:
            if tag in self.marks:
                self.marks.remove(tag)
        elif tag in _CODE:
            self.code = max(0, self.code - 1)
        elif tag == "a":
            self.url = ""
        elif tag == "br":
            self.end_line()  # browsers read `</br>` so
        elif tag in _BLOCKS:
            self.pre = max(0, self.pre - (tag == "pre"))
            self.part(2 if tag in _SPACED else 1)
        elif tag in _UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag not in _DROPPED and tag != "img" and not self.unread:
            self.put(f"</{tag}>")

    def is_bold(self) -> bool:
        """Whether there is text, and all of it is bold."""
        runs = [run for line in self.lines for run in line if run.text.strip()]
        return bool(runs) and all("**" in run.marks for run in runs)

    def markdown(self) -> str:
        """The whole cell: its lines without those that are empty at its ends, and never two empty ones together."""
        out: list[str] = []
        for line in map(_write_line, self.lines):
            if line or (out and out[-1]):
                out.append(line)
        return "<br>".join(out if not out or out[-1] else out[:-1])


def _write_line(line: list[_Run]) -> str:
    out: list[str] = []
    for marks, marked in groupby(_join(line), attrgetter("marks")):
        inner: list[str] = []
        for url, linked in groupby(marked, attrgetter("url")):
            text = "".join(map(_write_run, linked))
            target = url.strip().replace("\n", "").translate(_URL_ESCAPES)
            inner.append(_dress(text, "[", f"]({target})") if target else text)
        out.append(_dress("".join(inner), marks, marks[::-1]))
    return _WHITE.sub(" ", "".join(out)).strip()


def _join(line: list[_Run]) -> list[_Run]:
    """The runs with white space folded, neighbours of one dress made one; white space takes the dress of what is before it."""
    out: list[_Run] = []
    for run in line:
        text = _WHITE.sub(" ", html.unescape(run.text) if run.code else run.text)
        last = out[-1] if out else None
        if last is not None and (not text.strip() or last[1:] == run[1:]):
            if last.text.endswith(" "):
                text = text.lstrip()
            out[-1] = last._replace(text=last.text + text)
        elif text.strip():
            out.append(run._replace(text=text))
    return out


def _write_run(run: _Run) -> str:
    if run.code:
        longest = max(map(len, _TICKS.findall(run.text)), default=0)
        ticks, pad = "`" * (longest + 1), " " if longest else ""
        return _dress(run.text, ticks + pad, pad + ticks)
    if " " in run.text.strip():
        return (
            run.text
        )  # prose may hold markdown that is meant, a single word (`__name__`) is literal
    return _EMPHASIS.sub(r"\\\g<0>", run.text)


def _dress(text: str, before: str, behind: str) -> str:
    """The text with something around it, white space at its ends outside."""
    bare = text.strip()
    if not bare or not before:
        return text
    start = len(text) - len(text.lstrip())
    return text[:start] + before + bare + behind + text[start + len(bare) :]
