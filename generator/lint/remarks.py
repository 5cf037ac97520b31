"""What text says of the fields of a model besides their rows: which may be missing, which are all that somebody sends, how some are written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.casing import split_words
from generator.ir import Field
from generator.light import NamedTuple
from generator.read.blocks import Heading, Item, Page, Paragraph

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*\[<])|\n{2,}|<br\s*/?>")
_NAMED = re.compile(r"`([^`]+)`")
_COND = r"(?:if|when|whenever|unless|in case)\b"
# A description that says when there is the field, or that may say it. "When it was sent", "if this is late" and "`null` if there is none" do not.
_WHEN = re.compile(
    r"\b(?:unless|in case|depending on|except (?:if|when|for))\b"
    r"|(?<![`\d] )(?<!\bnull )(?<!\btrue )(?<!\bfalse )(?<!\bempty )\bif (?!this\b)"
    rf"|\b(?:only|not) (?:\w+ )?(?:{_COND}|for\b|with\b)"
    rf"|\b(?:not (?:present|sent|included|returned|set)|absent|omitted) {_COND}",
    re.IGNORECASE,
)
# A sentence that says of what it names that it may be missing: somebody may send it, or not.
_MAY = re.compile(
    r"\b(?:can|may|might|could)(?: \w+){0,3}? (?:be )?(?:pass|sen[dt]|set|includ|add|provid|omit|use|specif|suppl|left|absent|missing)"
    r"|\boptional|\bunless\b|\bomit\w*|\babsent\b|\binstead of\b|\bnot (?:present|included|sent|set|represented|shown|returned)\b"
    r"|\bonly (?:if|when|for|with|present|sent|included|used)\b"
    r"|\bif `[^`]+`(?: field| property| parameter)? is (?:not )?(?:set|present|given|provided|specified|included)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:objects?|that|which) (?:also |additionally )?(?:includes?|including)\b|\bwith (?:additional|extra|more|further) ",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
# "Placeholder IDs are given as integers."
_WRITTEN = re.compile(
    r"(?P<what>[A-Za-z][\w-]*) (?:is|are|will be) (?:\w+ly )?(?:given|sent|represented|encoded|written|serialized|returned|shown|stored|formatted) as (?:an? )?"
    r"(?P<kind>integer|number|string|text|boolean|float)s?\b",
    re.IGNORECASE,
)
_KINDS = {"integer": "number", "float": "number", "text": "string"}


class Written(NamedTuple):
    """That what is called so (`what`: a word of names) is written as values of a kind: number, string or boolean."""

    what: str
    kind: str

    def speaks_of(self, name: str, kind: str) -> bool:
        """Whether it says that the value of this name is of this kind."""
        words = {word.casefold() for word in split_words(name)}
        return kind == self.kind and self.what in words


class Remarks(NamedTuple):
    """What the text around a table says of its fields: names of `lax` ones, and sets of those that are `all` that somebody sends."""

    lax: frozenset[str] = frozenset()
    all: tuple[frozenset[str], ...] = ()
    written: tuple[Written, ...] = ()

    def may_lack(self, name: str, present: set[str]) -> bool:
        """Whether an object with these keys may lack a field."""
        return name in self.lax or any(present <= some for some in self.all)


def read_remarks(texts: Iterable[str], names: Iterable[str]) -> Remarks:
    """What texts say of the fields of these names."""
    known = frozenset(names)
    lax: set[str] = set()
    alone = []
    written: list[Written] = []
    for text in texts:
        for sentence in _SENTENCE.split(text):
            named = known.intersection(_NAMED.findall(sentence))
            if len(named) > 1 and _ONLY.search(sentence):
                alone.append(named)
            elif named and _MAY.search(sentence):
                lax |= named
        written += read_written(text)
    return Remarks(frozenset(lax), tuple(alone), tuple(written))


def read_written(text: str) -> list[Written]:
    """What a text says of how values are written."""
    return [
        Written(
            match["what"].casefold().removesuffix("s"),
            _KINDS.get(match["kind"].casefold(), match["kind"].casefold()),
        )
        for match in _WRITTEN.finditer(text)
    ]


def tells_when(field: Field) -> bool:
    """Whether the description of a field says, or may say, when there is the field."""
    return _WHEN.search(field.description) is not None


def has_more(field: Field) -> bool:
    """Whether the description of a field says that its objects have other keys, too."""
    return _MORE.search(field.description) is not None


def texts_above(page: Page, line: int) -> list[list[str]]:
    """The running text around what stands at a line, up to the next heading: for each heading above it, outermost first, that right below it."""
    above: list[tuple[int, list[str]]] = []  # of each heading: its level, and its text
    for block in page.blocks:
        if isinstance(block, Heading):
            if block.line > line:
                break
            while above and above[-1][0] >= block.level:
                above.pop()
            above.append((block.level, []))
        elif isinstance(block, Paragraph | Item):
            above = above or [(0, [])]
            above[-1][1].append(block.text)
    return [texts for _, texts in above]


def texts_on(page: Page, anchors: Iterable[str]) -> list[str]:
    """The running text of a page that links to one of these places."""
    ends = tuple(f"#{anchor})" for anchor in anchors)
    blocks = (b for b in page.blocks if isinstance(b, Paragraph | Item))
    return [b.text for b in blocks if any(end in b.text for end in ends)]
