"""fieldgen's own form: the same facts as a field table, for people who write specs by hand, and what `fieldgen ir` prints (YAML).

docs/yaml.md describes it, schemas/field-tables.schema.json helps editors. As a markdown page (docs/markdown.md) the target `markdown` writes it.
"""

from generator.native.form import (
    NativeFile,
    is_native,
    read_native,
    read_native_page,
    says_version,
)
from generator.read.own_mark import is_native_page

__all__ = [
    "NativeFile",
    "is_native",
    "is_native_page",
    "read_native",
    "read_native_page",
    "says_version",
]
