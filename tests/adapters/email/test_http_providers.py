"""SendGrid, Postmark and SES: what they are told, and what their answers mean."""

import json

import httpx
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from tests.adapters.email.mails import MAIL, mail
from ticketdesk.adapters.email.failures import DeliveryFailed, UnsafeHeader
from ticketdesk.adapters.email.mail import MailAddress
from ticketdesk.adapters.email.postmark import PostmarkProvider, PostmarkServer
from ticketdesk.adapters.email.sendgrid import SendGridAccount, SendGridProvider
from ticketdesk.adapters.email.ses import SesAccount, SesProvider


class Api:
    """The provider's server: keeps requests, answers as told."""

    def __init__(self, status: int, body: object = None, headers: dict | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self.answer = (status, body, headers or {})

    def client(self) -> httpx.Client:
        def handle(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            status, body, headers = self.answer
            return httpx.Response(status, json=body, headers=headers)

        return httpx.Client(transport=httpx.MockTransport(handle))

    @property
    def sent(self) -> dict:
        return json.loads(self.requests[-1].content)


def sendgrid(api: Api) -> SendGridProvider:
    return SendGridProvider(SendGridAccount("SG.key"), client=api.client())


def postmark(api: Api) -> PostmarkProvider:
    return PostmarkProvider(PostmarkServer("token"), client=api.client())


def test_sendgrid_keeps_our_message_id_and_thread() -> None:
    api = Api(202, headers={"X-Message-Id": "sg-1"})
    receipt = sendgrid(api).deliver(MAIL)
    assert receipt.provider_id == "sg-1"
    assert api.requests[0].headers["Authorization"] == "Bearer SG.key"
    assert api.sent["headers"]["Message-ID"] == MAIL.message_id
    assert api.sent["headers"]["References"] == " ".join(MAIL.references)
    assert api.sent["personalizations"][0]["bcc"] == [{"email": "boss@acme.example"}]
    assert api.sent["reply_to"]["email"] == MAIL.reply_to.email
    assert [a["disposition"] for a in api.sent["attachments"]] == ["inline", "attachment"]


def test_sendgrid_gets_no_address_twice() -> None:
    api = Api(202)
    twice = (MailAddress("jane@customer.example"),)
    sendgrid(api).deliver(mail(cc=twice, bcc=twice))
    assert set(api.sent["personalizations"][0]) == {"to"}


def test_postmark_keeps_our_message_id() -> None:
    api = Api(200, {"MessageID": "pm-1", "ErrorCode": 0})
    receipt = postmark(api).deliver(MAIL)
    headers = {h["Name"]: h["Value"] for h in api.sent["Headers"]}
    assert receipt.provider_id == "pm-1"
    assert headers["Message-ID"] == MAIL.message_id
    assert headers["X-PM-KeepID"] == "true"
    assert api.sent["Bcc"] == "boss@acme.example"
    assert api.requests[0].headers["X-Postmark-Server-Token"] == "token"


@pytest.mark.parametrize("provider", [sendgrid, postmark])
@pytest.mark.parametrize(
    ("status", "permanent"), [(400, True), (422, True), (401, False), (429, False), (503, False)]
)
def test_only_refusals_of_the_mail_itself_are_permanent(provider, status, permanent) -> None:
    api = Api(status, {"ErrorCode": 406, "Message": "inactive recipient"})
    with pytest.raises(DeliveryFailed) as failure:
        provider(api).deliver(MAIL)
    assert failure.value.permanent is permanent
    assert failure.value.for_all is not permanent
    assert "inactive recipient" in failure.value.words


@pytest.mark.parametrize("provider", [sendgrid, postmark])
def test_nothing_leaves_with_a_line_break_in_a_header(provider) -> None:
    api = Api(200)
    with pytest.raises(UnsafeHeader):
        provider(api).deliver(mail(subject="x\r\nBcc: y@z.example"))
    assert api.requests == []


class Ses:
    """The sesv2 client of boto3, as far as it is used."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.requests = error, []

    def send_email(self, **request: object) -> dict:
        self.requests.append(request)
        if self.error:
            raise self.error
        return {"MessageId": "0100-abc"}


def test_ses_gets_the_raw_mail_and_its_own_message_id_comes_back() -> None:
    client = Ses()
    receipt = SesProvider(SesAccount("eu-west-1"), client=client).deliver(MAIL)
    assert receipt.provider_id == "<0100-abc@eu-west-1.amazonses.com>"
    assert client.requests[0]["Destination"]["ToAddresses"] == list(MAIL.recipients)
    assert MAIL.message_id.encode() in client.requests[0]["Content"]["Raw"]["Data"]


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (ClientError({"Error": {"Code": "MessageRejected", "Message": "bad"}}, "x"), True),
        (ClientError({"Error": {"Code": "TooManyRequestsException"}}, "x"), False),
        (EndpointConnectionError(endpoint_url="https://email"), False),
    ],
)
def test_ses_refusals_are_permanent_by_their_code(error: Exception, permanent: bool) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        SesProvider(SesAccount("eu-west-1"), client=Ses(error)).deliver(MAIL)
    assert failure.value.permanent is permanent
