"""Statements of the codecs laid out as black does it. What this room does not know goes to black itself."""

from __future__ import annotations

from generator.format import format_statement
from generator.options import Style
from generator.targets.layout import columns
from generator.targets.splits import split


def fit(text: str, indent: int, style: Style) -> str:
    """A statement without line breaks, at `indent` columns, in as many lines as black gives it."""
    if indent + (len(text) if text.isascii() else columns(text)) <= style.line_length:
        return " " * indent + text
    return split(text, indent, style.line_length) or format_block(text, indent, style)


def format_block(text: str, indent: int, style: Style) -> str:
    """One statement as black writes it; a clause (`case …:`, `if …:`) without its body, too."""
    if not text.endswith(":"):
        return format_statement(text, indent, style)
    if text.startswith("case "):
        whole = format_statement(
            f"match x:\n    {text}\n        pass", indent - 4, style
        )
        return "\n".join(whole.split("\n")[1:-1])
    if text == "else:":
        return " " * indent + text
    return "\n".join(
        format_statement(f"{text}\n    pass", indent, style).split("\n")[:-1]
    )
