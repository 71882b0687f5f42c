"""An organization moves whole, alone, and without its secrets."""

import json

import pytest
from sqlmodel import SQLModel, select

from tests.support.cast import Cast
from tests.support.databases import copy_of_template, pointed_at
from ticketdesk import db, unit_of_work
from ticketdesk.adapters.storage import storage
from ticketdesk.errors import Conflict, Invalid, Malformed
from ticketdesk.models import Organization, Ticket, TicketAttachment, User
from ticketdesk.services.archive import export, import_, layout

PHOTO = bytes(range(256))


def exported(organization_id: str) -> list[str]:
    with db.system_session() as session:
        return list(export.lines(session, organization_id))


def imported(lines: list[str], **options: str) -> dict[str, int]:
    return unit_of_work.across(import_.load, lines, **options)


@pytest.fixture
def archive(database: str, cast: Cast) -> list[str]:
    """Acme with a ticket that was merged into a later one."""
    with db.tenant_session(cast.acme) as session:
        for number, own in enumerate(("ticket_a", "ticket_b"), start=1001):
            session.add(
                Ticket(
                    id=own,
                    organization_id=cast.acme,
                    ticket_number=number,
                    subject="Printer ↯ on fire",
                    description="It burns.",
                    requester_email="jane@customer.example",
                    requester_name="Jane",
                    requester_id=cast.jane.user_id,
                    tags=["hot"],
                )
            )
        session.flush()
        key = f"{cast.acme}/ab/photo"
        storage().put(key, [PHOTO[:100], PHOTO[100:]])
        session.add(
            TicketAttachment(
                id="file_photo",
                organization_id=cast.acme,
                ticket_id="ticket_a",
                filename="photo.png",
                original_name="photo.png",
                mime_type="image/png",
                size=len(PHOTO),
                sha256="ab",
                storage_key=key,
            )
        )
        session.get_one(Ticket, "ticket_a").merged_into_id = "ticket_b"
        session.commit()
    return exported(cast.acme)


@pytest.fixture
def other_installation(archive, worker_id: str):
    with db.system_session() as session:
        for file in session.exec(select(TicketAttachment)).all():
            storage().delete(file.storage_key)
    with copy_of_template(f"other_{worker_id}") as url, pointed_at(url):
        with db.system_session() as session:
            for organization in session.exec(select(Organization)).all():
                session.delete(organization)
            session.commit()
        yield


def test_it_arrives_as_it_left(archive, other_installation, cast: Cast) -> None:
    counts = imported(archive)

    assert exported(cast.acme)[1:] == archive[1:]
    assert (counts["organizations"], counts["tickets"]) == (1, 2)
    with db.tenant_session(cast.acme) as session:
        assert session.get_one(Ticket, "ticket_a").merged_into_id == "ticket_b"


def test_its_files_come_along(archive, other_installation, cast: Cast) -> None:
    assert imported(archive)["files"] == 1
    assert b"".join(storage().read(f"{cast.acme}/ab/photo")) == PHOTO


def test_it_leaves_alone(archive) -> None:
    assert "globex" not in "".join(archive)


def test_its_secrets_stay_behind(archive, other_installation) -> None:
    imported(archive)

    assert "argon2" not in "".join(archive)
    with db.system_session() as session:
        assert {user.password_hash for user in session.exec(select(User)).all()} == {None}


def test_every_table_of_an_organization_is_carried_or_left_out_on_purpose() -> None:
    owned = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        if "organization_id" in table.columns or table.name == "organizations"
    }
    carried = {table.name for table in layout.tables()}

    assert carried | layout.LEFT_OUT == owned


def test_no_carried_column_sounds_like_a_secret() -> None:
    suspicious = [
        f"{table.name}.{column.name}"
        for table in layout.tables()
        for column in layout.columns(table)
        if any(
            word in column.name for word in ("secret", "sealed", "password", "token", "key_hash")
        )
    ]

    assert suspicious == []


def test_nothing_carried_needs_what_is_left_out() -> None:
    needed = {key.column.table.name for table in layout.tables() for key in table.foreign_keys}

    assert needed & layout.LEFT_OUT == set()


def test_a_second_import_is_refused(archive) -> None:
    with pytest.raises(Conflict, match=r"in this installation already.*another short name"):
        imported(archive)


def test_a_taken_short_name_asks_for_another(archive, other_installation, cast: Cast) -> None:
    with db.system_session() as session:
        session.add(Organization(id="org_other", slug="acme", name="Another Acme"))
        session.commit()

    with pytest.raises(Conflict, match="--slug"):
        imported(archive)
    assert imported(archive, slug="acme-2")["organizations"] == 1


def test_an_archive_of_another_version_is_refused(archive) -> None:
    header = {**json.loads(archive[0]), "revision": "20200101_0001"}

    with pytest.raises(Invalid, match="same version"):
        imported([json.dumps(header), *archive[1:]])


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [],
        lambda lines: ["{}"],
        lambda lines: [lines[0]],
        lambda lines: [*lines[:-1], lines[-1][:20]],
        lambda lines: [*lines, '{"table":"sessions","row":{}}'],
        lambda lines: [*lines, '{"table":"users","row":{"password_hash":"x"}}'],
        lambda lines: [*lines, '{"table":"users","row":{"organization_id":"org_other"}}'],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [*lines, '{"file":"org_other/ab/photo","bytes":"AAAA"}'],
        lambda lines: [*lines[:-1], lines[-1].replace('"bytes":"', '"bytes":"?')],
    ],
    ids=[
        "empty",
        "not ours",
        "cut",
        "torn",
        "secret",
        "column",
        "foreign row",
        "headless",
        "foreign file",
        "bad bytes",
    ],
)
def test_a_damaged_archive_leaves_nothing_behind(archive, other_installation, damage) -> None:
    with pytest.raises(Malformed):
        imported(damage(archive))

    with db.system_session() as session:
        assert session.exec(select(Organization)).all() == []
