"""The markdown reader: every kind of block, its text and its place. What GFM says of tables in general is in test_read_reference.py."""

from __future__ import annotations

import time

import pytest

from generator.read.blocks import Fence, Heading, Item, Paragraph, Table
from generator.read.markdown import read_markdown

T = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def blocks(text: str, file: str = "page.md") -> tuple[object, ...]:
    return read_markdown(text, file).blocks


def tables(text: str, file: str = "page.md") -> list[list[list[str]]]:
    """The cells' text of every table, the header first."""
    found = [block for block in blocks(text, file) if isinstance(block, Table)]
    return [
        [[cell.text for cell in row] for row in (table.header, *table.rows)]
        for table in found
    ]


def kinds(text: str, file: str = "page.md") -> list[str]:
    """A word for each block: its type and the beginning of its text."""
    words = []
    for block in blocks(text, file):
        text = (
            "|".join(cell.text for cell in block.header)
            if isinstance(block, Table)
            else getattr(block, "text", "")
        )
        words.append(f"{type(block).__name__} {text}".replace("\n", "/"))
    return words


AB = ["a", "b"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (T, [AB, ["1", "2"]]),
        ("a | b\n--- | ---\n1 | 2", [AB, ["1", "2"]]),
        ("a | b |\n:-- | --:\n| 1 | 2", [AB, ["1", "2"]]),
        ("  | a | b |\n   |:-:|-|\n | 1 | 2 |", [AB, ["1", "2"]]),
        ("| a |\n|---|\n| x\\|y |", [["a"], ["x|y"]]),
        ("| a |\n|---|\n| `x \\| y` |", [["a"], ["`x | y`"]]),
        ("| a |\n|---|\n| x\\\\|y |", [["a"], ["x\\|y"]]),
        (
            "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n1",
            [AB, ["1"], ["1", "2", "3"], ["1"]],
        ),
        ("| a | b |\n|---|---|\n| | |\n||\n|", [AB, ["", ""], [""], [""]]),
        ("text\n" + T, [AB, ["1", "2"]]),
        ("- item\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n", [AB, ["1", "2"]]),
        ("1. | a | b |\n   |---|---|\n   | 1 | 2 |\n| 3 | 4 |", [AB, ["1", "2"]]),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |\n| 3 | 4 |", [AB, ["1", "2"]]),
        ("> - | a | b |\n>   |---|---|\n>   | 1 | 2 |", [AB, ["1", "2"]]),
        ("-\t| a | b |\n\t|---|---|\n\t| 1 | 2 |", [AB, ["1", "2"]]),
        ("<details>\n" + T + "</details>\n", [AB, ["1", "2"]]),
        ("<details><summary>S</summary>\n\n" + T, [AB, ["1", "2"]]),
        ('<Tab title="x">\n' + T + "</Tab>\n", [AB, ["1", "2"]]),
        ("| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n", [AB, ["1", "2"]]),
        ("| a | b |\r|---|---|\r| 1 | 2 |\r", [AB, ["1", "2"]]),
        ("\ufeff" + T, [AB, ["1", "2"]]),
    ],
)
def test_a_table(text: str, rows: list[list[str]]) -> None:
    assert tables(text) == [rows]


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|\n| 1 | 2 |",
        "| a |\n|---|---|\n| 1 | 2 |",
        "a\n---\nb",
        "    | a | b |\n    |---|---|\n",
        "| a | b |\n    |---|---|\n",
        "| a | b |\n|---||---|\n",
        "| a | b |\n- | -\n",
        "| a | b |\n\n|---|---|\n",
        "> | a | b |\n|---|---|\n",
        "- | a | b |\n|---|---|\n",
        "```\n" + T + "```\n",
        "~~~ md\n" + T,
        "````\n```\n" + T + "````",
        "- ```\n  | a | b |\n  |---|---|\n  ```\n",
        "<!--\n" + T + "-->",
        "<!-- x\n\n" + T,
        "{/*\n" + T + "*/}",
        "<pre>\n" + T + "</pre>",
        "<script>\n\n" + T + "</script>",
        "<style>\n" + T + "\n</STYLE>",
    ],
)
def test_no_table(text: str) -> None:
    assert tables(text) == []


