"""What sentences state of a field beyond its type: rules (`en.yaml`, data) that read values, limits and formats out of a description."""

from __future__ import annotations

from generator.prose.match import find_facts
from generator.prose.notes import read_note
from generator.prose.rules import Rules, load_rules
from generator.prose.text import About, Found

__all__ = ["About", "Found", "Rules", "find_facts", "load_rules", "read_note"]
