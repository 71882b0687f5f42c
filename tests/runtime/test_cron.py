"""The scheduler queues what is due, once, whoever leads."""

from datetime import UTC, datetime, timedelta

import pytest
from rq import Queue
from rq.serializers import JSONSerializer

from ticketdesk.jobs.cron import TABLE, Entry
from ticketdesk.runtime.cron import LEASE, Ticker

EVERY_MINUTE = Entry("minute", "ticketdesk.jobs.sweep.sweep", timedelta(minutes=1))
AT_NIGHT = Entry("night", "ticketdesk.jobs.sweep.sweep", "0 3 * * *")


@pytest.fixture
def queue(redis) -> Queue:
    return Queue("default", connection=redis, serializer=JSONSerializer)


def test_an_interval_starts_at_once_and_then_keeps_its_distance(redis, queue, clock) -> None:
    ticker = Ticker(redis, (EVERY_MINUTE,))

    assert ticker.tick() == ["minute"]
    queue.empty()
    clock.shift(59)
    assert ticker.tick() == []
    clock.shift(1)
    assert ticker.tick() == ["minute"]
    assert queue.job_ids == ["cron-minute"]


def test_a_calendar_entry_waits_for_its_time(redis, clock) -> None:
    ticker = Ticker(redis, (AT_NIGHT,))

    assert ticker.tick() == []
    clock.move_to(datetime(2026, 3, 3, 3, 0, 20, tzinfo=UTC))
    assert ticker.tick() == ["night"]
    clock.shift(30)
    assert ticker.tick() == []
    clock.move_to(datetime(2026, 3, 4, 3, 0, tzinfo=UTC))
    assert ticker.tick() == ["night"]


def test_a_calendar_entry_missed_while_nothing_ran_is_made_up_for(redis, clock) -> None:
    ticker = Ticker(redis, (AT_NIGHT,))
    clock.move_to(datetime(2026, 3, 3, 3, 0, tzinfo=UTC))
    ticker.tick()
    clock.move_to(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))

    assert ticker.tick() == ["night"]


def test_only_one_of_two_schedulers_leads(redis, clock) -> None:
    first, second = Ticker(redis, (EVERY_MINUTE,)), Ticker(redis, (EVERY_MINUTE,))

    assert first.tick() == ["minute"]
    clock.shift(120)
    assert second.tick() == []


def test_another_takes_over_when_the_leader_resigns(redis) -> None:
    first, second = Ticker(redis, ()), Ticker(redis, ())
    assert first.leads()
    first.resign()

    assert second.leads()
    first.resign()
    assert not first.leads()


def test_another_takes_over_when_the_leader_is_killed(redis) -> None:
    first = Ticker(redis, ())
    first.leads()

    assert redis.pttl("ticketdesk:cron:leader") <= LEASE.total_seconds() * 1000


def test_jobs_do_not_pile_up_while_no_worker_runs(redis, queue, clock) -> None:
    ticker = Ticker(redis, (EVERY_MINUTE,))
    for _ in range(5):
        ticker.tick()
        clock.shift(60)

    assert len(queue) == 1


def test_a_redis_that_forgot_everything_is_filled_again(redis, queue) -> None:
    ticker = Ticker(redis, (EVERY_MINUTE,))
    ticker.tick()
    redis.flushdb()

    assert ticker.tick() == ["minute"]
    assert len(queue) == 1


def test_a_delayed_job_is_queued_when_its_time_has_come(redis, clock) -> None:
    outbox = Queue("outbox", connection=redis, serializer=JSONSerializer)
    outbox.enqueue_in(timedelta(seconds=10), "ticketdesk.jobs.drain.drain", "mail")
    ticker = Ticker(redis, ())

    ticker.tick()
    assert len(outbox) == 0
    clock.shift(11)
    ticker.tick()
    assert len(outbox) == 1
    ticker.tick()
    assert len(outbox) == 1


def test_every_entry_of_the_table_names_a_job_there_is() -> None:
    from rq.utils import import_attribute

    assert len({entry.name for entry in TABLE}) == len(TABLE)
    for entry in TABLE:
        assert callable(import_attribute(entry.function))
