"""What an organization calls the statuses; what each of them means stays the same."""

from typing import Annotated

from pydantic import AfterValidator, Field

from ticketdesk.models.wire import Command


def _line(text: str) -> str:
    stripped = " ".join(text.split())
    if not stripped.isprintable():
        raise ValueError("Write one line of plain text")
    return stripped


Label = Annotated[str, Field(max_length=40), AfterValidator(_line)]


class StatusLabel(Command):
    """A status in the words of agents and of customers; '' takes the built-in ones."""

    agent: Label = ""
    customer: Label = ""
