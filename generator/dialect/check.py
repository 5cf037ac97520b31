"""What is wrong with the file of a dialect: each mistake with its line and, where there is one, the word that was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from generator.diagnostics import Diagnostic, SourceSpan, suggest
from generator.dialect.keys import KEYS, Key
from generator.dialect.lists import PATH
from generator.ir import references
from generator.read.nodes import Mapping, Node, Scalar
from generator.read.nodes import Sequence as Sequence_
from generator.read.yaml import read_yaml
from generator.typeexpr import CANONICAL, TypeSyntaxError, parse_type

Complain = Callable[[Node, str], None]

_WRITTEN = {
    "text": "a text",
    "flag": "yes or no",
    "number": "a number",
    "pattern": "a regular expression",
    "words": "a list of texts",
    "rows": "a list of mappings",
    "table": "a mapping of lists",
    "types": "a mapping of type expressions",
    "shapes": "a mapping of words",
    "patterns": "a mapping of regular expressions",
    "type": "a type expression",
    "path": "a path",
    "path-list": "a path, or a list of paths",
    "paths": "a mapping of paths",
    "path-table": "a mapping of paths",
}


def check_dialect(file: str, text: str, parents: Sequence[str]) -> list[str]:
    """All mistakes of a dialect's file, as `file:line: what is wrong`, in the order of their lines.

    `parents`: the names that `extends` may have.
    """
    found: list[tuple[int, str]] = []

    def complain(node: Node, message: str) -> None:
        found.append((node.line, message))

    def report(diagnostic: Diagnostic) -> None:
        hint = f"; {diagnostic.hint}" if diagnostic.hint else ""
        found.append((diagnostic.span.line, f"{diagnostic.message}{hint}"))

    documents = read_yaml(text, file, report)
    if len(documents) > 1:
        complain(documents[1], "a dialect is one document")
    for root in documents[:1]:
        if not isinstance(root, Mapping):
            complain(root, "a dialect is a mapping of keys")
            continue
        for key, node in root.entries:
            row = KEYS.get(key.text)
            if row is None:
                complain(key, _unknown("key", key.text, tuple(KEYS)))
            elif key.text == "extends" and isinstance(node, Scalar):
                if node.text not in parents:
                    complain(node, _unknown("dialect", node.text, parents))
            else:
                _check(key.text, row, node, complain)
    return [f"{file}:{line}: {message}" for line, message in sorted(found)]


def _unknown(what: str, word: str, known: Sequence[str]) -> str:
    hint = suggest(word, tuple(known)) or f"known are {', '.join(known)}"
    return f'there is no {what} "{word}"; {hint}'


def _check(name: str, key: Key, node: Node, complain: Complain) -> None:
    """Check a key's value."""
    ok = False
    match key.kind:
        case "text" | "flag" | "number" | "pattern":
            ok = isinstance(node, Scalar)
            if isinstance(node, Scalar):
                _check_text(name, key, node, complain)
        case "words":
            ok = _is_list(node)
        case "path" | "path-list":
            ok = _check_paths(name, key, node, complain)
        case "type":
            ok = isinstance(node, Scalar)
            if isinstance(node, Scalar):
                _check_type(name, node, complain)
        case "row":
            ok = True  # or its mistakes are told
            _check_row(name, key, node, complain)
        case "rows":
            ok = not isinstance(node, Scalar | Mapping)
            for row in node.items if not isinstance(node, Scalar | Mapping) else ():
                _check_row(name, key, row, complain)
        case _:
            ok = isinstance(node, Mapping)
            for word, value in node.entries if isinstance(node, Mapping) else ():
                _check_entry(name, key, word, value, complain)
    if isinstance(node, Mapping) and key.kind != "rows":
        _check_needed(name, key, node, complain)
    if not ok:
        complain(node, f"{name}: expected {_WRITTEN[key.kind]}")


def _is_list(node: Node) -> bool:
    return not isinstance(node, Scalar | Mapping) and all(
        isinstance(item, Scalar) for item in node.items
    )


