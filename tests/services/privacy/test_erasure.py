"""An erased person is nowhere to be found, and every number stays as it was."""

import pytest
from sqlalchemy import func, text
from sqlmodel import Session, SQLModel, col, select

from ticketdesk import clock as time
from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Invalid, NotFound
from ticketdesk.ids import new_id
from ticketdesk.models import (
    Chat,
    MailAddress,
    MailDelivery,
    MailMessage,
    MailOriginal,
    PersonErasure,
    Ticket,
    TicketAttachment,
    TicketResponse,
    User,
)
from ticketdesk.models.survey import Survey
from ticketdesk.services import audit, drafts
from ticketdesk.services.chats import chats, messages
from ticketdesk.services.chats.commands import AddMessage, CreateChat
from ticketdesk.services.deleted.put_away import put_away
from ticketdesk.services.embed import tracking_links
from ticketdesk.services.people import change
from ticketdesk.services.privacy import erase, person, tickets
from ticketdesk.services.tickets.commands import AddResponse, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.respond import respond

JANE = "jane@customer.example"
PRIVATE = ("jane", " doe", "'doe", "kidney", "third floor")
"""Words that no identifier or hash has by chance."""


@pytest.fixture
def traces(session: Session, ada: Actor, grace: Actor, jane: Actor, omar: Actor) -> dict[str, str]:
    """Jane is all over the desk: tickets, notes, copies, chats, files, mails, drafts."""
    mine = create(
        session, jane,
        CreateTicket(
            requester_name="Jane Doe", requester_email=JANE, subject="My kidney",
            description="Third floor", custom_fields={"room": "third floor"},
        ),
    )  # fmt: skip
    respond(session, jane, mine.id, AddResponse(content="Jane again, about my kidney"))
    respond(session, grace, mine.id, AddResponse(content="Dear Jane Doe"))
    respond(session, grace, mine.id, AddResponse(content="Her kidney!", is_internal=True))
    theirs = create(
        session, grace,
        CreateTicket(
            requester_name="Omar", requester_email="omar@customer.example", subject="Lamp",
            description="Dark.", cc=[JANE],
        ),
    )  # fmt: skip
    session.add(
        TicketResponse(
            id=new_id("resp"), organization_id=ada.organization_id, ticket_id=theirs.id,
            content="I am Jane, third floor", content_text="I am Jane, third floor",
            author_id=jane.user_id, author_email=JANE,
            author_name="Jane Doe", author_type="CUSTOMER",
        )
    )  # fmt: skip
    chat = chats.create(
        session, grace,
        CreateChat(title="Kidney of Jane", customer_name="Jane Doe", customer_email=JANE),
    )  # fmt: skip
    said = messages.add_message(
        session, grace, chat.id, AddMessage(role="USER", content="My kidney", author_name="Jane")
    )
    for place in ({"ticket_id": mine.id}, {"chat_message_id": said.id}):
        session.add(_file(ada, **place))
    _mail(session, ada, mine.id)
    drafts.save(session, grace, f"ticket:{mine.id}:reply", {"content": "Dear Jane"})
    link = tracking_links.url_for(session, ada.organization_id, mine.id, mine.ticket_number)
    session.flush()
    return {"mine": mine.id, "theirs": theirs.id, "chat": chat.id, "link": link}


def _file(ada: Actor, **place: str) -> TicketAttachment:
    return TicketAttachment(
        id=new_id("file"), organization_id=ada.organization_id, filename="kidney.png",
        original_name="kidney.png", mime_type="image/png", size=1, sha256="0" * 64,
        storage_key=f"place/{new_id('x')}", **place,
    )  # fmt: skip


def _mail(session: Session, ada: Actor, ticket_id: str) -> None:
    mail = MailMessage(
        id=new_id("mail"), organization_id=ada.organization_id, identity="<1@mail>", via="api",
        sender=JANE, sender_name="Jane Doe", subject="kidney", ticket_id=ticket_id,
        why=[f"It came from {JANE}."],
    )  # fmt: skip
    session.add(mail)
    session.flush()
    session.add(MailOriginal(mail_id=mail.id, organization_id=ada.organization_id, raw=b"kidney"))
    session.add(
        MailDelivery(
            id=new_id("sent"), organization_id=ada.organization_id, outbox_id="out_1", kind="x",
            recipient=JANE, message_id="<2@mail>", ticket_id=ticket_id,
        )
    )  # fmt: skip
    session.add(
        Survey(
            id=new_id("survey"), organization_id=ada.organization_id, ticket_id=ticket_id,
            recipient=JANE, rating="GOOD", comment="My kidney is well", rated_at=time.now(),
        )
    )  # fmt: skip
    session.add(MailAddress(id=new_id("addr"), organization_id=ada.organization_id, email=JANE))


def erase_jane(session: Session, ada: Actor) -> PersonErasure:
    asked = erase.request(session, ada, JANE, JANE)
    for _ in range(50):
        if erase.work(session, ada, asked.id):
            break
    session.expire_all()
    return session.get_one(PersonErasure, asked.id)


