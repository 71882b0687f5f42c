"""What our own mail server found out about the sender's address."""

import re

from ticketdesk.services.mail.inbound.message import ParsedMail

_RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*(\w+)", re.IGNORECASE)


def forged(mail: ParsedMail) -> str | None:
    """Why the From address is most likely forged, or None.

    Reads the topmost Authentication-Results field (RFC 8601): our own server puts its own on top,
    and a forger gains nothing by adding a failure.
    """
    values = mail.headers.raw("authentication-results")
    if not values:
        return None
    results: dict[str, str] = {}
    for method, result in _RESULT.findall(values[0]):
        results.setdefault(method.lower(), result.lower())
    if results.get("dmarc") == "fail":
        return "dmarc=fail"
    if results.get("spf") == "fail" and results.get("dkim", "none") != "pass":
        return f"spf=fail, dkim={results.get('dkim', 'none')}"
    return None
