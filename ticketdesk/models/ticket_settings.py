"""An organization's TicketSettings (specification, Configuration Schema), with the defaults."""

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)

from ticketdesk.models.chat_settings import ChatSettings
from ticketdesk.models.enums import TicketPriority, TicketStatus
from ticketdesk.models.field_words import CategoryWords, Translations
from ticketdesk.models.holiday_sets import is_known
from ticketdesk.models.mail_answer_settings import MailAnswers
from ticketdesk.models.retention_settings import RetentionSettings
from ticketdesk.models.status_labels import StatusLabel
from ticketdesk.models.wire import Command

MOST_MINUTES = 5_256_000


def _minutes(value: Any, is_whole_and_bounded: ValidatorFunctionWrapHandler) -> int:
    """Say the bounds in the words of a promise: its field shows hours as well as minutes."""
    try:
        return is_whole_and_bounded(value)
    except ValidationError:
        raise ValueError("Write a time from one minute to ten years") from None


Minutes = Annotated[int, Field(ge=1, le=MOST_MINUTES), WrapValidator(_minutes)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
CategoryName = Annotated[str, Field(min_length=1, max_length=100)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,49}")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"There is no time zone {name!r}; write one such as Europe/Berlin")
    return name


def _key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError("A key starts with a letter and has letters, digits and _ only")
    return key


def _day(text: str) -> str:
    try:
        if len(text) != len("2026-12-25"):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no day; write it as 2026-12-25") from None


def _holiday_set(name: str) -> str:
    if not is_known(name):
        raise ValueError(f"There are no holidays for {name!r}; write a country such as DE or DE-BY")
    return name


def _shifts(day: str, spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a day's shifts in order, or refuse what cannot be."""
    if len(spans) > 48:
        raise ValueError(f"{day}: at most 48 shifts a day")
    before = ("", "")
    for start, end in sorted(spans):
        if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end)) or start == "24:00":
            raise ValueError(f"{day}: write times as 09:00; only an end may be 24:00")
        if start >= end:
            raise ValueError(f"{day}: {start} is not before {end}")
        if start < before[1]:
            raise ValueError(
                f"{day}: the shift {start}-{end} overlaps the shift {before[0]}-{before[1]}"
            )
        before = (start, end)
    return sorted(spans)


class CustomField(Command):
    """A field of the organization's own.

    `options` are the choices of a select; `show_when` names another field and the values at which
    this one is asked for. `translations` are its words by language tag, such as `de`.
    """

    key: Annotated[str, AfterValidator(_key)]
    label: Line
    kind: Literal["text", "number", "date", "select", "multi_select", "checkbox"] = "text"
    required: bool = False
    public: bool = True
    help: str = Field(default="", max_length=500)
    options: list[Line] = Field(default_factory=list, max_length=200)
    show_when: dict[str, list[str]] = Field(default_factory=dict)
    translations: Translations = Field(default_factory=dict, max_length=40)


class TicketTemplate(Command):
    """A filled-in start of a ticket that agents open; what is empty is left to them.

    `description` is HTML of the editor.
    """

    title: Line
    subject: str = Field(default="", max_length=300)
    description: str = Field(default="", max_length=100_000)
    priority: TicketPriority | None = None
    category: str = Field(default="", max_length=100)
    tags: list[Line] = Field(default_factory=list, max_length=20)


class EmbedSettings(Command):
    """The public form; `category_translations` are the categories' words by language tag."""

    allow_anonymous: bool = True
    require_email: bool = True
    require_phone: bool = False
    custom_fields: list[CustomField] = Field(default_factory=list, max_length=50)
    categories: list[CategoryName] = Field(
        default_factory=lambda: ["Technical", "Billing", "General"], max_length=100
    )
    category_translations: CategoryWords = Field(default_factory=dict, max_length=40)
    default_priority: TicketPriority = TicketPriority.MEDIUM
    confirmation_message: str = Field(
        default="Thank you. We have your message and will answer by mail.", max_length=2000
    )
    allowed_sites: list[Line] = Field(default_factory=list, max_length=100)
    captcha: Literal["off", "auto", "always"] = "auto"
    captcha_provider: Literal["altcha", "turnstile", "hcaptcha"] = "altcha"
    captcha_site_key: str | None = Field(default=None, max_length=200)
    color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#4f46e5"
    logo_url: str | None = Field(default=None, max_length=500)
    title: str = Field(default="How can we help?", max_length=200)

    @field_validator("category_translations")
    @classmethod
    def _of_present_ones(cls, words: CategoryWords, info: ValidationInfo) -> CategoryWords:
        """Forget the words of categories that are there no longer, and empty ones."""
        present = info.data.get("categories", [])
        kept = {
            language: {name: own[name] for name in present if own.get(name, "").strip()}
            for language, own in words.items()
        }
        return {language: own for language, own in kept.items() if own}


