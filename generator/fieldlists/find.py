"""Which files of a source are field lists of a dialect, and what all of them define."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, SourceSpan
from generator.dialect.detect import Detection
from generator.dialect.files import DialectError, Files, is_list
from generator.dialect.lists import load_list
from generator.dialect.trees import detect_list
from generator.fieldlists.read import ListFile, read_lists
from generator.ir import Definition
from generator.read.yaml import Node, read_yaml


class Lists:
    """The field lists of a source. They are read together, since they refer to each other.

    `wanted`: the dialect that the config asks for; all files are of it if it is one of field lists.
    """

    def __init__(self, wanted: str, files: Files) -> None:
        self.files = files
        self.wanted = wanted if wanted != "auto" and is_list(wanted, files) else ""
        self.found: dict[str, list[ListFile]] = {}
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
        if name:
            self.diagnostics += found
            self.found.setdefault(name, []).append(ListFile(file, documents))
        return bool(name)

    def detect(self, file: str, documents: tuple[Node, ...]) -> str:
        detection = detect_list(file, documents, self.files)
        if detection.rival:
            raise DialectError(list_rivalry(file, detection))
        return detection.name

    def unread(self, file: str) -> list[Diagnostic]:
        """What is said of a file that nobody reads, where there is no markdown beside it."""
        message = "this is no field list that fieldgen knows: it is not read"
        note = Diagnostic(SourceSpan(file, 1), "no-field-list", message)
        return self.broken.get(file) or [note]

    @property
    def names(self) -> tuple[str, ...]:
        """The dialects of the lists, sorted."""
        return tuple(sorted(self.found))

    def read(self) -> list[Definition]:
        """The definitions of all lists."""
        definitions: list[Definition] = []
        for name in self.names:
            dialect = load_list(name, self.files)
            found = read_lists(self.found[name], dialect, self.diagnostics.append)
            definitions += found
        return definitions


def list_rivalry(file: str, detection: Detection) -> str:
    """What is said where two dialects fit a file."""
    first, second = detection.name, detection.rival
    return (
        f"{file} may be a field list of {first} or {second}; say which one: "
        f"--dialect {first} or --dialect {second} (`fieldgen dialects --explain PATH` shows why)"
    )


