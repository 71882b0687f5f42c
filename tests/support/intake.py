"""Delivering mail to acme, and looking at what became of it."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import col, select

from ticketdesk import db
from ticketdesk.actor import Actor
from ticketdesk.jobs.intake import take_in
from ticketdesk.services.mail.intake.views import Outcome

Deliver = Callable[..., Outcome]


@pytest.fixture
def deliver(outbox_folder: Path, grace: Actor) -> Deliver:
    """Deliver a mail to acme: header fields by keyword, the text as the first argument."""
    counter = iter(range(1, 1000))

    def send(text: str, *, raw: bytes | None = None, **headers: str | None) -> Outcome:
        message = EmailMessage()
        fields = {
            "From": "Jane Doe <jane@customer.example>",
            "To": "support@acme.example",
            "Subject": "Printer on fire",
            "Message-ID": f"<{next(counter)}@customer.example>",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in fields.items():
            if value is not None:
                message[name] = value
        message.set_content(text)
        return take_in(grace.organization_id, raw or message.as_bytes(), "webhook")

    return send


def rows(model: type, **where: object) -> list:
    """The rows of a table with these values, oldest first."""
    with db.system_session() as session:
        query = select(model)
        for name, value in where.items():
            query = query.where(getattr(model, name) == value)
        return list(session.exec(query.order_by(col(model.id) if hasattr(model, "id") else None)))
