"""Builds the database that every test's database is a copy of: the schema and the demo's cast."""

from sqlmodel import Session

from tests.support.cast import PASSWORD
from ticketdesk import migrations, unit_of_work
from ticketdesk.ids import new_id
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import organizations
from ticketdesk.services.secrets import hash_password

_MEMBERS = (
    ("grace@acme.example", "Grace Hopper", UserRole.AGENT),
    ("linus@acme.example", "Linus Torvalds", UserRole.AGENT),
    ("jane@customer.example", "Jane Doe", UserRole.CUSTOMER),
    ("omar@customer.example", "Omar Haddad", UserRole.CUSTOMER),
)


def _add_members(session: Session, organization_id: str) -> None:
    password_hash = hash_password(PASSWORD)
    for email, name, role in _MEMBERS:
        session.add(
            User(
                id=new_id("user"),
                organization_id=organization_id,
                email=email,
                name=name,
                role=role,
                password_hash=password_hash,
            )
        )


def main() -> None:
    """Migrate and fill the database that DATABASE_URL names."""
    migrations.migrate()
    acme = unit_of_work.across(
        organizations.init,
        name="Acme Support",
        slug="acme",
        email="ada@acme.example",
        password=PASSWORD,
        admin_name="Ada Lovelace",
        timezone="Europe/Berlin",
    )
    unit_of_work.across(_add_members, acme)
    unit_of_work.across(
        organizations.init,
        name="Globex",
        slug="globex",
        email="bo@globex.example",
        password=PASSWORD,
        admin_name="Bo Larsson",
    )


if __name__ == "__main__":
    main()
