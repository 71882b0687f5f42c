"""The errors a caller may see: each knows its status, its code and a sentence of what to do.

The edges (API, public pages, Reflex states) turn them into answers; anything else is a fault and
is answered without its text.
"""


class TicketDeskError(Exception):
    """Base of every error that may be shown to a caller.

    Args:
        message: one plain sentence for the person who caused it.
        fields: problems by field name (camelCase, as in the API), shown beside the fields.
        details: extra machine-readable facts for the error body (JSON values).
    """

    status = 500
    code = "error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        fields: dict[str, str] | None = None,
        details: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.fields = fields or {}
        self.details = details or {}


class Malformed(TicketDeskError):
    """The request cannot be read at all."""

    status, code = 400, "malformed"


class Unauthenticated(TicketDeskError):
    """Nobody is signed in, or the token is unknown, expired or revoked."""

    status, code = 401, "unauthenticated"


class Forbidden(TicketDeskError):
    """Signed in, but the role or scope does not allow it."""

    status, code = 403, "forbidden"


class NotFound(TicketDeskError):
    """Missing, or belonging to somebody else: the two are never told apart."""

    status, code = 404, "not_found"


class Conflict(TicketDeskError):
    """The present state does not allow the change."""

    status, code = 409, "conflict"


class Stale(TicketDeskError):
    """Somebody changed the thing since the caller read it."""

    status, code = 412, "stale"


class TooLarge(TicketDeskError):
    """More bytes than allowed."""

    status, code = 413, "too_large"


class UnsupportedKind(TicketDeskError):
    """A content type or kind of file that is not accepted."""

    status, code = 415, "unsupported_kind"


class Invalid(TicketDeskError):
    """Understood, but wrong; `fields` names what."""

    status, code = 422, "validation_error"


class TooMany(TicketDeskError):
    """A rate limit holds; `retry_after` is in whole seconds."""

    status, code = 429, "too_many_requests"

    def __init__(self, message: str, *, retry_after: int, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = max(1, retry_after)


class Unavailable(TicketDeskError):
    """Something the product depends on does not answer at the moment."""

    status, code = 503, "unavailable"
