"""Emphasis: which of the marks `*`, `_` and `~~` in a text enclose something (CommonMark 6.2, GFM "Strikethrough")."""

from __future__ import annotations


class Mark:
    """A run of one mark: how many are `left` undecided, what it may do, and the piece of text that it is."""

    __slots__ = ("char", "closes", "left", "opens", "piece", "size")

    def __init__(
        self, char: str, size: int, opens: bool, closes: bool, piece: int
    ) -> None:
        self.char = char
        self.size = size
        self.left = size
        self.opens = opens
        self.closes = closes
        self.piece = piece


def flank(char: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of `char` between the characters `before` and `after` may open and may close emphasis.

    Simpler than CommonMark in one point: every character that is no letter, digit or space counts as punctuation.
    """
    space_before, space_after = before.isspace(), after.isspace()
    sign_before = not space_before and not before.isalnum()
    sign_after = not space_after and not after.isalnum()
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    if char == "_":
        return left and (not right or sign_before), right and (not left or sign_after)
    return left, right


def pair_marks(marks: list[Mark]) -> list[tuple[int, int]]:
    """Pair openers with closers, reducing their `left`; return the stretches of pieces (from, to) that `~~` strikes through."""
    struck: list[tuple[int, int]] = []
    open_marks: list[tuple[int, Mark]] = []  # with their place in `marks`
    bottom: dict[tuple[str, bool, int], int] = (
        {}
    )  # below this place such a closer finds no opener: keeps the time linear
    for place, mark in enumerate(marks):
        key = (mark.char, mark.opens, mark.size % 3)
        while mark.closes and mark.left:
            depth = _find_opener(open_marks, mark, bottom.get(key, 0))
            if depth < 0:
                bottom[key] = place
                break
            opener = open_marks[depth][1]
            used = 2 if opener.left >= 2 and mark.left >= 2 else 1
            opener.left -= used
            mark.left -= used
            if mark.char == "~":
                struck.append((opener.piece, mark.piece))
            del open_marks[depth + (opener.left > 0) :]
        if mark.opens and mark.left:
            open_marks.append((place, mark))
    return struck


def _find_opener(open_marks: list[tuple[int, Mark]], mark: Mark, bottom: int) -> int:
    """Where in `open_marks` the nearest opener for `mark` is, or -1."""
    for depth in range(len(open_marks) - 1, -1, -1):
        place, opener = open_marks[depth]
        if place < bottom:
            break
        if opener.char == mark.char and not _is_odd(opener, mark):
            return depth
    return -1


def _is_odd(opener: Mark, closer: Mark) -> bool:
    """The rule of three: marks that could do both pair only if their lengths do not add up to a multiple of 3."""
    both = closer.opens or opener.closes
    return (
        both
        and (opener.size + closer.size) % 3 == 0
        and (opener.size % 3 != 0 or closer.size % 3 != 0)
    )
