"""The mail account: sealed at rest, its secrets never shown again."""

import pytest
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.models import AuditEntry, MailAccount
from ticketdesk.services.mail import account_settings, accounts
from ticketdesk.services.mail.providers import build

SMTP = {"host": "mx.acme.example", "username": "desk", "password": "s3cret"}


def test_secrets_are_sealed_and_hidden(session: Session, ada: Actor) -> None:
    shown = account_settings.change(session, ada, SMTP | {"inbound": {"signingKey": "mg-key"}})
    assert shown.account == SMTP | {
        "password": "kept",
        "inbound": {"signingKey": "kept"},
    }
    sealed = session.get(MailAccount, ada.organization_id).sealed
    assert "s3cret" not in sealed
    assert accounts.read(session, ada.organization_id)["password"] == "s3cret"


def test_a_kept_secret_stays_and_a_left_out_one_goes(session: Session, ada: Actor) -> None:
    account_settings.change(session, ada, SMTP)
    account_settings.change(session, ada, SMTP | {"password": "kept", "username": "other"})
    assert accounts.read(session, ada.organization_id)["password"] == "s3cret"
    account_settings.change(session, ada, {"host": "mx.acme.example"})
    assert "password" not in accounts.read(session, ada.organization_id)


def test_a_stored_password_does_not_go_along_to_another_server(
    session: Session, ada: Actor
) -> None:
    box = {"host": "imap.acme.example", "username": "desk", "imapPassword": "b0x"}
    account_settings.change(session, ada, SMTP | {"mailbox": box})
    moved = {"host": "mx.evil.example", "password": "kept"}
    moved_box = box | {"host": "imap.evil.example", "imapPassword": "kept"}
    with pytest.raises(Invalid) as refusal:
        account_settings.change(session, ada, SMTP | moved | {"mailbox": moved_box})
    assert set(refusal.value.fields) == {"password", "mailbox.imapPassword"}
    assert accounts.read(session, ada.organization_id)["host"] == "mx.acme.example"


def test_the_audit_log_tells_who_changed_it_and_no_secret(session: Session, ada: Actor) -> None:
    account_settings.change(session, ada, SMTP | {"inbound": {"signingKey": "mg-key"}})
    account_settings.change(session, ada, SMTP | {"password": "n3wer", "port": 465})
    account_settings.change(session, ada, SMTP | {"password": "kept", "port": 465})
    entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
    assert [e.action for e in entries] == ["mail.account_changed"] * 2
    assert entries[0].after == SMTP | {"password": "kept", "inbound": {"signing_key": "kept"}}
    assert entries[1].after["port"] == 465
    told = repr([(e.before, e.after) for e in entries])
    for secret in ("s3cret", "n3wer", "mg-key"):
        assert secret not in told


def test_unknown_and_impossible_values_are_named(session: Session, ada: Actor) -> None:
    with pytest.raises(Invalid) as refusal:
        account_settings.change(session, ada, {"port": 99999, "nonsense": 1})
    assert set(refusal.value.fields) == {"port", "nonsense"}


def test_only_admins_see_it(session: Session, grace: Actor) -> None:
    for call in (account_settings.read, lambda s, a: account_settings.change(s, a, {})):
        with pytest.raises(Forbidden):
            call(session, grace)


@pytest.mark.parametrize("name", ["console", "smtp", "ses", "sendgrid", "postmark"])
def test_every_provider_can_be_built_from_an_account(name: str) -> None:
    account = SMTP | {"api_key": "k", "token": "t", "region": "eu-west-1", "inbound": {}}
    provider = build(name, account)
    assert provider.name == name
    assert provider.setup_webhook("acme").url.endswith(f"provider={name}&organizationId=acme")
