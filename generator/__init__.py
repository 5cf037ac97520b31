"""fieldgen: field tables in markdown or YAML in, dataclasses, TypedDicts and JSON Schema out."""

__version__ = "0.1.0"
