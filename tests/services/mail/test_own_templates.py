"""An organization's templates: previewed, refused with line and reason, unable to run away."""

import pytest
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.services import ticket_settings
from ticketdesk.services.mail import own_templates


def test_every_template_of_ours_can_be_the_start_of_an_own_one(
    session: Session, ada: Actor
) -> None:
    for kind in own_templates.EDITABLE:
        start = own_templates.source(session, ada, kind)
        own = {"subject": start.subject, "text": start.text, "html": start.html}
        shown = own_templates.preview(session, ada, kind, own)
        ours = own_templates.preview(session, ada, kind, {})
        assert shown == ours


def test_a_preview_shows_the_example_in_the_language_asked_for(
    session: Session, ada: Actor
) -> None:
    own = {"html": '<p>{{ greeting }} #{{ ticket.number }} {{ t("open") }}</p>'}
    shown = own_templates.preview(session, ada, "created", own, "de")
    assert "Guten Tag Jane Doe, #1001 Ticket öffnen" in shown.html


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("fine\n{{ ticket.number", "Line 2"),
        ("{% if x %}", "Line 1"),
        ("a\nb\n{{ nothing }}", "Line 3: 'nothing' is undefined"),
        ("{{ ticket.secret }}", "secret"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ ticket.__init__.__globals__ }}", "unsafe"),
        ("{{ 'a' * 1000000000 }}", "not available"),
        (
            "{% for a in variables %}{% for b in a %}{% endfor %}{% endfor %}",
            "a loop inside a loop",
        ),
        ("{% include 'created.html' %}", "include"),
        ("{% macro x() %}{% endmacro %}", "macro"),
        ("{{ range(10) }}", "undefined"),
        ("{{ 'x' | center(1000000000) }}", "center"),
        ("x" * 200_000, "longer than"),
    ],
)
def test_what_cannot_work_is_refused_with_line_and_reason(source: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        own_templates.refuse_broken({"created": {"html": source}})
    assert reason in refusal.value.fields["emailConfig.templates.created.html"]


def test_the_settings_refuse_a_broken_template_and_keep_the_old_one(
    session: Session, ada: Actor
) -> None:
    good = {"emailConfig": {"templates": {"created": {"subject": "Got it: #{{ ticket.number }}"}}}}
    ticket_settings.change(session, ada, good)
    with pytest.raises(Invalid):
        ticket_settings.change(
            session, ada, {"emailConfig": {"templates": {"created": {"subject": "{{ x"}}}}
        )
    with pytest.raises(Invalid, match="no such template"):
        ticket_settings.change(session, ada, {"emailConfig": {"templates": {"other": {}}}})
    kept, _ = ticket_settings.read(session, ada)
    assert kept.email_config.templates["created"]["subject"] == "Got it: #{{ ticket.number }}"


def test_values_are_escaped_in_html_and_not_in_text(session: Session, ada: Actor) -> None:
    own = {"html": "{{ '<i>' }}", "text": "{{ '<i>' }}"}
    shown = own_templates.preview(session, ada, "created", own)
    assert "&lt;i&gt;" in shown.html
    assert "<i>" in shown.text


def test_agents_may_not_edit_templates(session: Session, grace: Actor) -> None:
    with pytest.raises(Forbidden):
        own_templates.preview(session, grace, "created", {})