@pytest.mark.parametrize(
    "after",
    [
        "",
        "# H",
        "```\n```",
        "> quote",
        "- item",
        "7. item",
        "***",
        "<div>",
        "<!-- x -->",
        "<Tab>",
        "</Tab>",
        "    code",
        "## ",
    ],
)
def test_what_ends_a_table(after: str) -> None:
    assert tables(T + after + "\n| x | y |") == [[AB, ["1", "2"]]]


@pytest.mark.parametrize(
    "row",
    ["text", "#text", "<b>x</b>", "<a>", "a\\", "===", "[a]: b", "-x", "**x**", "{x}"],
)
def test_what_is_a_row(row: str) -> None:
    assert tables(T + row) == [[AB, ["1", "2"], [row]]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("| a |  b|\n|-|-|\n|   x\t|   |", [(1, 3), (1, 8), (3, 5), (3, 9)]),
        ("a|b\n-|-\n x | y", [(1, 1), (1, 3), (3, 2), (3, 6)]),
        ("\ufeff| é漢 | b |\r\n|-|-|\r\n", [(1, 3), (1, 8)]),
        ("> | a |\n> |---|\n>| x |", [(1, 5), (3, 4)]),
        ("-\t| a |\n\t|---|\n\t| x |", [(1, 5), (3, 4)]),
        ("x\n\n1. | a |\n   |---|\n   | \\| | y |", [(3, 6), (5, 6), (5, 11)]),
        ("| a |\n|-|\n|", [(1, 3), (3, 2)]),
    ],
)
def test_places_of_cells(text: str, places: list[tuple[int, int]]) -> None:
    (table,) = (block for block in blocks(text) if isinstance(block, Table))
    assert [
        (cell.line, cell.column) for row in (table.header, *table.rows) for cell in row
    ] == places
    assert table.line == table.header[0].line


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# A b", Heading(1, "A b", 1, 3, ("a-b",))),
        ("   ###### A ##  ", Heading(6, "A", 1, 11, ("a",))),
        ("#\tA #b #", Heading(1, "A #b", 1, 3, ("a-b",))),
        ("# A#", Heading(1, "A#", 1, 3, ("a",))),
        ("##", Heading(2, "", 1, 3, ("",))),
        ("A\n===", Heading(1, "A", 1, 1, ("a",))),
        ("A\nb\n --- ", Heading(2, "A\nb", 1, 1, ("a-b",))),
        ("# A {#x.y}", Heading(1, "A", 1, 3, ("x.y", "a"))),
        ('# <a name="x"></a>A', Heading(1, '<a name="x"></a>A', 1, 3, ("x", "a"))),
        ("<a id='x'></a>\n\n# A", Heading(1, "A", 3, 3, ("x", "a"))),
        (
            '<a name="p.X"></a>\n<a name=X></a>\n## A',
            Heading(2, "A", 3, 4, ("p.X", "X", "a")),
        ),
        ('<Anchor id="x" />\n## A', Heading(2, "A", 2, 4, ("x", "a"))),
        ('<h2 id="x">A <b>b</b></h2>', Heading(2, "A <b>b</b>", 1, 12, ("x", "a-b"))),
        ("> - # A", Heading(1, "A", 1, 7, ("a",))),
        (
            "# ~~`A_b`~~ [c](d.md): *e* &amp; f!",
            Heading(1, "~~`A_b`~~ [c](d.md): *e* &amp; f!", 1, 3, ("a_b-c-e--f",)),
        ),
        (
            "# Übung 1½ — नमस्ते",
            Heading(1, "Übung 1½ — नमस्ते", 1, 3, ("übung-1--नमस्ते",)),
        ),
        ("# A <!-- omit -->", Heading(1, "A <!-- omit -->", 1, 3, ("a",))),
        ("<Tab>\n# A\n</Tab>", Heading(1, "A", 2, 3, ("a",))),
    ],
)
def test_a_heading(text: str, heading: Heading) -> None:
    assert blocks(text) == (heading,)


def test_slugs_are_unique() -> None:
    page = read_markdown("# A\n# A\n# A-1\n# [A][r]\n\n[r]: u\n# A\n", "page.md")
    assert [block.anchors for block in page.blocks if isinstance(block, Heading)] == [
        ("a",),
        ("a-1",),
        ("a-1-1",),
        ("a-2",),
        ("a-3",),
    ]


