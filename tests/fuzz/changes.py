"""How a text is changed at random: by bytes, words, lines and blocks, in ways that hurt readers of markdown, YAML, JSON and TOML."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

DIALECTS = Path(__file__).parents[2] / "generator" / "dialects"
WORDS = (
    *("|", "\\|", "||", "| --- |", "`", "``", "```\n", "~~~\n", "#", "\n# A\n", "\n\n", "\r\n", "\r", "\t", "  ", "    "),
    *("[a](#b)", "[", "](", ")", "](x.md#y)", "<br>", "<table><tr><td>", "</td></tr>", "<!--", "-->", "&nbsp;", "&#x0009;"),
    *("**", "_", "- ", "1. ", "> ", "---\n", "...\n", "!!str ", "!x ", "&a ", "*a", "<<: *a", "? ", ": ", ":\n", "{", "}", "]"),
    *('"', "'", "\\", "%", "@", "|-\n", ">\n", "null", "true", "1e999", "0x1F", "-0", ".inf", "2020-01-01", "No", "~"),
    *("array of ", "map of ", "Record<string, ", "List<", ">", "oneOf", " or ", "`a`, `b`", "one of ", "must be ", "default", "= "),
    *("string", "number", "integer", "int64", "required", "optional", "(deprecated)", "at least 3", "between 1 and ", "$ref", "#/$defs/a"),
    *("allOf", "anyOf", "not", "if", "then", "properties", "enum", "const", "required: [a]", "items", "fields", "columns", "models"),
    *("\ufeff", "\u2028", "\u0085", "\u200b", "\ud7ff", "\U0001f600", "é", "\x00", "\x1b", "\ufffe", "\u202e", "\udcff", "ß", "İ"),
)  # fmt: skip


def dialect_seeds() -> Iterator[tuple[str, str]]:
    """Our own dialects, to be changed as a user's."""
    for path in sorted(DIALECTS.rglob("*.yaml")):
        text = path.read_text("utf-8")
        if len(text) < 12_000:
            yield path.name, text


def change(chance: random.Random, text: str, other: str, longest: int) -> str:
    """The text with one change."""
    return chance.choice(_CHANGES)(chance, text, other)[:longest]


def _cut(chance: random.Random, text: str, other: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.choice((1, 2, 8, 40)) :]


def _insert(chance: random.Random, text: str, other: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(WORDS) + text[at:]


def _unicode(chance: random.Random, text: str, other: str) -> str:
    at = chance.randrange(len(text) + 1)
    ranges = ((0, 0x20), (0x20, 0x7F), (0x80, 0x2FF), (0x2000, 0x2FFF), (0xDC80, 0xDCFF), (0x10000, 0x10FFFF))  # fmt: skip
    some = "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(4))
    return text[:at] + some + text[at + chance.randrange(3) :]


def _repeat(chance: random.Random, text: str, other: str) -> str:
    """A piece, or a word, many times."""
    at = chance.randrange(len(text) + 1)
    piece = chance.choice((chance.choice(WORDS), text[at : at + chance.choice((1, 5, 60))]))  # fmt: skip
    return text[:at] + piece * chance.choice((2, 5, 40, 400, 5000)) + text[at:]


def _lines(chance: random.Random, text: str, other: str) -> str:
    """Lines taken away, doubled, moved, or indented."""
    lines = text.splitlines(keepends=True) or [""]
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    some = lines[at : at + chance.choice((1, 1, 3, 20))]
    match chance.randrange(4):
        case 0:
            del lines[at : at + len(some)]
        case 1:
            lines[to:to] = some * chance.choice((1, 2, 50))
        case 2:
            lines[at : at + len(some)] = []
            lines[to:to] = some
        case _:
            pad = chance.choice((" ", "  ", "    ", "\t", "- ", "> "))
            lines[at : at + len(some)] = [pad + line for line in some]
    return "".join(lines)


def _splice(chance: random.Random, text: str, other: str) -> str:
    """The beginning of one text and the end of another one."""
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]  # fmt: skip


def _swap(chance: random.Random, text: str, other: str) -> str:
    """A word of the text in the place of another one."""
    words = text.split()
    if len(words) < 2:
        return text
    return text.replace(chance.choice(words), chance.choice((*words[:50], *WORDS)), chance.choice((1, 3, -1)))  # fmt: skip


_CHANGES = (_cut, _insert, _insert, _unicode, _repeat, _lines, _lines, _splice, _swap)


def grow(chance: random.Random, longest: int) -> str:
    """A text that is large in one way: deep, long, wide, or a bomb of references."""
    size = chance.choice((50, 500, 5000))
    word = chance.choice(WORDS)
    bombs = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))  # fmt: skip
    row = f"| a | {word * size} | {chance.choice(WORDS)} |\n"
    table = "# A\n\n| Field | Type | Description |\n| --- | --- | --- |\n"
    defs = "".join(f'"d{n}": {{"not": {{"anyOf": [{{"$ref": "#/$defs/d{n + 1}"}}, {{"$ref": "#/$defs/d{n + 1}"}}]}}}}, ' for n in range(60))  # fmt: skip
    kinds = (
        "[" * size,
        '{"a":' * size + "1" + "}" * size,
        '{"properties": {"a": ' * (size // 20) + "{}" + "}}" * (size // 20),
        "".join(" " * n + "a:\n" for n in range(min(size, 300))),
        "- " * size + "a",
        "> " * size + "a",
        bombs,
        f'{{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {{{defs}"d60": {{}}}}}}',
        table + row,
        table + "| a | string | b |\n" * size,
        table + f"| a | {'array of ' * size}string | b |\n",
        table + f"| a | {'(' * size}string | b |\n",
        table + f"| a | {'List<' * size}string | b |\n",
        table
        + f"| a | string | {'One of `a`, `b`. Must be at least 3. ' * (size // 10)} |\n",
        table + f"| a | string | {'a' * size} |\n" + "| b" * size,
        "".join(f"{'#' * (1 + n % 6)} A{n}\n\n" for n in range(size)),
        f"{word}{size}\n" * size,
    )
    return chance.choice(kinds)[:longest]
