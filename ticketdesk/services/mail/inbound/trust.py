"""What our own mail server found out about the sender's address (RFC 8601)."""

import re
from dataclasses import dataclass, field

from ticketdesk.services.mail.inbound.message import ParsedMail

_ENTRY = re.compile(r"(?:^|[;\s])(dmarc|spf|dkim)\s*=\s*(\w+)([^;]*)", re.IGNORECASE)
# The sender chooses the envelope address, whose words must not look like results of ours.
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|\([^()]*\)")
_DOMAIN = re.compile(
    r"(?:header\.d|header\.i|smtp\.mailfrom|smtp\.mail)\s*=\s*(?:[^\s@;]*@)?([\w.-]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """The results of the topmost field by method, in lower case, each with the domain it is about.

    A domain is '' where the server does not name it. No methods: nobody looked.
    """

    methods: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def says(self, method: str, result: str) -> bool:
        """Whether one of the results of a method is this."""
        return any(found == result for found, _ in self.methods.get(method, ()))


def findings(mail: ParsedMail) -> Findings:
    """Read the topmost Authentication-Results field: our own server puts its own on top."""
    values = mail.headers.raw("authentication-results")
    methods: dict[str, list[tuple[str, str]]] = {}
    for method, result, about in _ENTRY.findall(_QUOTED.sub(" ", values[0]) if values else ""):
        domain = _DOMAIN.search(about)
        entry = (result.lower(), domain[1].lower() if domain else "")
        methods.setdefault(method.lower(), []).append(entry)
    return Findings(methods)


def forged(mail: ParsedMail) -> str | None:
    """Why the From address is most likely forged, or None; a forger gains nothing by adding it."""
    found = findings(mail)
    if found.says("dmarc", "fail"):
        return "dmarc=fail"
    if found.says("spf", "fail") and not found.says("dkim", "pass"):
        return f"spf=fail, dkim={found.methods.get('dkim', [('none', '')])[0][0]}"
    return None


def unproven(mail: ParsedMail) -> str | None:
    """Why an address that counts for more than others is not believed, or None.

    Where our server looked, something must have passed for the domain of the From address itself:
    anybody passes for a domain of their own.
    """
    if reason := forged(mail):
        return reason
    found = findings(mail)
    if not found.methods or found.says("dmarc", "pass"):
        return None
    ours = mail.sender.domain if mail.sender else ""
    for method in ("dkim", "spf"):
        for result, domain in found.methods.get(method, ()):
            if result == "pass" and _same_organization(domain or ours, ours):
                return None
    return ", ".join(f"{name}={results[0][0]}" for name, results in found.methods.items())


def proven(mail: ParsedMail) -> bool:
    """Whether our server looked and the From address passed."""
    return bool(findings(mail).methods) and unproven(mail) is None


def _same_organization(one: str, other: str) -> bool:
    """Relaxed alignment (RFC 7489, 3.1), without a list of public suffixes: one holds the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
