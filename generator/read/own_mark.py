"""The mark by which a markdown page says that it is of fieldgen's own form."""

from __future__ import annotations

import re

from generator.patterns import late

# Nothing but front matter and comments stands above it, so a page that shows one in an example is none.
_MARK = late(
    r"""\A(?:---[ \t]*\r?\n(?s:.*?)\n---[ \t]*\r?\n)?+
    \s*+(?:<!--(?!\ fieldgen:)(?:(?!-->)(?s:.))*+-->\s*+)*+
    (?P<mark><!--\ fieldgen:\ *(?P<version>\S+?)(?:,\ source:\ (?P<source>.*?))?\ *-->)[ \t]*\r?(?:\n|\Z)""",
    re.VERBOSE,
)
_WITHIN = 4000  # characters


def find_mark(text: str) -> re.Match[str] | None:
    """The mark at the top of a text, with its `version` and `source`."""
    return _MARK.match(text[:_WITHIN])


def is_native_page(text: str) -> bool:
    """Whether a markdown text says, at its top, that it is of this form."""
    return text.find("<!-- fieldgen:", 0, _WITHIN) >= 0 and bool(find_mark(text))
