"""The demo as a visitor and a test may rely on it."""

import pytest
from sqlmodel import Session, col, func, select

from ticketdesk import clock as desk_clock
from ticketdesk import db
from ticketdesk.actor import Actor, ActorKind
from ticketdesk.demo.seed import seed
from ticketdesk.models import (
    Chat,
    MailDelivery,
    MailMessage,
    MailOriginal,
    Organization,
    OutboxEvent,
    Survey,
    Ticket,
    TicketActivity,
    TicketAttachment,
    TicketResponse,
    User,
)
from ticketdesk.models.enums import (
    ChatEscalation,
    SlaState,
    TicketPriority,
    TicketSource,
    TicketStatus,
    UserRole,
)
from ticketdesk.models.mail import MailState
from ticketdesk.services.secrets import password_matches
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create


def _organization(session: Session, slug: str) -> str:
    return session.exec(select(Organization.id).where(Organization.slug == slug)).one()


def _tickets(session: Session, slug: str) -> list[Ticket]:
    wanted = Ticket.organization_id == _organization(session, slug)
    return list(session.exec(select(Ticket).where(wanted).order_by(col(Ticket.ticket_number))))


def test_a_second_seed_changes_nothing(demo: Session) -> None:
    before = demo.exec(select(func.count()).select_from(TicketActivity)).one()

    assert seed() is False
    assert demo.exec(select(func.count()).select_from(TicketActivity)).one() == before


@pytest.mark.parametrize(
    ("email", "slug", "role"),
    [
        ("ada@acme.example", "acme", UserRole.ADMIN),
        ("grace@acme.example", "acme", UserRole.AGENT),
        ("linus@acme.example", "acme", UserRole.AGENT),
        ("jane@customer.example", "acme", UserRole.CUSTOMER),
        ("omar@customer.example", "acme", UserRole.CUSTOMER),
        ("bo@globex.example", "globex", UserRole.ADMIN),
    ],
)
def test_everybody_of_the_contract_is_there(
    demo: Session, email: str, slug: str, role: UserRole
) -> None:
    user = demo.exec(select(User).where(User.email == email)).one()

    assert (user.organization_id, user.role) == (_organization(demo, slug), role)
    assert password_matches(user.password_hash, "ticketdesk-demo")


def test_acme_has_every_status_priority_service_level_and_door(demo: Session) -> None:
    tickets = _tickets(demo, "acme")

    assert 140 <= len(tickets) <= 170
    assert {ticket.status for ticket in tickets} == set(TicketStatus)
    assert {ticket.priority for ticket in tickets} == set(TicketPriority)
    assert {ticket.sla_state for ticket in tickets} == set(SlaState)
    assert {ticket.source for ticket in tickets} == set(TicketSource)


def test_tickets_are_numbered_in_the_order_they_came(demo: Session) -> None:
    for slug in ("acme", "globex"):
        tickets = _tickets(demo, slug)
        assert [t.ticket_number for t in tickets] == list(range(1001, 1001 + len(tickets)))
        assert [t.created_at for t in tickets] == sorted(t.created_at for t in tickets)
        assert [t.id for t in tickets] == sorted(t.id for t in tickets)


def test_the_first_ticket_is_always_the_same(demo: Session) -> None:
    assert _tickets(demo, "acme")[0].subject == "First steps: which device do I unpack first?"


def test_no_two_tickets_have_the_same_words(demo: Session) -> None:
    tickets = _tickets(demo, "acme") + _tickets(demo, "globex")

    assert len({ticket.subject for ticket in tickets}) == len(tickets)
    assert len({ticket.description for ticket in tickets}) == len(tickets)


def test_nothing_happens_in_the_future(demo: Session) -> None:
    for model in (Ticket, TicketResponse, TicketActivity, TicketAttachment, Chat):
        newest = demo.exec(select(func.max(model.created_at))).one()
        assert newest <= desk_clock.now()


def test_a_new_ticket_gets_the_next_number(demo: Session) -> None:
    tickets = _tickets(demo, "acme")
    ada = demo.exec(select(User).where(User.email == "ada@acme.example")).one()
    actor = Actor(ActorKind.USER, ada.organization_id, ada.name, UserRole.ADMIN, ada.id, ada.email)

    with db.tenant_session(ada.organization_id) as session:
        view = create(
            session,
            actor,
            CreateTicket(
                requester_name="Jane Smith",
                requester_email="jane@customer.example",
                subject="After the demo",
                description="Does counting go on?",
            ),
        )

    assert view.ticket_number == tickets[-1].ticket_number + 1


def test_no_mail_is_promised_for_what_happened_long_ago(demo: Session) -> None:
    assert demo.exec(select(func.count()).select_from(OutboxEvent)).one() == 0


def test_two_chats_wait_for_a_person_and_one_has_a_picture(demo: Session) -> None:
    chats = demo.exec(select(Chat)).all()
    pictures = demo.exec(
        select(TicketAttachment).where(col(TicketAttachment.chat_message_id).is_not(None))
    ).all()

    assert len(chats) == 12
    assert sum(chat.escalation == ChatEscalation.ESCALATED for chat in chats) == 2
    assert [picture.mime_type for picture in pictures] == ["image/png"]


def test_mail_has_its_reasons_its_originals_and_one_message_waits(demo: Session) -> None:
    mails = demo.exec(select(MailMessage)).all()
    originals = set(demo.exec(select(MailOriginal.mail_id)))
    assert {mail.id for mail in mails} == originals
    assert all(mail.why for mail in mails)
    states = [mail.state for mail in mails]
    assert (states.count(MailState.HELD), states.count(MailState.FAILED)) == (1, 1)
    assert demo.exec(select(Survey).where(Survey.rating == "BAD")).first()
    assert demo.exec(select(MailDelivery)).first()
