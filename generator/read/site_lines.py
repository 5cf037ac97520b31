"""Lines that a static site generator takes out of a page: shortcodes, template tags, attribute lists, containers, tabs, imports.

| line | whose |
| --- | --- |
| `{{< tab "x" >}}`, `{{% alert %}}`, `{% if x %}` | Hugo, Liquid, Jinja |
| `{: #id .class}`, `{.class}`, `(label)=` | kramdown, Hugo, MyST |
| `:::note Title`, `:::` | Docusaurus, VitePress, MyST |
| `=== "Tab"`, `!!! note "Title"`, `??? tip` | MkDocs; what belongs to them is indented |
| `import X from "…"`, `export const x = …` | MDX |

Such a line hides nothing, and ends a paragraph or a table above it, as a line of tags does. To markdown alone it would be text, or
a row of the table.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence

from generator.patterns import late
from generator.read.balance import find_balance

_VALUE = r"""(?:[^"`{}]|"[^"]*"|`[^`]*`)*?"""
_SHORTCODE = late(rf"\{{\{{<{_VALUE}>\}}\}}|\{{\{{%{_VALUE}%\}}\}}|\{{%[^{{}}]*?%\}}")
_ATTRIBUTES = late(r"\{(?::|(?=[#.]))[^{}|]*\}[ \t]*$")
_IDS = late(r"""(?:^|[\s{:])(?:#|id=["']?)([^\s"'{}]+)""")
_LABEL = late(r"\(([^\s()]+)\)=[ \t]*$")
_CONTAINER = late(r":{3,}[ \t]*(?:[\w{\[][^|]*)?$")
_TAB = late(r"""===[!+]?[ \t]+["'][^|]*$|(?:!!!|\?\?\?\+?)[ \t]+[\w"'][^|]*$""")
_IMPORT = late(r"""import\s+(?:[\w$*{][^'"()]*\sfrom\s+)?(['"])[^'"]+\1\s*;?[ \t]*$""")
_MODULE = late(
    r"import(?:\s+[\w$*{]|\s*['\"])|export\s+(?:const|let|var|function|async|class|default|\{|\*)"
)
_CODE = late(
    r"""\{\{[<%]\s*(?P<tab>\w+)\s(?:[^{}]*?\s)?lang\s*=\s*"?(?P<lang>[\w+-]+)[^{}/]*[>%]\}\}[ \t]*$"""
    r"""|\{(?:\{[<%]|%)-?\s*(?P<name>highlight)\s+"?(?P<info>[\w+-]+)[^{}/]*[>%]\}\}?[ \t]*$"""
)
_END = late(r"[ \t]*\{(?:\{[<%]|%)-?[ \t]*(?:/[ \t]*|end)(\w+)")
_GOING_ON = ("=", "=>", "(", ",", "?", ":", "&&", "||", "+", "return")
_LONGEST = 400  # lines that an import or an export may have


def strip_shortcodes(line: str, at: int = 0) -> str | None:
    """What is left of a line that begins with a shortcode or template tag at `at`; None: it does not, or they stand in a sentence.

    Tags that enclose the whole line are taken off: `{{< alert >}} Text. {{< /alert >}}`.
    """
    first = _SHORTCODE.match(line, at)
    if first is None:
        return None
    rest = line[first.end() :].strip()
    while rest and (found := _SHORTCODE.match(rest)):
        rest = rest[found.end() :].strip()
    if not rest:
        return ""
    name = first[0].strip("{}<%-> \t").split(None, 1)[0]
    last = list(_SHORTCODE.finditer(rest))
    if last and last[-1].end() == len(rest):
        closing = last[-1][0].strip("{}<%-> \t")
        if closing.lstrip("/ ") == name or closing == f"end{name}":
            return rest[: last[-1].start()].strip()
    return None


def parse_attributes(line: str, at: int) -> tuple[str, ...] | None:
    """The ids in the attribute list or label that is all that stands at `at`; None: there is none."""
    if found := _ATTRIBUTES.match(line, at):
        return tuple(_IDS.findall(found[0]))
    found = _LABEL.match(line, at)
    return (found[1],) if found else None


def is_container(line: str, at: int) -> bool:
    """Whether a line `:::` begins or ends a container."""
    return _CONTAINER.match(line, at) is not None


def begins_tab(line: str, at: int) -> bool:
    """Whether a tab or a note begins whose content is indented by four."""
    return _TAB.match(line, at) is not None


def find_module_end(lines: Sequence[str], index: int, mdx: bool) -> int:
    """The index of the last line of the import or export that begins in a line; -1: none does."""
    line = lines[index]
    if _IMPORT.match(line):
        return index
    if not mdx or not _MODULE.match(line):
        return -1
    last = index
    while True:
        end = find_balance(lines, (last, 0), _LONGEST)
        if end is None:
            return -1
        last = end[0]
        if not lines[last].rstrip().endswith(_GOING_ON) or last + 1 >= len(lines):
            return last
        last += 1


def find_ends(lines: Sequence[str]) -> dict[str, list[int]]:
    """The indices of the lines that begin with the end of a shortcode, by its name."""
    ends: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if "{" in line and (found := _END.match(line)):
            ends.setdefault(found[1], []).append(index)
    return ends


def find_code(
    lines: Sequence[str], index: int, at: int, ends: Callable[[], dict[str, list[int]]]
) -> tuple[str, int] | None:
    """The language of the code whose shortcode begins in a line, and the index of the line that ends it."""
    found = _CODE.match(lines[index], at)
    if found is None:
        return None
    places = ends().get(found["tab"] or found["name"], [])
    after = bisect(places, index)
    if after == len(places):
        return None
    return found["lang"] or found["info"], places[after]
