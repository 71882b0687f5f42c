"""A mail's bytes: complete, the same every time, and not to be injected into."""

import email
import email.policy

import pytest

from tests.adapters.email.mails import MAIL, mail
from ticketdesk.adapters.email.failures import DeliveryFailed, UnsafeHeader
from ticketdesk.adapters.email.mail import MailAddress
from ticketdesk.adapters.email.mime import to_bytes


def parsed(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_everything_arrives_as_it_was_composed() -> None:
    message = parsed(to_bytes(MAIL))
    assert message["Subject"] == "Re: Ticket #1001: Grüße aus Köln"
    assert message["From"].addresses[0].display_name == "Grace (Acme Support)"
    assert message["References"] == "<0@customer.example> <1@customer.example>"
    assert message.get_body(("plain",)).get_content().split() == ["Try", "again,", "please."]
    assert "<b>again</b>" in message.get_body(("html",)).get_content()
    names = [p.get_filename() for p in message.walk() if p.get_filename()]
    assert names == ["logo.png", "Rechnung Nr. 5, März.pdf"]
    assert {p["Content-ID"] for p in message.walk()} == {None, "<logo@desk>"}


def test_the_same_mail_is_the_same_to_the_byte() -> None:
    assert to_bytes(MAIL) == to_bytes(MAIL)


def test_blind_copies_are_never_written_down() -> None:
    assert b"boss@acme.example" not in to_bytes(MAIL)
    assert "boss@acme.example" in MAIL.recipients


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hi\r\nBcc: all@victims.example"},
        {"subject": "Hi\nX: y"},
        {"subject": "Hi\0"},
        {"to": (MailAddress("jane@customer.example", "Jane\r\nBcc: x@y.example"),)},
        {"to": (MailAddress("jane@customer.example\nBcc: x@y.example"),)},
        {"headers": (("X-Custom", "a\r\n\r\nbody"),)},
        {"in_reply_to": "<a@b>\r\nX: y"},
    ],
)
def test_line_breaks_in_headers_are_refused(changes: dict) -> None:
    with pytest.raises(UnsafeHeader) as refusal:
        to_bytes(mail(**changes))
    assert refusal.value.permanent


@pytest.mark.parametrize("address", ["", "jane", "jane@", "@customer.example"])
def test_what_is_no_address_fails_for_good(address: str) -> None:
    with pytest.raises(DeliveryFailed) as refusal:
        to_bytes(mail(to=(MailAddress(address),)))
    assert refusal.value.permanent


def test_names_with_every_special_character_stay_names() -> None:
    name = 'Jane "J" Doe, <boss>; (x) \\ @'
    box = parsed(to_bytes(mail(to=(MailAddress("jane@customer.example", name),))))["To"]
    assert [a.addr_spec for a in box.addresses] == ["jane@customer.example"]
    assert box.addresses[0].display_name == name


def test_domains_beyond_ascii_are_written_in_ascii() -> None:
    raw = to_bytes(mail(to=(MailAddress("jane@bücher.example"),)))
    assert b"jane@xn--bcher-kva.example" in raw


def test_a_message_id_stays_on_its_line() -> None:
    identity = f"<out_{'a' * 60}.t1001.abcdefghijklmnop@a-rather-long-domain.acme.example>"
    assert f"Message-ID: {identity}\r\n".encode() in to_bytes(mail(message_id=identity))
