"""What a field of fieldgen's own form states beyond its type: plain keywords (`minimum: 0`), and `facts` with the words that prove them."""

from __future__ import annotations

from generator.diagnostics import SourceSpan, suggest
from generator.facts import KINDS, ON, STATED, TAKES, fits, read_condition, say
from generator.ir import Fact
from generator.native.values import YES_NO, Entries, Values
from generator.read.json_text import dump_json, json_text, parse_json
from generator.read.nodes import Mapping, Node, Scalar, Sequence

FACT_KEYS = {key: key for key in ("fact", "value", "on", "words", "place")}


def read_facts(values: Values, given: Entries) -> tuple[Fact, ...]:
    """The facts of a field: its keywords, whose words are what stands there, and then those of `facts`."""
    found: dict[tuple[str, str, str], Fact] = {}
    for key, node in given.items():
        if key in KINDS and (value := _value(values, key, key, node)) is not None:
            fact = Fact(key, value, _words(key, value, node), values.span(node))
            found[key, "", ""] = fact
    listed = given.get("facts")
    if listed is not None and not isinstance(listed, Sequence):
        values.wrong(listed, "facts", "a list")
    for item in listed.items if isinstance(listed, Sequence) else ():
        read = _fact(values, item)
        if read is None:
            continue
        apart = read.value if read.kind == "schema" else ""  # all schemas hold
        if found.setdefault((read.kind, read.on, apart), read) is not read:
            message = f"the field has the fact `{read.kind}` twice; the first counts"
            values.report(item, "duplicate-key", message)
    return tuple(found.values())


def _fact(values: Values, item: Node) -> Fact | None:
    given = values.entries(item, FACT_KEYS) if isinstance(item, Mapping) else {}
    kind, on = values.text(given, "fact"), values.text(given, "on")
    if not kind or "value" not in given:
        message = "a fact takes a mapping with `fact` and `value`"
        values.report(item, "wrong-value", message)
        return None
    if kind not in STATED:
        hint = suggest(kind, tuple(STATED))
        values.report(given["fact"], "wrong-value", f'"{kind}" is no fact', hint)
        return None
    if not ON.fullmatch(on):
        message = f'`on` takes items, values, or those of these (items.values), and this is "{on}"'
        values.report(given["on"], "wrong-value", message)
        return None
    value = _value(values, kind, "value", given["value"])
    if value is None:
        return None
    place: SourceSpan = values.place(given, item)
    return Fact(kind, value, values.text(given, "words"), place, on)


def _words(key: str, value: str, node: Node) -> str:
    """What stands there; of a condition its meaning, which outputs show."""
    if KINDS[key].takes == "condition":
        found = read_condition(parse_json(value))
        return node.text if isinstance(node, Scalar) else say(found) if found else ""
    return f"{key}: {node.text if isinstance(node, Scalar) else value}"


def _value(values: Values, kind: str, key: str, node: Node) -> str | None:
    """The value of a fact as JSON text, or None and a report where it is not what this kind takes."""
    takes = STATED[kind].takes
    if takes in ("text", "pattern") and isinstance(node, Scalar):
        text = dump_json(node.text)  # words stay texts
    elif takes == "flag" and isinstance(node, Scalar) and node.text in YES_NO:
        text = dump_json(YES_NO[node.text])
    else:
        text = json_text(node)
    try:
        if fits(takes, parse_json(text)):
            return text
    except ValueError:  # it is nested too deeply
        pass
    values.report(
        node,
        "wrong-value",
        (
            f"`{key}` of {kind} takes {TAKES[takes]}"
            if key != kind
            else f"`{kind}` takes {TAKES[takes]}"
        ),
    )
    return None
