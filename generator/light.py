"""What we ask of `typing` and `dataclasses`, without the time that they take: most runs are short, and would spend a third of it there.

`typing` takes 4 ms to import. Its `NamedTuple` compiles each annotation, which is more than half of the time of such a class; `dataclass` compiles
each method, and a frozen one has six. We have more than a hundred and fifty of them. To type checkers, these are those.
"""

from __future__ import annotations

from collections import namedtuple
from reprlib import recursive_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from typing import NamedTuple
else:

    class _Maker(type):
        """Makes a named tuple of each class that is derived from one of its own, with the methods that stand there."""

        def __new__(cls, name, bases, space):
            if not bases:
                return super().__new__(cls, name, bases, space)
            fields = space.get("__annotations__", {})
            defaults = [space[field] for field in fields if field in space]
            made = namedtuple(name, fields, defaults=defaults)
            for key, value in space.items():
                if key not in fields:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """As `typing.NamedTuple`, for classes with annotations that nobody looks at: they stay the texts that they are."""

    def record(*, slots=False, frozen=False, eq=True, unsafe_hash=False):
        """As `dataclass`, in half the time. Only type checkers see to it that a frozen one stays as it is: the guard makes it slow, too.

        With `unsafe_hash`, what compares is compiled all the same: such classes are made for keys, which are compared all the time.
        """
        from dataclasses import dataclass

        compiled = {"eq": unsafe_hash, "unsafe_hash": unsafe_hash}

        def make(cls):
            made = dataclass(slots=slots, repr=False, **compiled)(cls)
            if "__repr__" not in vars(cls):
                made.__repr__ = _show
            if eq and not unsafe_hash and "__eq__" not in vars(cls):
                _compare(made, frozen)
            return made

        return make

    def _compare(cls, hashed):
        """Let instances with equal parts be equal."""
        from dataclasses import fields
        from operator import attrgetter

        parts = attrgetter(*[field.name for field in fields(cls) if field.compare])

        def equal(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return parts(self) == parts(other)

        cls.__eq__ = equal
        cls.__hash__ = (lambda self: hash((parts(self),))) if hashed else None

    @recursive_repr()
    def _show(self):
        from dataclasses import fields

        shown = [field.name for field in fields(self) if field.repr]
        parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({parts})"


def unquote(text: str) -> str:
    """As that of `urllib.parse`, which takes 2 ms to import: most links have nothing to decode."""
    if "%" not in text:
        return text
    from urllib import parse

    return parse.unquote(text)


def unescape(text: str) -> str:
    """As that of `html`, which takes as long: most texts have no entities."""
    if "&" not in text:
        return text
    import html

    return html.unescape(text)


__all__ = ["TYPE_CHECKING", "NamedTuple", "record", "unescape", "unquote"]
