"""Bad input: each a clear error, and nothing lost or half-written."""

import json

import pytest
from structlog.testing import capture_logs

from tests.api.callers import refused, ticket_body

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"",
        b"   ",
        b"\xff\xfe",
        b'{"subject": NaN}',
        b'{"subject": Infinity}',
        b"[" * 100_000,
        b'{"subject": "x"} trailing',
        b"1" * 5000,
    ],
)
def test_what_is_not_json_is_malformed(agent, raw: bytes) -> None:
    answer = agent.request("POST", "/api/tickets", content=raw, headers=JSON)

    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["success"] is False


def test_malformed_json_is_told_where(agent) -> None:
    answer = agent.request("POST", "/api/tickets", content=b'{"subject":', headers=JSON)

    assert "line 1, column 12" in refused(answer, 400, "malformed")["message"]


@pytest.mark.parametrize("body", [[], "text", 1, None, True])
def test_a_body_is_an_object(agent, body) -> None:
    for method, path in (("POST", "/api/tickets"), ("PATCH", "/api/organization/settings")):
        answer = agent.request(method, path, content=json.dumps(body), headers=JSON)
        error = refused(answer, 422, "validation_error", "body")
        assert error["fields"]["body"] == "This must be a JSON object."


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "", "text/json"])
def test_another_content_type_is_refused(agent, kind: str) -> None:
    answer = agent.request(
        "POST", "/api/tickets", content=json.dumps(ticket_body()), headers={"Content-Type": kind}
    )

    refused(answer, 415, "unsupported_kind")


def test_unknown_fields_are_named(agent) -> None:
    error = refused(
        agent.post("/api/tickets", ticket_body(colour="red", Subject="x")),
        422,
        "validation_error",
        "colour",
        "Subject",
    )

    assert error["fields"]["colour"] == "There is no such field."


def test_every_missing_field_is_named(agent) -> None:
    refused(
        agent.post("/api/tickets", {}),
        422,
        "validation_error",
        "requesterName",
        "requesterEmail",
        "subject",
        "description",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "x" * 1_000_000),
        ("subject", ""),
        ("subject", "   "),
        ("subject", 7),
        ("subject", None),
        ("subject", "NUL\x00here"),
        ("description", "x" * 500_001),
        ("description", "NUL\x00here"),
        ("requesterEmail", "not an address"),
        ("requesterEmail", "a@b@c"),
        ("requesterEmail", "john@example.com\r\nBcc: everybody@example.com"),
        ("requesterEmail", ""),
        ("priority", "SUPER"),
        ("priority", "high"),
        ("tags", "billing"),
        ("tags", ["x" * 51]),
        ("tags", [f"tag{n}" for n in range(21)]),
        ("customFields", {"deep": {"er": 1}}),
        ("customFields", {"x": "NUL\x00"}),
        ("customFields", {f"f{n}": 1 for n in range(101)}),
        ("cc", ["nobody"]),
        ("descriptionFormat", "pdf"),
        ("source", "FAX"),
        ("assignedToId", 5),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_written(agent, field: str, value) -> None:
    answer = agent.post("/api/tickets", ticket_body(**{field: value}))

    error = refused(answer, 422, "validation_error")
    assert any(name.split(".")[0] == field for name in error["fields"]), error
    assert agent.get("/api/tickets").json()["total"] == 0


def test_half_a_character_is_refused_and_named(agent) -> None:
    raw = json.dumps(ticket_body()).replace("Cannot", "\\ud800")

    answer = agent.request("POST", "/api/tickets", content=raw, headers=JSON)

    refused(answer, 422, "validation_error", "subject")


@pytest.mark.parametrize("path", ["emailConfig.signature", "embedConfig.title"])
def test_settings_keep_no_unstorable_text(admin, path: str) -> None:
    outer, inner = path.split(".")

    answer = admin.patch("/api/organization/settings", {outer: {inner: "a\x00b"}})

    refused(answer, 422, "validation_error", path)


