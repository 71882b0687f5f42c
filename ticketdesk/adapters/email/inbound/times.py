"""Whether a signed moment is near enough that the call is no replay."""

from datetime import UTC, datetime, timedelta

from ticketdesk.adapters.email.failures import SignatureRefused


def require_recent(timestamp: str, now: datetime, tolerance: timedelta) -> None:
    """Raise `SignatureRefused` unless `timestamp` (seconds since 1970) is within `tolerance`."""
    try:
        at = datetime.fromtimestamp(int(timestamp), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise SignatureRefused("The call carries no time.") from error
    if abs(now - at) > tolerance:
        raise SignatureRefused("The call is too old; it may be a replay.")
