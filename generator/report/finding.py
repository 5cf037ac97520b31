"""A diagnostic as other programs want it: with the path of its file from the working folder."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from generator.codes import CODES
from generator.diagnostics import Diagnostic, Severity, SourceSpan
from generator.light import NamedTuple


class Finding(NamedTuple):
    """A diagnostic with paths. `span` and `related` name files from the working folder; `hint` is filled in."""

    span: SourceSpan
    code: str
    severity: Severity
    message: str
    hint: str
    related: tuple[SourceSpan, ...]
    fingerprint: str = ""  # empty: made of the rest


def locate(
    diagnostics: Iterable[Diagnostic], folder: str, source: str
) -> list[Finding]:
    """The findings of a source. `folder`: where the paths of its files start; `source`: the path of what concerns no single file."""

    def place(span: SourceSpan) -> SourceSpan:
        if not span.file:
            return span._replace(file=source or folder)
        between = "/" if folder and not folder.endswith("/") else ""
        file = f"{folder}{between}{span.file}"
        outside = span.file.startswith("../")  # a file that is none of the source's
        return span._replace(file=posixpath.normpath(file) if outside else file)

    return [
        Finding(
            place(found.span),
            found.code,
            found.severity,
            found.message,
            found.hint or CODES[found.code].mend,
            tuple(map(place, found.related)),
        )
        for found in diagnostics
    ]
