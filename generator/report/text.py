"""Diagnostics as lines for people and editors: `path:line:column: severity[code]: message`, and a hint below."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from generator.light import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic, SourceSpan

# Text of pages stands in messages: nothing of it may end a line, steer the terminal, or turn the direction of writing.
_CONTROL = "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def render(
    diagnostics: Iterable[Diagnostic],
    prefix: str,
    colour: bool = False,
    source: str = "",
) -> str:
    """The lines of the diagnostics in their order. `prefix`: the folder that the paths of their files start from, or empty.

    `source`: the place of what concerns no single file. An error or warning without a hint of its own gets its code's, once for each code.
    """
    from generator.codes import CODES

    lines = []
    mended: set[str] = set()
    for found in diagnostics:
        severity = paint(found.severity, _COLOURS[found.severity], colour)
        lines.append(
            f"{_place(prefix, found.span) or plain(source or prefix)}: {severity}[{found.code}]: {plain(found.message)}\n"
        )
        for span in found.related:
            lines.append(f"    see: {_place(prefix, span)}\n")
        general = found.severity != "note" and found.code not in mended
        hint = found.hint or (CODES[found.code].mend if general else "")
        mended.add(found.code)
        if hint:
            lines.append(f"    hint: {plain(hint)}\n")
    return "".join(lines)


def plain(text: str) -> str:
    """The text on one line: control characters as escapes."""
    if text.isprintable():
        return text
    import re  # 3 ms

    return re.sub(
        _CONTROL,
        lambda match: match[0].encode("unicode_escape").decode("ascii"),
        text,
    )


def paint(text: str, colour: str, on: bool) -> str:
    """The text in a colour (an SGR code), or as it is."""
    return f"\x1b[{colour}m{text}\x1b[0m" if on else text


def _place(prefix: str, span: SourceSpan) -> str:
    """A place that editors open by a click, or nothing where the span names no file."""
    if not span.file:
        return ""
    place = prefix + "/" * bool(prefix and not prefix.endswith("/")) + str(span)
    if span.file.startswith("../"):  # a file that is none of the source's: an overlay
        place = posixpath.normpath(place)
    return plain(place)
