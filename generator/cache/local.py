"""One page changed: its own parts of the outputs are rendered as before and as now, and put in each other's place.

Nothing is believed. The page as it was is rendered among stubs of what it refers to; only if each text that changes stands in the old
output, once and letter by letter, is it replaced. Where that is not so, or where the change may be seen from elsewhere (a name, a member
of a union, a finding about the page, …), there is no answer here and everything is resolved and rendered.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise

from generator import pipeline
from generator.cache.context import Context, inspected, types_of
from generator.cache.outputs import Outputs
from generator.cache.session import Past, Session
from generator.contents import Patched
from generator.define.page import build_page
from generator.diagnostics import Diagnostic
from generator.dialect.detect import SAMPLE
from generator.dialect.files import page_names
from generator.dialect.model import Dialect, load_dialect
from generator.format import needs_black
from generator.ir import (
    Definition,
    Enum,
    Model,
    Ref,
    Schema,
    TypeRef,
    references,
    rekeyed,
)
from generator.light import NamedTuple
from generator.pipeline import PageRead, Source
from generator.read.markdown import read_markdown
from generator.resolve import Context as Links
from generator.resolve import resolve
from generator.targets import TARGETS
from generator.targets.names import check_names, pascal, snake

_TOO_MANY = 50  # definitions of one page: rendering all is then as quick


class Update(NamedTuple):
    """What one changed page makes of the last run: its findings, the outputs, and whether others see anything new of it."""

    found: Past
    files: dict[str, Patched]
    renewed: bool


def update(
    session: Session, source: Source, file: str, outputs: Outputs
) -> Update | None:
    """What changes with one page, if that can be told from the page alone. `outputs`: those of the last run."""
    past, text = session.found(), session.shelf.old_text(file)
    if text is None or not _stands_alone(session, source, past, file):
        return None
    dialect = load_dialect(past.dialect, source.dialects)
    context = session.context()
    if dialect.hand_written or dialect.undocumented or context.whole:
        return None
    old, new = (_read(file, data, dialect) for data in (text, session.pages[file]))
    if not old or not new or file in context.lent or _is_told(past, old, file):
        return None
    pairs = _pairs(context, file, old, new)
    if pairs is None:
        return None
    before, after = [was for was, _ in pairs], [now for _, now in pairs]
    stubs = _stubs(context, [*before, *after], file)
    if stubs is None:
        return None
    links = pipeline.link_context(source, session.pages, dialect)
    old_schema, new_schema = (
        _resolve(Schema(source.label, (*stubs, *each)), links, file)
        for each in (before, after)
    )
    if old_schema is None or new_schema is None:
        return None
    keys = {d.key for d in before}
    if not _is_hidden(old_schema, new_schema, keys, context, dialect):
        return None
    files = _replace(old_schema, new_schema, source, outputs)
    if files is None:
        return None
    session.keep(file, new)
    renewed = context.renew([d for d in new_schema.definitions if d.key in keys])
    left = set(past.diagnostics) - set(old.diagnostics)
    told = tuple(sorted(left | set(new.diagnostics)))
    return Update(past._replace(diagnostics=told), files, renewed)


def _stands_alone(session: Session, source: Source, past: Past, file: str) -> bool:
    """Whether the page can change without the source being read otherwise: not where it helps to tell the dialect."""
    if source.overlay or source.templates or past.outputs is None:
        return False
    if past.dialect not in page_names(source.dialects):  # or there are field lists, too
        return False
    if pipeline.is_yaml(file) or needs_black(source.style, False):
        return False
    if source.options.dialect != "auto":
        return True
    pages = [name for name in sorted(session.pages) if not pipeline.is_yaml(name)]
    return len(pages) > SAMPLE * 2 and session.is_no_witness(file)


def _read(file: str, data: bytes, dialect: Dialect) -> PageRead | None:
    """What is on the page; None where there is no text, or none of the dialect."""
    found: list[Diagnostic] = []
    text = pipeline.decode(file, data, found.append)
    if not text or not pipeline.in_dialect(file, text):
        return None
    definitions = build_page(read_markdown(text, file), dialect, found.append)
    return PageRead(definitions, tuple(found), dialect.name)


def _is_told(past: Past, old: PageRead, file: str) -> bool:
    """Whether a finding elsewhere names the page, or there is one on it that the page alone does not give."""
    own = set(old.diagnostics)
    return any(
        d not in own
        and (
            d.span.file == file
            or any(span.file == file for span in d.related)
            or f"{file}:" in d.message
        )
        for d in past.diagnostics
    )


def _pairs(
    context: Context, file: str, old: PageRead, new: PageRead
) -> list[tuple[Definition, Definition]] | None:
    """The definitions of the page that differ, as they were and as they are, with their keys; None if they are not the same ones."""
    keys = [key for key in context.rows if context.file(key) == file]
    names = [context.name(key) for key in keys]
    olds, news = (sorted(each.definitions, key=_line) for each in (old, new))
    if not names == [d.name for d in olds] == [d.name for d in news]:
        return None
    pairs: list[tuple[Definition, Definition]] = []
    for key, was, now in zip(keys, olds, news, strict=True):
        if _identity(was) != _identity(now) or was.key or now.key:
            return None
        if was != now:
            pairs.append((rekeyed(was, key), rekeyed(now, key)))
    return pairs if len(pairs) <= _TOO_MANY else None


def _line(definition: Definition) -> int:
    return definition.span.line


def _identity(d: Definition) -> tuple[object, ...]:
    return type(d), d.name, d.anchors, d.scope


def _is_hidden(
    before: Schema, after: Schema, keys: set[str], context: Context, dialect: Dialect
) -> bool:
    """Whether what changed in the definitions cannot be seen from elsewhere."""
    if inspected(after) - context.inspected:
        return False
    for was, now in zip(before.definitions, after.definitions, strict=True):
        if was.key != now.key or was.key not in keys and was != now:
            return False
        if _shape(was) != _shape(now) and (
            not isinstance(now, Model)
            or dialect.members_by_value
            or now.key in context.inspected
            or _clashes(now, context)
        ):
            return False
    return True


def _shape(d: Definition) -> object:
    """What of a definition others may see."""
    if isinstance(d, Model):
        fields = [
            (f.name, f.type, f.required, f.wire) for f in (*d.fields, *d.patterned)
        ]
        return fields, d.bases, d.options, d.rest, len(d.patterned)
    if isinstance(d, Enum):
        return [(value.value, value.name) for value in d.values], d.open
    return d.type, d.url


def _clashes(model: Model, context: Context) -> bool:
    """Whether a field is called as some class is, which the stubs do not show."""
    names = {name for f in model.fields for name in (f.key, snake(f.name))}
    return any(
        pascal(key).rstrip("_0123456789") in names for key in context.rows
    ) or any(name in context.rows for name in names)


def _stubs(
    context: Context, definitions: list[Definition], file: str
) -> list[Definition] | None:
    """What the definitions refer to, directly or through aliases, and all else that their references might mean; not the definitions."""
    refs = [ref for d in definitions for t in types_of(d) for ref in _all(t)]
    if any(ref.partial for ref in refs):
        return None
    names = {name for ref in refs for name in (ref.name, ref.name.rpartition(".")[2])}
    paths = {_stem(ref.url.partition("#")[0]) for ref in refs if ref.url}
    own = {d.key for d in definitions}
    wanted = {
        key
        for key, (stub, is_read) in context.rows.items()
        if is_read
        and (stub[2] in names or stub[3][0] == file or _stem(stub[3][0]) in paths)
    }
    wanted |= names & context.rows.keys()
    if any("." in ref.name for ref in refs):  # a namespace may be any folder
        folders = {posixpath.dirname(context.file(key)): key for key in context.rows}
        wanted |= set(folders.values())
    todo, found = list(wanted), dict[str, Definition]()
    while todo:
        key = todo.pop()
        if key in found or key in own:
            continue
        if key not in context.rows:
            return None
        found[key] = context.stub(key)
        todo += [ref.name for t in types_of(found[key]) for ref in references(t)]
    return [found[key] for key in context.rows if key in found]


def _all(type_: TypeRef) -> Iterator[Ref]:
    for ref in references(type_):
        yield ref
        if ref.fallback is not None:
            yield from _all(ref.fallback)


def _stem(path: str) -> str:
    name = path.rstrip("/").rpartition("/")[2].lower()
    return name.rpartition(".")[0] or name


def _resolve(schema: Schema, links: Links, file: str) -> Schema | None:
    """The definitions and the stubs, resolved; None where there is something to say of them."""
    resolved, found = resolve(schema, links)
    if any(d.code != "unused-rename" for d in found):
        return None
    named = any(d.span.file == file for d in check_names(resolved))
    grown = len(resolved.definitions) != len(schema.definitions)
    return None if named or grown else resolved


_BLOCKS = {
    True: re.compile(r"^(?=[A-Za-z@#])", re.MULTILINE),
    False: re.compile(r"^(?=    \")", re.MULTILINE),
}


def _replace(
    before: Schema, after: Schema, source: Source, outputs: Outputs
) -> dict[str, Patched] | None:
    """The outputs with the changed parts of the page in them."""
    files: dict[str, Patched] = {}
    for name in dict.fromkeys(source.options.targets):
        target = TARGETS[name]
        texts = [
            next(pipeline.write(target, schema, source))[1]
            for schema in (before, after)
        ]
        parts = [_BLOCKS[target.python].split(text) for text in texts]
        if len(parts[0]) != len(parts[1]):
            return None
        changes = [(a, b) for a, b in zip(*parts, strict=True) if a != b]
        if not all(_is_own(a, b, target.python) for a, b in changes):
            return None
        data = outputs.all().get(target.file)
        if data is None:
            return None
        places = []
        for old, new in changes:
            old, new = _trim(old, new)
            was = b"\n" + old.encode()
            at = data.find(was)
            if at < 0 or data.find(was, at + 1) >= 0:
                return None
            places.append((at + 1, at + len(was), new.encode()))
        places.sort()
        if any(end > start for (_, end, _), (start, _, _) in pairwise(places)):
            return None
        files[target.file] = Patched(data, places)
    return files


def _is_own(old: str, new: str, python: bool) -> bool:
    """Whether a part is one of a definition, not of what stands around them all."""
    heads = [text.partition("\n")[0].partition("  #")[0] for text in (old, new)]
    if heads[0] != heads[1]:
        return False
    if not python:
        return True
    return bool(
        re.match(r"class \w+[:(]|\w+: TypeAlias = |\w+ = TypedDict\(", old)
    ) and (not old.startswith(("class PayloadError", "class Unset", "class _")))


def _trim(old: str, new: str) -> tuple[str, str]:
    """Both without the brackets and line ends that close them alike: what follows a definition is not the same among stubs."""
    shared = 0
    for a, b in zip(reversed(old), reversed(new), strict=False):
        if a != b or a not in "\n },":
            break
        shared += 1
    return old[: len(old) - shared], new[: len(new) - shared]