def everything(session: Session, *but: str) -> str:
    """Return every row of the organization as text."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        if "organization_id" in table.columns and table.name not in but:
            rows = session.exec(text(f"SELECT row_to_json(t)::text FROM {table.name} t")).all()
            found += [f"{table.name}: {row[0]}" for row in rows]
    return "\n".join(found).lower()


def counts(session: Session) -> dict[str, int]:
    return {
        table.__tablename__: session.exec(select(func.count()).select_from(table)).one()
        for table in (Ticket, TicketResponse, Chat, User, MailMessage, MailDelivery, Survey)
    }


def test_nothing_in_any_table_tells_of_an_erased_person(session: Session, ada, traces) -> None:
    before = everything(session)
    assert [word for word in PRIVATE if word not in before] == []

    erase_jane(session, ada)

    left = everything(session)
    found = [line for line in left.splitlines() if any(word in line for word in PRIVATE)]
    assert found == []


def test_a_deleted_ticket_that_names_the_person_goes_for_good(session, ada, traces) -> None:
    put_away(session, ada, [traces["mine"], traces["theirs"]])
    before = everything(session)
    assert [word for word in PRIVATE if word not in before] == []

    erase_jane(session, ada)

    left = everything(session)
    assert [line for line in left.splitlines() if any(word in line for word in PRIVATE)] == []


def test_every_count_stays(session: Session, ada, traces) -> None:
    before = counts(session)

    erase_jane(session, ada)

    assert counts(session) == before


def test_others_keep_what_is_theirs(session: Session, ada, omar, traces) -> None:
    erase_jane(session, ada)

    row = session.get_one(Ticket, traces["theirs"])
    assert (row.requester_email, row.subject, row.description) == (
        "omar@customer.example", "Lamp", "Dark.",
    )  # fmt: skip
    assert row.cc == []


def test_who_answered_and_when_stays(session: Session, ada, grace, traces) -> None:
    erase_jane(session, ada)

    authors = session.exec(
        select(TicketResponse.author_name).where(TicketResponse.ticket_id == traces["mine"])
    ).all()
    assert sorted(authors) == ["Erased person", grace.name, grace.name]


def test_tracking_links_of_an_erased_person_lead_nowhere(
    session: Session, system_session, ada, traces
) -> None:
    reference = traces["link"].rpartition("/")[2]

    erase_jane(session, ada)

    assert tracking_links.find(session, reference) is None


def test_the_account_can_never_sign_in_again(session: Session, ada, jane, traces) -> None:
    erase_jane(session, ada)

    user = session.get_one(User, jane.user_id)
    assert (user.is_active, user.password_hash) == (False, None)
    assert user.email.endswith("@erased.invalid")


def test_files_are_deleted_by_the_outbox(session: Session, ada, traces) -> None:
    done = erase_jane(session, ada)

    assert done.counts["files"] == 2
    assert session.exec(select(TicketAttachment.id)).all() == []


def test_the_audit_log_tells_that_somebody_was_erased_and_not_who(
    session: Session, ada, traces
) -> None:
    done = erase_jane(session, ada)

    lines = audit.list_entries(session, ada, action="person").items
    assert {line.action for line in lines} == {"person.erased", "person.erasure_requested"}
    assert {line.subject_id for line in lines} == {done.id}
    assert next(line for line in lines if line.after).after["tickets"] == 1


def test_an_erasure_goes_in_batches_and_a_second_run_changes_nothing(
    session: Session, ada, jane, traces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets, "AT_ONCE", 1)
    create(
        session, jane,
        CreateTicket(requester_name="J", requester_email=JANE, subject="2", description="2"),
    )  # fmt: skip
    done = erase_jane(session, ada)
    before = everything(session)

    assert erase.work(session, ada, done.id)

    assert done.counts["tickets"] == 2
    assert everything(session) == before


def test_a_broken_off_erasure_is_taken_up_where_it_stopped(session: Session, ada, traces) -> None:
    asked = erase.request(session, ada, JANE, JANE)
    assert not erase.work(session, ada, asked.id)
    assert erase.list_erasures(session, ada)[0].finished_at is None

    erase_again = iter(range(50))
    while not erase.work(session, ada, asked.id):
        next(erase_again)

    assert erase.list_erasures(session, ada)[0].finished_at is not None


def test_a_preview_counts_what_would_be_replaced(session: Session, ada, traces) -> None:
    seen = person.preview(session, ada, " Jane@Customer.example ")

    assert (seen.name, seen.is_known, seen.has_account) == ("Jane Doe", True, True)
    numbers = (seen.tickets, seen.messages, seen.chats, seen.chat_messages, seen.files, seen.mails)
    assert numbers == (1, 2, 1, 1, 2, 1)


@pytest.mark.parametrize("typed", ["", "jane", "omar@customer.example", "jane@customer.example.x"])
def test_the_address_has_to_be_typed_once_more(session: Session, ada, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        erase.request(session, ada, JANE, typed)
    assert list(refused.value.fields) == ["confirmation"]


def test_whom_the_desk_does_not_know_cannot_be_erased(session: Session, ada) -> None:
    with pytest.raises(NotFound):
        erase.request(session, ada, "no@where.example", "no@where.example")


def test_whoever_works_here_is_deactivated_first(session: Session, ada, grace) -> None:
    with pytest.raises(Conflict):
        erase.request(session, ada, grace.email, grace.email)


def test_what_somebody_answered_as_an_agent_stays_without_their_name(
    session: Session, ada, grace, jane, traces
) -> None:
    answered = respond(session, grace, traces["theirs"], AddResponse(content="Change the bulb."))
    assert answered.response
    change.deactivate(session, ada, grace.user_id)
    asked = erase.request(session, ada, grace.email, grace.email)
    for _ in range(50):
        if erase.work(session, ada, asked.id):
            break
    session.expire_all()

    row = session.get_one(TicketResponse, answered.response.id)
    assert (row.content, row.author_name) == ("Change the bulb.", "Erased person")
    assert "grace" not in everything(session, "person_erasures")
    kept = session.exec(select(Ticket.subject).where(col(Ticket.id) == traces["mine"])).one()
    assert kept == "My kidney"


def test_another_organizations_person_is_unknown_here(session: Session, ada, bo) -> None:
    assert not person.preview(session, ada, bo.email).is_known
