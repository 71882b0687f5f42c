"""Who may deliver mail over REST, in which form, and what the answer says."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from starlette.testclient import TestClient

from tests.support.cast import Cast
from ticketdesk import unit_of_work
from ticketdesk.adapters.email.inbound import sns
from ticketdesk.services.mail import accounts

URL = "/api/tickets/webhook/email"
RAW = (
    b"From: Jane Doe <jane@customer.example>\r\nTo: support@acme.example\r\n"
    b"Subject: Printer on fire\r\nMessage-ID: <1@customer.example>\r\n\r\nIt burns.\r\n"
)
MESSAGE = {"Content-Type": "message/rfc822"}


@pytest.fixture
def secrets(cast: Cast, database: str):
    """Stores acme's inbound secrets."""

    def store(**inbound: str) -> None:
        unit_of_work.as_actor(cast.ada, accounts.store, {"inbound": inbound})

    return store


def post(client: TestClient, body: bytes, query: str = "", **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"{URL}{query}", content=body, headers=MESSAGE | named)


@pytest.mark.parametrize("scope", ["inbound", "admin"])
def test_a_key_of_scope_inbound_or_admin_delivers(with_key, nobody: TestClient, scope: str) -> None:
    token = with_key(scope).authorization
    answer = post(nobody, RAW, Authorization=token)
    assert answer.status_code == 200
    body = answer.json()
    assert body["success"] is True
    assert body["result"] == "created"
    assert body["ticket"]["ticketNumber"] == 1001
    assert body["response"] is None
    assert body["why"]
    assert post(nobody, RAW, Authorization=token).json()["result"] == "duplicate"


@pytest.mark.parametrize("scope", ["read", "write"])
def test_other_scopes_may_not(with_key, nobody: TestClient, scope: str) -> None:
    answer = post(nobody, RAW, Authorization=with_key(scope).authorization)
    assert answer.status_code == 403


def test_nobody_may_not(nobody: TestClient) -> None:
    assert post(nobody, RAW).status_code == 401
    assert post(nobody, RAW, "?provider=sendgrid&organizationId=acme").status_code == 401


def test_the_body_must_be_a_message_and_not_endless(with_key, nobody: TestClient) -> None:
    token = with_key("inbound").authorization
    wrong = post(nobody, RAW, Authorization=token, Content_Type="application/json")
    assert wrong.status_code == 415
    assert post(nobody, b"", Authorization=token).status_code == 400
    huge = post(nobody, b"x", Authorization=token, Content_Length=str(10**10))
    assert huge.status_code == 413


def test_a_key_of_another_organization_may_not(with_key, nobody: TestClient) -> None:
    token = with_key("inbound").authorization
    assert post(nobody, RAW, "?organizationId=globex", Authorization=token).status_code == 403


def form(**fields: bytes | str) -> tuple[bytes, str]:
    boundary, parts = "xYzZY", []
    for name, value in fields.items():
        content = value if isinstance(value, bytes) else value.encode()
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(
        parts
    ) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def seconds_ago(age: timedelta) -> str:
    return str(int((datetime.now(UTC) - age).timestamp()))


