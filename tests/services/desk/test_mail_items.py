"""The timeline tells about mail: why it is here, how it fared, what waits."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.jobs.test_drain import Mails, drain_all, new_ticket, reply
from tests.support.intake import Deliver, deliver
from tests.support.mail import mails, outbox_folder
from ticketdesk import db, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.events.news import Fate, News
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.models import MailDelivery, TicketResponse
from ticketdesk.models.mail import DeliveryState
from ticketdesk.services.desk import detail
from ticketdesk.services.mail import remote_images, whole
from ticketdesk.services.mail.intake import held
from ticketdesk.services.mail.outbound import deliveries
from ticketdesk.services.mail.outbound.fates import take_news

__all__ = ["deliver", "mails", "outbox_folder"]

REPLY = (
    "From: Jane Doe <jane@customer.example>\nTo: support@acme.example\nSubject: Re: Ticket\n"
    "Message-ID: <answer@customer.example>\nIn-Reply-To: {thread}\nMIME-Version: 1.0\n"
    "Content-Type: text/html; charset=utf-8\n\n"
    '<p>It works. <img src="https://pixel.example/a.png?to=jane&amp;n=1" alt="Logo"></p>'
    '<div class="gmail_quote"><blockquote class="gmail_quote">Try again, please.'
    '<img src="https://else.example/b.png"></blockquote></div>'
)


def items(actor: Actor, number: int = 1001) -> list[dict]:
    found = unit_of_work.as_actor(actor, detail.open_ticket, str(number), messages=30, seen=False)
    return found.items


def of_answer(actor: Actor, response_id: str) -> dict:
    return next(item["sent"] for item in items(actor) if item["id"] == response_id)


@pytest.fixture
def answered(deliver: Deliver, mails: Mails, grace: Actor) -> dict:
    """Ticket 1001 with Jane's HTML answer; its item in the timeline."""
    new_ticket(grace)
    drain_all()
    deliver("", raw=REPLY.format(thread=mails()[0]["Message-ID"]).encode())
    return items(grace)[-1]


def test_an_incoming_message_tells_why_it_is_here_and_where_its_original_is(
    answered: dict,
) -> None:
    mail = answered["inbound"]
    assert "In-Reply-To" in mail["why"][0]
    assert mail["from"] == "Jane Doe <jane@customer.example>"
    assert mail["original"] == f"/api/mail/{mail['id']}/original"


def test_quotes_are_folded_and_the_whole_message_is_one_click_away(
    answered: dict, grace: Actor, bo: Actor, jane: Actor
) -> None:
    assert "Try again" not in answered["html"]
    mail_id = answered["inbound"]["id"]
    assert answered["inbound"]["whole"] == f"/api/mail/{mail_id}/whole"
    assert "Try again, please." in unit_of_work.as_actor(grace, whole.whole_html, mail_id)
    with pytest.raises(NotFound):
        unit_of_work.as_actor(bo, whole.whole_html, mail_id)
    with pytest.raises(Forbidden):
        unit_of_work.as_actor(jane, whole.whole_html, mail_id)


def test_remote_images_have_no_address_of_theirs_until_they_are_asked_for(
    answered: dict, grace: Actor, bo: Actor
) -> None:
    assert answered["remote"] == 1
    assert "pixel.example" not in answered["html"]
    assert 'alt="Logo"' in answered["html"]
    ours = answered["html"].split('data-remote="')[1].split('"')[0]
    _, message, digest = ours.replace("/images/", "/").rsplit("/", 2)
    found = unit_of_work.as_actor(grace, remote_images.find, message, digest)
    assert found == "https://pixel.example/a.png?to=jane&n=1"
    quoted = remote_images.digest("https://else.example/b.png")
    assert unit_of_work.as_actor(grace, remote_images.find, message, quoted)
    for actor, wanted in ((bo, digest), (grace, "0" * 32)):
        with pytest.raises(NotFound):
            unit_of_work.as_actor(actor, remote_images.find, message, wanted)


@pytest.mark.parametrize(
    "image",
    [
        '<img src="https://x.example/a">',
        '<img src="//x.example/a">',
        '<img alt="a &gt; b" src="HTTP://x.example/a" width="3">',
        '<img data-remote-src="https://x.example/a" src="https://y.example/b">',
    ],
)
def test_whatever_way_an_image_is_remote_it_is_blocked(image: str) -> None:
    html, waiting = remote_images.block(f"<p>{image}</p>", "resp_1")
    assert waiting == 1
    assert ".example" not in html
    assert 'data-remote="/api/messages/resp_1/images/' in html


