"""Who stands behind an incoming mail, as the services know callers."""

from sqlmodel import Session, select

from ticketdesk.actor import Actor, ActorKind
from ticketdesk.models import User
from ticketdesk.services.mail.inbound.addresses import Address


def author_of(session: Session, organization_id: str, address: Address) -> Actor:
    """The member with this address, or a visitor under the name the mail gives."""
    user = session.exec(select(User).where(User.email == address.email)).first()
    if user is None or not user.is_active:
        name = address.name or address.email
        return Actor(ActorKind.ANONYMOUS, organization_id, name, email=address.email)
    return Actor(
        ActorKind.USER,
        organization_id,
        user.name,
        role=user.role,
        user_id=user.id,
        email=user.email,
    )


def visitor(organization_id: str, address: Address) -> Actor:
    """The sender as somebody from outside, whatever else they are: for opening a ticket."""
    name = address.name or address.email
    return Actor(ActorKind.ANONYMOUS, organization_id, name, email=address.email)
