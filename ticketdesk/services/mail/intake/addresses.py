"""What mail proves about addresses: somebody reads them, or they take none."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from ticketdesk import clock
from ticketdesk.ids import new_id
from ticketdesk.models import MailAddress, User


def verified(session: Session, organization_id: str, email: str) -> None:
    """Remember that the reader of this address answered a mail of ours; it delivers, too."""
    now = clock.now()
    row = insert(MailAddress).values(
        id=new_id("addr"),
        created_at=now,
        organization_id=organization_id,
        email=email,
        verified_at=now,
    )
    session.execute(
        row.on_conflict_do_update(
            index_elements=["organization_id", "email"],
            set_={"verified_at": now, "undeliverable_at": None, "words": None},
        )
    )
    session.execute(update(User).where(col(User.email) == email).values(undeliverable_at=None))


def undeliverable(session: Session, organization_id: str, email: str, words: str) -> None:
    """Remember that an address takes no mail for good.

    Only for a mail of ours that is known to have gone there: reports can be forged.
    """
    now = clock.now()
    row = insert(MailAddress).values(
        id=new_id("addr"),
        created_at=now,
        organization_id=organization_id,
        email=email,
        undeliverable_at=now,
        words=words[:500],
    )
    session.execute(
        row.on_conflict_do_update(
            index_elements=["organization_id", "email"],
            set_={"undeliverable_at": now, "words": words[:500]},
        )
    )
    session.execute(update(User).where(col(User.email) == email).values(undeliverable_at=now))


def deliverable(session: Session, email: str) -> None:
    """Forget that an address takes no mail: somebody wants it tried again, or wrote from it."""
    forgotten = {"undeliverable_at": None, "words": None}
    known = update(MailAddress).where(
        col(MailAddress.email) == email, col(MailAddress.undeliverable_at).is_not(None)
    )
    session.execute(known.values(forgotten))
    member = update(User).where(col(User.email) == email, col(User.undeliverable_at).is_not(None))
    session.execute(member.values(undeliverable_at=None))
