"""The editor of an organization's mail templates: one kind in one language, or in all of them."""

import json
from typing import Any

from sqlmodel import Session

from ticketdesk.actor import Actor
from ticketdesk.errors import Invalid
from ticketdesk.models.enums import UserRole
from ticketdesk.models.wire import View
from ticketdesk.services import drafts, ticket_settings
from ticketdesk.services.mail import own_templates
from ticketdesk.services.mail.languages import AVAILABLE
from ticketdesk.services.mail.own_templates import PARTS

LONGEST = 100_000


class Editor(View):
    """What the editor shows: the parts as they are used now, and which of them are one's own."""

    kind: str
    language: str
    subject: str
    text: str
    html: str
    own: list[str]
    variables: dict[str, str]
    written: list[str]
    version: int


def read(session: Session, actor: Actor, kind: str, language: str) -> Editor:
    """The template of a kind; `language` '' means every language. Raises `NotFound`."""
    actor.require(UserRole.ADMIN, writes=False)
    ours = own_templates.source(session, actor, kind)
    settings, version = ticket_settings.read(session, actor)
    templates = settings.email_config.templates
    key = _key(kind, language)
    kept = templates.get(key) or {}
    parts = {part: kept.get(part) or getattr(ours, part) for part in PARTS}
    return Editor(
        kind=kind,
        language=language,
        **parts,
        own=[part for part in PARTS if kept.get(part)],
        variables=ours.variables,
        written=sorted(templates),
        version=version,
    )


def save(
    session: Session, actor: Actor, kind: str, language: str, parts: dict[str, str], version: int
) -> None:
    """Keep what differs from our template; what is equal or empty stays ours.

    Raises:
        Invalid: `fields` names the part, with the line and the reason.
        Stale: another admin changed the settings since.
    """
    actor.require(UserRole.ADMIN)
    ours = own_templates.source(session, actor, kind)
    own = {
        part: parts[part]
        for part in PARTS
        if parts.get(part, "").strip() and _same(parts[part]) != _same(getattr(ours, part))
    }
    _keep(session, actor, _key(kind, language), own, version)
    forget_draft(session, actor, kind, language)


def reset(session: Session, actor: Actor, kind: str, language: str, version: int) -> None:
    """Have our template back. Raises `NotFound` and `Stale`."""
    actor.require(UserRole.ADMIN)
    own_templates.source(session, actor, kind)
    _keep(session, actor, _key(kind, language), {}, version)
    forget_draft(session, actor, kind, language)


def keep_draft(
    session: Session, actor: Actor, kind: str, language: str, parts: dict[str, str]
) -> own_templates.Preview:
    """Keep what is being written, so that the preview can show it and a reload loses nothing.

    Raises:
        Invalid: it cannot be shown; `fields` names the part, with the line and the reason.
    """
    actor.require(UserRole.ADMIN)
    drafts.save(session, actor, _place(kind, language), {p: parts.get(p, "") for p in PARTS})
    return _preview(session, actor, kind, language, parts)


def preview(session: Session, actor: Actor, kind: str, language: str) -> own_templates.Preview:
    """The draft with an example in it; without a draft what is kept. Raises `NotFound`."""
    actor.require(UserRole.ADMIN, writes=False)
    parts = drafts.load(session, actor, _place(kind, language)) if actor.user_id else None
    if parts is None:
        parts = read(session, actor, kind, language).model_dump(include=set(PARTS))
    return _preview(session, actor, kind, language, parts)


def draft(session: Session, actor: Actor, kind: str, language: str) -> dict[str, Any]:
    """What the caller was writing, or nothing."""
    actor.require(UserRole.ADMIN, writes=False)
    return drafts.load(session, actor, _place(kind, language)) or {}


def forget_draft(session: Session, actor: Actor, kind: str, language: str) -> None:
    """Throw away what was being written."""
    actor.require(UserRole.ADMIN)
    drafts.discard(session, actor, _place(kind, language))


def _preview(
    session: Session, actor: Actor, kind: str, language: str, parts: dict[str, Any]
) -> own_templates.Preview:
    given = {p: str(parts.get(p) or "")[:LONGEST] for p in PARTS}
    for part in PARTS:
        try:
            own_templates.preview(session, actor, kind, {part: given[part]}, language or None)
        except Invalid as refusal:
            raise Invalid(refusal.message, fields={part: refusal.message}) from refusal
    return own_templates.preview(session, actor, kind, given, language or None)


def _keep(session: Session, actor: Actor, key: str, own: dict[str, str], version: int) -> None:
    settings, _ = ticket_settings.read(session, actor)
    templates = json.loads(json.dumps(settings.email_config.templates))
    templates.pop(key, None)
    if own:
        templates[key] = own
    try:
        patch = {"emailConfig": {"templates": templates}}
        ticket_settings.change(session, actor, patch, version=version)
    except Invalid as error:
        prefix = f"emailConfig.templates.{key}."
        fields = {name.removeprefix(prefix): words for name, words in error.fields.items()}
        raise Invalid(error.message, fields=fields) from error


def _key(kind: str, language: str) -> str:
    if language and language not in AVAILABLE:
        raise Invalid("There is no such language.", fields={"language": "Choose one of the list."})
    return f"{kind}.{language}" if language else kind


def _place(kind: str, language: str) -> str:
    return f"template:{_key(kind, language).replace('.', '_')}"


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
