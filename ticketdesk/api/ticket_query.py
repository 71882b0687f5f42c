"""The query of ticket lists and exports, as the address bar carries it."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from ticketdesk.errors import Invalid
from ticketdesk.services.tickets.filters import TicketFilters


def _several(of: str, example: str) -> str | None:
    return Field(
        default=None,
        max_length=2000,
        description=f"{of}; several separated by commas are alternatives.",
        examples=[example],
    )


class TicketQuery(BaseModel):
    """Filters add up; several values of one are alternatives."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    status: str | None = _several("Status", "NEW,OPEN")
    priority: str | None = _several("Priority", "HIGH,URGENT")
    assigned_to_id: str | None = _several("A member's id, `me` or `none`", "me")
    category: str | None = _several("Category", "Technical")
    tag: str | None = _several("Tag", "billing")
    requester_email: str | None = _several("The requester's address", "john@example.com")
    source: str | None = _several(
        "Door: `MANUAL`, `CHAT`, `EMBED`, `EMAIL`, `PORTAL`, `API`", "EMAIL"
    )
    sla: str | None = _several("`ok`, `due_soon`, `breached`, `paused`, `met`", "breached")
    created_after: str | None = Field(
        default=None, max_length=40, description="ISO 8601", examples=["2026-01-31T00:00:00Z"]
    )
    created_before: str | None = Field(
        default=None, max_length=40, description="ISO 8601", examples=["2026-12-31T00:00:00Z"]
    )
    q: str | None = Field(
        default=None,
        max_length=500,
        description='Search: words, `"exact words"`, `status:open`, `assignee:me`, `-tag:spam`…',
        examples=["invoice status:active"],
    )
    sort: str | None = Field(
        default=None,
        max_length=30,
        description="`createdAt`, `updatedAt`, `priority`, `status` or `sla`;"
        " `-` in front for descending.",
        examples=["-createdAt"],
    )

    def filters(self) -> TicketFilters:
        """Return the filters.

        Raises:
            Invalid: `fields` names each wrong value.
        """
        try:
            return TicketFilters.parse(self.model_dump(by_alias=True, exclude_none=True))
        except Invalid as error:
            # A parameter was sent as one word: which of its values is wrong, the sentence tells.
            fields = {name.partition(".")[0]: said for name, said in error.fields.items()}
            raise Invalid(f"Please check: {', '.join(fields)}.", fields=fields) from error


ListQuery = Annotated[TicketQuery, Query()]
