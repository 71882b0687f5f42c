"""A person's copy and erasure over HTTP."""

import io
import json
import zipfile

from tests.api.callers import refused
from tests.support.outbox_work import work_off

EXPORT, ERASURES = "/api/people/export", "/api/people/erasures"
JANE = "jane@customer.example"


def _ticket(agent, file=None) -> dict:
    made = agent.post(
        "/api/tickets",
        {
            "requesterName": "Jane Doe",
            "requesterEmail": JANE,
            "subject": "My lamp",
            "description": "Dark.",
        },
    ).json()["ticket"]
    for body in (
        {"content": "Dear Jane", "isInternal": False},
        {"content": "A difficult person", "isInternal": True},
    ):
        agent.post(f"/api/tickets/{made['id']}/responses", body)
    return made


def test_the_copy_holds_what_the_person_may_see_and_their_files(admin, agent, folder) -> None:
    ticket = _ticket(agent)
    agent.request(
        "POST",
        f"/api/tickets/{ticket['id']}/attachments",
        files={"file": ("lamp.txt", b"a lamp", "text/plain")},
    )

    answer = admin.get(EXPORT, params={"email": JANE})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as copy:
        assert copy.namelist() == ["person.json", "files/lamp.txt"]
        assert copy.read("files/lamp.txt") == b"a lamp"
        facts = json.loads(copy.read("person.json"))
    assert facts["account"]["name"] == "Jane Doe"
    assert facts["tickets"][0]["subject"] == "My lamp"
    assert [message["content"] for message in facts["tickets"][0]["messages"]] == ["Dear Jane"]


def test_whom_nobody_knows_has_no_copy(admin) -> None:
    refused(admin.get(EXPORT, params={"email": "no@where.example"}), 404, "not_found")
    assert admin.get(EXPORT, params={"email": "no address"}).status_code == 422


def test_an_erasure_is_promised_worked_off_and_listed_without_a_name(admin, agent) -> None:
    ticket = _ticket(agent)

    asked = admin.post(ERASURES, {"email": JANE, "confirmation": JANE})
    work_off("people.")

    assert asked.status_code == 201
    assert agent.get(f"/api/tickets/{ticket['id']}").json()["ticket"]["subject"] == "Erased"
    listed = admin.get(ERASURES)
    assert listed.json()["erasures"][0]["finishedAt"]
    assert JANE not in listed.text + asked.text


def test_only_admins_copy_and_erase(agent, calling) -> None:
    for caller in (agent, calling("jane")):
        assert caller.get(EXPORT, params={"email": JANE}).status_code == 403
        assert caller.get(ERASURES).status_code == 403
        body = {"email": JANE, "confirmation": JANE}
        assert caller.post(ERASURES, body).status_code == 403


def test_another_organizations_admin_finds_nobody(calling, agent) -> None:
    _ticket(agent)
    bo = calling("bo")

    assert bo.get(EXPORT, params={"email": JANE}).status_code == 404
    assert bo.post(ERASURES, {"email": JANE, "confirmation": JANE}).status_code == 404
