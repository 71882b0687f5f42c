"""DKIM keys are made in the app; only their public half ever leaves it."""

import dkim
import pytest
from sqlmodel import Session

from tests.adapters.email.mails import mail
from ticketdesk.actor import Actor
from ticketdesk.adapters.email import mime
from ticketdesk.adapters.email.dkim_signing import DkimKey, sign
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.services.mail import accounts, dkim_keys


def test_the_record_verifies_what_the_key_signs(session: Session, ada: Actor) -> None:
    made = dkim_keys.generate(session, ada, "Acme.Example", "desk")
    assert made.name == "desk._domainkey.acme.example"
    assert dkim_keys.read(session, ada) == made
    key = DkimKey(**accounts.read(session, ada.organization_id)["dkim"])
    signed = sign(mime.to_bytes(mail()), key)
    assert dkim.verify(signed, dnsfunc=lambda name, timeout=5: made.value.encode())
    assert "PRIVATE" not in str(made.wire())


def test_a_key_is_forgotten_and_impossible_names_are_refused(session: Session, ada: Actor) -> None:
    dkim_keys.generate(session, ada, "acme.example", "desk")
    dkim_keys.forget(session, ada)
    assert dkim_keys.read(session, ada) is None
    with pytest.raises(Invalid):
        dkim_keys.generate(session, ada, "acme.example", "two words")


@pytest.mark.parametrize(
    ("domain", "selector", "wrong"),
    [
        ("", "desk", "domain"),
        ("no domain", "desk", "domain"),
        ("localhost", "desk", "domain"),
        ("-x.example", "desk", "domain"),
        ("acme.example", "two words", "selector"),
        ("acme.example", "a..b", "selector"),
        ("acme.example", ".", "selector"),
    ],
)
def test_names_are_judged_without_making_a_key(
    session: Session, ada: Actor, domain: str, selector: str, wrong: str
) -> None:
    with pytest.raises(Invalid) as refused:
        dkim_keys.judge(session, ada, domain, selector)
    assert set(refused.value.fields) == {wrong}
    names = dkim_keys.judge(session, ada, " Acme.Example ", "desk.2026")
    assert (names.domain, names.selector) == ("acme.example", "desk.2026")
    assert dkim_keys.read(session, ada) is None


def test_agents_make_none(session: Session, grace: Actor) -> None:
    with pytest.raises(Forbidden):
        dkim_keys.generate(session, grace, "acme.example", "desk")
