"""Which files of a source are field lists of a dialect, and what all of them define."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.detect import Detection
from generator.dialect.files import DialectError, Files, is_list
from generator.dialect.lists import load_list
from generator.dialect.trees import detect_list
from generator.fieldlists.read import ListFile, read_lists
from generator.ir import Definition
from generator.light import unquote
from generator.read.nodes import Mapping, Node, Scalar, Sequence
from generator.read.yaml import read_yaml


class Lists:
    """The field lists of a source. They are read together, since they refer to each other.

    `wanted`: the dialect that the config asks for; all files are of it if it is one of field lists.
    """

    def __init__(self, wanted: str, files: Files) -> None:
        self.files = files
        self.wanted = wanted if wanted != "auto" and is_list(wanted, files) else ""
        self.found: dict[str, ListFile] = {}
        self.left: dict[str, tuple[Node, ...]] = {}  # of no dialect, so far
        self.diagnostics: list[Diagnostic] = []
        self.broken: dict[str, list[Diagnostic]] = {}

    def takes(self, file: str, text: str) -> bool:
        """Whether a file is a field list; it is kept then. Raises DialectError where its dialect cannot be told."""
        found: list[Diagnostic] = []
        documents = read_yaml(text, file, found.append)
        if not documents:
            self.broken[file] = found
            return False
        name = self.wanted or self.detect(file, documents)
        if not name:
            self.left[file] = documents
            return False
        self.diagnostics += found
        self.found[file] = ListFile(file, documents, load_list(name, self.files))
        return True

    def detect(self, file: str, documents: tuple[Node, ...]) -> str:
        detection = detect_list(file, documents, self.files)
        if detection.rival:
            raise DialectError(list_rivalry(file, detection))
        return detection.name

    def unread(self, file: str) -> list[Diagnostic]:
        """What is said of a file that nobody reads, where there is no markdown beside it."""
        if file in self.found:
            return []  # it is one, and defines nothing
        message = "this is no field list that fieldgen knows: it is not read"
        note = Diagnostic(SourceSpan(file, 1), "no-field-list", message)
        return self.broken.get(file) or [note]

    def empty(self) -> list[Diagnostic]:
        """What is said where all lists together define nothing."""
        return [
            Diagnostic(
                SourceSpan(file, 1),
                "empty-list",
                f"this list of {found.dialect.name} documents no fields",
            )
            for file, found in sorted(self.found.items())
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """The dialects of the lists, sorted."""
        return tuple(sorted({file.dialect.name for file in self.found.values()}))

    def read(self) -> list[Definition]:
        """The definitions of all lists."""
        definitions: list[Definition] = []
        for file in list(self.found.values()):
            self.follow(file)
        families = sorted({file.dialect.family for file in self.found.values()})
        for family in families:
            files = [
                f for _, f in sorted(self.found.items()) if f.dialect.family == family
            ]
            base = load_list(family, self.files)
            definitions += read_lists(files, base, self.diagnostics.append)
        return definitions

    def follow(self, file: ListFile) -> None:
        """Take the files, too, that a list refers to, although by themselves they are too small to tell what they are."""
        heads = {p.steps[0] for p in file.dialect.keys.get("ref", ()) if p.steps}
        home = posixpath.dirname(file.file)
        for document in file.documents if self.left and heads else ():
            for text in _texts(document, heads):
                path = unquote(text.partition("#")[0])
                name = posixpath.normpath(posixpath.join(home, path))
                documents = self.left.pop(name, None) if path else None
                if documents is not None:
                    dialect = load_list(file.dialect.family, self.files)
                    taken = self.found[name] = ListFile(name, documents, dialect)
                    self.follow(taken)


def _texts(node: Node, heads: set[str]) -> Iterator[str]:
    """The texts of some keys, wherever they stand."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text in heads and isinstance(value, Scalar):
                yield value.text
            yield from _texts(value, heads)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item, heads)


def list_rivalry(file: str, detection: Detection) -> str:
    """What is said where two dialects fit a file."""
    first, second = detection.name, detection.rival
    return (
        f"{file} may be a field list of {first} or {second}; say which one: "
        f"--dialect {first} or --dialect {second} (`fieldgen dialects --explain PATH` shows why)"
    )
