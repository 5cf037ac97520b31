"""Where a heading stands on its page: whether it may name a definition, and what is above it."""

from __future__ import annotations

import re

from generator.casing import one_word
from generator.dialect.model import Dialect, fold
from generator.patterns import late
from generator.read.blocks import Heading

_PARTS = late(r"[./]")


class Outline:
    """The headings above the place that has been read so far."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.free = not (dialect.models_under or dialect.model_anchor)
        self.above: list[tuple[int, str]] = []
        self.under = 0  # the level of the heading whose parts are definitions

    def enter(self, heading: Heading, title: str) -> bool:
        """Take the next heading. Whether it may name a definition, by the dialect's `models-under` and `model-anchor`."""
        above = self.above
        while above and above[-1][0] >= heading.level:
            above.pop()
        above.append((heading.level, title))
        if self.free:
            return True
        if self.under and heading.level <= self.under:
            self.under = 0
        if fold(title) in self.dialect.models_under:
            self.under = heading.level
            return False
        anchor = self.dialect.model_anchor
        if anchor and any(anchor.search(text) for text in heading.anchors[:-1]):
            return True
        return bool(self.under)

    @property
    def owner(self) -> str:
        """The title of the heading above the last one."""
        return self.above[-2][1] if len(self.above) > 1 else ""

    def find_scope(self, heading: Heading, name: str) -> tuple[str, ...]:
        """What tells a definition from others of its name: the package in its anchor (`shop.v1.Order`), or the titles above it."""
        for anchor in heading.anchors[:-1]:
            spelled = name if anchor.endswith(name) else name.replace(".", "-")
            package = anchor.removesuffix(spelled)
            if package != anchor and package[-1:] in (".", "-", "/"):
                return tuple(part for part in re.split(r"[./-]", package[:-1]) if part)
        sections = self.dialect.sections
        titles = [
            title
            for level, title in self.above
            if level < heading.level
            and fold(title) not in sections
            and not name.startswith(f"{title}.")
        ]
        return tuple(
            word
            for title in titles
            for part in _PARTS.split(title)
            if (word := one_word(part))
        )

    def may_be_bare(self, heading: Heading, name: str) -> bool:
        """Whether a name with nothing below it is an object without fields: the dialect's `bare-models`, where an id or a place says that it is a name."""
        bare = self.dialect.bare_models
        stated = len(heading.anchors) > 1 or not self.free
        return bare is not None and stated and bool(bare.search(name))
