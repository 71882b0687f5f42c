"""Files before there is a ticket."""

from sqlmodel import select

from ticketdesk import db
from ticketdesk.adapters.storage import storage
from ticketdesk.models import TicketAttachment
from ticketdesk.services.embed import pending_files

URL = "/api/embed/tickets/uploads"
SUBMIT = "/api/embed/tickets/submit"


async def upload(
    visitor,
    name: str = "log.txt",
    content: bytes = b"so it said",
    to: str = "acme",
    key: str | None = None,
):
    return await visitor.post(
        URL,
        data={"organizationId": to},
        files={"file": (name, content, "text/plain")},
        headers={"Idempotency-Key": key} if key else {},
    )


def files(organization: str) -> list[TicketAttachment]:
    with db.tenant_session(organization) as session:
        return list(session.exec(select(TicketAttachment)).all())


async def test_an_upload_joins_the_ticket_it_was_made_for(visitor, cast, body) -> None:
    kept = await upload(visitor)
    (stored,) = kept.json()["attachments"]
    handle = stored["id"]
    sent = await visitor.post(SUBMIT, json=body | {"attachmentIds": [handle]})

    assert kept.status_code == 201, kept.text
    assert set(stored) == {
        "id", "filename", "originalName", "mimeType", "size", "url", "thumbnailUrl", "createdAt",
    }  # fmt: skip
    assert (stored["originalName"], stored["size"], stored["url"]) == ("log.txt", 10, None)
    assert sent.status_code == 201, sent.text
    (row,) = files(cast.acme)
    assert row.ticket_id == sent.json()["ticket"]["id"]
    assert row.original_name == "log.txt"
    page = await visitor.get(sent.json()["ticket"]["trackingUrl"])
    assert "log.txt" in page.text


async def test_an_upload_that_is_repeated_is_one_file(visitor, cast, body) -> None:
    first, again = [await upload(visitor, key="once") for _ in range(2)]
    another = await upload(visitor, key="once", content=b"something else")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert another.status_code == 409
    assert another.json()["error"]["code"] == "idempotency_key_reused"
    (kept,) = files(cast.acme)
    assert storage().stat(kept.storage_key)
    handle = again.json()["attachments"][0]["id"]
    assert (await visitor.post(SUBMIT, json=body | {"attachmentIds": [handle]})).status_code == 201


async def test_a_key_that_could_be_guessed_gives_nobody_elses_file(visitor, stranger) -> None:
    mine, theirs = await upload(visitor, key="1"), await upload(stranger, key="1")
    assert mine.json()["attachments"][0]["id"] != theirs.json()["attachments"][0]["id"]


async def test_a_key_that_is_none_is_refused_and_keeps_nothing(visitor, cast) -> None:
    assert (await upload(visitor, key="k" * 256)).status_code == 422
    assert files(cast.acme) == []


async def test_an_overheard_identifier_attaches_nothing(visitor, cast, body) -> None:
    handle = (await upload(visitor)).json()["attachments"][0]["id"]
    bare, _, secret = handle.partition(".")
    for wrong in (bare, f"{bare}.", f"{bare}.{'0' * len(secret)}"):
        sent = await visitor.post(SUBMIT, json=body | {"attachmentIds": [wrong]})
        assert sent.status_code == 422
        assert "attachmentIds" in sent.json()["error"]["fields"]

    assert files(cast.acme)[0].ticket_id is None


async def test_a_file_goes_into_one_ticket_only(visitor, body) -> None:
    handle = (await upload(visitor)).json()["attachments"][0]["id"]
    first = await visitor.post(SUBMIT, json=body | {"attachmentIds": [handle]})
    second = await visitor.post(SUBMIT, json=body | {"attachmentIds": [handle]})

    assert first.status_code == 201
    assert second.status_code == 422


async def test_a_file_for_one_organization_is_unknown_to_another(visitor, body) -> None:
    handle = (await upload(visitor, to="globex")).json()["attachments"][0]["id"]
    sent = await visitor.post(SUBMIT, json=body | {"attachmentIds": [handle]})

    assert sent.status_code == 422


async def test_a_file_larger_than_the_organization_takes_is_refused(
    visitor, cast, set_form
) -> None:
    set_form({"files": {"maxFileBytes": 2048}})
    answer = await upload(visitor, content=b"x" * 3000)

    assert answer.status_code == 413
    assert "log.txt" in answer.json()["error"]["message"]
    assert files(cast.acme) == []


async def test_uploads_without_a_ticket_cannot_fill_the_disk(visitor, cast, monkeypatch) -> None:
    monkeypatch.setattr(pending_files, "MOST_WAITING", 5)
    first = await upload(visitor)
    second = await upload(visitor)

    assert first.status_code == 201
    assert second.status_code == 429
    assert len(files(cast.acme)) == 1


async def test_a_program_disguised_as_a_picture_is_refused(visitor, cast) -> None:
    answer = await upload(visitor, name="cat.png", content=b"MZ" + b"\0" * 600)

    assert answer.status_code == 415
    assert files(cast.acme) == []


async def test_an_upload_without_a_file_is_refused(visitor) -> None:
    answer = await visitor.post(URL, data={"organizationId": "acme"}, files={"x": b""})

    assert answer.status_code == 422


async def test_an_upload_for_nobody_is_not_found(visitor) -> None:
    assert (await upload(visitor, to="umbrella")).status_code == 404
