"""Drafts: what is typed is kept for its author, and for nobody else."""

import pytest
from sqlmodel import Session

from ticketdesk.errors import Forbidden, Invalid, TooLarge
from ticketdesk.services import drafts

PLACE = "ticket:ticket_1:reply"


def test_the_last_version_is_kept(session: Session, grace) -> None:
    drafts.save(session, grace, PLACE, {"content": "Hel"})
    drafts.save(session, grace, PLACE, {"content": "Hello"})

    assert drafts.load(session, grace, PLACE) == {"content": "Hello"}


def test_a_draft_is_its_authors_alone(session: Session, grace, linus, ada) -> None:
    drafts.save(session, grace, PLACE, {"content": "Hello"})

    assert drafts.load(session, linus, PLACE) is None
    assert drafts.load(session, ada, PLACE) is None
    drafts.discard(session, linus, PLACE)
    assert drafts.load(session, grace, PLACE) == {"content": "Hello"}


def test_every_place_has_its_own(session: Session, grace) -> None:
    drafts.save(session, grace, PLACE, {"content": "Reply"})
    drafts.save(session, grace, "ticket:ticket_1:note", {"content": "Note"})

    assert drafts.load(session, grace, PLACE) == {"content": "Reply"}


def test_nothing_typed_is_no_draft(session: Session, grace) -> None:
    drafts.save(session, grace, PLACE, {"content": "Hello"})
    drafts.save(session, grace, PLACE, {"content": ""})

    assert drafts.load(session, grace, PLACE) is None


@pytest.mark.parametrize("place", ["", "ticket", "ticket:../x", "user:1", None, 5])
def test_there_are_no_other_places(session: Session, grace, place) -> None:
    with pytest.raises(Invalid):
        drafts.save(session, grace, place, {"content": "x"})


def test_a_draft_has_an_end(session: Session, grace) -> None:
    with pytest.raises(TooLarge):
        drafts.save(session, grace, PLACE, {"content": "x" * 1_000_001})


def test_customers_have_none(session: Session, jane) -> None:
    with pytest.raises(Forbidden):
        drafts.save(session, jane, PLACE, {"content": "x"})
