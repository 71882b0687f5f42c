"""Headers and query parameters that several routes take."""

from typing import Annotated

from fastapi import Header, Path, Query

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="The same key and body give the same answer for 24 hours.",
    ),
]
Cursor = Annotated[
    str | None, Query(max_length=1000, description="`nextCursor` of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=100, description="The size of a page.")]
TicketRef = Annotated[str, Path(description="The ticket's id or number.")]