class TestSendGrid:
    key = ec.generate_private_key(ec.SECP256R1())
    public = base64.b64encode(
        key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode()

    def deliver(self, client: TestClient, body: bytes, kind: str, age: timedelta, signed: bytes):
        timestamp = seconds_ago(age)
        signature = self.key.sign(timestamp.encode() + signed, ec.ECDSA(SHA256()))
        return post(
            client,
            body,
            "?provider=sendgrid&organizationId=acme",
            Content_Type=kind,
            X_Twilio_Email_Event_Webhook_Signature=base64.b64encode(signature).decode(),
            X_Twilio_Email_Event_Webhook_Timestamp=timestamp,
        )

    def test_a_signed_raw_message_arrives_byte_by_byte(self, nobody, secrets) -> None:
        secrets(public_key=self.public)
        raw = RAW.replace(b"It burns.", "Es brennt schön.".encode("latin-1"))
        body, kind = form(email=raw, envelope='{"to":["support@acme.example"]}')
        answer = self.deliver(nobody, body, kind, timedelta(0), body).json()
        assert answer["result"] == "created"
        assert "schön" in answer["ticket"]["description"]

    def test_the_parsed_form_is_put_together_again(self, nobody, secrets) -> None:
        secrets(public_key=self.public)
        headers = "From: Jane <jane@customer.example>\nSubject: Hi\nMessage-ID: <9@c.example>\n"
        body, kind = form(headers=headers, text="Plain words", html="<p>Rich words</p>")
        answer = self.deliver(nobody, body, kind, timedelta(0), body).json()
        assert answer["result"] == "created"
        assert "Rich words" in answer["ticket"]["description"]
        assert answer["ticket"]["requesterEmail"] == "jane@customer.example"

    @pytest.mark.parametrize(
        ("age", "signed"), [(timedelta(0), b"something else"), (timedelta(hours=1), None)]
    )
    def test_wrong_and_replayed_signatures_are_refused(self, nobody, secrets, age, signed) -> None:
        secrets(public_key=self.public)
        body, kind = form(email=RAW)
        assert self.deliver(nobody, body, kind, age, signed or body).status_code == 401


class TestMailgun:
    def deliver(self, client: TestClient, key: str, age: timedelta = timedelta(0)):
        timestamp, token = seconds_ago(age), "t" * 50
        signature = hmac.new(key.encode(), (timestamp + token).encode(), hashlib.sha256)
        body, kind = form(
            **{
                "timestamp": timestamp,
                "token": token,
                "signature": signature.hexdigest(),
                "recipient": "support@acme.example",
                "body-mime": RAW,
            }
        )
        return post(client, body, "?provider=mailgun&organizationId=acme", Content_Type=kind)

    def test_a_signed_message_arrives(self, nobody, secrets) -> None:
        secrets(signing_key="k")
        assert self.deliver(nobody, "k").json()["result"] == "created"
        assert self.deliver(nobody, "k").json()["result"] == "duplicate"

    def test_a_message_without_files_arrives_urlencoded(self, with_key, nobody) -> None:
        headers = [["From", "Jane Doë <jane+x@customer.example>"], ["Subject", "50 % & more"]]
        fields = {
            "recipient": "support@acme.example",
            "sender": "jane+x@customer.example",
            "message-headers": json.dumps(headers),
            "body-plain": "It burns: 1+1=2, zo\u00eb",
        }
        answer = post(
            nobody,
            urlencode(fields).encode(),
            "?provider=mailgun",
            Content_Type="application/x-www-form-urlencoded",
            Authorization=with_key("inbound").authorization,
        )
        ticket = answer.json()["ticket"]
        assert answer.json()["result"] == "created"
        assert ticket["requesterEmail"] == "jane+x@customer.example"
        assert ticket["subject"] == "50 % & more"
        assert ticket["description"].strip() == "It burns: 1+1=2, zo\u00eb"

    def test_wrong_and_replayed_signatures_are_refused(self, nobody, secrets) -> None:
        secrets(signing_key="k")
        assert self.deliver(nobody, "other").status_code == 401
        assert self.deliver(nobody, "k", timedelta(hours=1)).status_code == 401

    def test_without_a_key_in_the_settings_nothing_fits(self, nobody, secrets) -> None:
        secrets(user="x")
        assert self.deliver(nobody, "").status_code == 401


class TestPostmark:
    def deliver(self, client: TestClient, password: str, body: dict):
        basic = base64.b64encode(f"desk:{password}".encode()).decode()
        return post(
            client,
            json.dumps(body).encode(),
            "?provider=postmark&organizationId=acme",
            Content_Type="application/json",
            Authorization=f"Basic {basic}",
        )

    def test_the_raw_message_arrives(self, nobody, secrets) -> None:
        secrets(user="desk", password="s3cret")
        answer = self.deliver(nobody, "s3cret", {"RawEmail": RAW.decode()})
        assert answer.json()["result"] == "created"

    def test_the_json_alone_is_put_together_with_its_files(self, nobody, secrets) -> None:
        secrets(user="desk", password="s3cret")
        body = {
            "From": "jane@customer.example",
            "Subject": "Hi",
            "TextBody": "Words",
            "Headers": [{"Name": "Message-ID", "Value": "<7@c.example>"}],
            "Attachments": [
                {
                    "Name": "a.txt",
                    "ContentType": "text/plain",
                    "Content": base64.b64encode(b"x").decode(),
                }
            ],
        }
        assert self.deliver(nobody, "s3cret", body).json()["result"] == "created"
        again = post(nobody, RAW)
        assert again.status_code == 401

    def test_a_wrong_password_is_refused(self, nobody, secrets) -> None:
        secrets(user="desk", password="s3cret")
        assert self.deliver(nobody, "guess", {"RawEmail": RAW.decode()}).status_code == 401


class TestSes:
    key = rsa.generate_private_key(65537, 2048)
    topic = "arn:aws:sns:eu-west-1:1:desk"

    @pytest.fixture(autouse=True)
    def _amazons_certificate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        pem = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(1)
            .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
            .sign(self.key, SHA256())
            .public_bytes(Encoding.PEM)
        )
        monkeypatch.setattr(sns, "certificate", lambda url: pem)

    def notice(self, **changes: str) -> dict:
        content = base64.b64encode(RAW).decode()
        inner = {
            "notificationType": "Received",
            "receipt": {
                "recipients": ["support@acme.example"],
                "action": {"type": "SNS", "encoding": "BASE64"},
            },
            "content": content,
        }
        message = {
            "Type": "Notification",
            "MessageId": "m",
            "TopicArn": self.topic,
            "Message": json.dumps(inner),
            "Timestamp": "2026-03-02T11:00:00Z",
            "SignatureVersion": "2",
            "SigningCertURL": "https://sns.eu-west-1.amazonaws.com/x.pem",
        }
        names = ("Message", "MessageId", "Timestamp", "TopicArn", "Type")
        signed = "".join(f"{n}\n{message[n]}\n" for n in names)
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), SHA256())
        return message | {"Signature": base64.b64encode(signature).decode()} | changes

    def deliver(self, client: TestClient, body: dict):
        return post(
            client,
            json.dumps(body).encode(),
            "?provider=ses&organizationId=acme",
            Content_Type="text/plain; charset=UTF-8",
        )

    def test_a_signed_notification_arrives(self, nobody, secrets) -> None:
        secrets(topic_arn=self.topic)
        assert self.deliver(nobody, self.notice()).json()["result"] == "created"
        assert self.deliver(nobody, self.notice()).json()["result"] == "duplicate"

    @pytest.mark.parametrize(
        "changes",
        [
            {"Message": "{}"},
            {"TopicArn": "arn:aws:sns:eu-west-1:1:other"},
            {"SigningCertURL": "https://sns.evil.example/x.pem"},
            {"SigningCertURL": "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem"},
            {"Signature": "bm9wZQ=="},
        ],
    )
    def test_anything_forged_is_refused(self, nobody, secrets, changes: dict[str, str]) -> None:
        secrets(topic_arn=self.topic)
        assert self.deliver(nobody, self.notice(**changes)).status_code == 401
