"""The signed link of a survey: whoever has the mail may answer, nobody can guess another's."""

import base64
import hashlib
import hmac
import re

from ticketdesk.services.mail.signing import derive_key
from ticketdesk.settings import settings

_TOKEN = re.compile(r"(?P<id>survey_[0-9a-f]{32})\.(?P<signature>[a-z2-7]{26})")


def links(survey_id: str) -> dict[str, str]:
    """The addresses that a survey's mail holds."""
    page = f"{settings().base_url.rstrip('/')}/rate/{token(survey_id)}"
    return {"good": f"{page}?answer=good", "bad": f"{page}?answer=bad", "stop": f"{page}/stop"}


def token(survey_id: str) -> str:
    """The survey's name in a link."""
    return f"{survey_id}.{_signature(survey_id)}"


def read(text: str) -> str | None:
    """The survey that a validly signed token names, else None."""
    found = _TOKEN.fullmatch(text)
    if not found:
        return None
    fits = hmac.compare_digest(_signature(found["id"]), found["signature"])
    return found["id"] if fits else None


def _signature(survey_id: str) -> str:
    key = derive_key(settings().secret_key, "survey")
    digest = hmac.new(key, survey_id.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:16]).decode().lower().rstrip("=")