def test_anchors_of_a_paragraph_between_do_not_count() -> None:
    assert blocks('<a id="x"></a>\n\ntext\n\n# A')[-1] == Heading(1, "A", 5, 3, ("a",))
    assert blocks('<p>text</p>\n<a id="x"></a>\n\n# A')[-1] == Heading(
        1, "A", 4, 3, ("x", "a")
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# A\ntext\n # B\n", ["Heading A", "Paragraph text", "Heading B"]),
        ("#A\n####### B", ["Paragraph #A/####### B"]),
        ("a\n    b\n", ["Paragraph a/b"]),
        ("a  \nb\\\nc", ["Paragraph a  /b\\/c"]),
        ("a\n\n***\nb\n___", ["Paragraph a", "Paragraph b"]),
        ("---\n\n# A\n\n---\n", ["Heading A"]),
        ("---\ntitle: x\n# y\nlist:\n- z\n---\n# A\n", ["Heading A"]),
        ("---\na: b\n...\n# A", ["Heading A"]),
        ("---\nSome text\n---\n# A", ["Heading Some text", "Heading A"]),
        ("---\na: b\n", ["Paragraph a: b"]),
        ("<!-- a\n# A\n--> b\n# C", ["Paragraph b", "Heading C"]),
        ("a\n<!-- # b -->\nc", ["Paragraph a", "Paragraph c"]),
        ("<details>\n<summary>S</summary>\nb", ["Paragraph <summary>S</summary>/b"]),
        ("<div>\n---\n", []),
        ('<Card icon={<Star />} a="b">\nx\n</Card>', ["Paragraph x"]),
        ("a <b>\nc</b>", ["Paragraph a <b>/c</b>"]),
        ("| a | b |", ["Paragraph | a | b |"]),
        (
            "text\n" + T + "more\n\nend",
            ["Paragraph text", "Table a|b", "Paragraph end"],
        ),
        ("a\n- b\n2. c\n", ["Paragraph a", "Item b", "Item c"]),
        ("a\n2. b\n-\n", ["Heading a/2. b"]),
    ],
)
def test_blocks_in_order(text: str, found: list[str]) -> None:
    assert kinds(text) == found


def test_front_matter_keeps_line_numbers() -> None:
    assert blocks("\ufeff---\r\ntitle: x\r\n---\r\ntext") == (Paragraph("text", 4),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\n  b\nc\n- d", (Item("a\nb\nc", 1, 3), Item("d", 4, 3))),
        (
            "* a\n  1) b\n\n     c\n  2) d",
            (
                Item("a", 1, 3),
                Item("b", 2, 6, 1),
                Paragraph("c", 4),
                Item("d", 5, 6, 1),
            ),
        ),
        ("- - a\n  - b", (Item("a", 1, 5, 1), Item("b", 2, 5, 1))),
        ("10. a\n\n    b", (Item("a", 1, 5), Paragraph("b", 3))),
        ("-\n  a\n-\n\n  b", (Item("a", 2, 3), Paragraph("b", 5))),
        ("-\n  \n  a", (Paragraph("a", 3),)),
        ("+\ta", (Item("a", 1, 3),)),
        ("-      code", (Fence("", " code", 1),)),
        ("> a\n> b\nc\n\nd", (Paragraph("a\nb\nc", 1, True), Paragraph("d", 5))),
        ("> - a\n> b", (Item("a\nb", 1, 5),)),
        (">a\n>\n> b", (Paragraph("a", 1, True), Paragraph("b", 3, True))),
        ("- > a", (Paragraph("a", 1, True),)),
    ],
)
def test_lists_and_quotes(text: str, found: tuple[object, ...]) -> None:
    assert blocks(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```json title\n{}\n\n```\n", (Fence("json title", "{}\n", 2),)),
        ("~~~\n```\n~~~~", (Fence("", "```", 2),)),
        ("  ```\n   a\n b\n   ```", (Fence("", " a\nb", 2),)),
        ("```\na\n    ```\n``", (Fence("", "a\n    ```\n``", 2),)),
        ("``` a`b\n", (Paragraph("``` a`b", 1),)),
        ("1. ```ts\n   a\n     b\n   ```\n", (Fence("ts", "a\n  b", 2),)),
        ("> ```\n> a\nb", (Fence("", "a", 2), Paragraph("b", 3))),
        ("```\n\ta\r\n```", (Fence("", "\ta", 2),)),
        ("    a\n\n      b\n\nc", (Fence("", "a\n\n  b", 1), Paragraph("c", 5))),
        ("\ta\n \t b", (Fence("", "a\n b", 1),)),
        ("text\n```\n```", (Paragraph("text", 1), Fence("", "", 3))),
    ],
)
def test_code(text: str, found: tuple[object, ...]) -> None:
    assert blocks(text) == found


