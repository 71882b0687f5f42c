"""Promised mails leave: once, to the right people, when they may."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import time_machine
from sqlmodel import col, select

from tests.support.cast import Cast
from ticketdesk import db, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.jobs.drain import drain
from ticketdesk.models import (
    MailDelivery,
    OutboxEvent,
    TicketResponse,
    User,
)
from ticketdesk.models.enums import TicketSource
from ticketdesk.models.mail import DeliveryState
from ticketdesk.services.tickets import assign, create, respond, status
from ticketdesk.services.tickets.commands import (
    AddResponse,
    ChangeStatus,
    CreateTicket,
)
from ticketdesk.services.tickets.views import TicketView

Mails = Callable[[], list[EmailMessage]]


SUBSCRIBERS = (
    "mail.ticket_created",
    "mail.ticket_response",
    "mail.ticket_assigned",
    "mail.status_changed",
    "mail.notification",
)


def drain_all() -> None:
    for subscriber in SUBSCRIBERS:
        drain(subscriber)


def new_ticket(actor: Actor, **changes: object) -> TicketView:
    command = CreateTicket.model_validate(
        {
            "requesterName": "Jane Doe",
            "requesterEmail": "jane@customer.example",
            "subject": "Cannot log in",
            "description": "The page stays white.",
            **changes,
        }
    )
    return unit_of_work.as_actor(actor, create.create, command)


def reply(actor: Actor, ticket: TicketView, text: str = "Try again, please.", **more: object):
    command = AddResponse.model_validate({"content": text, **more})
    return unit_of_work.as_actor(actor, respond.respond, ticket.id, command)


def outbox_rows(subscriber: str = "%") -> list[OutboxEvent]:
    query = select(OutboxEvent).where(col(OutboxEvent.subscriber).like(subscriber))
    with db.system_session() as session:
        return list(session.exec(query.order_by(OutboxEvent.id)))


def test_a_created_ticket_confirms_to_its_requester_once(mails: Mails, grace: Actor) -> None:
    ticket = new_ticket(grace)
    drain_all()
    drain_all()
    (mail,) = mails()
    assert mail["To"].addresses[0].addr_spec == "jane@customer.example"
    assert f"#{ticket.ticket_number}" in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert f"/track/{ticket.ticket_number}-" in mail.get_body(("plain",)).get_content()
    assert mail.get_body(("html",)) is not None


def test_a_confirmation_to_an_unverified_address_carries_nothing_of_the_submitter(
    mails: Mails, cast: Cast
) -> None:
    command = CreateTicket.model_validate(
        {
            "requesterName": "Buy pills",
            "requesterEmail": "victim@elsewhere.example",
            "subject": "Cheap pills",
            "description": "http://pills.example",
        }
    )
    unit_of_work.as_anonymous("acme", create.create, command, source=TicketSource.EMBED)
    drain_all()
    (mail,) = mails()
    everything = mail.as_string().lower() + mail.get_body(("plain",)).get_content().lower()
    assert "pills" not in everything
    assert "/track/1001-" in mail.get_body(("plain",)).get_content()


def test_an_address_gets_five_automatic_mails_an_hour_and_no_more(
    mails: Mails, cast: Cast, clock: time_machine.Traveller
) -> None:
    for number in range(8):
        command = CreateTicket.model_validate(
            {
                "requesterName": "X",
                "requesterEmail": "victim@elsewhere.example",
                "subject": f"Flood {number}",
                "description": "x",
            }
        )
        unit_of_work.as_anonymous("acme", create.create, command, source=TicketSource.EMBED)
    drain_all()
    assert len(mails()) == 5
    with db.system_session() as session:
        silenced = session.exec(
            select(MailDelivery).where(MailDelivery.state == DeliveryState.SUPPRESSED)
        ).all()
    assert len(silenced) == 3
    assert "automatic mails within an hour" in (silenced[0].words or "")


def test_a_public_response_is_one_mail_in_the_thread(
    mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    response = reply(grace, ticket).response
    drain_all()
    assert len(mails()) == 1, "the undo window holds it back for 10 s"
    clock.shift(timedelta(seconds=11))
    drain_all()
    confirmation, answer = mails()
    assert answer["In-Reply-To"] == confirmation["Message-ID"]
    assert confirmation["Message-ID"] in answer["References"]
    assert "Try again, please." in answer.get_body(("plain",)).get_content()
    assert answer["Auto-Submitted"] is None
    assert answer["Reply-To"].addresses[0].username.startswith(f"support+t{ticket.ticket_number}.")
    with db.system_session() as session:
        row = session.get(TicketResponse, response.id)
    assert row.is_email_sent
    assert row.email_message_id == answer["Message-ID"]


def test_notes_and_customers_messages_are_not_mailed(
    mails: Mails, grace: Actor, jane: Actor, clock: time_machine.Traveller
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    reply(grace, ticket, "Looks odd.", isInternal=True)
    reply(jane, ticket, "Any news?")
    clock.shift(timedelta(minutes=1))
    drain_all()
    assert len(mails()) == 1
    assert all(row.done_at for row in outbox_rows())


def test_an_assignment_tells_the_agent_but_not_who_takes_it(
    mails: Mails, grace: Actor, linus: Actor
) -> None:
    ticket = new_ticket(grace)
    for who in (linus, grace):
        unit_of_work.as_actor(grace, assign.assign, ticket.id, who.user_id)
        drain("mail.ticket_assigned")
    (mail,) = mails()
    assert mail["To"].addresses[0].addr_spec == "linus@acme.example"
    assert mail["Subject"].startswith("Ticket #1001 is yours")


def test_a_solution_is_told_unless_a_reply_tells_it(
    mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    told, replied = new_ticket(grace), new_ticket(grace)
    drain_all()
    unit_of_work.as_actor(
        grace, status.change_status, told.id, ChangeStatus.model_validate({"status": "RESOLVED"})
    )
    reply(grace, replied, "All done here.", statusChange="RESOLVED")
    clock.shift(timedelta(seconds=30))
    drain_all()
    texts = [m.get_body(("plain",)).get_content() for m in mails()]
    assert len(texts) == 4
    assert len([t for t in texts if "Your request #1001 is now: Solved" in t]) == 1
    assert not [t for t in texts if "Your request #1002 is now" in t]


def test_files_of_a_response_go_with_the_mail_and_inline_images_show(
    mails: Mails, grace: Actor, clock: time_machine.Traveller
) -> None:
    from ticketdesk.services.files import doors

    ticket = new_ticket(grace)
    drain_all()
    png = (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
        b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
    )
    picture, note = (
        unit_of_work.as_actor(grace, doors.take, [content], name=name, declared=kind)
        for name, kind, content in (
            ("pic.png", "image/png", png),
            ("notes.txt", "text/plain", b"some notes"),
        )
    )
    reply(
        grace,
        ticket,
        f'<p>See <img src="/api/attachments/{picture.id}"></p>',
        contentFormat="html",
        attachmentIds=[picture.id, note.id],
    )
    clock.shift(timedelta(seconds=11))
    drain_all()
    answer = mails()[-1]
    names = {part.get_filename() for part in answer.walk() if part.get_filename()}
    assert names == {"pic.png", "notes.txt"}
    html = answer.get_body(("html",)).get_content()
    assert f'src="cid:{picture.id}@ticketdesk"' in html
    inline = next(part for part in answer.walk() if part.get_filename() == "pic.png")
    assert inline["Content-ID"] == f"<{picture.id}@ticketdesk>"


def test_a_mentioned_agent_is_told_with_the_note_and_can_answer_it(
    mails: Mails, grace: Actor, linus: Actor
) -> None:
    ticket = new_ticket(grace)
    drain_all()
    note = f'<p><span data-mention="{linus.user_id}">@Linus</span> look at the log</p>'
    reply(grace, ticket, note, isInternal=True, contentFormat="html")
    drain_all()
    told = mails()[-1]
    assert told["To"].addresses[0].addr_spec == "linus@acme.example"
    assert "look at the log" in told.get_body(("plain",)).get_content()
    assert told["Subject"].startswith("You were mentioned in ticket #1001")


def test_replies_are_mailed_only_to_agents_who_asked_for_it(
    mails: Mails, grace: Actor, linus: Actor, jane: Actor
) -> None:
    ticket = new_ticket(grace)
    unit_of_work.as_actor(grace, assign.assign, ticket.id, linus.user_id)
    drain_all()
    before = len(mails())
    reply(jane, ticket, "Any news?")
    drain_all()
    assert len(mails()) == before

    def ask(session) -> None:
        user = session.get(User, linus.user_id)
        user.preferences = {"mailOnReply": True}
        session.add(user)

    unit_of_work.across(ask)
    reply(jane, ticket, "Hello?")
    drain_all()
    assert len(mails()) == before + 1
    assert "Hello?" in mails()[-1].get_body(("plain",)).get_content()
    assert [m["To"].addresses[0].addr_spec for m in mails()].count("linus@acme.example") == 2
