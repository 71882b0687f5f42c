"""What the public may not leave with us: the same checks as for staff, before a byte is kept."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.api.test_attachments_refused import BAD
from tests.embed.test_uploads import URL, files, upload
from tests.support.file_fixtures import configured, folder, left_in
from ticketdesk.api.embed import receiving, room
from ticketdesk.services.embed import limits

__all__ = ["configured", "folder"]

HEADERS = {"Content-Type": "multipart/form-data; boundary=x"}


def part(name: str, content: bytes, filename: str = "") -> bytes:
    file = f'; filename="{filename}"' if filename else ""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_kept(
    visitor, cast, folder, what: str
) -> None:
    (name, content, kind), status, code = BAD[what]
    answer = await visitor.post(
        URL, data={"organizationId": "acme"}, files={"file": (name, content, kind)}
    )

    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["fields"]["file"]
    assert left_in(folder) == []
    assert files(cast.acme) == []


@pytest.mark.parametrize("what", ["a ZIP bomb", "a page named .png", "no bytes"])
async def test_a_refusal_is_in_the_visitors_language(visitor, what: str) -> None:
    (name, content, kind), _, code = BAD[what]
    said = {}
    for language in ("en", "de", "ar"):
        answer = await visitor.post(
            URL,
            data={"organizationId": "acme"},
            files={"file": (name, content, kind)},
            headers={"Accept-Language": language},
        )
        said[language] = answer.json()["error"]["fields"]["file"]
        assert answer.json()["error"]["code"] == code

    assert len(set(said.values())) == 3


async def test_a_bad_file_in_the_plain_form_keeps_what_was_written(visitor, cast, folder) -> None:
    fields = {
        "organizationId": "acme",
        "requesterName": "Jane",
        "requesterEmail": "jane@customer.example",
        "subject": "With a picture",
        "description": "That is none.",
    }
    bad = ("x.png", b"<html><script>alert(1)</script>", "image/png")
    page = await visitor.post("/embed/tickets", data=fields, files={"file": bad})

    assert page.status_code == 415
    assert 'value="With a picture"' in page.text
    assert "its content is a web page" in page.text
    assert left_in(folder) == []
    assert files(cast.acme) == []


async def test_a_body_is_read_no_further_than_it_may_be_large(
    visitor, cast, folder, set_form
) -> None:
    set_form({"files": {"maxFileBytes": 1_000_000}})
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield part("organizationId", b"acme")
        yield part("file", b"12:00 all is well\n", "a.log")[:-2]
        for _ in range(200):
            sent += 1
            yield b"12:00 all is well\n" * 60_000
        yield b"\r\n--x--\r\n"

    answer = await visitor.post(URL, content=endless(), headers=HEADERS)

    assert answer.status_code == 413
    assert sent < 40  # what is read to the end is thrown away, and that ends, too
    assert left_in(folder) == []


async def test_a_file_before_its_organization_is_refused_unless_the_address_names_it(
    visitor, cast
) -> None:
    body = part("file", b"so it said", "log.txt") + part("organizationId", b"acme") + b"--x--\r\n"
    refused = await visitor.post(URL, content=body, headers=HEADERS)
    taken = await visitor.post(f"{URL}?organizationId=acme", content=body, headers=HEADERS)

    assert refused.status_code == 422
    assert refused.json()["error"]["fields"] == {
        "organizationId": "Send organizationId before the file."
    }
    assert taken.status_code == 201, taken.text


async def test_an_upload_that_stops_in_the_middle_gives_its_place_back(
    visitor, cast, folder, monkeypatch
) -> None:
    monkeypatch.setattr(receiving, "PATIENCE", 0.05)

    async def stuck() -> AsyncIterator[bytes]:
        yield part("organizationId", b"acme") + part("file", b"half of it", "a.log")[:-2]
        await asyncio.Event().wait()

    answer = await visitor.post(URL, content=stuck(), headers=HEADERS)

    assert answer.status_code == 400
    assert left_in(folder) == []
    assert room._uploading == {}


async def test_one_address_cannot_hold_every_place(visitor, monkeypatch) -> None:
    monkeypatch.setattr(room, "_MOST_UPLOADS_FROM", 2)
    go_on, started = asyncio.Event(), asyncio.Barrier(3)

    async def slow() -> AsyncIterator[bytes]:
        yield part("organizationId", b"acme") + part("file", b"slow", "a.log")[:-2]
        await started.wait()
        await go_on.wait()
        yield b"\r\n--x--\r\n"

    held = [
        asyncio.create_task(visitor.post(URL, content=slow(), headers=HEADERS)) for _ in range(2)
    ]
    await started.wait()
    refused = await upload(visitor)
    go_on.set()
    answers = await asyncio.gather(*held)

    assert refused.status_code == 429
    assert [answer.status_code for answer in answers] == [201, 201]
    assert (await upload(visitor)).status_code == 201


async def test_megabytes_are_counted_while_they_come(visitor, cast, folder, monkeypatch) -> None:
    monkeypatch.setattr(limits, "_MEGABYTES_FROM", limits.parse("3 per hour"))
    first = await upload(visitor, content=b"12:00 all is well\n" * 60_000)
    second = await upload(visitor, content=b"13:00 all is well\n" * 200_000)

    assert first.status_code == 201, first.text
    assert second.status_code == 429
    assert "Retry-After" in second.headers
    assert len(files(cast.acme)) == 1


@pytest.mark.parametrize("organization", [b"ac\x00me", b"\xff\xfe", b"acme\n", b"a" * 5000])
async def test_an_organization_that_cannot_be_is_not_found(visitor, organization: bytes) -> None:
    body = part("organizationId", organization) + part("file", b"x", "a.txt") + b"--x--\r\n"

    assert (await visitor.post(URL, content=body, headers=HEADERS)).status_code == 404
