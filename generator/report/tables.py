"""The account of a source's tables as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.define.account import Account
from generator.report.text import plain


def tables_text(accounts: Sequence[Account]) -> str:
    """A line for each table: its place, what it is, the definition that it belongs to, and the reason."""
    rows = [(f"{a.file}:{a.line}", a.kind, a.model or "-", a.reason) for a in accounts]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
    lines = [
        "  ".join([*(t.ljust(w) for t, w in zip(row[:3], widths, strict=True)), row[3]])
        for row in rows
    ]
    return "".join(f"{plain(line)}\n" for line in lines)


def tables_json(accounts: Sequence[Account]) -> str:
    """A list of objects: file (relative to the source), line (of the header row), verdict, reason, model (null: no definition)."""
    rows = [
        {
            "file": account.file,
            "line": account.line,
            "verdict": account.kind,
            "reason": account.reason,
            "model": account.model or None,
        }
        for account in accounts
    ]
    return json.dumps(rows, indent=2) + "\n"
