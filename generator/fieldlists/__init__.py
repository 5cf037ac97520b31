"""Field lists that people keep in YAML and JSON: a dialect (generator/dialects/lists) says where the models are and which key means what.

docs/dialects.md shows how to write one.
"""

from generator.fieldlists.find import Lists
from generator.fieldlists.read import ListFile, read_lists

__all__ = ["ListFile", "Lists", "read_lists"]
