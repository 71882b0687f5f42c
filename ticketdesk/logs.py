"""Structured logs: JSON lines for machines, readable lines for a person at a terminal.

A request or job binds its id with structlog's context variables, and every line written while it
runs carries it, those of libraries included.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import structlog.tracebacks
from structlog.typing import Processor

from ticketdesk.settings import Settings

_QUIET = (
    "rq",
    "granian",
    "asyncio",
    "httpx",
    "httpcore",
    "alembic",
    "botocore",
    "PIL",
    "socketio",
    "watchfiles",
)


def configure(chosen: Settings) -> None:
    """Send every log line to standard error, in the form that suits who reads it.

    People read a demo and a terminal; anything else is JSON. Call it once a process.
    """
    human = chosen.demo or sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if human else "iso", utc=not human),
        structlog.processors.StackInfoRenderer(),
    ]
    last = _for_people() if human else _for_machines()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _for_people() -> list[Processor]:
    # Plain tracebacks: the fancy ones print local variables, other people's letters among them.
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            pad_event_to=28,
            exception_formatter=structlog.dev.plain_traceback,
        )
    ]


def _for_machines() -> list[Processor]:
    without_locals = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [
        structlog.processors.ExceptionRenderer(without_locals),
        structlog.processors.JSONRenderer(),
    ]


@contextmanager
def bound(**ids: str) -> Iterator[None]:
    """Bind ids (`request_id`, `job_id`, `organization_id`) to the lines written inside."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield
