"""Two schemas in, what has changed between them out. Pure, and nothing here knows of git, files or reports."""

from generator.compare.accept import Acceptance, apply_accepted
from generator.compare.change import Change
from generator.compare.rules import AUDIENCES, LEVELS, RULES, Level, Rule
from generator.compare.schemas import compare_schemas

__all__ = [
    "AUDIENCES",
    "LEVELS",
    "RULES",
    "Acceptance",
    "Change",
    "Level",
    "Rule",
    "apply_accepted",
    "compare_schemas",
]
