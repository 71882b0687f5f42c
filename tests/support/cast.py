"""The demo's people, as the tests meet them."""

from dataclasses import dataclass

from sqlmodel import Session, select

from ticketdesk.actor import Actor, ActorKind
from ticketdesk.models import Organization, User

PASSWORD = "ticketdesk-demo"


@dataclass(frozen=True, slots=True)
class Cast:
    """Two organizations and everybody in them; users are by first name."""

    acme: str
    globex: str
    people: dict[str, Actor]

    def __getattr__(self, first_name: str) -> Actor:
        try:
            return self.people[first_name]
        except KeyError:
            raise AttributeError(first_name) from None


def read_cast(session: Session) -> Cast:
    """Find the cast in a copy of the template, through a session of the system role."""
    slugs = {row.slug: row.id for row in session.exec(select(Organization)).all()}
    people = {
        user.email.split("@", 1)[0]: Actor(
            kind=ActorKind.USER,
            organization_id=user.organization_id,
            name=user.name,
            role=user.role,
            user_id=user.id,
            email=user.email,
        )
        for user in session.exec(select(User)).all()
    }
    return Cast(acme=slugs["acme"], globex=slugs["globex"], people=people)
