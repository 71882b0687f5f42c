"""Invitations and links to new passwords as mails."""

import pytest

from ticketdesk import outbox
from ticketdesk.services import one_time_tokens, password_reset
from ticketdesk.services.mail.account_letters import prepare
from ticketdesk.services.one_time_tokens import TokenKind
from ticketdesk.services.people import invite
from ticketdesk.services.people.invite import Invite

pytestmark = pytest.mark.usefixtures("redis", "clock")


def test_the_link_in_the_invitation_works_and_a_repeat_is_the_same_mail(system_session, ada):
    invite.invite(system_session, ada, Invite(email="kay@acme.example", name="Kay\r\nBcc: x@y.z"))
    promises = outbox.claim(system_session, invite.SUBSCRIBER)
    (entry,) = prepare(system_session, ada, promises)
    (again,) = prepare(system_session, ada, promises)
    assert entry.mail == again.mail
    assert entry.mail.to[0].email == "kay@acme.example"
    assert "\n" not in entry.mail.to[0].name
    token = entry.mail.text.split("/invitation/")[1].split()[0]
    user = one_time_tokens.holder(system_session, token, TokenKind.INVITATION, use=False)
    assert user.email == "kay@acme.example"
    assert ("Auto-Submitted", "auto-generated") in entry.mail.headers


def test_a_reset_link_says_that_it_can_be_ignored(system_session, ada):
    password_reset.send(system_session, "ada@acme.example")
    (entry,) = prepare(system_session, ada, outbox.claim(system_session, password_reset.SUBSCRIBER))
    assert "/reset/tdl_" in entry.mail.text
    assert "ignore" in entry.mail.text
