"""The addresses an organization wants to be told at."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlmodel import Session, col, select

from ticketdesk.actor import Actor
from ticketdesk.adapters.outward.addresses import AddressRefused, check_shape, is_public
from ticketdesk.errors import Conflict, Invalid, NotFound, Stale
from ticketdesk.ids import new_id
from ticketdesk.models import Webhook
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, Moment, View
from ticketdesk.services import audit
from ticketdesk.services.sealing import seal
from ticketdesk.services.secrets import new_token

EVENTS = (
    "ticket:created",
    "ticket:updated",
    "ticket:response:added",
    "ticket:assigned",
    "ticket:status:changed",
)
_MOST = 20
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)


class WebhookInput(Command):
    """An address and the events it wants (none = all)."""

    url: Annotated[str, Field(max_length=2000)]
    description: Annotated[str, Field(max_length=200)] = ""
    events: Annotated[list[str], Field(max_length=20)] = Field(default_factory=list)
    is_active: bool = True


class WebhookView(View):
    """A webhook without its secret."""

    id: str
    url: str
    description: str
    events: list[str]
    is_active: bool
    version: int
    created_at: Moment


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A fresh webhook; the secret is shown this once."""

    secret: str
    webhook: WebhookView


def list_all(session: Session, actor: Actor) -> list[WebhookView]:
    """Return the organization's webhooks, oldest first."""
    actor.require(UserRole.ADMIN, writes=False)
    rows = session.exec(
        select(Webhook)
        .where(Webhook.organization_id == actor.organization_id)
        .order_by(col(Webhook.created_at), col(Webhook.id))
    )
    return [WebhookView.model_validate(row) for row in rows]


def create(session: Session, actor: Actor, command: WebhookInput) -> NewWebhook:
    """Register an address.

    Raises:
        Invalid: the address cannot be called or an event does not exist.
        Conflict: there are 20 already.
    """
    actor.require(UserRole.ADMIN)
    if len(list_all(session, actor)) >= _MOST:
        raise Conflict(f"At most {_MOST} webhooks. Delete one first.")
    secret = new_token("tdw")
    row = Webhook(
        id=new_id("hook"),
        organization_id=actor.organization_id,
        url="",
        sealed_secret=seal(secret),
    )
    _write(session, row, command)
    audit.record(
        session,
        actor,
        "webhook.created",
        subject_id=row.id,
        subject_name=row.url,
        after={"events": row.events},
    )
    return NewWebhook(secret, WebhookView.model_validate(row))


def update(
    session: Session, actor: Actor, webhook_id: str, command: WebhookInput, version: int
) -> WebhookView:
    """Change a webhook; Stale when somebody changed it meanwhile."""
    actor.require(UserRole.ADMIN)
    row = find(session, actor, webhook_id)
    if row.version != version:
        raise Stale("Somebody else changed this webhook meanwhile. Load it again.")
    before = {"url": row.url, "events": row.events, "isActive": row.is_active}
    row.version += 1
    _write(session, row, command)
    was, now = audit.differences(
        before, {"url": row.url, "events": row.events, "isActive": row.is_active}
    )
    audit.record(
        session,
        actor,
        "webhook.changed",
        subject_id=row.id,
        subject_name=row.url,
        before=was,
        after=now,
    )
    return WebhookView.model_validate(row)


def delete(session: Session, actor: Actor, webhook_id: str) -> None:
    """Forget a webhook and its log."""
    actor.require(UserRole.ADMIN)
    row = find(session, actor, webhook_id)
    audit.record(session, actor, "webhook.deleted", subject_id=row.id, subject_name=row.url)
    session.delete(row)
    session.flush()


def find(session: Session, actor: Actor, webhook_id: str) -> Webhook:
    """Return a webhook of the organization, locked.

    Raises:
        NotFound: there is none.
    """
    row = session.exec(
        select(Webhook)
        .where(Webhook.organization_id == actor.organization_id, Webhook.id == webhook_id)
        .with_for_update()
    ).first()
    if row is None:
        raise NotFound("There is no such webhook.")
    return row


def _write(session: Session, row: Webhook, command: WebhookInput) -> None:
    """Check the shape now; what the name resolves to may change and is checked at every call."""
    url = command.url.strip()
    try:
        _, host, _ = check_shape(url)
    except AddressRefused as error:
        raise Invalid(str(error), fields={"url": str(error)}) from error
    if _is_inner(host.rstrip(".")):
        message = "Only public addresses can be told."
        raise Invalid(message, fields={"url": message})
    unknown = [event for event in command.events if event not in EVENTS]
    if unknown:
        message = f"There is no event {unknown[0]!r}. Events: {', '.join(EVENTS)}."
        raise Invalid(message, fields={"events": message})
    row.url, row.description = url, command.description.strip()
    row.events, row.is_active = list(dict.fromkeys(command.events)), command.is_active
    session.add(row)
    session.flush()


def _is_inner(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    # A last part that is a number makes an IP of the whole, hexadecimal ones as well (WHATWG URL).
    is_written_as_ip = ":" in host or bool(_NUMBER.fullmatch(host.rpartition(".")[2]))
    return is_written_as_ip and not is_public(host)
