"""Promised mails: compose in one transaction, hand over outside of any, record in another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog
from sqlmodel import Session

from ticketdesk import clock, unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.adapters.email.base import ComposingProvider
from ticketdesk.adapters.email.failures import DeliveryFailed
from ticketdesk.errors import NotFound, Unavailable
from ticketdesk.outbox import Promise
from ticketdesk.services.mail import account_letters
from ticketdesk.services.mail.outbound.files import load
from ticketdesk.services.mail.outbound.prepare import prepare
from ticketdesk.services.mail.outbound.prepared import Prepared, Sent
from ticketdesk.services.mail.outbound.record import record
from ticketdesk.services.mail.providers import provider_for

log = structlog.get_logger(__name__)

Compose = Callable[[Session, Actor, list[Promise]], list[Prepared]]


def hand_over(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Send the promised mails of one organization; what `deadline` leaves over goes back.

    A crash between handing over and recording repeats the mail under the same Message-ID once the
    lease has lapsed; a crash before loses nothing (semantics.md, Email out).
    """
    _hand_over(organization_id, promises, deadline, prepare)


def account(organization_id: str, promises: list[Promise], deadline: datetime) -> None:
    """Send invitations and links to new passwords, the same way."""
    _hand_over(organization_id, promises, deadline, account_letters.prepare)


def _hand_over(
    organization_id: str, promises: list[Promise], deadline: datetime, compose: Compose
) -> None:
    provider, prepared = unit_of_work.as_system(organization_id, _prepare, promises, compose)
    results = _send_all(provider, prepared, deadline)
    unit_of_work.as_system(organization_id, record, results)


def _prepare(
    session: Session, actor: Actor, promises: list[Promise], compose: Compose
) -> tuple[ComposingProvider, list[Prepared]]:
    return provider_for(session, actor.organization_id), compose(session, actor, promises)


def _send_all(
    provider: ComposingProvider, prepared: list[Prepared], deadline: datetime
) -> list[Sent]:
    results, stopped = [], False
    for entry in prepared:
        if entry.mail is None:
            log.info("mail_silent", kind=entry.kind, why=entry.silence)
            results.append(Sent(entry))
        elif stopped or clock.now() >= deadline:
            results.append(Sent(entry, postponed=True))
        else:
            result, stopped = _send(provider, entry)
            results.append(result)
    return results


def _send(provider: ComposingProvider, entry: Prepared) -> tuple[Sent, bool]:
    """The result, and whether the rest would only fail the same way now."""
    if entry.mail is None:
        return Sent(entry), False
    try:
        files = load(entry.carried, entry.mail.html)
        receipt = provider.deliver(replace(entry.mail, attachments=files))
    except NotFound as gone:
        return Sent(entry, provider.name, words=gone.message, permanent=True), False
    except Unavailable as away:
        return Sent(entry, provider.name, words=away.message), False
    except DeliveryFailed as failure:
        log.warning("mail_failed", words=failure.words, permanent=failure.permanent)
        failed = Sent(entry, provider.name, words=failure.words, permanent=failure.permanent)
        return failed, failure.for_all
    except OSError as error:
        log.warning("mail_failed", words=str(error), permanent=False)
        return Sent(entry, provider.name, words=str(error)), True
    return Sent(entry, provider.name, delivery=receipt), False
