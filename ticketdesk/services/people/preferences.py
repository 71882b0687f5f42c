"""How a member likes the desk: what they set for themselves, kept with their account."""

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Forbidden
from ticketdesk.models import User
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import Command, View
from ticketdesk.services.people import change

DEFAULT_VIEWS = ("", "mine", "unassigned", "due_soon", "breached", "waiting", "closed")
LANGUAGES = {
    "": "As the browser has it",
    "de": "Deutsch",
    "en-GB": "English (UK)",
    "en-US": "English (US)",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
}
_VIEW = Literal["", "mine", "unassigned", "due_soon", "breached", "waiting", "closed"]
_LANGUAGE = Literal["", "de", "en-GB", "en-US", "es", "fr", "it", "nl", "pl", "pt"]


class Preferences(Command):
    """What one sets; mails are told apart by what they tell of. Signature: plain text."""

    mail_signature: Annotated[str, Field(max_length=2000)] = ""
    density: Literal["comfortable", "compact"] = "comfortable"
    theme: Literal["system", "light", "dark"] = "system"
    default_view: _VIEW = ""
    date_language: _LANGUAGE = ""
    browser_notifications: bool = False
    mail_on_assignment: bool = True
    mail_on_mention: bool = True
    mail_on_targets: bool = True
    mail_on_reply: bool = False
    mail_digest: bool = False


class PreferencesView(View):
    """A member's preferences, and whether they take new tickets."""

    preferences: Preferences
    is_away: bool


def read(session: Session, actor: Actor) -> PreferencesView:
    """Return the caller's preferences; what they never set has its default."""
    user = _own(session, actor, writes=False)
    return PreferencesView(preferences=_of(user), is_away=not user.is_available)


def save(session: Session, actor: Actor, values: dict[str, Any], *, is_away: bool) -> None:
    """Keep the caller's preferences and whether new tickets pass them by.

    Args:
        values: a `Preferences`; what is left out keeps its value.

    Raises:
        Invalid: a value is none of the choices; `fields` names it.
    """
    user = _own(session, actor, writes=True)
    present = _of(user).model_dump(mode="json", by_alias=True)
    wanted = Preferences.parse(present | values)
    user.preferences = user.preferences | wanted.model_dump(mode="json", by_alias=True)
    session.add(user)
    session.flush()
    if user.is_available is is_away:
        change.update(session, actor, user.id, change.UpdateMember(is_available=not is_away))


def start(session: Session, actor: Actor) -> str:
    """Return the address of the caller's first screen: the list, in the view they chose."""
    view = read(session, actor).preferences.default_view
    return f"/app/tickets?view={view}" if view else "/app/tickets"


def _of(user: User) -> Preferences:
    known = {field.alias or name for name, field in Preferences.model_fields.items()}
    stored = {name: value for name, value in user.preferences.items() if name in known}
    return Preferences.parse(stored)


def _own(session: Session, actor: Actor, *, writes: bool) -> User:
    actor.require(UserRole.AGENT, writes=writes)
    user = session.get(User, actor.user_id) if actor.user_id else None
    if user is None:
        raise Forbidden("Only members have preferences.")
    return user
