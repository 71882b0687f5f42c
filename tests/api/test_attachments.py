"""Uploading, listing, serving and removing files over REST."""

import hashlib
import io
import zipfile
from typing import Any

import pytest

from tests.api.callers import refused
from tests.support import samples
from tests.support.file_fixtures import left_in


def send(caller, ticket: dict[str, Any] | None, *files: tuple[str, bytes, str], **options: Any):
    """Upload files to a ticket, or ahead of one."""
    path = f"/api/tickets/{ticket['id']}/attachments" if ticket else "/api/attachments"
    parts = [("file", file) for file in files]
    return caller.request("POST", path, files=parts, **options)


def sent(caller, ticket, *files, **options: Any) -> list[dict[str, Any]]:
    answer = send(caller, ticket, *files, **options)
    assert answer.status_code == 201, answer.text
    return answer.json()["attachments"]


PNG = ("screen shot.png", samples.picture(), "image/png")
LOG = ("server.log", b"12:00 started\n" * 50, "text/plain")


def test_an_upload_answers_with_the_files_and_serves_the_same_bytes(agent, folder):
    ticket = agent.ticket()
    first, second = sent(agent, ticket, PNG, LOG)
    assert first["originalName"] == "screen shot.png"
    assert first["mimeType"] == "image/png"
    assert first["size"] == len(PNG[1])
    assert first["thumbnailUrl"] is None
    assert (first["width"], first["height"]) == (64, 48)
    assert second["mimeType"] == "text/plain"
    got = agent.get(first["url"])
    assert got.content == PNG[1]
    assert got.headers["etag"] == f'"{hashlib.sha256(PNG[1]).hexdigest()}"'
    listed = agent.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"]
    assert [one["id"] for one in listed] == [first["id"], second["id"]]
    history = agent.get(f"/api/tickets/{ticket['id']}/activities").json()["activities"]
    assert history[-1]["activityType"] == "ATTACHMENT_ADDED"


def test_only_safe_pictures_are_shown_and_everything_is_locked_in(agent, folder):
    ticket = agent.ticket()
    picture, log, page = sent(agent, ticket, PNG, LOG, ("page.html", samples.HTML, "text/html"))
    shown = agent.get(picture["url"])
    assert shown.headers["content-disposition"].startswith("inline;")
    assert (
        agent.get(picture["url"] + "?disposition=attachment")
        .headers["content-disposition"]
        .startswith("attachment;")
    )
    for file in (log, page):
        assert agent.get(file["url"]).headers["content-disposition"].startswith("attachment;")
    run = agent.get(page["url"] + "?disposition=inline")
    assert run.headers["content-type"] == "application/octet-stream"
    assert run.headers["content-disposition"].startswith("attachment;")
    for answer in (shown, run):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("sandbox;")
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("asked", "status", "span", "said"),
    [
        ("bytes=0-9", 206, slice(0, 10), "bytes 0-9/100"),
        ("bytes=90-", 206, slice(90, 100), "bytes 90-99/100"),
        ("bytes=-5", 206, slice(95, 100), "bytes 95-99/100"),
        ("bytes=95-500", 206, slice(95, 100), "bytes 95-99/100"),
        ("bytes=0-1,5-6", 200, slice(0, 100), None),
        ("bytes=9-3", 200, slice(0, 100), None),
        ("lines=1-2", 200, slice(0, 100), None),
        ("bytes=100-", 416, slice(0, 0), "bytes */100"),
        ("bytes=-0", 416, slice(0, 0), "bytes */100"),
    ],
)
def test_ranges_are_served_as_rfc_9110_says(agent, folder, asked, status, span, said):
    content = bytes(range(32, 132))
    (file,) = sent(agent, agent.ticket(), ("a.dat", b"\0" + content[1:], ""))
    content = b"\0" + content[1:]
    got = agent.get(file["url"], headers={"Range": asked})
    assert got.status_code == status
    assert got.content == content[span]
    assert got.headers.get("content-range") == said


