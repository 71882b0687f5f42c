"""Passwords given by somebody in charge: an admin, or an operator at the command line."""

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.errors import NotFound
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.services import auth
from ticketdesk.services.members import MemberView, member_view
from ticketdesk.services.secrets import hash_password
from ticketdesk.services.text import clean_email


def give(session: Session, actor: Actor, *, email: str, password: str) -> MemberView:
    """Give a member a new password and end every session that the old one started.

    Raises:
        NotFound: nobody here has this address.
        Invalid: the password is too weak.
    """
    actor.require(UserRole.ADMIN)
    address = clean_email(email, "email")
    user = session.exec(
        select(User).where(User.organization_id == actor.organization_id, User.email == address)
    ).first()
    if user is None:
        raise NotFound(f"{address} is no member.")
    user.password_hash = hash_password(password)
    user.version += 1
    session.add(user)
    session.flush()
    auth.revoke_all(session, user.id)
    return member_view(user)
