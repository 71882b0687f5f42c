"""How much comes in, from whom, and what it must prove."""

import asyncio
import base64
import json

import altcha
import pytest
from sqlmodel import func, select

from ticketdesk import db
from ticketdesk.models import Ticket
from ticketdesk.services.embed import limits
from ticketdesk.settings import settings

URL = "/api/embed/tickets/submit"


async def send(visitor, body, number: int, **headers: str):
    mine = body | {"requesterEmail": f"p{number}@example.com"}
    return await visitor.post(URL, json=mine, headers=headers)


async def solved(visitor, organization: str = "acme") -> str:
    answer = await visitor.get(
        "/api/embed/tickets/challenge", params={"organizationId": organization}
    )
    challenge = altcha.Challenge.from_dict(answer.json()["challenge"])
    solution = altcha.solve_challenge(challenge)
    assert solution
    return altcha.Payload(challenge, solution).to_base64()


async def test_one_address_sends_twenty_a_minute_and_is_then_told_to_wait(
    visitor, set_form, body
) -> None:
    set_form(captcha="off")
    codes = [(await send(visitor, body, number)).status_code for number in range(20)]
    refused = await send(visitor, body, 99)

    assert set(codes) == {201}
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600


async def test_a_spoofed_forwarding_header_does_not_make_a_new_address(
    visitor, set_form, body
) -> None:
    set_form(captcha="off")
    for number in range(20):
        await send(visitor, body, number)
    refused = await send(visitor, body, 99, **{"X-Forwarded-For": "198.51.100.9"})

    assert refused.status_code == 429


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("jane@customer.example", "jane@customer.example"),
    ],
)
def test_a_network_of_version_6_is_one_sender(address: str, counted: str) -> None:
    assert limits.sender(address) == counted


async def test_a_form_in_mode_auto_asks_for_a_proof_once_many_arrive(
    visitor, set_form, body
) -> None:
    set_form(captcha="auto")
    calm = [(await send(visitor, body, number)).status_code for number in range(10)]
    asked = await send(visitor, body, 10)
    let_in = await send(visitor, body | {"captcha": await solved(visitor)}, 11)

    assert set(calm) == {201}
    assert asked.status_code == 429
    assert asked.json()["error"]["code"] == "captcha_required"
    assert let_in.status_code == 201


async def test_a_form_in_mode_always_asks_the_first_one(visitor, set_form, body) -> None:
    set_form(captcha="always")
    asked = await visitor.post(URL, json=body)
    let_in = await visitor.post(URL, json=body | {"captcha": await solved(visitor)})

    assert asked.status_code == 403
    assert asked.json()["error"]["code"] == "captcha_required"
    assert let_in.status_code == 201


async def test_a_proof_is_good_for_one_submission(visitor, set_form, body) -> None:
    set_form(captcha="always")
    proof = await solved(visitor)
    first = await send(visitor, body | {"captcha": proof}, 1)
    replayed = await send(visitor, body | {"captcha": proof}, 2)

    assert first.status_code == 201
    assert replayed.status_code == 403


async def test_a_proof_for_another_organizations_form_is_no_proof(visitor, set_form, body) -> None:
    set_form(captcha="always")
    foreign = await solved(visitor, "globex")

    assert (await visitor.post(URL, json=body | {"captcha": foreign})).status_code == 403


@pytest.mark.parametrize("forged", ["x", "e30=", base64.b64encode(b"[]").decode(), "%%%", "[" * 90])
async def test_a_forged_proof_is_refused_and_breaks_nothing(
    visitor, set_form, body, forged: str
) -> None:
    set_form(captcha="always")

    assert (await visitor.post(URL, json=body | {"captcha": forged})).status_code == 403


async def test_a_challenge_made_easier_by_its_solver_is_refused(visitor, set_form, body) -> None:
    set_form(captcha="always")
    payload = json.loads(base64.b64decode(await solved(visitor)))
    payload["challenge"]["parameters"]["keyPrefix"] = "0"
    easier = base64.b64encode(json.dumps(payload).encode()).decode()

    assert (await visitor.post(URL, json=body | {"captcha": easier})).status_code == 403


async def test_a_proof_expires_after_twenty_minutes(visitor, set_form, body, clock) -> None:
    set_form(captcha="always")
    proof = await solved(visitor)
    clock.shift(21 * 60)

    assert (await visitor.post(URL, json=body | {"captcha": proof})).status_code == 403


async def test_when_nobody_can_count_nobody_passes(
    visitor, set_form, body, monkeypatch: pytest.MonkeyPatch, dead_port: int
) -> None:
    set_form(captcha="off")
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{dead_port}/0")
    settings.cache_clear()
    try:
        answer = await visitor.post(URL, json=body)
    finally:
        monkeypatch.undo()
        settings.cache_clear()

    assert answer.status_code == 503


async def test_a_crowd_is_turned_away_at_once_and_the_rest_are_served(
    visitor, set_form, body, cast
) -> None:
    set_form(captcha="off")
    answers = await asyncio.gather(*(send(visitor, body, number) for number in range(60)))
    codes = [answer.status_code for answer in answers]

    assert set(codes) == {201, 429}
    assert codes.count(201) >= 16
    assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 429)
    with db.tenant_session(cast.acme) as session:
        assert session.exec(select(func.count()).select_from(Ticket)).one() == codes.count(201)
