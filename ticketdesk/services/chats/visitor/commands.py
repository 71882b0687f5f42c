"""What the customer's side of a chat sends."""

from typing import Annotated

from pydantic import AfterValidator, Field

from ticketdesk.models.wire import Command
from ticketdesk.services.tickets.commands import Body, Email, Name

LONGEST = 120_000
"""Characters of one message: more than anybody pastes, less than would hurt the agent's browser."""


def _not_too_long(content: str) -> str:
    if len(content) > LONGEST:
        raise ValueError(f"At most {LONGEST:,} characters; this has {len(content):,}")
    return content


Said = Annotated[Body, AfterValidator(_not_too_long)]
ClientId = Annotated[str, Field(min_length=1, max_length=100)]
Files = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=10)]


class SayInChat(Command):
    """A message; `client_id` makes a repeat harmless, `attachment_ids` are upload handles."""

    organization_id: str = Field(min_length=1, max_length=100)
    content: Said
    client_id: ClientId
    attachment_ids: Files = Field(default_factory=list)


class StartChat(SayInChat):
    """A new conversation with its first message.

    `key` is the browser's own number for the conversation: the same key again gives the same
    conversation. `website` is a field no person sees; `captcha` is the proof, where one is asked.
    """

    key: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    name: Name | None = None
    email: Email | None = None
    captcha: str | None = Field(default=None, max_length=8000)
    website: str | None = Field(default=None, max_length=500)


class SignInChat(Command):
    """A sign without words: `read` says that all was seen, `typing` that one writes or stopped."""

    organization_id: str = Field(min_length=1, max_length=100)
    read: bool = False
    typing: bool | None = None