def _check_paths(name: str, key: Key, node: Node, complain: Complain) -> bool:
    """Check a path, or a list of them."""
    if key.kind == "path-list" and isinstance(node, Sequence_):
        return all(_check_paths(name, Key("path"), n, complain) for n in node.items)
    if isinstance(node, Scalar) and not (node.text and PATH.fullmatch(node.text)):
        complain(node, f'{name}: "{node.text}" is no path')
    return isinstance(node, Scalar)


def _check_text(name: str, key: Key, node: Scalar, complain: Complain) -> None:
    text = node.text
    if key.kind == "pattern":
        for message in _mistakes(key, text):
            complain(node, f"{name}: {message}")
    elif key.kind == "flag" and text not in ("yes", "no"):
        complain(node, f'{name}: "{text}" is neither yes nor no')
    elif key.kind == "number" and not re.fullmatch(r"-?\d+(\.\d+)?", text):
        complain(node, f'{name}: "{text}" is no number')
    elif key.names and text not in key.names:
        complain(node, f"{name}: {_unknown('word', text, key.names)}")


def _mistakes(key: Key, text: str) -> Iterator[str]:
    """What is wrong with a pattern."""
    try:
        groups = re.compile(text).groupindex
    except re.error as error:
        place = "" if error.pos is None else f" at character {error.pos + 1}"
        yield f"no regular expression: {error.msg}{place}"
        return
    for group in key.groups:
        if group not in groups:
            yield f"the pattern has no group (?P<{group}>…)"
    allowed = {word.replace("-", "_") for word in (*key.groups, *key.any_of)}
    for group in groups:
        if allowed and group not in allowed:
            yield _unknown("group", group, sorted(allowed))


def _check_row(name: str, key: Key, row: Node, complain: Complain) -> None:
    if not isinstance(row, Mapping):
        complain(row, f"{name}: expected a mapping with {', '.join(key.needed)}")
        return
    for word, value in row.entries:
        known = key.row.get(word.text)
        if known is None:
            complain(word, f"{name}: {_unknown('key', word.text, tuple(key.row))}")
        else:
            _check(f"{name}.{word.text}", known, value, complain)
    _check_needed(name, key, row, complain)


def _check_needed(name: str, key: Key, node: Mapping, complain: Complain) -> None:
    stated = {word.text for word, _ in node.entries}
    for need in key.needed:
        if need not in stated:
            complain(node, f"{name}: {need} is missing")


def _check_entry(
    name: str, key: Key, word: Scalar, value: Node, complain: Complain
) -> None:
    """Check `word: value` of a key that is a mapping."""
    where = f"{name}.{word.text}"
    chosen = key.kind in ("table", "patterns", "paths", "path-table")
    if chosen and word.text not in key.names:
        complain(word, f"{name}: {_unknown('word', word.text, key.names)}")
    if key.kind == "table":
        if not _is_list(value):
            complain(value, f"{where}: expected {_WRITTEN['words']}")
    elif key.kind in ("paths", "path-table"):
        inner = Key("path-list" if key.kind == "paths" else "path")
        _check(where, inner, value, complain)
    elif not isinstance(value, Scalar):
        complain(value, f"{where}: expected a text")
    elif key.kind == "shapes" and value.text not in key.names:
        complain(value, f"{where}: {_unknown('shape', value.text, key.names)}")
    elif key.kind == "patterns":
        _check_text(where, Key("pattern"), value, complain)
    elif key.kind == "types":
        _check_type(where, value, complain)


def _check_type(where: str, value: Scalar, complain: Complain) -> None:
    span = SourceSpan("", value.line)
    try:
        type_ = parse_type(value.text, CANONICAL, span)
    except TypeSyntaxError as error:
        complain(value, f"{where}: no type expression: {error}")
        return
    for ref in references(type_):
        known = (*CANONICAL.types, *CANONICAL.generics)
        complain(value, f"{where}: {_unknown('type', ref.name, known)}")


def to_plain(node: Node) -> object:
    """The nodes of a checked file as plain dicts, lists and texts."""
    match node:
        case Scalar():
            return node.text
        case Mapping():
            return {key.text: to_plain(value) for key, value in node.entries}
        case _:
            return [to_plain(item) for item in node.items]
