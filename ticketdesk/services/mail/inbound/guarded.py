"""A MIME message whose header fields cannot keep the parser busy, or fail it."""

from email.message import Message
from email.policy import compat32
from typing import Any

from ticketdesk.services.mail.inbound.charsets import is_charset

# The parser's work on parameters grows with their square; mail programs write a few hundred.
_ROOM = 8_000
_WITH_PARAMETERS = frozenset({"content-type", "content-disposition"})


class GuardedMessage(Message):
    """Reads parameters out of the beginning of a field, and only in charsets of mail (RFC 2231)."""

    def get(self, name: str, failobj: Any = None) -> Any:
        """The field as the parser reads it, cut where it has parameters."""
        value = super().get(name, failobj)
        if value is failobj or name.lower() not in _WITH_PARAMETERS:
            return value
        text = str(value)
        return text[:_ROOM] if len(text) > _ROOM else value

    def get_param(
        self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True
    ) -> Any:
        """A parameter; one in a charset that is none is read as UTF-8."""
        value = super().get_param(param, failobj, header, unquote)
        if isinstance(value, tuple) and not is_charset(value[0] or "us-ascii"):
            return "utf-8", value[1], value[2]
        return value


GUARDED = compat32.clone(message_factory=GuardedMessage)
"""The policy that makes every part one."""
