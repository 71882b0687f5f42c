"""How mail comes in is set in the app: addresses to copy, secrets kept and never shown."""

import pytest

from ticketdesk.errors import Forbidden, Invalid
from ticketdesk.services.desk import settings_email, settings_inbound
from ticketdesk.services.mail import accounts, dkim_keys

BOX = {"host": "imap.acme.example", "port": "993", "username": "desk", "imapPassword": "s3cret"}


def stored(session, actor) -> dict:
    return accounts.read(session, actor.organization_id)


def test_a_mailbox_is_kept_and_its_password_never_shown(session, ada):
    settings_inbound.save_mailbox(session, ada, BOX)
    shown = settings_inbound.read(session, ada)
    assert shown.mailbox["host"] == "imap.acme.example"
    assert shown.kept == ["imapPassword"]
    assert "s3cret" not in str(shown.wire())
    settings_inbound.save_mailbox(session, ada, BOX | {"imapPassword": "", "folder": "Support"})
    assert stored(session, ada)["mailbox"]["imap_password"] == "s3cret"
    settings_inbound.save_mailbox(session, ada, BOX | {"host": ""})
    assert "mailbox" not in stored(session, ada)


def test_a_mailbox_needs_a_password_and_a_host_outside(session, ada, monkeypatch):
    from ticketdesk.settings import settings

    with pytest.raises(Invalid) as caught:
        settings_inbound.save_mailbox(session, ada, BOX | {"imapPassword": ""})
    assert "mailbox.imapPassword" in caught.value.fields
    monkeypatch.setenv("TICKETDESK_MAIL_NETWORKS", "")
    settings.cache_clear()
    with pytest.raises(Invalid) as caught:
        settings_inbound.save_mailbox(session, ada, BOX | {"host": "127.0.0.1"})
    assert "TICKETDESK_MAIL_NETWORKS" in caught.value.fields["mailbox.host"]
    monkeypatch.undo()
    settings.cache_clear()


def test_each_provider_has_its_address_and_its_proof(session, ada):
    shown = settings_inbound.read(session, ada)
    assert shown.addresses["mailgun"].endswith("?provider=mailgun&organizationId=acme")
    assert set(shown.events) == {"sendgrid", "postmark", "ses"}
    assert set(shown.steps) == set(shown.addresses)
    settings_inbound.save_proofs(session, ada, "postmark", {"user": "pm", "password": "s3cret"})
    settings_inbound.save_proofs(session, ada, "mailgun", {"signingKey": "key-1"})
    settings_inbound.save_proofs(session, ada, "postmark", {"user": "pm2", "password": ""})
    kept = stored(session, ada)["inbound"]
    assert kept == {"user": "pm2", "password": "s3cret", "signing_key": "key-1"}
    assert settings_inbound.read(session, ada).kept == ["password", "signingKey"]
    with pytest.raises(Invalid):
        settings_inbound.save_proofs(session, ada, "nobody", {})


def test_saving_one_part_of_the_account_keeps_the_others(session, ada):
    settings_inbound.save_mailbox(session, ada, BOX)
    dkim_keys.generate(session, ada, "acme.example", "desk")
    settings_email.save(session, ada, {}, {"host": "mx.acme.example"}, version=1)
    settings_inbound.save_proofs(session, ada, "mailgun", {"signingKey": "key-1"})
    assert set(stored(session, ada)) == {"host", "mailbox", "dkim", "inbound"}
    assert "BEGIN" in stored(session, ada)["dkim"]["private_key"]


def test_agents_do_not_get_in(session, grace):
    with pytest.raises(Forbidden):
        settings_inbound.read(session, grace)
