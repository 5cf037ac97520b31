"""Where a piece of JavaScript in MDX ends: its brackets are closed, and the strings and comments in it do not count."""

from __future__ import annotations

from collections.abc import Sequence

from generator.patterns import late

Place = tuple[int, int]  # indices of a line and of a character in it, from 0

_PART = late(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![:/])//.*|/\*.*?\*/)|(?P<tick>`)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>>)"""
)
_TICK = late(r"(?<!\\)`")


def find_balance(lines: Sequence[str], begin: Place, most: int) -> Place | None:
    """The end of the line on which all brackets opened from `begin` on are closed; None if that is not within `most` lines."""
    return _find(lines, begin, most, tag=False)


def find_tag_end(lines: Sequence[str], begin: Place, most: int = 40) -> Place | None:
    """Where the tag that begins at `begin` ends (behind its `>`), which may be lines below; None if it does not."""
    return _find(lines, begin, most, tag=True)


def _find(lines: Sequence[str], begin: Place, most: int, tag: bool) -> Place | None:
    index, at = begin
    depth, quoted = 0, False
    for number in range(index, min(index + most, len(lines))):
        line = lines[number]
        if tag and not depth and not quoted and not line.strip():
            return None  # no blank line stands in a tag
        while True:
            if quoted:
                tick = _TICK.search(line, at)
                if tick is None:
                    break
                quoted, at = False, tick.end()
            found = _PART.search(line, at)
            if found is None:
                break
            at = found.end()
            if found["tick"]:
                quoted = True
            elif found["open"]:
                depth += 1
            elif found["close"]:
                depth -= 1
                if depth < 0:
                    return None
            elif found["end"] and tag and not depth:
                return number, at
        if not tag and not depth and not quoted:
            return number, len(line)
        at = 0
    return None
