"""Whether a form was sent from one of our own pages."""

from starlette.requests import Request

from ticketdesk.settings import settings
from ticketdesk.web.origins import allowed_origins


def is_ours(request: Request) -> bool:
    """Whether the browser says that the request comes from our own page.

    Browsers send Origin with every POST; where one leaves it out, Sec-Fetch-Site decides, and a
    client that sends neither (not a browser) carries nobody's cookie by accident.
    """
    origin = request.headers.get("origin")
    if origin is not None:
        return origin in allowed_origins(settings().base_url)
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
