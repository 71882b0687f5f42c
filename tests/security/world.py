"""A small desk of acme's with one of everything, and who comes to it."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from tests.support.cast import Cast
from ticketdesk import db
from ticketdesk.actor import Actor, ActorKind, anonymous
from ticketdesk.ids import new_id
from ticketdesk.models import TicketAttachment
from ticketdesk.models.enums import TicketStatus, UserRole
from ticketdesk.services import api_keys, teams
from ticketdesk.services.chats import chats
from ticketdesk.services.chats.commands import CreateChat
from ticketdesk.services.library import canned_responses, macros, saved_views
from ticketdesk.services.tickets import access
from ticketdesk.services.tickets.commands import AddResponse, CreateTicket
from ticketdesk.services.tickets.create import create
from ticketdesk.services.tickets.respond import respond

CALLERS = ("admin", "agent", "requester", "customer", "foreign", "nobody", "reader")


@dataclass
class World:
    """The things that verbs are tried on, by the names of the verbs' parameters."""

    session: Session
    cast: Cast
    ids: dict[str, Any] = field(default_factory=dict)

    def caller(self, who: str) -> Actor:
        """Return one of CALLERS: jane is the ticket's requester, omar another customer."""
        people = {
            "admin": self.cast.ada,
            "agent": self.cast.grace,
            "requester": self.cast.jane,
            "customer": self.cast.omar,
            "foreign": self.cast.bo,
        }
        if who in people:
            return people[who]
        if who == "nobody":
            return anonymous(self.cast.acme)
        return Actor(
            ActorKind.API_KEY,
            self.cast.acme,
            "API key Reader",
            role=UserRole.AGENT,
            scopes=frozenset({"read"}),
            key_id="key_reader",
        )


def build(session: Session, cast: Cast) -> World:
    """Make one of everything in acme, owned by grace where things have owners."""
    db.set_tenant(session, cast.acme)
    ada, grace, jane = cast.ada, cast.grace, cast.jane
    tickets = [
        create(session, jane, CreateTicket.parse(_ticket(cast, subject)))
        for subject in ("A broken lamp", "Another broken lamp")
    ]
    responded = respond(
        session, jane, tickets[0].id, AddResponse.parse({"content": "It still does not work."})
    )
    chat = chats.create(
        session, grace, CreateChat.parse({"title": "Lamp", "customerName": "Jane Doe"})
    )
    file = _file(session, cast, tickets[0].id)
    reply = canned_responses.CannedResponseInput.parse(
        {"title": "Hello", "shortcut": "hello", "content": "Hello!"}
    )
    macro = macros.MacroInput.parse({"title": "Close", "change": {"status": "RESOLVED"}})
    view = saved_views.SavedViewInput.parse({"title": "Mine", "query": {}})
    team = teams.TeamInput.parse({"name": "Lamps", "memberIds": [grace.user_id]})
    world = World(session, cast)
    world.ids = {
        "reference": tickets[0].id,
        "ticket_id": tickets[0].id,
        "other_ticket_id": tickets[1].id,
        "ticket": access.find(session, grace, tickets[0].id),
        "response_id": responded.response.id if responded.response else "",
        "chat_id": chat.id,
        "attachment_id": file.id,
        "file_id": file.id,
        "key_id": api_keys.create(session, ada, name="Key", scopes=["read"]).key.id,
        "user_id": cast.linus.user_id,
        "canned": canned_responses.create(session, grace, reply).id,
        "macro": macros.create(session, grace, macro).id,
        "view": saved_views.create(session, grace, view).id,
        "team_id": teams.create(session, ada, team).id,
        "status": TicketStatus.OPEN,
    }
    session.commit()
    return world


def _ticket(cast: Cast, subject: str) -> dict[str, Any]:
    return {
        "requesterName": cast.jane.name,
        "requesterEmail": cast.jane.email,
        "subject": subject,
        "description": "It does not light up any more.",
    }


def _file(session: Session, cast: Cast, ticket_id: str) -> TicketAttachment:
    row = TicketAttachment(
        id=new_id("file"),
        organization_id=cast.acme,
        filename="lamp.png",
        original_name="lamp.png",
        mime_type="image/png",
        size=1,
        sha256="0" * 64,
        storage_key=f"{cast.acme}/lamp",
        ticket_id=ticket_id,
        uploaded_by_id=cast.jane.user_id,
    )
    session.add(row)
    session.flush()
    return row
