"""Taking back what a message on the screen tells of."""

from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Malformed
from ticketdesk.models.enums import UserRole
from ticketdesk.services.deleted.restore import restore
from ticketdesk.services.desk import change, compose, many, own_fields, relate, settings_before
from ticketdesk.services.desk.settings_before import Before
from ticketdesk.services.library import saved_views
from ticketdesk.services.library.saved_views import SavedViewInput, SavedViewView
from ticketdesk.services.mail.intake import held
from ticketdesk.services.people import inviting, undo_deactivation
from ticketdesk.services.people.inviting import Invited
from ticketdesk.services.tickets import bulk_undo, macro_undo, merge_undo, split


def take_back(session: Session, actor: Actor, kind: str, what: list[Any]) -> str:
    """Undo something and return a sentence about what is there now.

    Args:
        kind: `change` (reference, field, value before), `field` (the same of one of the
            organization's own), `bulk` (its identifier), `merge` and `split` (reference,
            identifier), `send` (what `compose.take_back` takes), `link` (reference, identifier),
            `unlink` (reference, the other ticket, its kind), `deleted` (the ticket's identifier),
            `discarded` (the mail's identifier), `view` (what deleting one gave), `view_filters`
            (identifier, query before), `macro` (reference, what `macro_undo.remember` gave),
            `saved` (what `settings_before.saving` gave, the page's State), `deactivation` (the
            member's identifier, the page's State), `invitation` (what `inviting` gave, the page's
            State).

    Raises:
        Conflict: it can no longer be undone; says why.
        Malformed: there is no such kind.
    """
    actor.require(UserRole.AGENT)
    said = _at_ticket(session, actor, kind, what) or _around_it(session, actor, kind, what)
    if not said:
        raise Malformed("There is nothing to take back.")
    return said


def _at_ticket(session: Session, actor: Actor, kind: str, what: list[Any]) -> str:
    """Take back what was done to one ticket, or on it; "" when that is no such kind."""
    match kind, what:
        case "change", [reference, field, before]:
            return change.change(session, actor, reference, field, before).sentence
        case "field", [reference, name, before]:
            return own_fields.restore(session, actor, reference, name, before)
        case "macro", [reference, facts]:
            macro_undo.undo(session, actor, reference, facts)
            return "The macro's changes are taken back"
        case "send", [reference, response_id, facts, version]:
            compose.take_back(session, actor, reference, response_id, facts, version)
            return "Taken back. The text is a draft again"
        case "split", [reference, split_id]:
            split.undo_split(session, actor, reference, split_id)
            return "The messages are back"
        case "deleted", [ticket_id]:
            return restore(session, actor, ticket_id)
        case "discarded", [str() as mail_id, *_]:
            held.wait_again(session, actor, mail_id)
            return "The message waits in its ticket again"
    return ""


def _around_it(session: Session, actor: Actor, kind: str, what: list[Any]) -> str:
    """Take back what was done to several tickets, to views or to settings; "" is no such kind."""
    match kind, what:
        case "bulk", [bulk_id]:
            return many.taken_back(bulk_undo.undo(session, actor, bulk_id))
        case "merge", [reference, merge_id]:
            merge_undo.undo_merge(session, actor, reference, merge_id)
            return "The tickets are separate again"
        case "link", [reference, link_id]:
            return relate.unlink(session, actor, reference, link_id).sentence
        case "unlink", [reference, other, link_kind]:
            return relate.link(session, actor, reference, other, link_kind).sentence
        case "view", [SavedViewView() as gone]:
            command = SavedViewInput(title=gone.title, query=gone.query, shared=gone.shared)
            saved_views.create(session, actor, command, position=gone.position)
            return f"“{gone.title}” is back"
        case "view_filters", [view_id, query]:
            view = saved_views.set_query(session, actor, view_id, query)
            return f"“{view.title}” has its former filters"
        case "deactivation", [str() as user_id, str()]:
            return undo_deactivation.undo(session, actor, user_id)
        case "invitation", [Invited() as invited, str()]:
            return inviting.withdraw(session, actor, invited)
        case "saved", [Before() as before, str()]:
            settings_before.take_back(session, actor, before)
            return "The settings are as they were"
    return ""
