"""How a signed-in member likes the desk, said with the page itself: before the first paint."""

from starlette.requests import Request
from starlette.responses import Response

from ticketdesk import unit_of_work
from ticketdesk.errors import TicketDeskError
from ticketdesk.services.people import preferences
from ticketdesk.settings import settings
from ticketdesk.unit_of_work import Credential
from ticketdesk.web import gate

COOKIE = "ticketdesk_look"
_YEAR = 365 * 24 * 60 * 60


async def tell(request: Request, answer: Response) -> None:
    """Give a page the cookie that its first script reads: theme, density, language of dates.

    It holds nothing but these words, and whoever changes it changes only what they see. Without a
    member who has preferences, nothing is told.
    """
    credential = Credential(session_token=request.cookies.get(gate.COOKIE))
    try:
        own = (await unit_of_work.acall(credential, preferences.read)).preferences
    except TicketDeskError:
        return
    said = ".".join((own.theme, own.density, own.date_language))
    if request.cookies.get(COOKIE) != said:
        answer.set_cookie(
            COOKIE, said, max_age=_YEAR, samesite="lax", secure=settings().secure_cookies
        )
