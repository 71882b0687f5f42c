"""`PUT /api/organization/captcha-secret`: a hosted captcha's secret key."""

from fastapi import Response

from ticketdesk.api.answers import writing
from ticketdesk.api.caller import SignedIn
from ticketdesk.api.routing import router
from ticketdesk.services.embed import captcha_secret
from ticketdesk.services.embed.captcha_secret import KeepSecret

routes = router("Organization")


@routes.put(
    "/api/organization/captcha-secret",
    status_code=204,
    summary="Keep the captcha's secret key",
    responses=writing(),
)
def keep_captcha_secret(caller: SignedIn, body: KeepSecret) -> Response:
    """Keep the secret key of Turnstile or hCaptcha, encrypted; it is never given out again."""
    caller.run(captcha_secret.keep, body)
    return Response(status_code=204)
