"""Characters that no output shows as they are."""

from __future__ import annotations

import re

# Control characters, other line breaks than \n, what turns the direction of text around, and what cannot be seen: written as escapes.
HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
