"""What an organization does not want to keep goes by itself, and nothing else does."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.support.outbox_work import work_off
from ticketdesk import clock as time
from ticketdesk import unit_of_work
from ticketdesk.errors import Invalid, Stale
from ticketdesk.ids import new_id
from ticketdesk.jobs import privacy
from ticketdesk.models import AuditEntry, MailMessage, MailOriginal, OutboxEvent, Ticket
from ticketdesk.models.enums import TicketStatus
from ticketdesk.models.mail import MailState
from ticketdesk.services import audit, ticket_settings
from ticketdesk.services.privacy import retention
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

_LONG_AGO = timedelta(days=100)


def keep_for(session: Session, ada, **periods) -> None:
    ticket_settings.change(session, ada, {"retention": periods})


def ticket(session: Session, grace, subject: str, status: TicketStatus, closed_for: timedelta):
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject=subject,
        description="Dark.",
    )
    row = session.get_one(Ticket, create(session, grace, command).id)
    row.status = status
    row.closed_at = time.now() - closed_for
    session.add(row)
    session.flush()
    return row


def subjects(session: Session) -> list[str]:
    return sorted(session.exec(select(Ticket.subject)).all())


def test_only_tickets_closed_for_longer_than_the_period_are_deleted(
    session: Session, ada, grace
) -> None:
    ticket(session, grace, "old", TicketStatus.CLOSED, _LONG_AGO)
    ticket(session, grace, "cancelled", TicketStatus.CANCELLED, _LONG_AGO)
    ticket(session, grace, "young", TicketStatus.CLOSED, timedelta(days=89))
    ticket(session, grace, "reopened", TicketStatus.OPEN, _LONG_AGO)
    keep_for(session, ada, closedTicketDays=90)

    assert retention.delete_closed_tickets(session, ada)

    assert subjects(session) == ["reopened", "young"]


def test_without_a_period_nothing_is_deleted(session: Session, ada, grace) -> None:
    ticket(session, grace, "old", TicketStatus.CLOSED, timedelta(days=9000))

    assert retention.delete_closed_tickets(session, ada)
    assert retention.delete_audit_entries(session, ada)
    assert retention.delete_original_mails(session, ada)

    assert subjects(session) == ["old"]


def test_many_tickets_go_in_batches(
    session: Session, ada, grace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "TICKETS_AT_ONCE", 2)
    for number in range(3):
        ticket(session, grace, str(number), TicketStatus.CLOSED, _LONG_AGO)
    keep_for(session, ada, closedTicketDays=90)

    assert not retention.delete_closed_tickets(session, ada)
    assert len(subjects(session)) == 1
    assert retention.delete_closed_tickets(session, ada)
    assert subjects(session) == []


def test_the_audit_log_says_how_many_went_and_not_which(session: Session, ada, grace) -> None:
    ticket(session, grace, "secret", TicketStatus.CLOSED, _LONG_AGO)
    keep_for(session, ada, closedTicketDays=90)
    retention.delete_closed_tickets(session, ada)

    line = audit.list_entries(session, ada, action="retention").items[0]

    assert line.after["tickets"] == 1
    assert "secret" not in line.model_dump_json()


def test_old_lines_of_the_audit_log_are_deleted(session: Session, ada) -> None:
    for age in (99, 101):
        audit.record(session, ada, "team.made", subject_name=str(age))
        session.flush()
        line = session.exec(select(AuditEntry).where(AuditEntry.subject_name == str(age))).one()
        line.created_at = time.now() - timedelta(days=age)
        session.add(line)
    keep_for(session, ada, auditDays=100)

    assert retention.delete_audit_entries(session, ada)

    kept = session.exec(select(AuditEntry.subject_name).where(AuditEntry.action == "team.made"))
    assert kept.all() == ["99"]


@pytest.mark.parametrize(
    ("state", "kept"),
    [
        (MailState.CREATED, False),
        (MailState.IGNORED, False),
        (MailState.HELD, True),
        (MailState.FAILED, True),
        (MailState.RECEIVED, True),
    ],
)
def test_the_bytes_of_an_old_mail_go_unless_it_still_waits_for_somebody(
    session: Session, ada, state: MailState, kept: bool
) -> None:
    row = MailMessage(
        id=new_id("mail"), organization_id=ada.organization_id, identity="x", via="api",
        state=state, created_at=time.now() - _LONG_AGO,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(MailOriginal(mail_id=row.id, organization_id=ada.organization_id, raw=b"x"))
    session.flush()
    keep_for(session, ada, originalMailDays=90)

    assert retention.delete_original_mails(session, ada)

    assert bool(session.exec(select(MailOriginal.mail_id)).all()) is kept
    assert session.exec(select(MailMessage.id)).all() == [row.id]


@pytest.mark.parametrize("days", [0, -1, 29, 36_501, 10**12, 1.5, "soon", True])
def test_a_period_that_would_empty_the_desk_or_is_none_is_refused(
    session: Session, ada, days
) -> None:
    with pytest.raises(Invalid) as refused:
        keep_for(session, ada, closedTicketDays=days)
    assert list(refused.value.fields) == ["retention.closedTicketDays"]


def test_of_two_admins_the_second_is_told(session: Session, ada) -> None:
    _, version = ticket_settings.read(session, ada)
    ticket_settings.change(session, ada, {"retention": {"auditDays": 400}}, version=version)

    with pytest.raises(Stale):
        ticket_settings.change(session, ada, {"retention": {"auditDays": 40}}, version=version)


def test_an_admin_sees_how_many_tickets_a_period_would_delete(session: Session, ada, grace) -> None:
    ticket(session, grace, "old", TicketStatus.CLOSED, _LONG_AGO)
    ticket(session, grace, "open", TicketStatus.OPEN, _LONG_AGO)

    assert retention.would_delete_today(session, ada, 90) == 1
    assert retention.would_delete_today(session, ada, 10**9) == 0


def test_the_job_goes_through_all_organizations_and_again_does_nothing(database: str, cast) -> None:
    def prepare(session: Session, actor) -> None:
        row = ticket(session, actor, "old", TicketStatus.CLOSED, _LONG_AGO)
        assert row.organization_id == actor.organization_id
        keep_for(session, actor, closedTicketDays=90)

    for admin in (cast.ada, cast.bo):
        unit_of_work.as_actor(admin, prepare)

    privacy.apply_retention()
    privacy.apply_retention()

    def left(session: Session) -> list[str]:
        return list(session.exec(select(Ticket.id)))

    assert unit_of_work.across(left) == []


def test_files_of_deleted_tickets_go_through_the_outbox(session: Session, ada, grace) -> None:
    row = ticket(session, grace, "old", TicketStatus.CLOSED, _LONG_AGO)
    _attach(session, row)
    keep_for(session, ada, closedTicketDays=90)

    retention.delete_closed_tickets(session, ada)

    promised = session.exec(
        select(OutboxEvent.payload).where(col(OutboxEvent.subscriber) == "files.delete")
    ).all()
    assert promised == [{"keys": ["place/one"]}]
    assert work_off("nothing.") == 0


def _attach(session: Session, row: Ticket) -> None:
    from ticketdesk.models import TicketAttachment

    session.add(
        TicketAttachment(
            id=new_id("file"), organization_id=row.organization_id, filename="a", original_name="a",
            mime_type="text/plain", size=1, sha256="0" * 64, storage_key="place/one",
            ticket_id=row.id,
        )
    )  # fmt: skip
    session.flush()
