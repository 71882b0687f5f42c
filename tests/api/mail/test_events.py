"""What providers tell about mails: believed when signed, and noted once."""

import base64
import json
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select
from starlette.testclient import TestClient

from tests.api.mail import test_webhook as webhook
from tests.api.mail.test_webhook import seconds_ago, secrets
from tests.jobs.test_drain import drain_all, new_ticket, reply
from tests.support.mail import mails, outbox_folder
from ticketdesk import db
from ticketdesk.models import MailDelivery, TicketActivity, TicketResponse, User

__all__ = ["mails", "outbox_folder", "secrets"]
URL = "/api/tickets/webhook/email/events"


@pytest.fixture
def sent(nobody: TestClient, mails, grace, clock) -> str:
    """The Message-ID of a reply that left to Jane, who can be reached."""
    with db.system_session() as session:
        session.execute(update(User).values(undeliverable_at=None))
        session.commit()
    reply(grace, new_ticket(grace))
    clock.shift(timedelta(seconds=11))
    drain_all()
    return str(mails()[-1]["Message-ID"])


def delivery(message_id: str) -> MailDelivery:
    with db.system_session() as session:
        return session.exec(select(MailDelivery).where(MailDelivery.message_id == message_id)).one()


def postmark(client: TestClient, body: dict, password: str = "s3cret"):
    basic = base64.b64encode(f"desk:{password}".encode()).decode()
    return client.post(
        f"{URL}?provider=postmark&organizationId=acme",
        content=json.dumps(body),
        headers={"Authorization": f"Basic {basic}"},
    )


def news(message_id: str, kind: str, **more: str) -> dict:
    return {
        "RecordType": kind,
        "Metadata": {"ticketdesk_message_id": message_id},
        "Email": "jane@customer.example",
    } | more


def test_delivered_then_bounced_is_noted_and_tells_the_agents_once(
    nobody: TestClient, sent: str, secrets
) -> None:
    secrets(user="desk", password="s3cret")
    assert postmark(nobody, news(sent, "Delivery")).json() == {"success": True, "known": 1}
    assert delivery(sent).state == "DELIVERED"
    for _ in range(2):
        postmark(nobody, news(sent, "Bounce", Type="HardBounce", Details="550 gone"))
    assert delivery(sent).state == "BOUNCED"
    postmark(nobody, news(sent, "Delivery"))
    assert delivery(sent).state == "BOUNCED"
    with db.system_session() as session:
        told = session.exec(
            select(TicketActivity).where(TicketActivity.activity_type == "MAIL_FAILED")
        ).all()
        assert len(told) == 1
        assert session.exec(select(TicketResponse)).one().mail_error == "550 gone"
        jane = session.exec(select(User).where(User.email == "jane@customer.example")).one()
        assert jane.undeliverable_at


def test_soft_bounces_and_unknown_mails_change_nothing(
    nobody: TestClient, sent: str, secrets
) -> None:
    secrets(user="desk", password="s3cret")
    postmark(nobody, news(sent, "Bounce", Type="SoftBounce", Details="full"))
    assert delivery(sent).state == "SENT"
    assert delivery(sent).words == "full"
    assert postmark(nobody, news("<other@x.example>", "Delivery")).json()["known"] == 0


def test_nobody_is_believed_without_proof(nobody: TestClient, sent: str, secrets) -> None:
    secrets(user="desk", password="s3cret")
    assert postmark(nobody, news(sent, "Bounce"), password="guess").status_code == 401
    assert delivery(sent).state == "SENT"


def test_sendgrid_tells_by_a_signed_list(nobody: TestClient, sent: str, secrets) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256

    secrets(events_public_key=webhook.TestSendGrid.public)
    body = json.dumps(
        [
            {"event": "open", "email": "jane@customer.example", "ticketdesk_message_id": sent},
            {"event": "delivered", "email": "jane@customer.example", "ticketdesk_message_id": sent},
        ]
    ).encode()
    timestamp = seconds_ago(timedelta(0))
    signature = webhook.TestSendGrid.key.sign(timestamp.encode() + body, ec.ECDSA(SHA256()))
    headers = {
        "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
    }
    answer = nobody.post(
        f"{URL}?provider=sendgrid&organizationId=acme", content=body, headers=headers
    )
    assert answer.json() == {"success": True, "known": 1}
    assert delivery(sent).state == "DELIVERED"


def test_ses_tells_by_its_own_id(
    nobody: TestClient, sent: str, secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ticketdesk.adapters.email.inbound import sns

    with db.system_session() as session:
        row = session.exec(select(MailDelivery).where(MailDelivery.message_id == sent)).one()
        row.provider_message_id = "<0100-abc@eu-west-1.amazonses.com>"
        session.add(row)
        session.commit()
    secrets(topic_arn=webhook.TestSes.topic)
    monkeypatch.setattr(sns, "verify", lambda message, topic: None)
    event = {
        "eventType": "Bounce",
        "mail": {"messageId": "0100-abc"},
        "bounce": {
            "bounceType": "Permanent",
            "bouncedRecipients": [
                {"emailAddress": "jane@customer.example", "diagnosticCode": "550 5.1.1"}
            ],
        },
    }
    body = {"Type": "Notification", "TopicArn": webhook.TestSes.topic, "Message": json.dumps(event)}
    answer = nobody.post(f"{URL}?provider=ses&organizationId=acme", content=json.dumps(body))
    assert answer.json()["known"] == 1
    assert delivery(sent).state == "BOUNCED"
