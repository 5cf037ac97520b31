"""The byte code of our templates, kept beside them: to compile them anew takes 30 ms. Those of users are not kept: they change, and have no folder of ours.

Only `render.py` imports this, and late, since it imports jinja2.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Sequence

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator.kept import keep, read_kept

_SUFFIX = f".{sys.implementation.cache_tag}"  # so that two Pythons get on


class TemplateCode(BytecodeCache):
    """Knows the byte code of the templates in some folders. `syntax`: the settings of the environment that it depends on."""

    def __init__(self, folders: Sequence[str], syntax: object) -> None:
        self.folders = tuple(os.path.join(folder, "") for folder in folders)
        version = getattr(jinja2, "__version__", "")  # the next jinja2 may have none
        self.compiler = repr((syntax, sys.version, version)) if version else ""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of one of our templates; nothing for others, which are not kept."""
        path = filename or ""
        return path if self.compiler and path.startswith(self.folders) else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept, if it is of this text, by these versions."""
        if bucket.key:
            data = read_kept(bucket.key, _SUFFIX, self._made_of(bucket))
            bucket.code = None if data is None else marshal.loads(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.key:
            data = marshal.dumps(bucket.code)
            keep(bucket.key, _SUFFIX, self._made_of(bucket), data)

    def _made_of(self, bucket: Bucket) -> bytes:
        # The path, too: it stands in the code, for tracebacks.
        made_of = (bucket.checksum, bucket.key, self.compiler)
        return "\0".join(made_of).encode("utf-8", "surrogateescape")
