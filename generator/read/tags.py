"""Lines of HTML and MDX: which of them hide what follows, which are headings, which stand between blocks.

In CommonMark a line such as `<details>` or `<Tab>` begins an HTML block, and everything down to the next blank line is raw
HTML. Docs are not written so: a heading or a table under such a line is meant as one. So here a tag line is a line of its
own that hides nothing; only comments, `<pre>`, `<script>`, `<style>` and `<textarea>` do.
"""

from __future__ import annotations

import re

from generator.patterns import late

# beginning of a line → what ends the part that is not read (CommonMark 4.6, kinds 1 to 5, and MDX comments)
_HIDING: tuple[tuple[re.Pattern[str], str], ...] = (
    (late(r"<!--"), "-->"),
    (late(r"\{/\*"), "*/}"),
    (late(r"<(?:pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE), "</>"),
    (late(r"<\?"), "?>"),
    (late(r"<!\[CDATA\["), "]]>"),
    (late(r"<![A-Za-z]"), ">"),
)
_RAW_END = late(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
# kind 6, tags that stand between blocks and so end a paragraph or a table
_BLOCK_TAG = late(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem"
    r"|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)"
    r"(?=\s|/?>|$)",
    re.IGNORECASE,
)
_COMPONENT = late(r"</?[A-Z][\w.]*(?=[\s/>]|$)")
_LONE_TAG = late(r"</?[A-Za-z][\w.-]*(?:\s[^<>]*)?>")
_HEADING = late(r"<h([1-6])(\s[^<>]*)?>(.*)</h\1>[ \t]*$", re.IGNORECASE)
_OPEN_HEADING = late(r"<h([1-6])(?:\s[^<>]*)?>", re.IGNORECASE)
# a comment, a tag whose values may hold braces with tags in them (`icon={<Star />}`), or any other tag
_TAG = late(
    r"""<!--[^<>]*-->|<>|</?[A-Za-z][\w.-]*(?:[^<>{}"']|"[^"]*"|'[^']*'|\{[^{}]*\})*+>|</?[A-Za-z][^<>]*>"""
)

_LABELS = "Badge|Chip|Icon|Label|Pill|Tag|Version"  # what they say is about a heading, not of it
_EMPTY = late(
    r"""<[A-Z][\w.]*(?:\s(?:[^<>{}"']|"[^"]*"|'[^']*'|\{[^{}]*\})*)?/>|\{/\*.*?\*/\}"""
)
_PAIR = late(r"<([A-Z][\w.]*)(?:\s[^<>]*)?>([^<>]*)</\1>")
_WRAP = late(r"<([A-Z][\w.]*)(?:\s[^<>]*)?>(.*?)</\1>", re.DOTALL)
_FIRST = late(r"<([A-Z][\w.]*)(?:\s[^<>]*)?>\s*")
_LAST = late(r"</([A-Z][\w.]*)>\Z")
_MULTILINE = late(r"<[A-Za-z][\w.-]*(?:\s+[\w:@.-]+(?:=.*)?)?\s*$")


def strip_components(text: str) -> str:
    """A heading without MDX components and comments: what badges say goes, what others enclose stays."""
    bare = _EMPTY.sub("", text)
    bare = _PAIR.sub(lambda m: "" if m[1] in _LABELS.split("|") else m[2], bare)
    return " ".join(bare.split()) or text if bare != text else text


def unwrap(text: str, mdx: bool) -> str:
    """A paragraph without the component that encloses it (`<Info>Text.</Info>`); in MDX, also without half of one."""
    found = _WRAP.fullmatch(text)
    if found and f"<{found[1]}" not in found[2] and found[2].strip():
        return found[2].strip()
    if not mdx:
        return text
    first, last = _FIRST.match(text), _LAST.search(text)
    if first and f"</{first[1]}>" not in text:
        return text[first.end() :] or text
    if last and f"<{last[1]}" not in text:
        return text[: last.start()].rstrip() or text
    return text


def may_go_on(line: str, at: int) -> bool:
    """Whether a tag begins that may end on a line below."""
    return _MULTILINE.match(line, at) is not None


def find_hiding(line: str, at: int) -> str:
    """What ends the unread part that begins at `at`, or "" if none begins there."""
    for begin, end in _HIDING:
        if begin.match(line, at):
            return end
    return ""


def find_end(line: str, end: str, at: int = 0) -> int:
    """Where in `line` the unread part that `end` ends is over, or -1."""
    if end == "</>":
        found = _RAW_END.search(line, at)
        return found.end() if found else -1
    where = line.find(end, at)
    return where if where < 0 else where + len(end)


def parse_heading(line: str, at: int) -> tuple[int, str, int] | None:
    """Level, inner markdown and where it begins, of an HTML heading that stands on one line."""
    found = _HEADING.match(line, at)
    if found is None:
        return None
    inner = found[3].strip()
    return int(found[1]), inner, found.start(3) + len(found[3]) - len(found[3].lstrip())


def parse_open_heading(line: str, at: int) -> tuple[int, int] | None:
    """Level and where the text begins, of an HTML heading that may end on a line below."""
    found = _OPEN_HEADING.match(line, at)
    return (int(found[1]), found.end()) if found else None


def stands_between(line: str, at: int) -> bool:
    """Whether a tag at `at` ends a paragraph or table before it: HTML's block tags, and a line of MDX components only."""
    if _BLOCK_TAG.match(line, at):
        return True
    if _COMPONENT.match(line, at) is None or "|" in line[at:]:
        return False
    return line.rstrip().endswith(">") or ">" not in line[at:]


def is_lone_tag(line: str, at: int) -> bool:
    """Whether one tag is all that stands at `at`, or the line begins and ends with tags (`<a name="x"></a>`)."""
    return _LONE_TAG.match(line, at) is not None and not _TAG.sub("", line[at:]).strip()


def has_text(markup: str) -> bool:
    """Whether anything is left of `markup` without its tags and comments."""
    return bool(_TAG.sub("", markup).strip())
