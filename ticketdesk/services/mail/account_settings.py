"""The provider's account as an administrator edits it: checked, and secrets never shown again."""

from typing import Any, Literal

from pydantic import Field
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.adapters.email.reach import literal_problem
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services import audit
from ticketdesk.services.mail import accounts
from ticketdesk.settings import settings

KEPT = "kept"
"""Stands for a secret that is stored; sent back, it leaves the secret as it is."""

_SECRETS = frozenset(
    {
        "password",
        "private_key",
        "secret_access_key",
        "api_key",
        "token",
        "public_key",
        "events_public_key",
        "signing_key",
        "imap_password",
    }
)


class Dkim(Command):
    """What signs mail that leaves over SMTP."""

    selector: str = Field(max_length=100, pattern=r"^[A-Za-z0-9._-]+$")
    domain: str = Field(max_length=253)
    private_key: str = Field(max_length=10_000)


class Inbound(Command):
    """What proves that a webhook call is the provider's."""

    public_key: str | None = Field(default=None, max_length=2000)
    events_public_key: str | None = Field(default=None, max_length=2000)
    user: str | None = Field(default=None, max_length=200)
    password: str | None = Field(default=None, max_length=200)
    topic_arn: str | None = Field(default=None, max_length=300)
    signing_key: str | None = Field(default=None, max_length=200)


class Mailbox(Command):
    """A mailbox that mail is fetched from."""

    host: str = Field(max_length=253)
    port: int = Field(default=993, ge=1, le=65535)
    username: str = Field(max_length=254)
    imap_password: str = Field(max_length=500)
    folder: str = Field(default="INBOX", max_length=200)
    taken_folder: str = Field(default="TicketDesk", max_length=200)
    use_tls: bool = True


class Account(Command):
    """Everything that connects to providers; only the parts of the chosen one matter."""

    host: str | None = Field(default=None, max_length=253)
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] | None = None
    username: str | None = Field(default=None, max_length=254)
    password: str | None = Field(default=None, max_length=500)
    dkim: Dkim | None = None
    region: str | None = Field(default=None, max_length=50, pattern=r"^[a-z0-9-]*$")
    access_key_id: str | None = Field(default=None, max_length=200)
    secret_access_key: str | None = Field(default=None, max_length=500)
    configuration_set: str | None = Field(default=None, max_length=100)
    api_key: str | None = Field(default=None, max_length=500)
    token: str | None = Field(default=None, max_length=500)
    stream: str | None = Field(default=None, max_length=100)
    inbound: Inbound | None = None
    mailbox: Mailbox | None = None


class AccountView(View):
    """The account as it is shown: `kept` in place of every secret."""

    account: dict[str, Any]


def read(session: Session, actor: Actor) -> AccountView:
    """The account with its secrets hidden, for admins."""
    actor.require(UserRole.ADMIN, writes=False)
    stored = _stored(session, actor)
    return AccountView(account=_hidden(stored.model_dump(by_alias=True, exclude_none=True)))


def change(session: Session, actor: Actor, values: dict[str, Any]) -> AccountView:
    """Replace the account; a secret given as `kept` stays what it is, null forgets it.

    Raises `Invalid` with the field; a password does not go along to another server.
    """
    actor.require(UserRole.ADMIN)
    stored = _stored(session, actor).model_dump(exclude_none=True)
    wanted = Account.parse(values).model_dump(exclude_none=True)
    _refuse_inside(wanted)
    _refuse_elsewhere(wanted, stored)
    kept = _with_kept(wanted, stored)
    if kept != stored:
        accounts.store(session, actor, kept)
        _note(session, actor, stored, kept)
    return read(session, actor)


def _note(session: Session, actor: Actor, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Tell the audit log which parts changed; of a secret only that it did."""
    was, now = audit.differences(before, after)
    for values in (was, now):
        for name, value in values.items():
            if name.rpartition(".")[2] in _SECRETS and value:
                values[name] = KEPT
            elif isinstance(value, dict):
                values[name] = _hidden(value)
    audit.record(session, actor, "mail.account_changed", before=was, after=now)


def _refuse_inside(wanted: dict[str, Any]) -> None:
    """Say it at once where a host is plainly inside; the connection looks at every other one."""
    networks, problems = settings().mail_networks, {}
    hosts = {"host": wanted.get("host"), "mailbox.host": wanted.get("mailbox", {}).get("host")}
    for name, host in hosts.items():
        if host and (words := literal_problem(host, networks)):
            problems[name] = words
    if problems:
        raise Invalid(next(iter(problems.values())), fields=problems)


def _refuse_elsewhere(wanted: dict[str, Any], stored: dict[str, Any]) -> None:
    """Nobody learns a stored password by naming a server of their own."""
    problems = {}
    box, old_box = wanted.get("mailbox", {}), stored.get("mailbox", {})
    words = "Enter the password again: it belongs to another server."
    if wanted.get("password") == KEPT and wanted.get("host") != stored.get("host"):
        problems["password"] = words
    if box.get("imap_password") == KEPT and box.get("host") != old_box.get("host"):
        problems["mailbox.imapPassword"] = words
    if problems:
        raise Invalid(words, fields=problems)


def _stored(session: Session, actor: Actor) -> Account:
    return Account.model_validate(accounts.read(session, actor.organization_id))


def _hidden(values: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, value in values.items():
        snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
        if isinstance(value, dict):
            shown[name] = _hidden(value)
        else:
            shown[name] = KEPT if snake in _SECRETS and value else value
    return shown


def _with_kept(wanted: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in wanted.items():
        before = stored.get(name)
        if isinstance(value, dict):
            result[name] = _with_kept(value, before if isinstance(before, dict) else {})
        elif name in _SECRETS and value == KEPT:
            if before:
                result[name] = before
        else:
            result[name] = value
    return result