def test_mdx_has_no_indented_code() -> None:
    text = "<Tab>\n    # A\n\n    | a | b |\n    |---|---|\n\n    ```py\n    x\n    ```\n</Tab>\n"
    assert kinds(text, "page.mdx") == ["Heading A", "Table a|b", "Fence x"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a]: b", {"a": "b"}),
        ("[A  b]: <c d> 'title'\n[x]:\n  y\n  (title)\n", {"a b": "c d", "x": "y"}),
        ("[a]: b\n[a]: c", {"a": "b"}),
        ("[a]: b\\_c&amp;d", {"a": "b_c&d"}),
        ("> [a]: b\n\n- [c]: d", {"a": "b", "c": "d"}),
        ("text\n[a]: b", {}),
        ("[a]: b c", {}),
        ("[^1]: note", {}),
        ("[]: b", {}),
        ("```\n[a]: b\n```", {}),
    ],
)
def test_definitions(text: str, links: dict[str, str]) -> None:
    assert read_markdown(text, "page.md").links == links


def test_what_follows_definitions() -> None:
    assert blocks("[a]: b\n[c]: d\ntext\nmore") == (Paragraph("text\nmore", 3),)
    assert tables("[a]: b\n" + T) == [[AB, ["1", "2"]]]
    assert kinds("[a]: b\n===\n") == ["Paragraph ==="]


def test_an_empty_page() -> None:
    assert read_markdown("", "a.md") == ("a.md", (), {}, None)
    assert blocks("\n \n\t\n") == ()
    assert blocks("a\0b") == (Paragraph("a\ufffdb", 1),)


ENDLESS = [
    "[",
    "*",
    "`",
    "<",
    "_",
    "~~",
    "&",
    "\\",
    "![",
    "[](",
    "[a][",
    "<!--",
    "<a b='",
    '[x]: y "\n',
    "- ",
    "> ",
    "1. ",
    "<h1 ",
    "<h3>\n",
    "<table>",
    "<table><td>x</table>",
    "<table>\n<tr><td><p>",
    "{#",
    "#",
    "\t",
    ":-",
    "|",
    "{{<",
    '{{< "',
    "{{< x >}} ",
    "{% x",
    "{: #",
    "# <A ",
    "<A>",
    "<A\n",
    "</A>",
    "<A> ",
    '{{< t lang="js" >}}\n',
    '=== "a"\n',
    '=== "a"\n    ',
]


@pytest.mark.parametrize("unit", ENDLESS)
def test_the_time_is_linear(unit: str) -> None:
    begin = time.process_time()
    for text in (
        unit * 20_000,
        f"| a |\n|---|\n| {unit * 20_000} |\n",
        f"# {unit * 20_000} x",
        f"<p>{unit * 20_000}",
    ):
        read_markdown(text, "page.md")
    assert (
        time.process_time() - begin < 10
    )  # it takes some tenths of a second; quadratic time would be minutes


