"""Front matter: YAML between two lines `---` at the very top of a page, which is about the page and not of it."""

from __future__ import annotations

import re

_KEY = re.compile(r"""[\w"'][^:]*+:(?:\s|$)""")
_YAML = re.compile(r"""[ \t]|$|#|-(?:\s|$)|[\]}]|[\w"'][^:]*+:(?:\s|$)""")


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
