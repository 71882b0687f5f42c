"""Inviting, changing and letting members go."""

import pytest
from sqlmodel import select

from tests.services.tickets.threads import row, ticket
from tests.support.cast import PASSWORD
from ticketdesk.errors import Conflict, Forbidden, Invalid, NotFound, Stale, Unauthenticated
from ticketdesk.models import OutboxEvent, Session, User
from ticketdesk.services import audit, auth, one_time_tokens, password_reset
from ticketdesk.services.people import change, directory, invite
from ticketdesk.services.people.change import UpdateMember
from ticketdesk.services.people.invite import Invite
from ticketdesk.services.sealing import unseal

pytestmark = pytest.mark.usefixtures("redis", "clock")


def new_member(session, ada, **values):
    body = {"email": "kay@acme.example", "name": "Kay", "role": "AGENT", **values}
    return invite.invite(session, ada, Invite.parse(body))


def sent_token(session, subscriber):
    rows = session.exec(select(OutboxEvent).where(OutboxEvent.subscriber == subscriber)).all()
    return unseal(max(rows, key=lambda r: r.id).payload["sealedToken"])


def actions(session, ada):
    return [line.action for line in audit.list_entries(session, ada).items]


def test_an_invited_member_chooses_a_password_with_the_link_and_signs_in(
    session, system_session, ada
):
    new_member(system_session, ada)
    token = sent_token(system_session, invite.SUBSCRIBER)
    with pytest.raises(Invalid):
        invite.accept(system_session, token, "short")
    assert invite.accept(system_session, token, "a long enough one") == "kay@acme.example"
    assert auth.sign_in(system_session, "kay@acme.example", "a long enough one")
    with pytest.raises(NotFound):
        invite.accept(system_session, token, "another long one")


def test_a_second_invitation_makes_the_first_link_useless(system_session, ada):
    made = new_member(system_session, ada)
    first = sent_token(system_session, invite.SUBSCRIBER)
    invite.invite_again(system_session, ada, made.id)
    with pytest.raises(NotFound):
        invite.accept(system_session, first, "a long enough one")


def test_a_link_expires(system_session, clock, ada):
    new_member(system_session, ada)
    token = sent_token(system_session, invite.SUBSCRIBER)
    clock.shift(one_time_tokens.LASTS["INVITATION"])
    with pytest.raises(NotFound):
        invite.accept(system_session, token, "a long enough one")


def test_only_admins_invite_and_nobody_is_invited_twice(session, ada, grace):
    with pytest.raises(Forbidden):
        new_member(session, grace)
    with pytest.raises(Conflict):
        new_member(session, ada, email="grace@acme.example")


def test_a_change_of_role_ends_the_sessions(system_session, ada, grace):
    auth.sign_in(system_session, "grace@acme.example", PASSWORD)
    change.update(system_session, ada, grace.user_id, UpdateMember(role="CUSTOMER"))
    living = system_session.exec(
        select(Session).where(Session.user_id == grace.user_id, Session.revoked_at.is_(None))
    ).all()
    assert living == []


def test_a_customer_who_is_invited_is_no_agent_before_they_accept(system_session, ada, jane):
    auth.sign_in(system_session, "jane@customer.example", PASSWORD)
    user = system_session.get(User, jane.user_id)
    user.password_hash = None
    system_session.flush()
    new_member(system_session, ada, email="jane@customer.example", name="Jane")
    living = select(Session).where(Session.user_id == jane.user_id, Session.revoked_at.is_(None))
    assert system_session.exec(living).all() == []


def test_an_invitation_changes_nobody_who_signs_in_without_a_password(system_session, ada, grace):
    user = system_session.get(User, grace.user_id)
    user.password_hash, user.email_verified_at, user.role = None, user.created_at, "ADMIN"
    system_session.flush()
    with pytest.raises(Conflict):
        new_member(system_session, ada, email="grace@acme.example")


def test_a_chosen_password_leaves_no_other_link_behind(system_session, ada):
    new_member(system_session, ada)
    invitation = sent_token(system_session, invite.SUBSCRIBER)
    password_reset.send(system_session, "kay@acme.example")
    link = sent_token(system_session, password_reset.SUBSCRIBER)
    password_reset.reset(system_session, link, "a long enough one")
    with pytest.raises(NotFound):
        invite.accept(system_session, invitation, "another long one")


