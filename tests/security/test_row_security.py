"""Row-level security holds even where the code forgets."""

import pytest
from sqlalchemy import inspect, text
from sqlmodel import Session, SQLModel, select

from ticketdesk import db
from ticketdesk.models import Ticket, User
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

BODY = {
    "requesterName": "John Doe",
    "requesterEmail": "john@example.com",
    "subject": "Cannot log in",
    "description": "Since today.",
}
TENANT_TABLES = sorted(
    table.name
    for table in SQLModel.metadata.tables.values()
    if "organization_id" in table.columns and table.name != "organizations"
)


def test_a_query_without_a_tenant_filter_shows_no_other_organizations_rows(
    session: Session, grace, cast
) -> None:
    create(session, grace, CreateTicket.parse(BODY))
    without_filter = select(Ticket)
    assert len(session.exec(without_filter).all()) == 1

    db.set_tenant(session, cast.globex)

    assert session.exec(without_filter).all() == []
    assert session.exec(text("SELECT count(*) FROM tickets")).scalar_one() == 0


def test_a_session_without_a_tenant_sees_nothing(session: Session) -> None:
    db.set_tenant(session, "")

    assert session.exec(select(User)).all() == []


def test_a_row_of_another_organization_cannot_be_written(session: Session, cast) -> None:
    with pytest.raises(Exception, match="row-level security"), session.begin_nested():
        session.execute(
            text(
                "INSERT INTO idempotency_keys"
                " (id, created_at, organization_id, scope, key, fingerprint)"
                " VALUES ('idem_x', now(), :other, 'x', 'x', 'x')"
            ),
            {"other": cast.globex},
        )


def test_a_row_cannot_be_moved_to_another_organization(session: Session, grace, cast) -> None:
    create(session, grace, CreateTicket.parse(BODY))

    with pytest.raises(Exception, match="row-level security"), session.begin_nested():
        session.execute(text("UPDATE tickets SET organization_id = :other"), {"other": cast.globex})


def test_another_organizations_rows_cannot_be_changed_or_deleted(
    session: Session, grace, cast
) -> None:
    create(session, grace, CreateTicket.parse(BODY))
    db.set_tenant(session, cast.globex)

    assert session.execute(text("UPDATE tickets SET subject = 'x'")).rowcount == 0
    assert session.execute(text("DELETE FROM tickets")).rowcount == 0


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_every_tenant_table_is_isolated(session: Session, table: str) -> None:
    enabled = session.execute(
        text("SELECT relrowsecurity FROM pg_class WHERE oid = CAST(:name AS regclass)"),
        {"name": table},
    ).scalar_one()
    policies = session.execute(
        text(
            "SELECT CAST(roles AS text[]), cmd, qual, with_check FROM pg_policies"
            " WHERE tablename = :name"
        ),
        {"name": table},
    ).all()

    assert enabled
    (tenant,) = [policy for policy in policies if list(policy[0]) == [db.APP_ROLE]]
    assert tenant.cmd == "ALL"
    for condition in (tenant.qual, tenant.with_check):
        assert condition.startswith("(organization_id = current_setting("), condition


def test_every_table_with_an_organization_is_known_to_this_test(session: Session) -> None:
    inspector = inspect(session.connection())

    in_database = {
        name
        for name in inspector.get_table_names()
        if any(column["name"] == "organization_id" for column in inspector.get_columns(name))
    }

    assert in_database == set(TENANT_TABLES)


def test_neither_role_can_bypass_the_policies_or_own_a_table(session: Session) -> None:
    roles = session.execute(
        text(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname IN ('ticketdesk_app', 'ticketdesk_system')"
        )
    ).all()
    owned = session.execute(
        text(
            "SELECT tablename FROM pg_tables"
            " WHERE tableowner IN ('ticketdesk_app', 'ticketdesk_system')"
        )
    ).all()

    assert len(roles) == 2
    assert not any(flag for role in roles for flag in role[1:])
    assert owned == []


def test_the_function_behind_the_search_keeps_to_its_tenant(session: Session, grace, cast) -> None:
    create(session, grace, CreateTicket.parse(BODY))
    found = text("SELECT * FROM tickets_matching(to_tsquery('simple', 'log'), true, 10)")
    assert len(session.execute(found).all()) == 1

    db.set_tenant(session, cast.globex)

    assert session.execute(found).all() == []


def test_the_function_behind_a_search_in_order_keeps_to_its_tenant(session, grace, cast) -> None:
    create(session, grace, CreateTicket.parse(BODY))
    found = text("SELECT id FROM tickets_found(to_tsquery('simple', 'log'), true)")
    assert len(session.execute(found).all()) == 1

    db.set_tenant(session, cast.globex)

    assert session.execute(found).all() == []
