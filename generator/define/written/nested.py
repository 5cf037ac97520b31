"""Rows of hand-written tables that are parts of other rows, and names that are patterns.

    | lamp        | object |      | crew         | array of objects |      | ^x-      | any    |   keys that match
    | lamp.power  | int    |      | > name       | string           |      | /{berth} | Berth  |   keys that begin so
    | lamp.colour | string |      | crew[].rank  | string           |      | {name}   | string |   all other keys

A dot alone makes no path, since keys may have dots: there must be a row for what stands before it, or several rows that share that among
others without a dot; or such a table on the same page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from generator.define.nesting import Part, Subject, define_parts
from generator.define.paths import path_parts
from generator.define.tables import Report
from generator.dialect.model import Dialect, Nesting
from generator.facts import condition
from generator.ir import (
    OBJECT,
    Alias,
    Definition,
    Field,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    TypeRef,
    map_type,
    one_of,
)
from generator.light import record
from generator.typewords import singulars

_SIGNS = re.compile(r"[\\^$.|?*+()\[\]{}]")
_WORD = re.compile(r"[A-Za-z_$][\w$-]*")


@record(slots=True)
class Nest:
    """What the rows of a table are: the fields of the model, those whose keys match a pattern, the type of all other keys, and the models of parts."""

    fields: list[Field] = field(default_factory=list)
    patterned: list[Field] = field(default_factory=list)
    rest: TypeRef | None = None
    inner: list[Definition] = field(default_factory=list)


def read_nest(
    rows: Sequence[Field],
    depths: Sequence[int],
    owner: Subject,
    dialect: Dialect,
    pathed: bool,
    report: Report,
) -> Nest:
    """The rows of a table as they are parts of each other. `pathed`: names of the page are known to be paths."""
    nesting = dialect.nesting or Nesting()
    rows = name_lists(rows)
    if any(depths):
        parts = [
            Part(depth, _role(row, nesting, dialect), "", row)
            for row, depth in zip(rows, depths, strict=True)
        ]
    elif nesting.step and (paths := find_paths(rows, nesting.step, pathed)):
        parts = [
            (
                part._replace(role=_role(part.field, nesting, dialect))
                if part.role == "field"
                else part
            )
            for part in path_parts(rows, nesting.step, paths)
        ]
        parts = _require(parts)
    else:
        parts = [Part(0, _role(row, nesting, dialect), "", row) for row in rows]
    parts = _free(parts)
    flat = all(part.depth == 0 for part in parts)
    defined = [] if flat else define_parts(owner, parts, report)
    own = defined[0] if defined else None
    nest = Nest(inner=[_take_patterned(one, dialect) for one in defined[1:]])
    if isinstance(own, Model):
        fields, rest = own.fields, own.rest
    elif isinstance(own, Alias) and isinstance(own.type, MapOf):
        fields, rest = (), own.type.value
    else:
        fields = tuple(part.field for part in parts if part.role != "rest")
        kinds = [part.field.type for part in parts if part.role == "rest"]
        rest = one_of(tuple(kinds)) if kinds else None
    nest.rest = rest
    nest.fields, nest.patterned = split_patterned(fields, dialect)
    return nest


def name_lists(rows: Sequence[Field]) -> Sequence[Field]:
    """The rows, where paths begin with the name of a list instead of that of its items: `lamp.power` below `lamps`, a list of `lamp`."""
    names = {row.name for row in rows}
    heads = {row.name.partition(".")[0] for row in rows if "." in row.name} - names
    lists: dict[str, str] = {}
    for row in rows if heads else ():
        match row.type:
            case ListOf(Ref(label, "")) if label in heads:
                lists[label] = row.name
            case ListOf(Scalar("object")):
                lists |= {h: row.name for h in heads & set(singulars(row.name))}
    if not lists:
        return rows
    return [_in_list(row, lists) for row in rows]


def _in_list(row: Field, lists: Mapping[str, str]) -> Field:
    head, dot, rest = row.name.partition(".")
    called = lists.get(head) if dot else None
    return replace(row, name=f"{called}[].{rest}") if called else row


def find_paths(
    rows: Sequence[Field], step: re.Pattern[str], pathed: bool
) -> frozenset[str]:
    """The names that are paths."""
    by_name = {row.name: row for row in rows}
    heads = {name: _heads(name, step) for name in by_name}
    bare = any("." not in name for name in by_name)  # or the page has flat keys
    shared = Counter(above[0] for above in heads.values() if above and bare)
    found = set()
    for name, above in heads.items():
        if not above or not _WORD.fullmatch(above[0].removesuffix("[]")):
            continue
        parents = [by_name[head] for head in above if head in by_name]
        if any(not _holds(parent.type) for parent in parents):
            continue  # a text has no parts
        if name.endswith("]") and not any(o.startswith(f"{name}.") for o in by_name):
            continue  # one of some keys with a number
        first = above[0]
        sure = bool(parents) or "[" in name or shared[first] > 1 or pathed
        if sure and (":" not in name or parents):
            found.add(name)
    return frozenset(found)


def _heads(name: str, step: re.Pattern[str]) -> list[str]:
    """What stands before the last step of a name, from the outside in; none where it is no path."""
    ends, end = [], 0
    for match in step.finditer(name):
        if match.start() != end or match.end() == end:
            return []
        end = match.end()
        ends.append(end)
    if end != len(name):
        return []
    return [re.sub(r"\[\w*\]\Z|[.:]\Z", "", name[:at]) for at in ends[:-1]]


def _holds(type_: TypeRef) -> bool:
    """Whether a type can have parts."""
    match type_:
        case Scalar(kind):
            return kind in ("object", "any")
        case ListOf(inner) | MapOf(inner):
            return _holds(inner)
        case OneOf(members):
            return any(_holds(member) for member in members)
        case _:
            return isinstance(type_, Ref)


def is_pathed(names: Collection[str], step: re.Pattern[str]) -> bool:
    """Whether the names of a table show that names are paths: one is the begin of another or leads into a list, or several begin alike, among others without a dot."""
    heads = [_heads(name, step) for name in names if "." in name and ":" not in name]
    first = Counter(above[0] for above in heads if above and _WORD.fullmatch(above[0]))
    begun = any(head in names for above in heads for head in above)
    begun = begun or any("]." in name and _heads(name, step) for name in names)
    bare = any("." not in name for name in names)
    return begun or bare and any(count > 1 for count in first.values())


def _require(parts: Sequence[Part]) -> list[Part]:
    """The parts, where what no row states must be there if one of its parts must."""
    out = list(parts)
    for index in range(len(out) - 1, -1, -1):
        part = out[index]
        below = []
        for other in out[index + 1 :]:
            if other.depth <= part.depth:
                break
            if other.depth == part.depth + 1:
                below.append(other.field)
        untold = below and part.field.span == below[0].span
        if untold and (any(row.required for row in below) or _one_of(below)):
            out[index] = part._replace(field=replace(part.field, required=True))
    return out


def _free(parts: Sequence[Part]) -> list[Part]:
    """The parts, where those with parts of their own are objects: what a type calls them without a link is only a word."""
    out = list(parts)
    for index, (part, below) in enumerate(pairwise(parts)):
        if below.depth > part.depth:
            type_ = map_type(part.field.type, lambda r: r if r.url else OBJECT)
            out[index] = part._replace(field=replace(part.field, type=type_))
    return out


def _one_of(rows: Sequence[Field]) -> bool:
    """Whether one of some rows must be there: it must if none of the others is."""
    names = {row.name for row in rows}
    for row in rows:
        for fact in row.facts:
            found = condition(fact) if fact.kind == "requiredIf" else None
            if found and found.test == "absent" and names.issuperset(found.names):
                return True
    return False


def _role(row: Field, nesting: Nesting, dialect: Dialect) -> str:
    """Whether a row is a field or stands for all other keys."""
    if any(pattern.fullmatch(row.name) for pattern, _ in dialect.patterned):
        return "field"
    return "rest" if nesting.rest and nesting.rest.fullmatch(row.name) else "field"


def split_patterned(
    rows: Iterable[Field], dialect: Dialect
) -> tuple[list[Field], list[Field]]:
    """The fields whose names are keys, and those whose names are made regular expressions of keys."""
    fields: list[Field] = []
    patterned: list[Field] = []
    for row in rows:
        for pattern, to in dialect.patterned:
            if match := pattern.fullmatch(row.name):
                patterned.append(replace(row, name=_expand(to, match.groupdict())))
                break
        else:
            fields.append(row)
    return fields, patterned


def _expand(to: str, groups: Mapping[str, str | None]) -> str:
    """A regular expression: `{pattern}` as it stands in the name, `{text}` as it is to be found in keys."""
    text = _SIGNS.sub(r"\\\g<0>", groups.get("text") or "")
    return to.replace("{text}", text).replace("{pattern}", groups.get("pattern") or "")


def _take_patterned(definition: Definition, dialect: Dialect) -> Definition:
    if not isinstance(definition, Model):
        return definition
    fields, patterned = split_patterned(definition.fields, dialect)
    if not patterned:
        return definition
    first = {field.name: field for field in reversed(patterned)}
    return replace(
        definition, fields=tuple(fields), patterned=tuple(reversed(first.values()))
    )
