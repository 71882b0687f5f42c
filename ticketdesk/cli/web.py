"""`ticketdesk web`: the web server alone."""

from ticketdesk.cli.connect import serving


def web() -> None:
    """Serve app, API, public pages and websocket on PORT with WEB_WORKERS processes.

    Several machines may run it against the same DATABASE_URL and REDIS_URL.

    Example: DATABASE_URL=… REDIS_URL=… TICKETDESK_SECRET_KEY=… ticketdesk web
    """
    chosen = serving()
    from ticketdesk.runtime import web_server

    web_server.serve(chosen)
