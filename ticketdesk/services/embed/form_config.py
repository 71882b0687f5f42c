"""The form of an organization: what form-config answers and what the page draws."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, select

from ticketdesk.actor import Actor
from ticketdesk.models import Organization
from ticketdesk.models.enums import TicketPriority
from ticketdesk.models.ticket_settings import EmbedSettings, TicketSettings
from ticketdesk.models.wire import View
from ticketdesk.services.embed import captcha_secret, previewing
from ticketdesk.services.embed.fields import FormField, fields_of
from ticketdesk.services.embed.sentences import say, sentences

MOST_FILES = 10

_DEFAULT = EmbedSettings()


class Branding(View):
    """How the form looks: a colour, a logo on our own host, a heading."""

    color: str
    logo_url: str | None
    title: str


class UploadLimits(View):
    """What may be attached before sending; sizes in bytes, kinds as MIME types (empty: all)."""

    max_files: int
    max_bytes: int
    accept: list[str]


class Captcha(View):
    """Which proof a submission may have to carry; `mode` auto asks only while many arrive."""

    mode: Literal["off", "auto", "always"]
    provider: Literal["altcha", "turnstile", "hcaptcha"]
    site_key: str | None


class FormConfig(View):
    """Everything a form needs to be drawn and checked; nothing in it is secret."""

    organization_id: str
    organization_name: str
    enabled: bool
    language: str
    allow_anonymous: bool
    require_email: bool
    require_phone: bool
    categories: list[str]
    default_priority: TicketPriority
    confirmation_message: str
    fields: list[FormField]
    uploads: UploadLimits
    captcha: Captcha
    branding: Branding


@dataclass(frozen=True, slots=True)
class PublicForm:
    """A form with what only the server needs to know of it.

    `sites` are the origins that may frame it and call its API; empty means that any may frame it.
    """

    config: FormConfig
    settings: TicketSettings
    sites: tuple[str, ...]
    captcha_secret: str | None = None


def read(session: Session, actor: Actor, language: str, *, preview: str = "") -> PublicForm:
    """Return the public form of the actor's organization, worded in a language.

    Args:
        preview: the name of a draft that takes the place of what is saved, while it is there.
    """
    row = session.exec(select(Organization).where(Organization.id == actor.organization_id)).one()
    settings = TicketSettings.model_validate(row.settings or {})
    draft = previewing.find(preview, row.id) if preview else None
    embed = draft or settings.embed_config
    config = _config(row, settings, embed, language)
    hosted = embed.captcha != "off" and embed.captcha_provider != "altcha"
    secret = captcha_secret.of(session, row.id) if hosted else None
    return PublicForm(config, settings, tuple(embed.allowed_sites), captcha_secret=secret)


def _config(
    row: Organization, settings: TicketSettings, embed: EmbedSettings, language: str
) -> FormConfig:
    return FormConfig(
        organization_id=row.id,
        organization_name=row.name,
        enabled=settings.enabled,
        language=language,
        allow_anonymous=embed.allow_anonymous,
        require_email=embed.require_email,
        require_phone=embed.require_phone,
        categories=embed.categories,
        default_priority=embed.default_priority,
        confirmation_message=_own(embed.confirmation_message, "confirmation_message")
        or say(language, "done.text"),
        fields=[_worded(field, language) for field in fields_of(embed, language)],
        uploads=UploadLimits(
            max_files=min(MOST_FILES, settings.files.max_files),
            max_bytes=settings.files.max_file_bytes,
            accept=settings.files.allowed_kinds,
        ),
        captcha=Captcha(
            mode=embed.captcha,
            provider=embed.captcha_provider,
            site_key=embed.captcha_site_key,
        ),
        branding=Branding(
            color=embed.color,
            logo_url=own_logo(embed.logo_url),
            title=_own(embed.title, "title") or say(language, "title"),
        ),
    )


def own_logo(address: str | None) -> str | None:
    """Return a logo's address if it lies with us: the form asks no other host for anything."""
    if address and (address.startswith("data:image/") or _is_own_path(address)):
        return address
    return None


def _is_own_path(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def _own(text: str, name: str) -> str:
    """A text the organization wrote itself; the built-in one is said in the visitor's language."""
    return "" if text == getattr(_DEFAULT, name) else text


def _worded(field: FormField, language: str) -> FormField:
    if field.label:
        return field
    return field.model_copy(update={"label": sentences(language)[field.name]})
