"""Files and requests that are refused: a clear error each, nothing kept, nothing served."""

from datetime import timedelta

import pytest
import time_machine

from tests.api.callers import refused
from tests.api.test_attachments import LOG, PNG, send, sent
from tests.support import samples
from tests.support.file_fixtures import left_in
from ticketdesk import clock, unit_of_work
from ticketdesk.adapters.storage import signature
from ticketdesk.services import ticket_settings
from ticketdesk.services.files import reading

BAD = {
    "a page named .png": (("x.png", samples.HTML, "image/png"), 415, "kind_mismatch"),
    "a page sent as a picture": (("x", samples.HTML, "image/png"), 415, "kind_mismatch"),
    "a PNG named .jpg": (("x.jpg", samples.picture(), "image/jpeg"), 415, "kind_mismatch"),
    "a PNG sent as a JPEG": (("x.png", samples.picture(), "image/jpeg"), 415, "kind_mismatch"),
    "a program named .txt": (("x.txt", b"MZ" + b"\0" * 100, "text/plain"), 415, "kind_mismatch"),
    "noise named .pdf": (("x.pdf", b"\0\1\2\3" * 30, "application/pdf"), 415, "kind_mismatch"),
    "a GIF that is a script": (("x.gif", samples.GIF_JS, "image/gif"), 415, "polyglot"),
    "a GIF that assigns": (("x.gif", samples.GIF_JS_ASSIGNED, "image/gif"), 415, "polyglot"),
    "a JPEG that is a script": (("x.jpg", samples.JPEG_JS, "image/jpeg"), 415, "polyglot"),
    "a PNG that holds a page": (
        ("x.png", samples.picture() + samples.HTML, "image/png"),
        415,
        "polyglot",
    ),
    "a PNG that is an archive": (
        ("x.png", samples.picture() + samples.zip_of({"a.class": b"x"}), "image/png"),
        415,
        "polyglot",
    ),
    "an SVG with a script": (("x.svg", samples.SVG_SCRIPT, "image/svg+xml"), 415, "active_content"),
    "an SVG without a name": (("drawing", samples.SVG_SCRIPT, ""), 415, "active_content"),
    "a ZIP bomb": (("x.zip", samples.zip_bomb(), "application/zip"), 415, "archive_bomb"),
    "a nested ZIP bomb": (
        ("x.zip", samples.nested_zip_bomb(), "application/zip"),
        415,
        "archive_bomb",
    ),
    "an overlapping ZIP": (
        ("x.zip", samples.overlapping_zip(), "application/zip"),
        415,
        "archive_bomb",
    ),
    "a pixel bomb": (("x.png", samples.pixel_bomb(), "image/png"), 415, "picture_bomb"),
    "no bytes": (("x.txt", b"", "text/plain"), 422, "empty_file"),
    "a climbing name": (("../../x", b"hello", "text/plain"), 422, "validation_error"),
    "a climbing Windows name": (("..\\..\\x", b"hello", "text/plain"), 422, "validation_error"),
    "line breaks in the name": (("a\r\nX-Evil: 1.txt", b"hello", ""), 422, "validation_error"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_kept(agent, folder, what):
    file, status, code = BAD[what]
    ticket = agent.ticket()
    refused(send(agent, ticket, file), status, code, "file")
    assert left_in(folder) == []
    assert agent.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"] == []


def test_one_bad_file_refuses_the_good_ones_beside_it(agent, folder):
    bad = ("x.png", samples.HTML, "image/png")
    refused(send(agent, agent.ticket(), PNG, LOG, bad), 415, "kind_mismatch", "file")
    assert left_in(folder) == []


def test_the_201st_file_is_refused(agent, folder):
    ticket = agent.ticket()
    many = [(f"{number}.txt", f"file {number}".encode(), "text/plain") for number in range(201)]
    error = refused(send(agent, ticket, *many), 422, "too_many_files", "file")
    assert "200" in error["message"]
    assert left_in(folder) == []
    sent(agent, ticket, *many[:200])
    refused(send(agent, ticket, many[200]), 422, "too_many_files", "file")
    assert len(left_in(folder)) == 200


def _rules(cast, **files):
    unit_of_work.as_actor(cast.ada, ticket_settings.change, {"files": files})


def test_the_organization_limits_a_file_and_a_ticket(agent, folder, cast):
    _rules(cast, maxFileBytes=2048, maxTicketBytes=3000)
    ticket = agent.ticket()
    error = refused(send(agent, ticket, ("a.txt", b"x" * 2049, "")), 413, "too_large", "file")
    assert "2 KB" in error["message"]
    sent(agent, ticket, ("a.txt", b"x" * 2048, ""))
    refused(send(agent, ticket, ("b.txt", b"x" * 1500, "")), 413, "too_large", "file")
    huge = ("c.txt", b"x" * 400_000, "")
    refused(send(agent, ticket, huge), 413, "too_large", "file")
    assert len(left_in(folder)) == 1


def test_files_sent_ahead_do_not_slip_past_the_ticket_s_limit(agent, folder, cast):
    ticket = agent.ticket()
    first, second = sent(agent, None, PNG, LOG)
    _rules(cast, maxFiles=1)
    body = {"content": "Both.", "attachmentIds": [first["id"], second["id"]]}
    refused(agent.post(f"/api/tickets/{ticket['id']}/responses", body), 422, "too_many_files")


def test_the_organization_chooses_the_kinds(agent, folder, cast):
    _rules(cast, allowedKinds=["image/*", "application/pdf"])
    ticket = agent.ticket()
    error = refused(send(agent, ticket, LOG), 415, "kind_not_allowed", "file")
    assert "image/*" in error["message"]
    sent(agent, ticket, PNG, ("a.pdf", samples.pdf(), "application/pdf"))
    assert len(left_in(folder)) == 2


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{}", "application/json", 415, "unsupported_kind"),
        (b"", "multipart/form-data; boundary=x", 400, "malformed"),
        (b"--x\r\n", "multipart/form-data", 400, "malformed"),
        (b"garbage", "multipart/form-data; boundary=x", 400, "malformed"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf',
            "multipart/form-data; boundary=x",
            400,
            "malformed",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\na\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
            422,
            "validation_error",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="b"; filename="a"\r\n\r\na\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
            422,
            "validation_error",
        ),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 422, "validation_error"),
    ],
)
def test_a_body_that_is_no_upload_is_refused(agent, folder, content, content_type, status, code):
    ticket = agent.ticket()
    answer = agent.request(
        "POST",
        f"/api/tickets/{ticket['id']}/attachments",
        content=content,
        headers={"Content-Type": content_type},
    )
    refused(answer, status, code)
    assert left_in(folder) == []


