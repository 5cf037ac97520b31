"""Findings as SARIF 2.1.0, which code hosts and editors show: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.codes import CODES
from generator.diagnostics import SourceSpan
from generator.report.finding import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(
    findings: Sequence[Finding], table: Mapping[str, tuple[str, str, str]] = CODES
) -> str:
    """One run, whose rules are the codes that occur. `table`: code → severity, meaning, how to mend it."""
    codes = sorted({found.code for found in findings})
    repeated: Counter[str] = Counter()
    results = []
    for found in findings:
        results.append(_result(found, codes.index(found.code), repeated))
    driver = {
        "name": "fieldgen",
        "version": __version__,
        "rules": [_rule(code, *table[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str, severity: str, meaning: str, mend: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": meaning},
        **({"help": {"text": mend}} if mend else {}),
        "defaultConfiguration": {"level": severity},
    }


def _result(found: Finding, index: int, repeated: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": found.severity,
        "message": {"text": f"{found.message}\n{found.hint}".rstrip()},
        "locations": [_location(found.span)],
        "partialFingerprints": {"fieldgen/v1": _fingerprint(found, repeated)},
    }
    if found.related:
        result["relatedLocations"] = [
            {**_location(span), "id": number, "message": {"text": "documented here"}}
            for number, span in enumerate(found.related)
        ]
    return result


def _fingerprint(found: Finding, repeated: Counter[str]) -> str:
    """The same for the same finding, wherever in its file an edit moves it."""
    if found.fingerprint:
        return found.fingerprint
    text = f"{found.code}\n{found.span.file}\n{found.message}"
    repeated[text] += 1
    return sha256(f"{text}\n{repeated[text]}".encode()).hexdigest()[:24]


def _location(span: SourceSpan) -> dict[str, Any]:
    path = span.file.replace(os.sep, "/")
    artifact = {"uri": ("file://" if os.path.isabs(span.file) else "") + quote(path)}
    if not os.path.isabs(span.file):
        artifact["uriBaseId"] = "%SRCROOT%"
    region = {"startLine": span.line, "startColumn": span.column}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
