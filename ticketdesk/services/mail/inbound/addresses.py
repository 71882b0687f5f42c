"""Mail addresses out of header values, however broken."""

import email.utils
import re
from dataclasses import dataclass

from ticketdesk.services.mail.inbound.headers import Headers, readable
from ticketdesk.services.mail.lines import one_line

# Loose on purpose: for values that no address parser can take apart any more.
_ANYWHERE = re.compile(r"[^\s\0<>,;:\"()\[\]\\@]{1,64}@[^\s\0<>,;:\"()\[\]\\@]{1,253}")
_MAX_PARSED = 200_000
_NEST = re.compile(r"[(\[]")


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: `email` in lower case, `name` readable (may be empty)."""

    email: str
    name: str = ""

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.email.rpartition("@")[0]

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.email.rpartition("@")[2]


def parse_addresses(raw: str) -> tuple[Address, ...]:
    """The addresses of one raw header value, each once, in order; what is none is left out."""
    pairs: list[tuple[str, str]] = []
    # The standard parser walks into every parenthesis: a bomb of them is searched instead.
    if len(raw) <= _MAX_PARSED and len(_NEST.findall(raw)) < 50:
        try:
            pairs = email.utils.getaddresses([raw])
        except (ValueError, IndexError, RecursionError):
            pairs = []
    found = [(readable(name), box) for name, box in pairs if _is_address(box)]
    if not found:
        found = [("", box) for box in _ANYWHERE.findall(raw)]
    seen: dict[str, Address] = {}
    for name, box in found:
        bare = readable(box).strip().lower()
        seen.setdefault(bare, Address(bare, one_line(name, 120)))
    return tuple(seen.values())


def addresses_of(headers: Headers, *names: str) -> tuple[Address, ...]:
    """The addresses of all fields called one of `names`, each once."""
    seen: dict[str, Address] = {}
    for name in names:
        for value in headers.raw(name):
            for address in parse_addresses(value):
                seen.setdefault(address.email, address)
    return tuple(seen.values())


def _is_address(box: str) -> bool:
    local, at, domain = box.rpartition("@")
    if not (at and local and domain) or len(box) > 320:
        return False
    return not any(not c.isprintable() or c in ' <>,;:"()' for c in box) and "@" not in local
