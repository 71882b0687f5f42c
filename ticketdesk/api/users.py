"""Finding members: requester and agent autocomplete."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from ticketdesk.api.answers import Answer, answer, reading
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.routing import router
from ticketdesk.models.enums import UserRole
from ticketdesk.services import members
from ticketdesk.services.members import MemberView

routes = router("Users")


class UsersAnswer(Answer):
    """The best matches, by name."""

    users: list[MemberView]
    next_cursor: str | None = None


@routes.get("/api/users", response_model=UsersAnswer, summary="Find members", responses=reading())
def find_users(
    caller: SignedIn,
    search: Annotated[
        str, Query(max_length=200, description="Beginnings of words of name or address.")
    ] = "",
    role: Annotated[UserRole | None, Query(description="Only members with this role.")] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Response:
    """Give members whose name or address has words that begin so."""
    return answer(UsersAnswer(users=caller.run(members.search, search, role=role, limit=limit)))
