"""Regular expressions that are compiled when they are first asked: of those of a module, most sources need few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class _Late:
    """A pattern that is not compiled yet. What is asked of it is kept, so that it is asked as quickly as the pattern itself."""

    def __init__(self, text: str, flags: int) -> None:
        self._wanted = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what nobody asks of a pattern
            raise AttributeError(name)
        value = getattr(re.compile(*self._wanted), name)
        setattr(self, name, value)
        return value


if TYPE_CHECKING:
    late = re.compile
else:

    def late(text: str, flags: int = 0) -> _Late:
        """The pattern, without the work."""
        return _Late(text, flags)
