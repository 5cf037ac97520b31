"""Front matter: YAML between two lines `---` at the very top of a page, which is about the page and not of it."""

from __future__ import annotations

import re

from generator.patterns import late
from generator.read.blocks import Cell

_TITLE = late(
    r"""title[ \t]*:[ \t]+(?:"(?P<double>(?:[^"\\]|\\["\\])*)"|'(?P<single>(?:[^']|'')*)'|(?P<plain>[^\s"'|>&*!#%@`\[{].*?))[ \t]*(?:[ \t]#.*)?$"""
)
_KEY = late(r"""[\w"'][^:]*+:(?:\s|$)""")
_YAML = late(r"""[ \t]|$|#|-(?:\s|$)|[\]}]|[\w"'][^:]*+:(?:\s|$)""")


def skip_front_matter(lines: list[str]) -> int:
    """How many lines the front matter has. What stands between the two `---` must look like YAML, else they are rules."""
    if lines[0].rstrip() != "---":
        return 0
    keys = 0
    for number in range(1, len(lines)):
        line = lines[number]
        if line.rstrip() in ("---", "..."):
            return number + 1 if keys or number == 1 else 0
        if (number == 1 and not line.strip()) or not _YAML.match(line):
            return 0
        keys += _KEY.match(line) is not None
    return 0


def find_title(lines: list[str], size: int) -> Cell | None:
    """The title that front matter of `size` lines gives the page: a key `title` whose value stands on its line."""
    for number in range(1, size - 1):
        line = lines[number]
        if line.startswith("title") and (found := _TITLE.match(line)):
            text = found["plain"]
            if found["double"] is not None:
                text = re.sub(r"\\(.)", r"\1", found["double"])
            elif found["single"] is not None:
                text = found["single"].replace("''", "'")
            column = found.start(found.lastgroup or 0) + 1
            return Cell(text.strip(), number + 1, column) if text.strip() else None
    return None
