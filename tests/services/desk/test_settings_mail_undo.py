"""A save of how mail goes out or comes in is taken back, secrets included."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.errors import Conflict, Forbidden
from ticketdesk.models import AuditEntry
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import settings_email, settings_inbound
from ticketdesk.services.desk.settings_before import Before, saving, take_back
from ticketdesk.services.mail import accounts, dkim_keys

BOX = {"host": "imap.acme.example", "username": "desk", "imapPassword": "s3cret", "useTls": True}


def saved(session: Session, actor: Actor, verb: Any, *given: Any, **named: Any) -> Before:
    done = saving(session, actor, "mail", "", verb, *given, **named)
    assert done.before is not None
    return done.before


def test_a_mailbox_comes_back_with_its_password(session: Session, ada: Actor) -> None:
    saved(session, ada, settings_inbound.save_mailbox, BOX)
    before = saved(session, ada, settings_inbound.save_mailbox, {"host": ""})
    assert accounts.read(session, ada.organization_id) == {}
    take_back(session, ada, before)
    assert accounts.read(session, ada.organization_id)["mailbox"]["imap_password"] == "s3cret"
    told = session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id).desc())).first()
    assert told == "mail.account_taken_back"
    with pytest.raises(Conflict):
        take_back(session, ada, before)


def test_settings_and_account_of_one_save_come_back_together(session: Session, ada: Actor) -> None:
    _, version = ticket_settings.read(session, ada)
    smtp = {"host": "mx.acme.example", "password": "s3cret"}
    wanted = {"provider": "smtp", "fromEmail": "help@acme.example"}
    before = saved(session, ada, settings_email.save, wanted, smtp, version=version)
    take_back(session, ada, before)
    config = ticket_settings.read(session, ada)[0].email_config
    assert (config.provider, accounts.read(session, ada.organization_id)) == ("console", {})


def test_a_key_that_signs_comes_back_and_only_to_admins(
    session: Session, ada: Actor, grace: Actor
) -> None:
    made = dkim_keys.generate(session, ada, "acme.example", "desk")
    before = saved(session, ada, dkim_keys.forget)
    with pytest.raises(Forbidden):
        take_back(session, grace, before)
    take_back(session, ada, before)
    assert dkim_keys.read(session, ada) == made


def test_nothing_is_offered_to_be_taken_back_where_nothing_changed(
    session: Session, ada: Actor
) -> None:
    saved(session, ada, settings_inbound.save_mailbox, BOX)
    same = BOX | {"imapPassword": ""}
    again = saving(session, ada, "mail", "", settings_inbound.save_mailbox, same)
    assert again.before is None