def test_what_a_browser_has_already_is_not_sent_again(agent, folder):
    (file,) = sent(agent, agent.ticket(), PNG)
    etag = agent.get(file["url"]).headers["etag"]
    again = agent.get(file["url"], headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""
    stale = agent.get(file["url"], headers={"Range": "bytes=0-3", "If-Range": '"old"'})
    assert stale.status_code == 200
    head = agent.request("HEAD", file["url"])
    assert head.headers["content-length"] == str(len(PNG[1]))
    assert head.content == b""


def test_files_sent_ahead_join_the_ticket_or_response_that_names_them(agent, folder):
    (ahead,) = sent(agent, None, PNG)
    ticket = agent.ticket(attachmentIds=[ahead["id"]])
    (later,) = sent(agent, None, LOG)
    done = agent.reply(ticket, "See the log.", attachmentIds=[later["id"]])
    assert [file["id"] for file in done["response"]["attachments"]] == [later["id"]]
    listed = agent.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"]
    assert [file["id"] for file in listed] == [ahead["id"], later["id"]]


def test_an_upload_ahead_can_be_taken_back_by_its_uploader_alone(agent, admin, folder, worked):
    (file,) = sent(agent, None, PNG)
    refused(admin.delete(file["url"]), 404, "not_found")
    refused(admin.get(file["url"]), 404, "not_found")
    assert agent.delete(file["url"]).status_code == 200
    refused(agent.get(file["url"]), 404, "not_found")
    worked()
    assert left_in(folder) == []


def test_another_organization_never_meets_a_file(agent, stranger, folder):
    ticket = agent.ticket()
    (file,) = sent(agent, ticket, PNG)
    refused(stranger.get(file["url"]), 404, "not_found")
    refused(stranger.get(file["url"] + "/thumbnail"), 404, "not_found")
    refused(
        stranger.delete(f"/api/tickets/{ticket['id']}/attachments/{file['id']}"), 404, "not_found"
    )
    refused(send(stranger, ticket, PNG), 404, "not_found")
    refused(stranger.get(f"/api/tickets/{ticket['id']}/attachments.zip"), 404, "not_found")
    own = stranger.ticket()
    refused(
        stranger.post(
            f"/api/tickets/{own['id']}/responses", {"content": "x", "attachmentIds": [file["id"]]}
        ),
        404,
        "not_found",
    )


def test_nobody_gets_nothing(agent, nobody, folder):
    ticket = agent.ticket()
    (file,) = sent(agent, ticket, PNG)
    assert nobody.get(file["url"]).status_code == 401
    assert nobody.post("/api/attachments", files={"file": PNG}).status_code == 401
    assert len(left_in(folder)) == 1


def test_customers_see_the_files_of_their_own_tickets_without_notes(agent, customer, folder):
    ticket = agent.ticket(requesterEmail="jane@customer.example", requesterName="Jane")
    (public,) = sent(agent, ticket, PNG)
    (secret,) = sent(agent, None, LOG)
    agent.reply(ticket, "For us only.", isInternal=True, attachmentIds=[secret["id"]])
    (foreign,) = sent(agent, agent.ticket(), PNG)
    assert customer.get(public["url"]).status_code == 200
    refused(customer.get(secret["url"]), 404, "not_found")
    refused(customer.get(foreign["url"]), 404, "not_found")
    listed = customer.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"]
    assert [file["id"] for file in listed] == [public["id"]]
    with zipfile.ZipFile(
        io.BytesIO(customer.get(f"/api/tickets/{ticket['id']}/attachments.zip").content)
    ) as archive:
        assert archive.namelist() == ["screen shot.png"]
    refused(
        customer.delete(f"/api/tickets/{ticket['id']}/attachments/{public['id']}"), 403, "forbidden"
    )


def test_customers_may_add_to_their_own_tickets(agent, customer, folder):
    own = agent.ticket(requesterEmail="jane@customer.example", requesterName="Jane")
    assert sent(customer, own, PNG)
    refused(send(customer, agent.ticket(), PNG), 404, "not_found")


def test_a_reading_key_reads_and_never_writes(agent, with_key, folder):
    ticket = agent.ticket()
    (file,) = sent(agent, ticket, PNG)
    reader, writer = with_key("read"), with_key("write")
    assert reader.get(file["url"]).content == PNG[1]
    refused(send(reader, ticket, PNG), 403, "forbidden")
    (ahead,) = sent(writer, None, LOG)
    writer.reply(ticket, "From a program.", attachmentIds=[ahead["id"]])


def test_removing_a_file_tells_the_history_and_frees_the_bytes(agent, folder, worked):
    ticket = agent.ticket()
    (file,) = sent(agent, ticket, LOG)
    assert agent.delete(f"/api/tickets/{ticket['id']}/attachments/{file['id']}").status_code == 200
    refused(agent.get(file["url"]), 404, "not_found")
    history = agent.get(f"/api/tickets/{ticket['id']}/activities").json()["activities"]
    assert history[-1]["activityType"] == "ATTACHMENT_REMOVED"
    worked()
    assert left_in(folder) == []


def test_the_same_bytes_go_only_with_their_last_file(agent, folder, worked):
    one, two = agent.ticket(), agent.ticket()
    (first,) = sent(agent, one, LOG)
    (second,) = sent(agent, two, LOG)
    assert len(left_in(folder)) == 1
    agent.delete(f"/api/tickets/{one['id']}/attachments/{first['id']}")
    worked()
    assert agent.get(second["url"]).content == LOG[1]
    agent.delete(f"/api/tickets/{two['id']}/attachments/{second['id']}")
    worked()
    assert left_in(folder) == []


def test_deleting_a_ticket_deletes_its_files_and_previews(agent, admin, folder, worked):
    ticket = agent.ticket()
    sent(agent, ticket, PNG, LOG)
    worked()
    assert len(left_in(folder)) == 4
    assert admin.delete(f"/api/tickets/{ticket['id']}").status_code == 200
    worked()
    assert left_in(folder) == []


def test_the_preview_appears_once_it_is_drawn(agent, folder, worked):
    ticket = agent.ticket()
    (file,) = sent(agent, ticket, PNG)
    refused(agent.get(file["url"] + "/thumbnail"), 404, "not_found")
    worked()
    (file,) = agent.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"]
    small, large = agent.get(file["thumbnailUrl"]), agent.get(file["previewUrl"])
    for picture in (small, large):
        assert picture.headers["content-type"] == "image/webp"
        assert picture.content[8:12] == b"WEBP"


def test_all_files_come_as_one_archive_with_distinct_names(agent, folder):
    ticket = agent.ticket()
    sent(
        agent,
        ticket,
        LOG,
        ("SERVER.log", b"other", "text/plain"),
        PNG,
        ("a:b?.txt", b"odd", "text/plain"),
    )
    got = agent.get(f"/api/tickets/{ticket['id']}/attachments.zip")
    assert got.headers["content-type"] == "application/zip"
    assert f"ticket-{ticket['ticketNumber']}-files.zip" in got.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["server.log", "SERVER (2).log", "screen shot.png", "a_b_.txt"]
        assert archive.read("server.log") == LOG[1]


def test_the_same_idempotency_key_uploads_once(agent, folder):
    ticket = agent.ticket()
    key = {"Idempotency-Key": "once"}
    first = sent(agent, ticket, PNG, headers=key)
    again = sent(agent, ticket, PNG, headers=key)
    assert first == again
    refused(send(agent, ticket, LOG, headers=key), 409, "idempotency_key_reused")
    assert len(agent.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"]) == 1
    assert len(left_in(folder)) == 1
