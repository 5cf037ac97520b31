"""`fieldgen explain` says what a diagnostic means and how to mend it."""

from __future__ import annotations

from generator.codes import CODES
from generator.commands.console import say
from generator.commands.parser import Parser, UsageError
from generator.comparison.rules import AUDIENCES, RULES


def run(argv: list[str]) -> int:
    """Print a row of `CODES`, or all of them, a line each. Raises UsageError if there is no such code."""
    parser = Parser(
        "explain",
        "Say what a diagnostic means and how to mend it, or what a rule of `fieldgen diff` is about.\n"
        "Without CODE, all codes are listed.",
    )
    parser.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        help="The word in the brackets, as in warning[unknown-type].",
    )
    code = parser.parse(argv).code
    if code is None:
        width = max(map(len, CODES))
        for name, (severity, meaning, _) in CODES.items():
            say(
                f"{name:{width}}  {severity:7}  {meaning.partition('. ')[0].rstrip('.')}"
            )
    elif rule := RULES.get(code):
        say(f"{code} (a rule of `fieldgen diff`)")
        say("")
        say(rule.meaning)
        say("")
        for audience, who in AUDIENCES.items():
            say(f"{rule.level(audience)} for {who}")
    elif row := CODES.get(code):
        for line in (
            f"{code} ({row.severity})",
            "",
            row.meaning,
            "",
            f"How to mend it: {row.mend}",
        ):
            say(line)
    else:
        from generator.diagnostics import suggest

        hint = suggest(code, (*CODES, *RULES)) or "`fieldgen explain` lists all"
        raise UsageError(f'there is no code "{code}"; {hint}', "explain")
    return 0
