"""The overlay that mends findings of `fieldgen lint`, as YAML: each line below what it mends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.diagnostics import Diagnostic
from generator.lint.mend import MendLine
from generator.print_ir.yaml_text import yaml_key, yaml_scalar
from generator.report.finding import locate
from generator.report.text import plain


def render_overlay(
    lines: Sequence[MendLine],
    diagnostics: Sequence[Diagnostic],
    folder: str,
    source: str,
) -> str:
    """YAML of an overlay. `diagnostics`: all findings; how many of them no line mends stands at the end."""
    text = []
    for model, some in groupby(lines, lambda line: line.model):
        text.append(f"{yaml_key(model)}:")
        for field, of_field in groupby(some, lambda line: line.field):
            rows = list(of_field)
            shown = (d for row in rows for d in row.findings)
            text += _comments(list(shown), folder, source)
            text.append(f"  {yaml_key(field)}:")
            for row in rows:
                value = (
                    yaml_scalar(row.value, " " * 6)
                    if row.verb == "retype"
                    else row.value
                )
                text.append(f"    {row.verb}: {value}")
    rest = len(diagnostics) - sum(len(line.findings) for line in lines)
    if rest:
        what = "1 finding is" if rest == 1 else f"{rest} findings are"
        text.append(f"# {what} not mended by a line of an overlay.")
    return "".join(f"{line}\n" for line in text)


def _comments(found: list[Diagnostic], folder: str, source: str) -> Iterator[str]:
    for one in locate(sorted(found), folder, source):
        yield f"  # {plain(f'{one.span}: {one.message}')}"
