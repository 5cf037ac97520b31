"""Annotations that do not fit their line: laid out as black lays them out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.format import format_statement
from generator.options import Style
from generator.targets.layout import lay_out

PREFIXES = [
    "k: ",
    "X: TypeAlias = ",
    f"{'Alias' * 6}: TypeAlias = ",
    f"{'Alias' * 11}: TypeAlias = ",
    f"{'Alias' * 17}: TypeAlias = ",
    f"{'Alias' * 20}: TypeAlias = ",
    f"{'LongName' * 4}: TypeAlias = ",
    f"{'k' * 70}: ",
]
names = st.sampled_from(["int", "None", "Foo", "FineTuneEventList", "A" * 30, "B" * 90])
values = st.sampled_from(['"a"', "1", "-1", "True", f'"{"x" * 40}"', f'"{"y" * 100}"'])
odd_values = st.sampled_from(
    ["'\"'", '"\\\\n]|,"', '"日本語日本語日本語"', '"e\u0301"']
)
quoted = st.lists(names, min_size=1, max_size=6).map(lambda x: f'"{" | ".join(x)}"')


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, min_size=2, max_size=5)
    literals = st.lists(values | odd_values, min_size=1, max_size=9)
    return st.one_of(
        inner.map("list[{}]".format),
        inner.map("NotRequired[{}]".format),
        inner.map("dict[str, {}]".format),
        some.map(" | ".join),
        some.map(lambda items: f"Union[{', '.join(items)}]"),
        literals.map(lambda items: f"Literal[{', '.join(items)}]"),
        quoted,
    )


spelled = st.recursive(names, grow, max_leaves=12)


@settings(max_examples=600)
@given(
    st.sampled_from(PREFIXES),
    spelled,
    st.sampled_from([0, 4, 8]),
    st.sampled_from([40, 60, 79, 88, 100, 120]),
)
def test_as_black(prefix: str, annotation: str, indent: int, length: int) -> None:
    style = Style(line_length=length)
    expected = format_statement(prefix + annotation, indent, style)
    assert lay_out(prefix, annotation, indent, style) == expected


def test_the_common_shapes_need_no_black() -> None:
    import sys
    from subprocess import run

    code = """
import sys
from generator.options import Style
from generator.targets.layout import lay_out
style = Style(line_length=40)
for annotation in ("NotRequired[list[LongNameOfAThingInTheDocs]]", "Aaaaaaaaaaaaaaaaaa | Bbbbbbbbbbbbbbbbbb | None"):
    print(lay_out("name: ", annotation, 4, style))
print(lay_out("X: TypeAlias = ", 'Literal["first", "second", "third", "fourth"]', 0, style))
print("black" in sys.modules)
"""
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "    name: NotRequired[\n"
        "        list[LongNameOfAThingInTheDocs]\n"
        "    ]\n"
        "    name: (\n"
        "        Aaaaaaaaaaaaaaaaaa\n"
        "        | Bbbbbbbbbbbbbbbbbb\n"
        "        | None\n"
        "    )\n"
        "X: TypeAlias = Literal[\n"
        '    "first", "second", "third", "fourth"\n'
        "]\n"
        "False\n"
    )
