"""Calls that only look like a provider's: nothing is fetched, nothing is read, nothing breaks."""

import json

import httpx
import pytest
from starlette.testclient import TestClient

from tests.api.mail.test_webhook import RAW, TestSes, post, secrets
from ticketdesk.adapters.email.inbound import postmark, rebuild, ses, sns
from ticketdesk.adapters.email.inbound.call import Call
from ticketdesk.clock import now

__all__ = ["secrets"]
QUERY = "?provider=ses&organizationId=acme"


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were called; none of them answers."""
    called: list[str] = []

    def get(url: str) -> bytes:
        called.append(url)
        raise httpx.ConnectError("nobody there")

    monkeypatch.setattr(sns, "_get", get)
    sns.certificate.cache_clear()
    return called


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data.pem",
        "http://sns.eu-west-1.amazonaws.com/x.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/x.pem",
        "https://sns.eu-west-1.amazonaws.com:99999/x.pem",
        "https://sns.eu-west-1.amazonaws.com@evil.example/x.pem",
        "https://evil.example/sns.eu-west-1.amazonaws.com/x.pem",
        "https://sns.eu-west-1.amazonaws.com.evil.example/x.pem",
        "https://s3.eu-west-1.amazonaws.com/evil/x.pem",
        "https://[::1/x.pem",
        "file:///etc/passwd.pem",
        "",
    ],
)
def test_nothing_is_fetched_from_where_a_forged_notification_says(
    nobody: TestClient, secrets, fetched: list[str], url: str
) -> None:
    secrets(topic_arn=TestSes.topic)
    body = {"Type": "SubscriptionConfirmation", "TopicArn": TestSes.topic, "SigningCertURL": url}
    body |= {"SubscribeURL": url, "Signature": "bm9wZQ=="}
    for where in ("", "/events"):
        path = f"/api/tickets/webhook/email{where}{QUERY}"
        assert nobody.post(path, content=json.dumps(body)).status_code == 401
    assert fetched == []


def test_a_key_confirms_no_subscription_elsewhere_and_reads_no_bucket(
    with_key, nobody: TestClient, secrets, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets(topic_arn=TestSes.topic)
    monkeypatch.setattr(ses.boto3, "client", lambda *_, **__: pytest.fail("a bucket was opened"))
    token = with_key("inbound").authorization
    announced = {"Type": "SubscriptionConfirmation", "SubscribeURL": "http://127.0.0.1/"}
    receipt = {"action": {"type": "S3", "bucketName": "payroll", "objectKey": "2026.csv"}}
    noticed = {"Message": json.dumps({"notificationType": "Received", "receipt": receipt})}
    for body in (announced, noticed):
        answer = post(nobody, json.dumps(body).encode(), "?provider=ses", Authorization=token)
        assert answer.status_code == 400
    assert fetched == []


def test_a_confirmation_that_cannot_be_fetched_now_is_asked_for_again(
    with_key, nobody: TestClient, fetched: list[str]
) -> None:
    url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
    body = json.dumps({"Type": "SubscriptionConfirmation", "SubscribeURL": url}).encode()
    token = with_key("inbound").authorization
    assert post(nobody, body, "?provider=ses", Authorization=token).status_code == 503
    assert fetched == [url]


@pytest.mark.parametrize("provider", ["sendgrid", "postmark", "ses", "mailgun"])
@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b"\x00\xff",
        b'{"RawEmail": "From: a@x.example\\n\\n\\ud800"}',
        b'{"TextBody": "\\ud800", "From": "a@x.example", "HtmlBody": "\\udfff"}',
        b'{"From": "a@x.example", "Attachments": [{"Name": "\\ud800\\n", "ContentType": "\\n/x",'
        b' "Content": "\\ud800", "ContentID": "\\ud800>"}, 7]}',
        json.dumps(
            {"Message": '{"notificationType": "Received", "receipt": {"recipients": 7}}'}
        ).encode(),
    ],
)
def test_any_body_is_answered(with_key, nobody: TestClient, provider: str, body: bytes) -> None:
    token = with_key("inbound").authorization
    kind = "application/json"
    answer = post(nobody, body, f"?provider={provider}", Authorization=token, Content_Type=kind)
    assert answer.status_code in {200, 400}


def test_a_header_named_with_a_line_break_adds_none() -> None:
    raw = rebuild.rebuild([("Subject\n", "a"), ("Subject", "b\r\nBcc: c@x")], "words", "", [])
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.count(b"Subject") == 1
    assert b"\nBcc" not in head


def test_a_form_without_a_message_id_is_the_same_message_when_it_comes_twice() -> None:
    body = {"From": "a@x.example", "TextBody": "words", "HtmlBody": "<p>words</p>"}
    call = Call({}, json.dumps(body).encode(), now())
    first, second = (postmark.read(call, {}).raw for _ in range(2))
    assert first == second
    assert RAW not in first
