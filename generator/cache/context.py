"""placeholder"""
from __future__ import annotations
from typing import Any
def describe_context(result: Any) -> Any:
    return []
