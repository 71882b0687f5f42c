"""The form is no relay for spam: what strangers make us send carries nothing they wrote."""

import asyncio
from pathlib import Path

import pytest

from ticketdesk.jobs.drain import drain
from ticketdesk.services.mail.outbound.caps import PER_ADDRESS
from ticketdesk.settings import settings

URL = "/api/embed/tickets/submit"
SPAM = "Buy our pills at http://pills.example today"


@pytest.fixture
def sent() -> Path:
    folder = settings().data_dir / "mail"
    for old in folder.glob("*.eml"):
        old.unlink()
    return folder


async def test_a_confirmation_to_a_stranger_has_number_and_link_and_nothing_else(
    visitor, body, sent
) -> None:
    body |= {
        "requesterName": f"Friend\r\nBcc: everybody@victims.example\r\n\r\n{SPAM}",
        "requesterEmail": "victim@victims.example",
        "subject": SPAM,
        "description": SPAM,
        "customFields": {"accountNumber": SPAM},
    }
    made = await visitor.post(URL, json=body)
    await asyncio.to_thread(drain, "mail.ticket_created")
    (mail,) = sent.glob("*.eml")
    words = mail.read_text(encoding="utf-8").replace("=\n", "")

    assert "To: victim@victims.example" in words
    assert f"/track/{made.json()['ticket']['ticketNumber']}-" in words
    assert "pills" not in words
    assert "Friend" not in words
    assert "everybody@" not in words


async def test_one_address_gets_a_few_confirmations_an_hour_however_many_forms_are_sent(
    visitor, body, set_form, sent
) -> None:
    set_form(captcha="off")
    for number in range(PER_ADDRESS + 4):
        again = body | {"requesterEmail": "victim@victims.example", "subject": f"No {number}"}
        assert (await visitor.post(URL, json=again)).status_code == 201
    await asyncio.to_thread(drain, "mail.ticket_created")

    assert len(list(sent.glob("*.eml"))) == PER_ADDRESS


@pytest.mark.parametrize(
    "address",
    ["a@b.example,c@d.example", "a@b.example\r\nBcc: c@d.example", '"x"@b.example', "a@b", "@"],
)
async def test_an_address_is_one_address(visitor, body, address: str) -> None:
    answer = await visitor.post(URL, json=body | {"requesterEmail": address})

    assert answer.status_code == 422
    assert "requesterEmail" in answer.json()["error"]["fields"]
