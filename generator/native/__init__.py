"""fieldgen's own YAML form: the same facts as a field table, for people who write specs by hand, and what `fieldgen ir` prints.

docs/yaml.md describes it, schemas/field-tables.schema.json helps editors.
"""

from generator.native.form import NativeFile, is_native, read_native, says_version

__all__ = ["NativeFile", "is_native", "read_native", "says_version"]
