"""What goes to stdout (results) and stderr (messages), whatever their encoding and whether anybody watches."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from generator.light import TYPE_CHECKING
from generator.report.text import paint, plain

if TYPE_CHECKING:
    from typing import TextIO


def prepare() -> None:
    """Let both streams write escapes for what their encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """A line of results. It is kept on one line, since it may hold names of files."""
    try:
        "→".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        line = line.replace("→", "->")
    sys.stdout.write(f"{plain(line)}\n")


def emit(text: str) -> None:
    """A result that other tools read: UTF-8 with `\\n`, whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))


def complain(message: str) -> None:
    """An error that is none of the docs."""
    error = paint("error", "31", use_colour(sys.stderr))
    sys.stderr.write(f"fieldgen: {error}: {plain(message)}\n")


def use_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user has not said no: https://no-color.org."""
    return (
        stream.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )
