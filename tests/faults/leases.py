"""What a killed worker had taken is free after its lease; the tests need not wait for that."""

import psycopg

from tests.support.desk import Desk

_LAPSE = """
    UPDATE outbox_events SET leased_until = now() - interval '1 second'
    WHERE done_at IS NULL AND leased_until IS NOT NULL
"""


def let_leases_lapse(running: Desk) -> None:
    """End the leases of whoever is dead by now, as if their 45 seconds were over."""
    with psycopg.connect(running.addresses()[0]) as connection:
        connection.execute(_LAPSE)