def test_an_address_of_ours_cannot_be_forged_by_the_sender() -> None:
    html, waiting = remote_images.block('<img data-remote="/api/auth/logout">', "resp_1")
    assert (html, waiting) == ("<img>", 0)
    kept = '<img src="/api/attachments/file_1">'
    assert remote_images.block(kept, "resp_1") == (kept, 0)


def test_an_answer_is_queued_then_sent_then_delivered(mails: Mails, grace: Actor, clock) -> None:
    response = reply(grace, new_ticket(grace), cc=["omar@customer.example"]).response
    assert of_answer(grace, response.id)["words"] == "Queued"
    clock.shift(timedelta(seconds=11))
    drain_all()
    sent = of_answer(grace, response.id)
    assert [(row["to"], row["label"]) for row in sent["rows"]] == [
        ("jane@customer.example", "Sent"),
        ("omar@customer.example", "Sent"),
    ]
    told = News(mails()[-1]["Message-ID"], "jane@customer.example", Fate.DELIVERED, "250 thanks")
    unit_of_work.as_system(grace.organization_id, take_news, [told])
    sent = of_answer(grace, response.id)
    assert [row["label"] for row in sent["rows"]] == ["Delivered", "Sent"]
    assert sent["rows"][0]["words"] == "250 thanks"
    assert not sent["again"]


def test_what_bounced_for_one_is_sent_again_to_that_one_alone(
    mails: Mails, grace: Actor, clock
) -> None:
    response = reply(grace, new_ticket(grace), cc=["omar@customer.example"]).response
    clock.shift(timedelta(seconds=11))
    drain_all()
    news = News(mails()[-1]["Message-ID"], "omar@customer.example", Fate.BOUNCED, "550 no Omar")
    unit_of_work.as_system(grace.organization_id, take_news, [news])
    sent = of_answer(grace, response.id)
    assert (sent["words"], sent["again"]) == ("Bounced", True)
    before = len(mails())
    unit_of_work.as_actor(grace, deliveries.send_again, response.id)
    with pytest.raises(Conflict):
        unit_of_work.as_actor(grace, deliveries.send_again, response.id)
    drain_all()
    (again,) = mails()[before:]
    assert [a.addr_spec for a in again["To"].addresses] == ["omar@customer.example"]
    assert again["Cc"] is None
    assert {row["label"] for row in of_answer(grace, response.id)["rows"]} == {"Sent"}
    with db.system_session() as session:
        assert session.exec(select(TicketResponse.mail_error)).all() == [None]
        states = session.exec(
            select(MailDelivery.state).where(col(MailDelivery.response_id) == response.id)
        ).all()
    assert DeliveryState.BOUNCED not in states


def test_a_held_message_waits_in_the_timeline_until_it_is_settled(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    new_ticket(grace)
    drain_all()
    outcome = deliver(
        "Me too.", From="Eve <eve@else.example>", In_Reply_To=mails()[0]["Message-ID"]
    )
    waiting = items(grace)[-1]
    assert (waiting["kind"], waiting["text"]) == ("held", "Me too.")
    assert "not part of ticket #1001" in waiting["inbound"]["why"][-1]
    unit_of_work.as_actor(grace, held.accept, outcome.mail_id)
    kinds = [item["kind"] for item in items(grace)]
    assert "held" not in kinds
    assert kinds.count("customer") == 2


def test_a_held_message_follows_a_merge_to_the_target(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    from ticketdesk.services.tickets.merge import MergeTickets, merge

    source, target = new_ticket(grace), new_ticket(grace)
    drain_all()
    old = next(m for m in mails() if "#1001" in m["Subject"])
    outcome = deliver("Me too.", From="eve@else.example", In_Reply_To=old["Message-ID"])
    command = MergeTickets(source_ticket_ids=[source.id])
    unit_of_work.as_actor(grace, merge, target.id, command)
    assert "held" in [item["kind"] for item in items(grace, 1002)]
    accepted = unit_of_work.as_actor(grace, held.accept, outcome.mail_id)
    assert accepted.ticket.id == target.id


def test_automatic_mail_stands_aside_with_its_reason(
    deliver: Deliver, mails: Mails, grace: Actor
) -> None:
    new_ticket(grace)
    drain_all()
    deliver("Away.", In_Reply_To=mails()[0]["Message-ID"], Auto_Submitted="auto-replied")
    aside = items(grace)[-1]
    assert (aside["kind"], aside["what"]) == ("mail", "Automatic mail")
    assert "Auto-Submitted" in aside["inbound"]["why"][0]
