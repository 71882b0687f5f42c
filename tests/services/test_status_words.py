"""An organization calls the statuses what it likes; what they are stays the same."""

import pytest
from sqlmodel import Session

from ticketdesk.errors import Invalid
from ticketdesk.models import Organization
from ticketdesk.models.enums import TicketStatus
from ticketdesk.services import status_words, ticket_settings
from ticketdesk.services.desk import change, detail, frame, settings_rules
from ticketdesk.services.desk.words import STATUS, worded
from ticketdesk.services.mail.desk import desk_of
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.read import get

LABELS = {"NEW": {"agent": "Untouched", "customer": "In our hands"}}


@pytest.fixture
def named(session: Session, ada) -> None:
    ticket_settings.change(session, ada, {"statusLabels": LABELS})


@pytest.fixture
def ticket(session: Session, grace):
    command = CreateTicket(
        requester_name="Jane",
        requester_email="jane@customer.example",
        subject="Lamp",
        description="Dark.",
    )
    return create(session, grace, command)


def test_without_own_words_the_built_in_ones_are_said(session: Session, ada) -> None:
    settings = ticket_settings.of(session, ada.organization_id)

    assert status_words.for_agents(settings) == {str(key): value for key, value in STATUS.items()}
    assert status_words.for_customer(settings, TicketStatus.CLOSED, "de") == "Geschlossen"


def test_agents_read_their_own_words_on_every_screen(
    session: Session, named, ada, grace, ticket
) -> None:
    change.change(session, grace, ticket.id, field="status", value="OPEN")
    back = ticket_settings.change(session, ada, {"statusLabels": {"OPEN": {"agent": "Doing"}}})
    assert back

    shown = detail.open_ticket(session, grace, ticket.id, messages=30, seen=False)
    sentences = [line["what"] for item in shown.items for line in item.get("lines", [])]
    assert any("Untouched" in words and "Doing" in words for words in sentences), sentences
    assert frame.frame(session, grace).statuses["NEW"] == "Untouched"
    fields = settings_rules.vocabulary(session, ada)["fields"]
    options = next(one for one in fields if one["value"] == "status")["options"]
    assert {"value": "NEW", "label": "Untouched"}.items() <= options[0].items()


def test_customers_read_theirs_in_every_language(session: Session, named, ada) -> None:
    settings = ticket_settings.of(session, ada.organization_id)

    for language in ("en", "de", "ar"):
        words = status_words.for_customer(settings, TicketStatus.NEW, language)
        assert words == "In our hands"


def test_mails_say_the_customers_words(session: Session, named, ada) -> None:
    row = session.get_one(Organization, ada.organization_id)

    assert desk_of(row).statuses == {"NEW": "In our hands"}


def test_the_api_goes_on_with_the_statuses_names(session: Session, named, grace, ticket) -> None:
    assert get(session, grace, ticket.id).wire()["status"] == "NEW"


def test_own_words_are_taken_back_by_emptying_them(session: Session, named, ada) -> None:
    ticket_settings.change(session, ada, {"statusLabels": {"NEW": {"agent": " "}}})

    settings = ticket_settings.of(session, ada.organization_id)
    assert status_words.for_agents(settings)["NEW"] == "New"
    assert status_words.for_customer(settings, TicketStatus.NEW, "en") == "In our hands"


@pytest.mark.parametrize(
    "labels",
    [
        {"NEW": {"agent": "x" * 41}},
        {"NEW": {"agent": "a\x00b"}},
        {"NEW": {"agent": "\u202eabc"}},
        {"NEW": {"rule": "x"}},
        {"LATER": {"agent": "x"}},
        {"NEW": "x"},
        [],
    ],
)
def test_words_that_would_break_a_line_and_unknown_statuses_are_refused(
    session: Session, ada, labels
) -> None:
    with pytest.raises(Invalid) as refused:
        ticket_settings.change(session, ada, {"statusLabels": labels})
    assert all(name.startswith("statusLabels") for name in refused.value.fields)


def test_a_sentence_of_the_history_is_said_in_own_words() -> None:
    said = worded("changed the status from NEW to CLOSED", {"NEW": "Untouched"})

    assert said == "changed the status from Untouched to Closed"
