"""`ticketdesk cron`: the scheduler of recurring jobs."""

from ticketdesk.cli.connect import serving


def cron() -> None:
    """Queue recurring jobs when they are due. Run it on several machines: one leads at a time.

    Example: DATABASE_URL=… REDIS_URL=… TICKETDESK_SECRET_KEY=… ticketdesk cron
    """
    chosen = serving()
    import redis

    from ticketdesk import telemetry
    from ticketdesk.runtime import cron as ticking

    telemetry.start(chosen, "cron")
    ticking.run(redis.Redis.from_url(chosen.redis_url or "", socket_timeout=5))
