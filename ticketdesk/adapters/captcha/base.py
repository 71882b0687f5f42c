"""What every proof has in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a proof holds.

    `once` names the proof, so that the caller can refuse it a second time; empty where the service
    itself refuses repeats. `until` is the moment after which it would be refused anyway.
    """

    holds: bool
    once: str = ""
    until: datetime | None = None


class Captcha(Protocol):
    """One way to prove that a person, or much work, stands behind a form."""

    def challenge(self, organization_id: str) -> dict[str, Any] | None:
        """Return what the page must solve, or None where it asks the service itself."""
        ...

    def verify(self, answer: str, organization_id: str, address: str) -> Verdict:
        """Check an answer.

        Args:
            answer: what the page sent.
            organization_id: whose form it was sent to.
            address: the client's network address.

        Raises:
            Unavailable: the service does not answer.
        """
        ...
