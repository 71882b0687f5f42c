"""An office with a promise, for the tests of the sweeper."""

import pytest

from tests.services.sla.desk import OFFICE, promise


@pytest.fixture
def office(session, ada, clock) -> None:
    promise(
        session,
        ada,
        businessHours=OFFICE,
        firstResponseTime=120,
        resolutionTime={"medium": 960},
        warnMinutes=30,
    )