class BusinessHours(Command):
    """When time counts: shifts per weekday in one zone, minus holidays.

    `holidays` are the organization's own days (`YYYY-MM-DD`), `holiday_names` what they are called,
    `holiday_sets` public holidays by country or part of it (`DE`, `DE-BY`).
    """

    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    weekly: dict[Weekday, list[tuple[str, str]]] = Field(default_factory=dict)
    holidays: list[Annotated[str, AfterValidator(_day)]] = Field(
        default_factory=list, max_length=2000
    )
    holiday_names: dict[str, Line] = Field(default_factory=dict, max_length=2000)
    holiday_sets: list[Annotated[str, AfterValidator(_holiday_set)]] = Field(
        default_factory=list, max_length=20
    )

    @field_validator("weekly")
    @classmethod
    def _shifts_follow_each_other(
        cls, weekly: dict[Weekday, list[tuple[str, str]]]
    ) -> dict[Weekday, list[tuple[str, str]]]:
        return {day: _shifts(day, spans) for day, spans in weekly.items()}


class ResolutionTimes(Command):
    """Minutes to the resolution, per priority."""

    low: Minutes = 7200
    medium: Minutes = 2880
    high: Minutes = 1440
    urgent: Minutes = 480
    critical: Minutes = 240


class SlaSettings(Command):
    """The fallback policy; `business_hours` None counts round the clock."""

    first_response_time: Minutes = 240
    resolution_time: ResolutionTimes = Field(default_factory=ResolutionTimes)
    business_hours: BusinessHours | None = None
    pause_on: list[Literal["WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY"]] = Field(
        default_factory=lambda: ["WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY"]
    )
    warn_minutes: Minutes = 60


class EmailSettings(Command):
    """How the organization writes; passwords and keys are kept elsewhere, encrypted."""

    provider: Literal["console", "smtp", "sendgrid", "postmark", "ses"] = "console"
    from_email: str = Field(default="", max_length=254)
    from_name: str = Field(default="", max_length=200)
    reply_to_email: str = Field(default="", max_length=254)
    signature: str = Field(default="", max_length=5000)
    templates: dict[str, Any] = Field(default_factory=dict)
    undo_seconds: int = Field(default=10, ge=0, le=120)
    answers: MailAnswers = Field(default_factory=MailAnswers)


class FileSettings(Command):
    """What may be attached: sizes in bytes, kinds as MIME types; an empty list allows all.

    A kind may be a pattern such as `image/*`. Files of tickets closed for `archive_after_days` move
    to `archive_to`: a prefix in the desk's own storage, or `s3://bucket/prefix` where the operator
    has allowed the bucket.
    """

    max_file_bytes: int = Field(default=25 * 1024 * 1024, ge=1024, le=5 * 1024**3)
    max_ticket_bytes: int = Field(default=500 * 1024 * 1024, ge=1024)
    max_files: int = Field(default=200, ge=1, le=10_000)
    allowed_kinds: list[Line] = Field(default_factory=list, max_length=200)
    archive_after_days: int | None = Field(default=None, ge=1)
    archive_to: str = Field(
        default="archive",
        max_length=200,
        pattern=r"^(?:s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/|$))?[A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)*$",
    )


class TicketSettings(Command):
    """Everything an admin sets for an organization's desk.

    `reopen_window_days`: for how many days a customer's message reopens a closed ticket instead of
    opening a new, linked one; None = never reopens, 0 = always does (semantics.md, Status).
    """

    enabled: bool = True
    embed_config: EmbedSettings = Field(default_factory=EmbedSettings)
    sla_config: SlaSettings = Field(default_factory=SlaSettings)
    email_config: EmailSettings = Field(default_factory=EmailSettings)
    files: FileSettings = Field(default_factory=FileSettings)
    chat: ChatSettings = Field(default_factory=ChatSettings)
    retention: RetentionSettings = Field(default_factory=RetentionSettings)
    status_labels: dict[TicketStatus, StatusLabel] = Field(default_factory=dict)
    ticket_templates: list[TicketTemplate] = Field(default_factory=list, max_length=100)
    automation_rules: list[dict[str, Any]] = Field(default_factory=list)
    assignment_rules: list[dict[str, Any]] = Field(default_factory=list)
    reopen_window_days: int | None = Field(default=None, ge=0, le=3650)
