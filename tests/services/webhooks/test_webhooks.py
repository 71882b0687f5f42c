"""Webhooks out: registered, promised with the change, logged, replayed."""

import pytest
from sqlmodel import select

from tests.services.tickets.threads import ticket, write
from ticketdesk import outbox
from ticketdesk.adapters.webhook.post import Outcome
from ticketdesk.errors import Forbidden, Invalid, NotFound, Stale
from ticketdesk.models import OutboxEvent, WebhookDelivery
from ticketdesk.services import audit
from ticketdesk.services.webhooks import deliveries, registry
from ticketdesk.services.webhooks.fan_out import SUBSCRIBER
from ticketdesk.services.webhooks.registry import WebhookInput


def register(session, actor, **values):
    body = {"url": "https://hook.example/x", **values}
    return registry.create(session, actor, WebhookInput.parse(body))


def claimed(session):
    return outbox.claim(session, SUBSCRIBER)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://localhost./",
        "https://a.internal/",
    ],
)
def test_an_inner_address_is_refused_when_it_is_registered(session, ada, url):
    with pytest.raises(Invalid):
        register(session, ada, url=url)


def test_only_admins_register_and_the_secret_is_shown_once_and_sealed(session, ada, grace):
    with pytest.raises(Forbidden):
        register(session, grace)
    made = register(session, ada)
    assert made.secret.startswith("tdw_")
    assert "secret" not in made.webhook.wire()
    assert audit.list_entries(session, ada, action="webhook").items[0].action == "webhook.created"


def test_every_change_is_promised_to_those_who_want_it(session, ada, grace):
    everything = register(session, ada).webhook
    replies = register(session, ada, events=["ticket:response:added"]).webhook
    session.info.pop("webhooks", None)
    one = ticket(session, grace)
    write(session, grace, one.id, "Hi")
    rows = session.exec(select(WebhookDelivery).order_by(WebhookDelivery.id)).all()
    told = {
        hook: [r.event for r in rows if r.webhook_id == hook]
        for hook in (everything.id, replies.id)
    }
    assert told[everything.id] == [
        "ticket:created",
        "ticket:response:added",
        "ticket:status:changed",
    ]
    assert told[replies.id] == ["ticket:response:added"]
    assert rows[0].body["ticket"]["status"] == "NEW"


def test_without_webhooks_nothing_is_promised(session, grace):
    ticket(session, grace)
    promised = session.exec(select(OutboxEvent).where(OutboxEvent.subscriber == SUBSCRIBER)).all()
    assert promised == []


def test_a_refused_call_is_tried_again_and_a_taken_one_is_done(session, system_session, clock, ada):
    register(system_session, ada)
    ticket(system_session, ada)
    for outcome, state in (
        (Outcome(500, "oops", "Answered 500.", 12), (1, 500, False)),
        (Outcome(200, "ok", "", 9), (2, 200, True)),
    ):
        (entry,) = deliveries.due(system_session, ada, claimed(system_session))
        deliveries.record(system_session, ada, [(entry, outcome)])
        row = system_session.exec(select(WebhookDelivery)).one()
        assert (row.attempts, row.response_status, row.delivered_at is not None) == state
        clock.shift(61)
    assert claimed(system_session) == []


def test_a_webhook_that_was_turned_off_tells_nothing_more(system_session, clock, ada):
    made = register(system_session, ada).webhook
    ticket(system_session, ada)
    off = WebhookInput(url=made.url, is_active=False)
    registry.update(system_session, ada, made.id, off, made.version)
    (entry,) = deliveries.due(system_session, ada, claimed(system_session))
    assert entry.body is None
    with pytest.raises(Stale):
        registry.update(system_session, ada, made.id, off, made.version)


def test_a_line_of_the_log_can_be_told_again(session, ada, grace):
    made = register(session, ada).webhook
    session.info.pop("webhooks", None)
    ticket(session, grace)
    first = deliveries.list_deliveries(session, ada, made.id).items[0]
    again = deliveries.replay(session, ada, first.id)
    assert again.body["replayOf"] == first.id
    assert len(deliveries.list_deliveries(session, ada, made.id).items) == 2
    with pytest.raises(NotFound):
        deliveries.replay(session, ada, "delivery_none")