def test_a_number_too_large_for_json_is_refused(agent) -> None:
    raw = json.dumps(ticket_body()).replace('"subject"', '"customFields": {"n": 1e999}, "subject"')

    answer = agent.request("POST", "/api/tickets", content=raw, headers=JSON)

    refused(answer, 422, "validation_error", "customFields.n")


@pytest.mark.parametrize(
    ("field", "code"),
    [("assignedToId", 404), ("requesterId", 404), ("originChatId", 404), ("attachmentIds", 404)],
)
def test_foreign_identifiers_are_missing_and_leave_nothing_behind(
    agent, cast, field: str, code: int
) -> None:
    value = cast.bo.user_id if field.endswith("Id") else ["file_missing"]

    answer = agent.post("/api/tickets", ticket_body(**{field: value}))

    refused(answer, code, "not_found", field)
    assert agent.get("/api/tickets").json()["total"] == 0
    assert agent.ticket()["ticketNumber"] == 1001


def test_more_than_two_megabytes_are_too_large(agent) -> None:
    body = ticket_body(description="x" * (2 * 1024 * 1024))

    refused(agent.post("/api/tickets", body), 413, "too_large")


def test_a_body_that_hides_its_length_is_cut_off_at_two_megabytes(agent) -> None:
    def chunks():
        yield b'{"subject": "'
        for _ in range(40):
            yield b"x" * 65_536

    answer = agent.request("POST", "/api/tickets", content=chunks(), headers=JSON)

    refused(answer, 413, "too_large")


def test_unknown_and_repeated_parameters_are_named(agent) -> None:
    error = refused(agent.get("/api/tickets?statsu=NEW"), 422, "validation_error", "statsu")
    assert error["fields"]["statsu"] == "There is no such parameter."

    refused(agent.get("/api/tickets?status=NEW&status=OPEN"), 422, "validation_error", "status")


@pytest.mark.parametrize(
    "query",
    [
        "status=LOST",
        "priority=5",
        "sla=late",
        "source=FAX",
        "sort=subject",
        "limit=0",
        "limit=101",
        "limit=many",
        "createdAfter=yesterday",
        "q=status:lost",
        "q=colour:red",
        "q=created:2026-13-45",
        "q=%00",
        "cursor=%00",
    ],
)
def test_a_wrong_parameter_is_named(agent, query: str) -> None:
    refused_with = agent.get(f"/api/tickets?{query}")

    assert refused_with.status_code == 422, refused_with.text
    named = set(refused_with.json()["error"]["fields"])
    assert named == {query.split("=")[0]}


def test_an_unknown_address_is_404_in_the_same_shape(nobody) -> None:
    for path in ("/api", "/api/", "/api/nothing", "/api/tickets/", "/api/tickets/x/y/z"):
        refused(nobody.get(path), 404, "not_found")


def test_a_wrong_method_is_405_and_names_the_right_ones(nobody) -> None:
    answer = nobody.put("/api/tickets", json={})

    refused(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, POST"
    assert nobody.delete("/api/tickets/stats").headers["Allow"] == "GET"


def test_a_fault_shows_a_constant_text_and_the_request_id(agent, monkeypatch) -> None:
    def explode(*_args: object, **_options: object) -> None:
        raise RuntimeError("the password of the database is hunter2")

    monkeypatch.setattr("ticketdesk.api.tickets.list_tickets", explode)

    with capture_logs() as logged:
        answer = agent.get("/api/tickets")

    assert [line["event"] for line in logged] == ["request_failed"]
    error = refused(answer, 500, "internal_error")
    assert error["requestId"] == answer.headers["X-Request-Id"]
    assert "hunter2" not in answer.text


def test_a_database_that_is_away_is_unavailable(agent, monkeypatch) -> None:
    from sqlalchemy.exc import OperationalError

    def gone(*_args: object, **_options: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("connection refused"))

    monkeypatch.setattr("ticketdesk.api.tickets.list_tickets", gone)

    answer = agent.get("/api/tickets")

    refused(answer, 503, "unavailable")
    assert answer.headers["Retry-After"]
    assert "secret" not in answer.text


def test_answers_are_private(agent) -> None:
    headers = agent.get("/api/tickets").headers

    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff"
