"""Which definition of an old schema has become which of a new one: by key, by name, and where both fail by what is in them, as a guess."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.casing import split_words
from generator.ir import Alias, Definition, Enum, Field, Model, Schema, references
from generator.light import NamedTuple

_ENOUGH = 4.0  # points for a guess


class Pair(NamedTuple):
    """A definition before and after. `guess`: why we think so; empty where the name says it."""

    old: Definition
    new: Definition
    guess: str = ""


class Matches(NamedTuple):
    """`gone` and `come`: what has no counterpart."""

    pairs: list[Pair]
    gone: list[Definition]
    come: list[Definition]

    @property
    def keys(self) -> dict[str, str]:
        """Key of an old definition → key of the new one."""
        return {pair.old.key: pair.new.key for pair in self.pairs}


def match_definitions(old: Schema, new: Schema) -> Matches:
    """Pair the definitions of two schemas. The order is that of the new one."""
    news = {definition.key: definition for definition in new.definitions}
    pairs = [Pair(d, news[d.key]) for d in old.definitions if d.key in news]
    pairs += _by_name(*_left(old, new, pairs))
    guesses = _Guesses(*_left(old, new, pairs))
    while guessed := guesses.more(pairs):
        pairs += guessed
    place = {definition.key: number for number, definition in enumerate(news.values())}
    pairs.sort(key=lambda pair: place[pair.new.key])
    return Matches(pairs, *_left(old, new, pairs))


def _left(
    old: Schema, new: Schema, pairs: Iterable[Pair]
) -> tuple[list[Definition], list[Definition]]:
    """What is in no pair yet."""
    olds = {pair.old.key for pair in pairs}
    news = {pair.new.key for pair in pairs}
    return (
        [d for d in old.definitions if d.key not in olds],
        [d for d in new.definitions if d.key not in news],
    )


def _by_name(gone: list[Definition], come: list[Definition]) -> list[Pair]:
    """Those of one documented name. Where several have it, those that are most alike and stand in places of like names."""
    named: dict[str, list[Definition]] = defaultdict(list)
    for definition in come:
        named[definition.name].append(definition)
    rated = [
        (-_alike(one, two), -_near(one, two), one.key, two.key, one, two)
        for one in gone
        for two in named[one.name]
    ]
    return [
        Pair(one, two)
        for one, two in _best(
            row[-2:] for row in sorted(rated, key=lambda row: row[:4])
        )
    ]


def _best(
    rated: Iterable[tuple[Definition, Definition]],
) -> Iterator[tuple[Definition, Definition]]:
    """Pairs, the best first, each definition once."""
    taken: set[int] = set()
    for one, two in rated:
        if id(one) not in taken and id(two) not in taken:
            taken |= {id(one), id(two)}
            yield one, two


def _near(one: Definition, two: Definition) -> int:
    """How many names of folders and files two places have in common, from the end."""
    common = 0
    for a, b in zip(
        reversed(one.span.file.split("/")),
        reversed(two.span.file.split("/")),
        strict=False,
    ):
        if a.lower() != b.lower():
            break
        common += 1
    return common


@lru_cache(maxsize=10_000)
def _parts(definition: Definition) -> frozenset[str]:
    """What a definition consists of: names of fields, values, members."""
    match definition:
        case Model(fields=fields):
            return frozenset(field.name for field in fields)
        case Enum(values=values):
            return frozenset(value.value for value in values)
        case Alias(type=type_):
            return frozenset(ref.name for ref in references(type_))


def _alike(one: Definition, two: Definition) -> float:
    """How much of what two definitions consist of is in both, from 0 to 1."""
    a, b = _parts(one), _parts(two)
    return len(a & b) / len(a | b) if type(one) is type(two) and a | b else 0.0


class _Guesses:
    """Finds renamed definitions. What speaks for two is looked at once; which fields refer to them changes with each pair that is found."""

    def __init__(self, gone: list[Definition], come: list[Definition]) -> None:
        self.gone = {definition.key: definition for definition in gone}
        self.come = {definition.key: definition for definition in come}
        self.rates: dict[tuple[str, str], tuple[float, list[str]]] = {}
        having: dict[tuple[type, str], list[Definition]] = defaultdict(list)
        for two in come:
            for part in _parts(two):
                having[type(two), part].append(two)
        for one in gone:
            found = (two for part in _parts(one) for two in having[type(one), part])
            for key in dict.fromkeys(two.key for two in found):
                self.rates[one.key, key] = _rate(one, self.come[key])

    def more(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Further pairs, as far as one has clearly more points than all others."""
        if not self.gone or not self.come:
            return []
        points = dict(self.rates)
        for (old, new), votes in _votes(pairs).items():
            one, two = self.gone.get(old), self.come.get(new)
            if votes and one and two and type(one) is type(two):
                rate, reasons = self.rates.get((old, new)) or _rate(one, two)
                said = "the same fields refer to it"
                points[old, new] = rate + 2, [*reasons[:1], said, *reasons[1:]]
        olds, news = _maxima(points)
        found = []
        for (old, new), (rate, reasons) in points.items():
            if rate >= _ENOUGH and olds[old] == [rate] and news[new] == [rate]:
                why = ", ".join(reasons)
                found.append(Pair(self.gone.pop(old), self.come.pop(new), why))
        left = self.rates.items()
        self.rates = {k: r for k, r in left if k[0] in self.gone and k[1] in self.come}
        return found


def _maxima(
    points: dict[tuple[str, str], tuple[float, list[str]]],
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """The highest points of each old and each new definition, as often as it has them: two of the same say nothing."""
    olds: dict[str, list[float]] = defaultdict(list)
    news: dict[str, list[float]] = defaultdict(list)
    for (old, new), (rate, _) in points.items():
        for rates, key in ((olds, old), (news, new)):
            if not rates[key] or rate > rates[key][0]:
                rates[key] = [rate]
            elif rate == rates[key][0]:
                rates[key].append(rate)
    return olds, news


def _rate(one: Definition, two: Definition) -> tuple[float, list[str]]:
    """Points for two definitions of a kind being the same, and what they are for."""
    parts = _parts(one), _parts(two)
    common, total = len(parts[0] & parts[1]), len(parts[0] | parts[1])
    reasons = []
    rate = 0.0
    if common and common >= total / 2 and (common > 1 or common == total):
        what = {Model: "fields", Enum: "values", Alias: "members"}[type(one)]
        reasons.append(f"{common} of {total} {what} are the same")
        rate += 3 * common / total + (min(common, 4) - 1) / 3  # one proves little
    if one.description and one.description == two.description:
        reasons.append("the description is the same")
        rate += 1
    if _near(one, two):
        reasons.append("the file has the same name")
        rate += 1
    if _names_alike(one.name, two.name):
        reasons.append("the names have a word in common")
        rate += 0.5
    return rate, reasons


def _names_alike(one: str, two: str) -> bool:
    return bool(_words(one) & _words(two))


@lru_cache(maxsize=10_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in split_words(name))


def _votes(pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """How often a field of a pair refers to the one definition before, and to the other after."""
    votes: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        if isinstance(pair.old, Model) and isinstance(pair.new, Model):
            after = {field.name: field for field in pair.new.fields}
            for field in pair.old.fields:
                if field.name in after:
                    votes.update(_both(field, after[field.name]))
    return votes


def _both(old: Field, new: Field) -> Iterator[tuple[str, str]]:
    """The references of a field before and after, in their order, where there are as many of them."""
    one, two = list(references(old.type)), list(references(new.type))
    if len(one) == len(two):
        yield from ((a.name, b.name) for a, b in zip(one, two, strict=True))
