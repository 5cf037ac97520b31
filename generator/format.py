"""Python text as black writes it. The only importer of black, which takes 0.3 s to import and so is imported late.

Our templates write text that is in black's shape as long as each statement fits its
line, and the targets lay out the rest themselves as far as they can. So most builds
need no black at all; `docs/architecture.md` has the measurements.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.light import TYPE_CHECKING
from generator.options import Style

if TYPE_CHECKING:
    from black import Mode

# Line and column in what black says of text that it cannot parse.
_PLACE = r"(\d+):\d+"


class FormatError(Exception):
    """Text that black cannot read: a template that writes broken Python. `line` counts from 1 (0: unknown)."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line
        self.message = message


# The helper functions of our templates stand in lines of at most so many columns, which black leaves alone at any greater length.
TEMPLATE_WIDTH = 80


def needs_black(style: Style, overridden: bool) -> bool:
    """Whether a whole module must go through black.

    `overridden`: its template is the user's, which may write any shape. The rest are
    styles that join, split or rewrite what stands in our templates in black's default shape.
    """
    narrow = style.line_length < TEMPLATE_WIDTH
    commas = not style.magic_trailing_comma
    return overridden or narrow or commas or style.preview or style.unstable


def format_python(text: str, style: Style) -> str:
    """A whole module as black writes it. Raises `FormatError` where it is no Python."""
    import black
    from black.parsing import InvalidInput

    mode = _mode(style)
    try:
        return black.format_str(text, mode=mode)
    except (InvalidInput, SyntaxError) as error:  # the tokenizer raises SyntaxErrors
        raise _explain(error, text) from error


@lru_cache(maxsize=65536)
def format_statement(text: str, indent: int, style: Style) -> str:
    """What black makes of one statement that stands at `indent` columns (a multiple of 4).

    `text` is not indented and holds no string of several lines; the result is indented
    and ends without a newline. Raises `FormatError` where it is no Python.
    """
    depth = indent // 4
    lead = "".join(f"{'    ' * level}if x:\n" for level in range(depth))
    body = "".join(f"{' ' * indent}{line}\n" for line in text.split("\n"))
    lines = format_python(lead + body, style).split("\n")
    return "\n".join(lines[depth:-1])


def measure(text: str) -> int:
    """How many columns black counts for a text. Its table of wide letters differs from one version to the next."""
    from black.strings import str_width

    return str_width(text)


@lru_cache(maxsize=8)
def _mode(style: Style) -> Mode:
    from black.mode import Mode, TargetVersion

    try:
        versions = {TargetVersion[version.upper()] for version in style.target_versions}
    except KeyError as error:
        version = str(error.args[0]).lower()
        message = f'the installed black knows no target version "{version}"'
        raise FormatError(0, message) from None
    return Mode(
        target_versions=versions,
        line_length=style.line_length,
        magic_trailing_comma=style.magic_trailing_comma,
        string_normalization=style.string_normalization,
        preview=style.preview or style.unstable,
        unstable=style.unstable,
    )


def _explain(error: Exception, text: str) -> FormatError:
    match = re.search(_PLACE, str(error))
    if not match:
        return FormatError(0, f"black cannot read the text: {error}")
    line = int(match[1])
    lines = text.split("\n")
    # Black names the line behind the last where something is not closed.
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    if not shown:
        return FormatError(line, "black cannot read on: something is not closed")
    return FormatError(line, f"black cannot read this: {shown}")
