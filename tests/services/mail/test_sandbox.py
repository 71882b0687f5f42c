"""An organization's template sees what it is given, and cannot hang or fill the desk."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ticketdesk.services.mail import sandbox
from ticketdesk.services.mail.sandbox import OwnTemplates, TemplateRefused

CONTEXT = {"ticket": {"subject": "Cannot log in"}, "long": "x" * 400_000, "t": lambda key: key}

BOMBS = {
    "repetition": "{{ 'x' * 999999999 }}",
    "repetition of a list": "{{ [1] * 999999999 }}",
    "a power": "{{ 9 ** 99999999 }}",
    "old formatting": "{{ '%999999999d' % 1 }}",
    "new formatting": "{{ '{:>999999999}'.format(1) }}",
    "padding": "{{ 'x'.ljust(999999999) }}",
    "tabs": "{{ '\t'.expandtabs(999999999) }}",
    "zeros": "{{ '1'.zfill(999999999) }}",
    "joined": "{{ ('x' * 9).join(long) }}",
    "doubling by +": "{% set a = long %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    "doubling a list": "{% set a = [1] %}" + "{% set a = a + a %}" * 60 + "{{ a }}",
    "doubling by ~": "{% set a = long %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "doubling by a block": "{% set a %}x{% endset %}"
    + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40,
    "doubling by replace": "{{ long" + "|replace('x', 'xx')" * 40 + " }}",
    "replacing nothing": "{{ long|replace('', 'y' ~ 'z') }}",
    "a long replacement": "{{ long|replace('x', long) }}",
    "a loop that prints much": "{% for c in long %}" + "y" * 1000 + "{% endfor %}",
    "loops in a row": "{% for c in long %}{% endfor %}" * 500,
    "a loop in a loop": "{% for a in long %}{% for b in long %}{% endfor %}{% endfor %}",
    "recursion": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "deep brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
}
ESCAPES = {
    "the class": "{{ ''.__class__ }}",
    "the class by attr": "{{ ''|attr('__class__') }}",
    "the class by subscript": "{{ ticket['__class__'] }}",
    "the globals of t": "{{ t.__globals__ }}",
    "the code of t": "{{ t.__code__.co_consts }}",
    "the environment": "{{ self._TemplateReference__context }}",
    "a file": "{% include '/etc/passwd' %}",
    "an import": "{% from 'layout.html' import x %}",
    "a parent": "{% extends 'layout.html' %}",
    "a global": "{{ cycler.__init__.__globals__ }}",
    "changing what is given": "{{ ticket.update({'subject': 1}) }}",
    "format with attributes": "{{ '{0.__class__}'.format(t) }}",
}


@contextmanager
def within_megabytes(limit: int) -> Iterator[None]:
    """Fail when more memory than `limit` MB was held at once inside."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < limit * 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("html", [True, False], ids=["html", "text"])
@pytest.mark.parametrize("name", [*BOMBS, *ESCAPES])
def test_it_is_refused_at_once(name: str, html: bool) -> None:
    source = (BOMBS | ESCAPES)[name]
    with within_megabytes(40), pytest.raises(TemplateRefused) as refused:
        sandbox.run(OwnTemplates(html=html), source, CONTEXT)
    assert refused.value.line >= 1
    assert refused.value.reason


def test_what_a_template_needs_works() -> None:
    source = (
        "{% set n = 1 + 1 %}{{ n }} {{ ticket.subject|upper|replace('LOG', 'SIGN') }}"
        "{% if ticket.subject is defined %} {{ t('hello') }}{% endif %}"
        "{% for c in 'ab' %}{{ loop.index }}{% endfor %}"
    )
    assert sandbox.run(OwnTemplates(html=False), source, CONTEXT) == "2 CANNOT SIGN IN hello12"


def test_a_value_is_escaped_in_html_and_cannot_start_a_tag() -> None:
    context = CONTEXT | {"ticket": {"subject": "<script>"}}
    shown = sandbox.run(OwnTemplates(html=True), "<p>{{ ticket.subject }}</p>", context)
    assert shown == "<p>&lt;script&gt;</p>"
