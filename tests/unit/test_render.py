"""Templates: the user's go before ours, and what is wrong with one is said with its name and line."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from generator.render import RenderError, render


@dataclass(slots=True)
class Thing:
    name: str
    parts: tuple[str, ...] = ()


def test_one_of_the_users() -> None:
    text = "{% for part in view.parts %}\n- {{ part }}\n{% endfor %}\n"
    view = Thing("x", ("<a> & {{ b }}", '"'))
    assert render("own.jinja", view, {"own.jinja": text}) == '- <a> & {{ b }}\n- "\n'


def test_the_users_replaces_ours() -> None:
    name = "typeddict/module.py.jinja"
    assert render(name, Thing("x"), {name: "{{ view.name }}"}) == "x"


def test_the_users_extends_ours() -> None:
    name = "demo/a.jinja"
    base = "{% block top %}ours{% endblock %}!"
    child = '{% extends "base.jinja" %}{% block top %}mine{% endblock %}'
    assert render(name, None, {name: child, "base.jinja": base}) == "mine!"


def test_ours_is_at_hand_under_a_prefix() -> None:
    name = "typeddict/module.py.jinja"
    child = (
        f'{{% extends "fieldgen/{name}" %}}{{% block header %}}# mine{{% endblock %}}'
    )

    @dataclass(slots=True)
    class Empty:
        header: str = ""
        docs: str = ""
        imports: str = ""
        all: str = "__all__ = []"
        items: tuple[str, ...] = ()

    assert render(name, Empty(), {name: child}) == "# mine\n__all__ = []\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n{% for x in %}", 2, "Expected an expression"),
        ("a\nb {{ view.nmae }}", 2, "has no attribute 'nmae'"),
        ("\n\n{{ nothing }}", 3, "'nothing' is undefined"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError: division by zero"),
        ("\n{% include 'none.jinja' %}", 2, 'there is no template "none.jinja"'),
    ],
)
def test_errors_have_a_place(text: str, line: int, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        render("own.jinja", Thing("x"), {"own.jinja": text})
    assert (caught.value.template, caught.value.line) == ("own.jinja", line)
    assert message in caught.value.message
    assert str(caught.value).startswith(f"own.jinja:{line}: ")


def test_errors_name_the_inner_template() -> None:
    texts = {"own.jinja": "\n{% include 'part.jinja' %}", "part.jinja": "\n\n{{ no }}"}
    with pytest.raises(RenderError, match=r"^part\.jinja:3: 'no' is undefined"):
        render("own.jinja", None, texts)


def test_a_missing_template() -> None:
    with pytest.raises(RenderError, match='there is no template "none.jinja"'):
        render("none.jinja", None, {})
