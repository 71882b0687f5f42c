"""Letting a member go and inviting one are taken back from the message on the screen."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import select

from tests.services.tickets.threads import row, ticket
from tests.support.cast import PASSWORD
from ticketdesk import clock as moments
from ticketdesk import outbox, unit_of_work
from ticketdesk.errors import Conflict, Forbidden, NotFound
from ticketdesk.jobs import desk as jobs
from ticketdesk.models import Session, TeamMember, User
from ticketdesk.services import audit, auth, teams
from ticketdesk.services.desk import undo
from ticketdesk.services.people import change, invite, inviting, undo_deactivation
from ticketdesk.services.people.invite import Invite
from ticketdesk.services.sealing import unseal
from ticketdesk.services.teams import TeamInput

pytestmark = pytest.mark.usefixtures("redis", "clock")


def take_back(session, actor, kind, what):
    return undo.take_back(session, actor, kind, [what, "page"])


def invited(session, ada, **values):
    body = {"email": "kay@acme.example", "name": "Kay", "role": "AGENT", **values}
    return inviting.invite_revocably(session, ada, Invite.parse(body))


@pytest.mark.parametrize("to_grace", [True, False])
def test_who_was_let_go_is_back_with_the_tickets_that_were_handed_over(
    session, ada, grace, linus, to_grace
):
    heir = grace.user_id if to_grace else None
    theirs = ticket(session, grace, assignedToId=linus.user_id)
    moved_on = ticket(session, grace, assignedToId=linus.user_id)
    always_the_heirs = ticket(session, grace, assignedToId=heir)
    change.deactivate(session, ada, linus.user_id, hand_over_to=heir)
    assert change.hand_over(session, ada, linus.user_id, heir)
    row(session, moved_on.id).assigned_to_id = ada.user_id

    said = take_back(session, ada, "deactivation", linus.user_id)

    assert "is back, with the tickets of before" in said
    assert session.get(User, linus.user_id).is_active
    holders = [row(session, t.id).assigned_to_id for t in (theirs, moved_on, always_the_heirs)]
    assert holders == [linus.user_id, ada.user_id, heir]
    assert audit.list_entries(session, ada).items[0].action == "member.reactivated"


def test_what_was_not_handed_over_yet_stays_with_them(session, ada, grace, linus):
    theirs = ticket(session, grace, assignedToId=linus.user_id)
    change.deactivate(session, ada, linus.user_id, hand_over_to=grace.user_id)
    take_back(session, ada, "deactivation", linus.user_id)

    assert outbox.claim(session, change.HAND_OVER) == []
    assert change.hand_over(session, ada, linus.user_id, grace.user_id)
    assert row(session, theirs.id).assigned_to_id == linus.user_id


def test_beyond_a_batch_a_job_goes_on_and_repeats_nothing(database, ada, grace, linus, monkeypatch):
    monkeypatch.setattr(undo_deactivation, "BATCH", 2)
    run = partial(unit_of_work.as_actor, ada)
    theirs = [run(ticket, assignedToId=linus.user_id).id for _ in range(5)]
    run(change.deactivate, linus.user_id, hand_over_to=grace.user_id)
    run(change.hand_over, linus.user_id, grace.user_id)

    run(undo.take_back, "deactivation", [linus.user_id, "page"])
    claimed = partial(outbox.claim, subscriber=undo_deactivation.HAND_BACK)
    (promise,) = unit_of_work.across(claimed)
    for _ in range(2):
        until = moments.now() + timedelta(seconds=30)
        jobs.hand_back(ada.organization_id, [promise], until)

    assert {run(row_of, each) for each in theirs} == {linus.user_id}
    assert unit_of_work.across(claimed) == []


def row_of(session, _actor, ticket_id):
    return row(session, ticket_id).assigned_to_id


def test_sessions_stay_ended_and_teams_were_never_left(session, ada, linus):
    member = session.get(User, linus.user_id)
    auth.start_session(session, member, ip_address=None, user_agent=None)
    team = teams.create(session, ada, TeamInput(name="Bulbs", member_ids=[linus.user_id]))
    change.deactivate(session, ada, linus.user_id)
    take_back(session, ada, "deactivation", linus.user_id)
    in_team = session.exec(select(TeamMember.user_id).where(TeamMember.team_id == team.id)).all()
    assert in_team == [linus.user_id]
    theirs = session.exec(select(Session).where(Session.user_id == linus.user_id)).all()
    assert theirs
    assert all(one.revoked_at for one in theirs)


def test_a_deactivation_is_taken_back_once_and_by_admins(session, ada, grace, linus):
    change.deactivate(session, ada, linus.user_id)
    with pytest.raises(Forbidden):
        take_back(session, grace, "deactivation", linus.user_id)
    take_back(session, ada, "deactivation", linus.user_id)
    with pytest.raises(Conflict, match="back already"):
        take_back(session, ada, "deactivation", linus.user_id)
    with pytest.raises(NotFound):
        take_back(session, ada, "deactivation", "user_unknown")


def test_an_invitation_is_withdrawn_before_its_mail_leaves(session, ada, clock):
    made = invited(session, ada)
    assert outbox.claim(session, invite.SUBSCRIBER) == []

    assert take_back(session, ada, "invitation", made) == "Kay is not invited; no mail left"

    clock.shift(inviting.WAITS)
    assert outbox.claim(session, invite.SUBSCRIBER) == []
    assert session.get(User, made.user_id) is None
    assert audit.list_entries(session, ada).items[0].action == "member.invitation_withdrawn"
    with pytest.raises(Conflict, match="withdrawn before"):
        take_back(session, ada, "invitation", made)
    assert invited(session, ada).before is None


def test_the_link_of_a_mail_that_has_left_opens_nothing(session, system_session, ada, clock):
    made = invited(system_session, ada)
    clock.shift(inviting.WAITS)
    (promise,) = outbox.claim(system_session, invite.SUBSCRIBER)
    token = unseal(promise.payload["sealedToken"])

    said = take_back(system_session, ada, "invitation", made)

    assert said.endswith("the link in their mail opens nothing")
    with pytest.raises(NotFound):
        invite.accept(system_session, token, "a long enough one")


def test_a_customer_who_was_invited_is_a_customer_again(session, ada, jane):
    before = session.get(User, jane.user_id)
    facts = (before.name, before.role, before.is_active)
    before.password_hash = before.email_verified_at = None
    made = invited(session, ada, email=before.email, name="Jane the agent")
    assert session.get(User, jane.user_id).role == "AGENT"

    take_back(session, ada, "invitation", made)

    after = session.get(User, jane.user_id)
    assert (after.name, after.role, after.is_active) == facts


def test_whoever_has_accepted_stays(system_session, ada, clock):
    made = invited(system_session, ada)
    clock.shift(inviting.WAITS)
    (promise,) = outbox.claim(system_session, invite.SUBSCRIBER)
    invite.accept(system_session, unseal(promise.payload["sealedToken"]), PASSWORD)

    with pytest.raises(Conflict, match="accepted already"):
        take_back(system_session, ada, "invitation", made)
    assert system_session.get(User, made.user_id).is_active


def test_whoever_is_gone_is_not_deactivated_once_more(session, ada, grace, linus):
    change.deactivate(session, ada, grace.user_id, hand_over_to=linus.user_id)
    with pytest.raises(Conflict, match="deactivated already"):
        change.deactivate(session, ada, grace.user_id)