@pytest.mark.parametrize(
    "text",
    [
        f"| a |\n|---|\n| {'x' * 200_000} |\n",
        f"| a |\n|---|\n| x{' ' * 200_000}y |\n",
        "| a | b |\n|---|---|\n" + "| x | y |\n" * 5_000,
        "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "|b" * 20_000,
        "| a | b |\n|---|\n" * 5_000,
        "\n".join("  " * depth + "- a" for depth in range(1_000)),
        (">" * 20_000 + "a\n") * 20,
        "[a]: b\n" * 20_000,
        "<div>\n" + "    <x>\n" * 20_000,
        "---\n" + "a: b\n" * 20_000,
        "# a\n" * 5_000,
    ],
    ids=lambda text: text[:12],
)
def test_large_pages(text: str) -> None:
    begin = time.process_time()
    read_markdown(text, "page.md")
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Oven", ("Oven", 8)),
        ('title:  "The \\"oven\\"" # old', ('The "oven"', 10)),
        ("title: 'It''s hot'", ("It's hot", 9)),
        ("title: Oven: hot # old", ("Oven: hot", 8)),
        ("title: >", None),
        ("title: ''", None),
        ("titles: no", None),
        (" title: no", None),
    ],
)
def test_title(line: str, title: tuple[str, int] | None) -> None:
    page = read_markdown(f"---\na: 1\n{line}\n---\ntitle: no\n", "page.md")
    assert page.title == (title and (title[0], 3, title[1]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{< x >}}", []),
        ("{{< x >}} a {{< y >}} b", ["Paragraph {{< x >}} a {{< y >}} b"]),
        ('{{< x "}}" >}}a{{< /x >}}', ["Paragraph a"]),
        ("{% note %}a{% endnote %}", ["Paragraph a"]),
        ("a\n{{% x %}}\nb", ["Paragraph a", "Paragraph b"]),
        (
            '{{< t lang="js" >}}\n# a\n  b\n{{< /t >}}\nc',
            ["Fence # a/  b", "Paragraph c"],
        ),
        ('{{< t lang="js" >}}\n# a', ["Heading a"]),
        ('{{< t lang="js" />}}\n# a\n{{< /t >}}', ["Heading a"]),
        ('=== "T"\n    a\nb', ["Paragraph a", "Paragraph b"]),
        ("!!! note\n\n    - a\n    - b\n", ["Item a", "Item b"]),
        ("!!!", ["Paragraph !!!"]),
        ("a\n::: x | y", ["Paragraph a/::: x | y"]),
        (f"{T}{{: .x}}\n{{{{< y >}}}}", ["Table a|b"]),
        (f"{T}::: x\n# a", ["Table a|b", "Heading a"]),
        ("import a from 'b'\n\nimport the rest", ["Paragraph import the rest"]),
        ("a\nimport 'b'", ["Paragraph a/import 'b'"]),
        ("export const x = 1", ["Paragraph export const x = 1"]),
        ("<X\n  a='>'\n>\n# a", ["Heading a"]),
        ("<X\n\n# a", ["Paragraph <X", "Heading a"]),
        ("<X>a</X>", ["Paragraph a"]),
        ("<X>a</X> and <X>b</X>", ["Paragraph <X>a</X> and <X>b</X>"]),
        ("# a <Y/> <Badge>new</Badge><Z>b</Z>", ["Heading a b"]),
        ("# Map<String> /", ["Heading Map<String> /"]),
    ],
)
def test_site_lines(text: str, found: list[str]) -> None:
    assert kinds(text) == found


def test_items_in_tabs() -> None:
    (item,) = blocks('=== "T"\n\n    - a')
    assert isinstance(item, Item) and item.depth == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("export const x = {\n  # a: `}`,\n\n}\n# b", ["Heading b"]),
        ("export const x = {\n# a", ["Paragraph export const x = {", "Heading a"]),
        ("{\n# a\n}\n# b", ["Heading b"]),
        ("{a} is a\n# b", ["Paragraph {a} is a", "Heading b"]),
        ("<X> a\nb\n</X>", ["Paragraph a/b"]),
        ("a </X>", ["Paragraph a"]),
    ],
)
def test_mdx(text: str, found: list[str]) -> None:
    assert kinds(text, "page.MDX") == found


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# a {: #b .c}", ("b", "a")),
        ("# a\n{: .c #b}", ("b", "a")),
        ("{: id='b'}\n# a", ("b", "a")),
        ("(b)=\n# a", ("b", "a")),
        ("# a {/* #b */}", ("b", "a")),
        ("x\n{: #b}\n# a", ("a",)),
        ("# a {b}", ("a-b",)),
    ],
)
def test_ids_of_site_generators(text: str, anchors: tuple[str, ...]) -> None:
    heading = next(block for block in blocks(text) if isinstance(block, Heading))
    assert heading.anchors == anchors