def test_a_link_that_was_on_its_way_ends_with_the_membership(system_session, ada, grace):
    password_reset.send(system_session, "grace@acme.example")
    link = sent_token(system_session, password_reset.SUBSCRIBER)
    change.deactivate(system_session, ada, grace.user_id)
    with pytest.raises(NotFound):
        password_reset.reset(system_session, link, "a long enough one")


def test_the_last_admin_stays(session, ada):
    with pytest.raises(Conflict, match="last admin"):
        change.update(session, ada, ada.user_id, UpdateMember(role="AGENT"))
    with pytest.raises(Conflict, match="yourself"):
        change.deactivate(session, ada, ada.user_id)


def test_who_leaves_cannot_sign_in_and_the_open_tickets_are_handed_over(session, ada, grace, linus):
    one = ticket(session, grace, assignedToId=linus.user_id)
    change.deactivate(session, ada, linus.user_id, hand_over_to=grace.user_id)
    assert change.hand_over(session, ada, linus.user_id, grace.user_id)
    assert row(session, one.id).assigned_to_id == grace.user_id
    assert session.get(User, linus.user_id).is_active is False
    assert "member.deactivated" in actions(session, ada)


def test_agents_change_their_own_availability_and_nothing_else(session, grace, linus):
    assert not change.update(
        session, grace, grace.user_id, UpdateMember(is_available=False)
    ).is_available
    with pytest.raises(Forbidden):
        change.update(session, grace, linus.user_id, UpdateMember(is_available=False))
    with pytest.raises(Forbidden):
        change.update(session, grace, grace.user_id, UpdateMember(role="ADMIN"))


def test_an_admin_sets_when_a_member_works_and_how_much_they_take(session, ada, grace):
    hours = {"timezone": "Europe/Berlin", "weekly": {"mon": [["09:00", "13:00"]]}}
    wanted = UpdateMember.parse({"capacity": 5, "workingHours": hours})
    change.update(session, ada, grace.user_id, wanted)

    known = next(one for one in directory.list_colleagues(session, ada) if one.id == grace.user_id)
    assert known.capacity == 5
    assert known.working_hours["weekly"] == {"mon": [["09:00", "13:00"]]}
    assert audit.list_entries(session, ada).items[0].after["capacity"] == 5

    change.update(session, ada, grace.user_id, UpdateMember(capacity=None, working_hours=None))
    known = next(one for one in directory.list_colleagues(session, ada) if one.id == grace.user_id)
    assert (known.capacity, known.working_hours) == (None, {})


def test_hours_that_overlap_and_a_capacity_of_none_are_refused(session):
    shifts = {
        "timezone": "Europe/Berlin",
        "weekly": {"mon": [["09:00", "13:00"], ["12:00", "14:00"]]},
    }
    with pytest.raises(Invalid) as refused:
        UpdateMember.parse({"capacity": 0, "workingHours": shifts})
    assert set(refused.value.fields) == {"capacity", "workingHours.weekly"}


def test_two_admins_do_not_overwrite_each_other(session, ada, grace):
    change.update(session, ada, grace.user_id, UpdateMember(capacity=5), version=1)
    with pytest.raises(Stale):
        change.update(session, ada, grace.user_id, UpdateMember(capacity=6), version=1)


def test_a_forgotten_password_is_reset_with_a_link_and_every_session_ends(system_session, grace):
    before = auth.sign_in(system_session, "grace@acme.example", PASSWORD)
    password_reset.send(system_session, "Grace@acme.example")
    token = sent_token(system_session, password_reset.SUBSCRIBER)
    password_reset.reset(system_session, token, "a brand new one")
    with pytest.raises(Unauthenticated):
        auth.sign_in(system_session, "grace@acme.example", PASSWORD)
    assert auth.sign_in(system_session, "grace@acme.example", "a brand new one")
    ended = system_session.exec(select(Session).where(Session.user_id == grace.user_id)).all()
    assert [bool(s.revoked_at) for s in sorted(ended, key=lambda s: s.id)] == [True, False]
    assert before.token


def test_a_stranger_gets_the_same_answer_and_no_mail(system_session):
    password_reset.send(system_session, "nobody@nowhere.example")
    assert system_session.exec(select(OutboxEvent)).all() == []


def test_a_flood_of_resets_to_one_address_stops_after_three(redis):
    admitted = [password_reset.admit("grace@acme.example") for _ in range(6)]
    assert admitted == [True] * 3 + [False] * 3
