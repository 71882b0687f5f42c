"""`POST /api/embed/tickets/submit`."""

from sqlmodel import select

from ticketdesk import db
from ticketdesk.models import Ticket

URL = "/api/embed/tickets/submit"


def tickets(cast) -> list[Ticket]:
    with db.tenant_session(cast.acme) as session:
        return list(session.exec(select(Ticket)).all())


async def test_the_specifications_example_becomes_a_ticket(visitor, cast, body) -> None:
    answer = await visitor.post(URL, json=body)

    assert answer.status_code == 201, answer.text
    given = answer.json()
    assert given["success"] is True
    assert set(given["ticket"]) == {"id", "ticketNumber", "subject", "status", "trackingUrl"}
    assert given["ticket"]["ticketNumber"] == 1001
    assert given["ticket"]["status"] == "NEW"
    assert given["ticket"]["trackingUrl"].startswith("http://localhost:8000/track/1001-")
    (ticket,) = tickets(cast)
    assert ticket.source == "EMBED"
    assert ticket.requester_email == "john@example.com"
    assert ticket.custom_fields == {"accountNumber": "12345", "productVersion": "2.1.0"}
    assert ticket.ticket_metadata["ipAddress"] == "203.0.113.7"


async def test_an_unknown_field_is_refused_by_name(visitor, cast, body) -> None:
    answer = await visitor.post(URL, json=body | {"assignedToId": "me"})

    assert answer.status_code == 422
    assert "assignedToId" in answer.json()["error"]["fields"]
    assert tickets(cast) == []


async def test_what_is_missing_is_named_in_the_visitors_language(visitor, body) -> None:
    del body["subject"]
    body["requesterEmail"] = "nobody"
    answer = await visitor.post(URL, json=body, headers={"Accept-Language": "de-AT, en;q=0.5"})

    assert answer.status_code == 422
    fields = answer.json()["error"]["fields"]
    assert fields["subject"] == "Bitte ausfüllen."
    assert fields["requesterEmail"] == "Bitte eine Adresse wie name@example.com angeben."


async def test_an_unknown_organization_is_not_found_whatever_is_sent(visitor, body) -> None:
    body["organizationId"] = "umbrella"
    first = await visitor.post(URL, json=body)
    second = await visitor.post(URL, json={"organizationId": "initech"})

    assert first.status_code == second.status_code == 404
    assert first.json() == second.json()


async def test_a_double_submit_gives_one_ticket(visitor, cast, body) -> None:
    headers = {"Idempotency-Key": "f00d"}
    first = await visitor.post(URL, json=body, headers=headers)
    second = await visitor.post(URL, json=body, headers=headers)
    other = await visitor.post(URL, json=body | {"subject": "Else"}, headers=headers)

    assert first.json() == second.json()
    assert other.status_code == 409
    assert len(tickets(cast)) == 1


async def test_nobody_else_gets_a_link_by_guessing_key_and_content(
    visitor, stranger, cast, body
) -> None:
    mine = await visitor.post(URL, json=body, headers={"Idempotency-Key": "1"})
    theirs = await stranger.post(URL, json=body, headers={"Idempotency-Key": "1"})
    form = {name: body[name] for name in ("organizationId", "requesterName", "requesterEmail")}
    form |= {"subject": "Plain", "description": "The same words."}
    plain = await visitor.post("/embed/tickets", data=form)
    copied = await stranger.post("/embed/tickets", data=form)

    assert mine.json()["ticket"]["trackingUrl"] != theirs.json()["ticket"]["trackingUrl"]
    assert plain.headers["Location"] != copied.headers["Location"]
    assert len(tickets(cast)) == 4


async def test_an_unguessable_key_outlives_a_change_of_network(visitor, stranger, cast, body):
    key = {"Idempotency-Key": "f" * 32}
    first = await visitor.post(URL, json=body, headers=key)
    again = await stranger.post(URL, json=body, headers=key)

    assert first.json() == again.json()
    assert len(tickets(cast)) == 1


async def test_the_honeypot_lets_no_program_through(visitor, cast, body) -> None:
    answer = await visitor.post(URL, json=body | {"website": "http://buy.example"})

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "spam_suspected"
    assert tickets(cast) == []


async def test_a_required_custom_field_is_asked_only_under_its_condition(
    visitor, set_form, body
) -> None:
    set_form(
        customFields=[
            {
                "key": "product",
                "label": "Product",
                "kind": "select",
                "options": ["App"],
                "required": True,
                "showWhen": {"category": ["Technical"]},
            }
        ]
    )
    refused = await visitor.post(URL, json=body)
    let_in = await visitor.post(URL, json=body | {"category": "Billing"})

    assert "customFields.product" in refused.json()["error"]["fields"]
    assert let_in.status_code == 201


async def test_what_a_sender_is_not_asked_cannot_be_answered(visitor, cast, set_form, body) -> None:
    only_billing = {"key": "invoice", "label": "Invoice", "showWhen": {"category": ["Billing"]}}
    inside = {"key": "vip", "label": "VIP", "kind": "checkbox", "public": False}
    set_form(customFields=[only_billing, inside])
    given = {"vip": True, "invoice": "R-7", "accountNumber": "12345"}
    answer = await visitor.post(URL, json=body | {"customFields": given})

    assert answer.status_code == 201, answer.text
    assert tickets(cast)[0].custom_fields == {"accountNumber": "12345"}


async def test_a_required_phone_is_kept_with_the_ticket(visitor, cast, set_form, body) -> None:
    set_form(requirePhone=True)
    refused = await visitor.post(URL, json=body)
    let_in = await visitor.post(URL, json=body | {"requesterPhone": "+49 30 901820"})

    assert refused.json()["error"]["fields"] == {"requesterPhone": "Please fill this in."}
    assert let_in.status_code == 201
    assert tickets(cast)[0].custom_fields["phone"] == "+49 30 901820"


async def test_a_closed_form_is_not_found(visitor, set_form, body) -> None:
    set_form({"enabled": False})

    assert (await visitor.post(URL, json=body)).status_code == 404


async def test_without_anonymous_senders_a_stranger_must_sign_in(visitor, set_form, body) -> None:
    set_form(allowAnonymous=False)

    assert (await visitor.post(URL, json=body)).status_code == 401


async def test_an_address_may_be_left_out_where_none_is_required(
    visitor, cast, set_form, body
) -> None:
    set_form(requireEmail=False)
    del body["requesterEmail"], body["requesterName"]
    answer = await visitor.post(URL, json=body)

    assert answer.status_code == 201, answer.text
    assert tickets(cast)[0].requester_name == "Anonymous"


async def test_markup_and_line_breaks_in_every_field_stay_text(visitor, cast, body) -> None:
    nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    body |= {
        "requesterName": f"Eve\r\nBcc: all@example.com {nasty}",
        "subject": f"{nasty}\r\nBcc: all@example.com",
        "description": nasty,
        "customFields": {"accountNumber": nasty},
    }
    answer = await visitor.post(URL, json=body)

    assert answer.status_code == 201, answer.text
    (ticket,) = tickets(cast)
    assert "\n" not in ticket.subject + ticket.requester_name
    page = await visitor.get(answer.json()["ticket"]["trackingUrl"])
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
