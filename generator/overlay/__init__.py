"""What the user says against the docs, where they are wrong and cannot be edited: read, and applied to a schema."""

from generator.overlay.apply import apply_lines
from generator.overlay.read import OverlayFile, read_overlay
from generator.overlay.verbs import Line

__all__ = ["Line", "OverlayFile", "apply_lines", "read_overlay"]
