"""Mail over REST: the agents' and the admins' side."""

from datetime import timedelta

import pytest
import time_machine

from tests.api.callers import Caller
from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from tests.support.mail import mails, outbox_folder
from ticketdesk.actor import Actor
from ticketdesk.jobs.intake import take_in

__all__ = ["mails", "outbox_folder"]


@pytest.fixture
def held_mail(mails: Mails, grace: Actor, agent: Caller) -> dict:
    """A stranger's message that waits in ticket 1001."""
    new_ticket(grace)
    drain_all()
    raw = (
        "From: Eve <eve@else.example>\nTo: support@acme.example\nSubject: Me too\n"
        f"Message-ID: <e@else.example>\nIn-Reply-To: {mails()[0]['Message-ID']}\n\nMe too."
    )
    take_in(grace.organization_id, raw.encode(), "webhook")
    (message,) = agent.get("/api/tickets/1001/mail").json()["messages"]
    assert message["state"] == "HELD"
    return message


def test_a_held_message_is_shown_with_its_reason_and_can_be_accepted(
    held_mail: dict, agent: Caller
) -> None:
    assert "not part of ticket #1001" in held_mail["why"][-1]
    accepted = agent.post(f"/api/mail/{held_mail['id']}/accept").json()
    assert accepted["result"] == "appended"
    assert accepted["response"]["content"] == "Me too."
    assert agent.post(f"/api/mail/{held_mail['id']}/accept").status_code == 409


def test_it_can_become_a_ticket_or_go(held_mail: dict, agent: Caller) -> None:
    made = agent.post(f"/api/mail/{held_mail['id']}/ticket").json()
    assert made["ticket"]["ticketNumber"] == 1002
    assert agent.post(f"/api/mail/{held_mail['id']}/discard").status_code == 409


def test_the_original_is_downloaded_byte_by_byte_and_never_shown_inline(
    held_mail: dict, agent: Caller
) -> None:
    answer = agent.get(f"/api/mail/{held_mail['id']}/original")
    assert answer.content.startswith(b"From: Eve <eve@else.example>\n")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_customers_and_strangers_see_none_of_it(
    held_mail: dict, customer: Caller, stranger: Caller
) -> None:
    for path in ("/api/tickets/1001/mail", f"/api/mail/{held_mail['id']}/original"):
        assert customer.get(path).status_code == 403
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/api/mail/{held_mail['id']}/accept").status_code == 404
    assert customer.get("/api/mail/failed").status_code == 403


def test_a_reply_is_taken_back_over_rest(
    mails: Mails, grace: Actor, agent: Caller, clock: time_machine.Traveller
) -> None:
    response = reply(grace, new_ticket(grace), "Oops.").response
    back = agent.post(f"/api/responses/{response.id}/take-back").json()
    assert back["content"] == "Oops."
    other = reply(grace, new_ticket(grace)).response
    clock.shift(timedelta(seconds=11))
    drain_all()
    assert agent.post(f"/api/responses/{other.id}/take-back").status_code == 409
    assert agent.post(f"/api/responses/{other.id}/send-again").status_code == 409


def test_the_account_is_replaced_and_tried(mails: Mails, admin: Caller, agent: Caller) -> None:
    account = {"host": "127.0.0.1", "password": "s3cret"}
    put = admin.request("PUT", "/api/organization/mail-account", json=account)
    assert put.json()["account"] == {"host": "127.0.0.1", "password": "kept"}
    assert agent.get("/api/organization/mail-account").status_code == 403
    test = admin.post("/api/organization/mail-account/test", {"to": "ada@acme.example"}).json()
    from ticketdesk.jobs.drain import drain

    drain("mail.test")
    shown = admin.get(f"/api/organization/mail-account/test/{test['id']}").json()
    assert shown["state"] == "SENT"


def test_templates_are_read_previewed_and_refused(admin: Caller) -> None:
    start = admin.get("/api/organization/mail-templates/created").json()["template"]
    assert "ticket.number" in start["variables"]
    path = "/api/organization/mail-templates/created/preview"
    shown = admin.post(path, {"html": "<p>#{{ ticket.number }}</p>"}).json()["preview"]
    assert "#1001" in shown["html"]
    broken = admin.post(path, {"html": "\n{{ x"})
    assert broken.status_code == 422
    assert "Line 2" in broken.json()["error"]["message"]


def test_failed_mail_is_listed_and_tried_again_both_ways(
    mails: Mails, admin: Caller, agent: Caller, grace: Actor
) -> None:
    assert admin.get("/api/mail/failed").json() == {
        "success": True,
        "messages": [],
        "deliveries": [],
    }
    assert admin.post("/api/mail/failed/again").json()["again"] == 0
    assert take_in(grace.organization_id, b"no header at all", "webhook").result == "failed"
    assert len(admin.get("/api/mail/failed").json()["messages"]) == 1
    assert agent.post("/api/mail/failed/again").status_code == 403
    assert admin.post("/api/mail/failed/again").json()["again"] == 1
    assert admin.get("/api/mail/failed").json()["messages"] == []
