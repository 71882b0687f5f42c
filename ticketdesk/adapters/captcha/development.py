"""The twin for development and tests: stands in for the hosted services without any network."""

from typing import Any

import structlog

from ticketdesk.adapters.captcha.base import Verdict

PASSES = "development-pass"

log = structlog.get_logger(__name__)


class DevelopmentCaptcha:
    """Accepts the one answer `development-pass` and logs every question."""

    def challenge(self, organization_id: str) -> dict[str, Any] | None:
        """Return None, as the hosted services do."""
        return None

    def verify(self, answer: str, organization_id: str, address: str) -> Verdict:
        """Accept `development-pass`, refuse the rest."""
        holds = answer == PASSES
        log.info("captcha_asked", organization_id=organization_id, holds=holds)
        return Verdict(holds)
