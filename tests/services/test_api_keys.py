"""API keys: what their scopes amount to, and what stays of them."""

import pytest
from sqlmodel import Session, select

from ticketdesk import unit_of_work
from ticketdesk.actor import ActorKind
from ticketdesk.errors import Forbidden, Invalid, NotFound, Unauthenticated
from ticketdesk.models import ApiKey
from ticketdesk.models.enums import UserRole
from ticketdesk.services import api_keys
from ticketdesk.services.secrets import token_hash
from ticketdesk.unit_of_work import Credential


@pytest.mark.parametrize(
    ("scopes", "role"),
    [
        (["read"], UserRole.AGENT),
        (["write"], UserRole.AGENT),
        (["admin"], UserRole.ADMIN),
        (["inbound"], None),
        (["read", "inbound"], UserRole.AGENT),
    ],
)
def test_scopes_amount_to_a_role(database, ada, scopes: list[str], role) -> None:
    token = unit_of_work.as_actor(ada, api_keys.create, name="Key", scopes=scopes).token

    actor = unit_of_work.resolve(Credential(bearer=token))

    assert (actor.kind, actor.role, actor.user_id) == (ActorKind.API_KEY, role, None)
    assert actor.key_id


def test_a_key_is_kept_as_a_hash_only(session: Session, ada) -> None:
    fresh = api_keys.create(session, ada, name="Billing", scopes=["read"])

    row = session.exec(select(ApiKey)).one()
    assert row.key_hash == token_hash(fresh.token)
    assert fresh.token not in str(row.model_dump())
    assert fresh.token.startswith(row.prefix)


def test_a_revoked_key_is_worth_nothing_at_once(database, ada) -> None:
    fresh = unit_of_work.as_actor(ada, api_keys.create, name="Key", scopes=["read"])
    unit_of_work.as_actor(ada, api_keys.revoke, fresh.key.id)

    with pytest.raises(Unauthenticated):
        unit_of_work.resolve(Credential(bearer=fresh.token))


def test_revoking_twice_keeps_the_first_moment(session: Session, ada, clock) -> None:
    key = api_keys.create(session, ada, name="Key", scopes=["read"]).key
    first = api_keys.revoke(session, ada, key.id).revoked_at
    clock.shift(60)

    assert api_keys.revoke(session, ada, key.id).revoked_at == first


def test_the_last_use_is_noted_once_a_minute(database, ada, clock) -> None:
    token = unit_of_work.as_actor(ada, api_keys.create, name="Key", scopes=["admin"]).token

    def used():
        actor = unit_of_work.resolve(Credential(bearer=token))
        return unit_of_work.as_actor(actor, api_keys.list_keys)[0].last_used_at

    first = used()
    clock.shift(30)
    assert used() == first
    clock.shift(61)
    assert used() > first


def test_unknown_scopes_and_foreign_keys_are_refused(session: Session, ada, grace, bo) -> None:
    with pytest.raises(Invalid):
        api_keys.create(session, ada, name="Key", scopes=["root"])
    with pytest.raises(Forbidden):
        api_keys.create(session, grace, name="Key", scopes=["read"])
    with pytest.raises(NotFound):
        api_keys.revoke(session, ada, "key_missing")
