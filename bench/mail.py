"""Mails judged a second, and mails sent a second by fifty organizations of which one hangs."""

import logging
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import perf_counter

import structlog
from aiosmtpd.controller import Controller
from sqlmodel import Session

from bench.installation import Installation
from bench.results import Result, at_least
from tests.corpus.all_cases import CASES
from tests.corpus.desk import CorpusDesk
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.jobs import drain as job
from ticketdesk.models.enums import TicketSource
from ticketdesk.services import organizations, ticket_settings
from ticketdesk.services.mail import account_settings
from ticketdesk.services.mail.inbound.pipeline import judge
from ticketdesk.services.tickets.commands import CreateTicket
from ticketdesk.services.tickets.create import create

SUBSCRIBER = "mail.ticket_created"
ORGANIZATIONS, EACH, JUDGED = 50, 10, 2000
_DATABASE = "bench_mail"


def run(installation: Installation) -> Iterable[Result]:
    """Judge the corpus' ordinary messages, then send with and without one server that hangs."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    yield Result("incoming mails judged", _judged(), "per s")
    installation.create(_DATABASE)
    installation.use(_DATABASE)
    with _server() as port, _silence() as silent:
        actors = [_organization(number, port) for number in range(ORGANIZATIONS)]
        healthy = _send(actors, actors)
        _connect(actors[0], silent)
        hanging = _send(actors, actors[1:])
    yield Result("mails sent by 50 organizations over SMTP", healthy, "per s")
    yield at_least(
        "the other 49 while one server hangs, of that",
        hanging / healthy,
        0.5,
        "times",
        {"mailsPerSecond": round(hanging, 1)},
    )


def _judged() -> float:
    desk, ordinary = CorpusDesk(), [c.raw for c in CASES if 300 < len(c.raw) < 5000]
    began = perf_counter()
    for number in range(JUDGED):
        judge(ordinary[number % len(ordinary)], desk)
    return JUDGED / (perf_counter() - began)


def _organization(number: int, port: int) -> Actor:
    slug = f"desk{number}"
    organization_id = unit_of_work.across(
        organizations.init,
        name=slug,
        slug=slug,
        email=f"admin@{slug}.example",
        password="only-for-the-benchmark",
        admin_name="Admin",
    )
    actor = unit_of_work.as_system(organization_id, lambda session, actor: actor)
    unit_of_work.as_actor(actor, ticket_settings.change, {"emailConfig": {"provider": "smtp"}})
    _connect(actor, port)
    return actor


def _connect(actor: Actor, port: int) -> None:
    account = {"host": "127.0.0.1", "port": port, "security": "none"}
    unit_of_work.as_actor(actor, account_settings.change, account)


def _send(actors: list[Actor], counted: list[Actor]) -> float:
    """Promise mails for all, drain, and return how many of the counted left per second."""
    for actor in actors:
        unit_of_work.as_actor(actor, _create_some)
    began = perf_counter()
    job.drain(SUBSCRIBER)
    return len(counted) * EACH / (perf_counter() - began)


def _create_some(session: Session, actor: Actor) -> None:
    for number in range(EACH):
        command = CreateTicket(
            requester_name="Jane Doe",
            requester_email=f"jane{number}@customer.example",
            subject="Cannot log in",
            description="The page stays white.",
        )
        create(session, actor, command, source=TicketSource.MANUAL)
    session.flush()
    session.info.pop("kicks", None)


@contextmanager
def _server() -> Iterator[int]:
    class Taking:
        async def handle_DATA(self, server, session, envelope) -> str:
            return "250 taken"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Taking(), hostname="127.0.0.1", port=port)
    controller.start()
    yield port
    controller.stop(no_assert=True)


@contextmanager
def _silence() -> Iterator[int]:
    """A server that takes connections and never says a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        yield silent.getsockname()[1]
