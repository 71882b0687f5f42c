"""Composed mails: complete in seven languages, safe, and threaded."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from ticketdesk.adapters.email.mail import MailAddress
from ticketdesk.services.mail.compose import Letter
from ticketdesk.services.mail.languages import AVAILABLE, choose
from ticketdesk.services.mail.signing import Signer, derive_key
from ticketdesk.services.mail.views import MailDesk, MailIdentity, MailResponse, MailTicket

SIGNER = Signer(derive_key(b"k" * 32, "mail"), "org_acme")
IDENTITY = MailIdentity("out_1", datetime(2026, 3, 2, 11, 0, tzinfo=UTC), ("<0@c.example>",))
RESPONSE = MailResponse(
    "resp_1", "<p>Try <b>again</b> &amp; tell</p>", "Try again & tell", "Grace Hopper"
)


def desk(**changes: object) -> MailDesk:
    given = {
        "organization_id": "org_acme",
        "name": "Acme",
        "from_email": "support@acme.example",
        "from_name": "Acme Support",
        "reply_to_email": "help@acme.example",
        "base_url": "https://desk.example",
        "signature": "Acme Support\nMon to Fri",
    } | changes
    return MailDesk(**given)  # type: ignore[arg-type]


def ticket(**changes: object) -> MailTicket:
    given = {
        "id": "ticket_1",
        "number": 1001,
        "subject": "Cannot log in",
        "status": "RESOLVED",
        "priority": "HIGH",
        "requester_name": "Jane Doe",
        "requester_email": "jane@customer.example",
        "tracking_url": "https://desk.example/track/1001-x",
        "view_url": "https://desk.example/app/tickets/ticket_1",
        "description_html": "<p>White page</p>",
        "description_text": "White page",
        "requester_verified": True,
    } | changes
    return MailTicket(**given)  # type: ignore[arg-type]


def letter(**changes: object) -> Letter:
    return Letter(desk(), ticket(**changes), SIGNER)


GRACE = MailAddress("grace@acme.example", "Grace Hopper")
ALL = {
    "created": lambda it: it.created(IDENTITY),
    "response": lambda it: it.response(IDENTITY, RESPONSE),
    "status": lambda it: it.status_changed(IDENTITY),
    "assigned": lambda it: it.assigned(IDENTITY, GRACE, "Ada"),
    "mentioned": lambda it: it.mentioned(IDENTITY, GRACE, "Ada", RESPONSE),
    "replied": lambda it: it.replied(IDENTITY, GRACE, "Jane", RESPONSE),
    "overdue": lambda it: it.overdue(IDENTITY, GRACE, "11:00"),
    "sla": lambda it: it.sla_warning(IDENTITY, GRACE, "11:00"),
    "survey": lambda it: it.survey(
        IDENTITY, {"good": "https://g", "bad": "https://b", "stop": "https://s"}
    ),
    "auto_reply": lambda it: it.auto_reply(IDENTITY, RESPONSE),
}


@pytest.mark.parametrize("language", AVAILABLE)
@pytest.mark.parametrize("kind", ALL)
def test_every_kind_is_whole_in_every_language(kind: str, language: str) -> None:
    mail = ALL[kind](Letter(desk(language=language), ticket(language=language), SIGNER))
    assert "#1001" in mail.subject
    for body in (mail.text, mail.html):
        assert (
            "{" not in body.replace("@media (prefers-color-scheme: dark) {", "").split("<body")[-1]
        )
        assert "https://" in body
    assert f'lang="{language}"' in mail.html
    assert 'style="' in mail.html, "the CSS is inlined"
    assert "prefers-color-scheme: dark" in mail.html


@pytest.mark.parametrize("language", AVAILABLE)
def test_every_language_has_every_phrase_with_the_same_gaps(language: str) -> None:
    folder = files("ticketdesk.services.mail") / "locales"
    english, other = (
        json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("en", language)
    )
    # Subjects without words of their own are the same everywhere.
    assert {k for k in english if k not in other} <= {k for k in english if "subject" in k}
    for key, phrase in other.items():
        gaps = {gap for gap in ("{number}", "{subject}", "{name}", "{author}") if gap in phrase}
        assert gaps == {
            g for g in ("{number}", "{subject}", "{name}", "{author}") if g in english[key]
        }


def test_agents_are_written_to_in_the_desks_language() -> None:
    foreign = letter(language="de")
    assert "zugewiesen" not in foreign.assigned(IDENTITY, GRACE, "Ada").text
    assert "Guten Tag" in foreign.created(IDENTITY).text


def test_an_unverified_address_gets_nothing_the_submitter_wrote() -> None:
    mail = letter(requester_verified=False, requester_name="Buy now", subject="Pills").created(
        IDENTITY
    )
    for piece in (mail.subject, mail.text, mail.html, mail.to[0].name):
        assert "Pills" not in piece
        assert "Buy" not in piece
        assert "White page" not in piece
    assert "https://desk.example/track/1001-x" in mail.text


def test_markup_in_names_and_subjects_stays_text() -> None:
    mail = letter(subject="<script>x</script>", requester_name="<b>J</b>").created(IDENTITY)
    assert "<script>" not in mail.html
    assert "&lt;b&gt;J&lt;/b&gt;" in mail.html


def test_line_breaks_in_names_and_subjects_become_spaces() -> None:
    mail = letter(subject="a\r\nBcc: x@y.example", requester_name="J\nane").created(IDENTITY)
    assert mail.subject == "Ticket #1001: a Bcc: x@y.example"
    assert mail.to[0].name == "J ane"


def test_the_thread_and_the_ways_back_are_signed() -> None:
    mail = letter().response(IDENTITY, RESPONSE)
    assert mail.in_reply_to == "<0@c.example>"
    assert SIGNER.read_message_id(mail.message_id) == ("out_1", 1001)
    assert SIGNER.read_plus(mail.reply_to.email) == ("t", 1001)
    assert mail.reply_to.email.startswith("help+t1001.")
    assert SIGNER.read_plus(mail.envelope_from) == ("b", 1001)
    assert mail.sender.name == "Grace Hopper (Acme Support)"


def test_a_bounce_address_of_another_domain_would_break_spf() -> None:
    other = Letter(desk(reply_to_email="acme@inbound.example"), ticket(), SIGNER)
    assert other.created(IDENTITY).envelope_from == "support@acme.example"


def test_a_mailbox_without_plus_addresses_is_used_bare() -> None:
    plain = Letter(desk(plus_addressing=False), ticket(), SIGNER).created(IDENTITY)
    assert plain.reply_to.email == "help@acme.example"


def test_only_people_write_without_the_marks_of_machines() -> None:
    for kind, compose in ALL.items():
        names = {name for name, _ in compose(letter()).headers}
        assert ("Auto-Submitted" in names) is (kind != "response"), kind
    assert ("List-Unsubscribe", "<https://s>") in ALL["survey"](letter()).headers


def test_long_threads_keep_their_first_and_latest_ids() -> None:
    long = MailIdentity("out_1", IDENTITY.at, tuple(f"<{n}@c.example>" for n in range(100)))
    references = letter().created(long).references
    assert len(references) == 20
    assert references[0] == "<0@c.example>"
    assert references[-1] == "<99@c.example>"


@pytest.mark.parametrize(
    ("wishes", "chosen"), [(("de-AT",), "de"), ((None, "pt_BR"), "pt"), (("xx", ""), "en")]
)
def test_a_language_is_the_first_wish_we_can_write(wishes: tuple, chosen: str) -> None:
    assert choose(*wishes) == chosen