def test_a_signed_address_opens_one_file_until_it_expires(agent, nobody, folder, cast):
    first, second = sent(agent, agent.ticket(), PNG, LOG)
    with time_machine.travel(clock.now(), tick=False) as now:
        link = unit_of_work.as_actor(cast.grace, reading.signed_link, first["id"], expires_in=60)
        assert nobody.get(link).content == PNG[1]
        altered = link[:-1] + ("0" if link[-1] != "0" else "1")
        refused(nobody.get(altered), 403, "link_invalid")
        other = link.replace(first["id"], second["id"])
        refused(nobody.get(other), 403, "link_invalid")
        refused(nobody.get(link.replace("=attachment", "=inline")), 403, "link_invalid")
        refused(nobody.get(link.replace("?", "/thumbnail?")), 403, "link_invalid")
        expires = link.split("expires=")[1].split("&")[0]
        refused(nobody.get(link.replace(expires, str(int(expires) + 60))), 403, "link_invalid")
        now.shift(timedelta(seconds=61))
        refused(nobody.get(link), 403, "link_expired")


def test_half_a_signature_is_none(agent, nobody, folder):
    (file,) = sent(agent, agent.ticket(), PNG)
    refused(nobody.get(f"{file['url']}?signature=00"), 403, "link_invalid")
    refused(nobody.get(f"{file['url']}?expires=99999999999"), 403, "link_invalid")
    refused(nobody.get(f"{file['url']}?expires=x&signature=00"), 403, "link_invalid")


def test_a_signature_of_a_file_that_is_gone_says_only_that(nobody, folder):
    query = signature.query("file_gone", 60)
    refused(nobody.get(f"/api/attachments/file_gone?{query}"), 404, "not_found")


def test_names_are_kept_for_people_and_cleaned_for_headers(agent, folder):
    names = [
        "Rechnung März „final“.txt",
        "日本語のファイル.txt",
        'quote".txt',
        "semi;colon=1.txt",
        "C:\\fakepath\\windows.txt",
        "x" * 300 + ".txt",
        "invoice\u202efdp.txt",
    ]
    ticket = agent.ticket()
    for name in names:
        (file,) = sent(agent, ticket, (name, b"hello", "text/plain"))
        header = agent.get(file["url"]).headers["content-disposition"]
        assert len(file["originalName"].encode()) <= 255
        assert file["originalName"].endswith(".txt")
        assert "\u202e" not in file["originalName"]
        assert "\\" not in file["originalName"]
        assert header.isascii()
        assert header.count("filename=") == 1
        assert file["filename"].isascii()
    shown = [
        f["originalName"]
        for f in agent.get(f"/api/tickets/{ticket['id']}/attachments").json()["attachments"]
    ]
    assert shown[:3] == names[:3]
