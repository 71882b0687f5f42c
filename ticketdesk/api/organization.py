"""The organization's settings (the specification's TicketSettings, extended)."""

from typing import Annotated, Any

from fastapi import Body
from starlette.responses import Response

from ticketdesk.api.answers import Answer, answer, reading, writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.preconditions import IfMatch, etag, expected
from ticketdesk.api.routing import router
from ticketdesk.models.ticket_settings import TicketSettings
from ticketdesk.services import ticket_settings

routes = router("Organization")

_EXAMPLE = {"slaConfig": {"firstResponseTime": 60, "resolutionTime": {"urgent": 240}}}


class SettingsAnswer(Answer):
    """The settings, whole; `version` grows with each change."""

    settings: TicketSettings
    version: int


@routes.get(
    "/api/organization/settings",
    response_model=SettingsAnswer,
    summary="Read the settings",
    responses=reading(),
)
def read_settings(caller: SignedIn) -> Response:
    """Give the organization's ticket settings, to staff only."""
    return _answer(*caller.run(ticket_settings.read))


@routes.patch(
    "/api/organization/settings",
    response_model=SettingsAnswer,
    summary="Change the settings",
    responses=writing(412),
)
def change_settings(
    caller: SignedIn,
    body: Annotated[dict[str, Any], Body(openapi_examples={"targets": {"value": _EXAMPLE}})],
    if_match: IfMatch = None,
) -> Response:
    """Merge the given settings into the present ones: objects key by key, lists as a whole."""
    version = expected(if_match)
    return _answer(*caller.run(ticket_settings.change, body, version=version, whole=True))


def _answer(settings: TicketSettings, version: int) -> Response:
    return answer(SettingsAnswer(settings=settings, version=version), headers=etag(version))
