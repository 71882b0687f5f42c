"""What the composer needs to know, apart from any table: small frozen views."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MailDesk:
    """The organization as it appears in mail.

    `from_email` sends, `reply_to_email` receives (plus-addresses are made of it). `templates`
    maps a kind to the organization's own `subject`/`html`/`text` sources; what is missing there is
    ours; so does `statuses` by status, towards customers. `plus_addressing` is off where the
    mailbox cannot do `+`.
    """

    organization_id: str
    name: str
    from_email: str
    from_name: str
    reply_to_email: str
    base_url: str
    signature: str = ""
    color: str = "#2f6f4f"
    logo_url: str = ""
    language: str = "en"
    plus_addressing: bool = True
    templates: dict[str, dict[str, str]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The right side of our Message-IDs."""
        return self.from_email.rpartition("@")[2] or "localhost"


@dataclass(frozen=True, slots=True)
class MailTicket:
    """The ticket as it appears in mail."""

    id: str
    number: int
    subject: str
    status: str
    priority: str
    requester_name: str
    requester_email: str
    tracking_url: str
    view_url: str
    description_html: str = ""
    description_text: str = ""
    assignee_name: str = ""
    language: str | None = None
    requester_verified: bool = False


@dataclass(frozen=True, slots=True)
class MailResponse:
    """A response as it appears in mail; both bodies are finished and `html` is sanitised.

    `by_link` names files that are too large for a mail and wait on the tracking page.
    """

    id: str
    html: str
    text: str
    author_name: str
    author_signature: str = ""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    by_link: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailIdentity:
    """Which mail this is: its outbox row's id, when it was decided on, and what it follows.

    `previous` are the Message-IDs of the thread, oldest first; the last one is answered.
    """

    reference: str
    at: datetime
    previous: tuple[str, ...] = ()
