"""The customer's side of a chat over HTTP: token, messages, limits, away hours."""

from sqlmodel import select

from tests.embed.chat_steps import BASE, history, line, opening, refused, start
from ticketdesk import db, unit_of_work
from ticketdesk.models import Chat, ChatMessage
from ticketdesk.services.chats import chats, messages, to_ticket
from ticketdesk.services.chats.commands import AddMessage, TicketFromChat, UpdateChat
from ticketdesk.services.chats.visitor import token as tokens


async def test_a_conversation_begins_with_its_first_message_and_goes_on(visitor, grace):
    headers, chat_id = await start(visitor)
    said = await visitor.post(f"{BASE}/messages", json=line("Are you there?"), headers=headers)
    unit_of_work.as_actor(
        grace, messages.add_message, chat_id, AddMessage(role="AGENT", content="I am.")
    )
    page = await history(visitor, headers)

    assert said.status_code == 201
    assert [(m["role"], m["content"]) for m in page["messages"]] == [
        ("USER", "I can't login"),
        ("USER", "Are you there?"),
        ("AGENT", "I am."),
    ]
    assert page["messages"][2]["author"] == "Grace"
    assert page["facts"]["agent"] == "Grace"
    chat = unit_of_work.as_actor(grace, chats.get, chat_id)
    assert (chat.title, chat.customer_name, chat.customer_email) == (
        "I can't login", "Jane Smith", "jane@example.com",
    )  # fmt: skip


async def test_a_repeat_of_a_start_and_of_a_message_is_stored_once(visitor, system_session):
    body, message = opening(), line("Twice")
    first, again = [(await visitor.post(f"{BASE}/start", json=body)).json() for _ in range(2)]
    headers = {"Authorization": f"Bearer {again['token']}"}
    for _ in range(2):
        await visitor.post(f"{BASE}/messages", json=message, headers=headers)

    assert first["message"]["id"] == again["message"]["id"]
    contents = [m["content"] for m in (await history(visitor, headers))["messages"]]
    assert contents == ["I can't login", "Twice"]


async def test_only_the_chats_own_token_opens_it(visitor, clock):
    headers, chat_id = await start(visitor)
    good = headers["Authorization"].removeprefix("Bearer ")
    content, _, signed = good.partition(".")
    other = tokens.issue("org_other", chat_id)
    for token in ("", "x", f"{content}.{signed[:-2]}AA", f"{content}x.{signed}", other, "é.é"):
        forged = {"Authorization": f"Bearer {token}".encode()}
        for method, path, body in (
            ("GET", "messages?organizationId=acme", None),
            ("GET", "stream?organizationId=acme", None),
            ("POST", "messages", line("x")),
            ("POST", "signs", {"organizationId": "acme", "read": True}),
        ):
            answer = await visitor.request(method, f"{BASE}/{path}", json=body, headers=forged)
            refused(answer, 401, "visit_over")
    clock.shift(31 * 24 * 3600)
    answer = await visitor.get(f"{BASE}/messages?organizationId=acme", headers=headers)
    refused(answer, 401, "visit_over")


async def test_a_token_of_another_organization_opens_nothing(visitor):
    headers, _ = await start(visitor)
    answer = await visitor.get(f"{BASE}/messages?organizationId=globex", headers=headers)
    refused(answer, 401, "visit_over")
    body = line("x") | {"organizationId": "globex"}
    refused(await visitor.post(f"{BASE}/messages", json=body, headers=headers), 401, "visit_over")


async def test_a_token_is_renewed_while_it_is_used(visitor, clock):
    headers, _ = await start(visitor)
    assert (await history(visitor, headers))["token"] is None
    clock.shift(2 * 24 * 3600)
    fresh = (await history(visitor, headers))["token"]
    clock.shift(29 * 24 * 3600)
    await history(visitor, {"Authorization": f"Bearer {fresh}"})


async def test_a_flood_of_one_visitor_is_limited_and_told(visitor, system_session):
    headers, chat_id = await start(visitor)
    codes, wait = [], 0
    for number in range(1000):
        answer = await visitor.post(f"{BASE}/messages", json=line(f"{number}"), headers=headers)
        codes.append(answer.status_code)
        wait = answer.headers.get("Retry-After", wait)

    assert codes[:30] == [201] * 30
    assert set(codes[30:]) == {429}
    assert 0 < int(wait) <= 3600
    stored = system_session.exec(select(ChatMessage).where(ChatMessage.chat_id == chat_id)).all()
    assert len(stored) == 31


async def test_one_address_opens_ten_conversations_a_minute(visitor, set_form):
    set_form(captcha="off")
    codes = [(await visitor.post(f"{BASE}/start", json=opening())).status_code for _ in range(11)]
    assert codes == [201] * 10 + [429]


async def test_away_hours_open_no_conversation_and_let_a_running_one_end(visitor, set_form, grace):
    headers, chat_id = await start(visitor)
    unit_of_work.as_actor(
        grace, messages.add_message, chat_id, AddMessage(role="AGENT", content="Hi")
    )
    set_form({"chat": {"away": True}})
    refused(await visitor.post(f"{BASE}/start", json=opening()), 409, "away")
    assert not (await history(visitor, headers))["facts"]["isAway"]


async def test_the_business_hours_say_when_nobody_is_there(visitor, set_form, clock):
    week = {"tue": [["09:00", "17:00"]]}
    set_form({"slaConfig": {"businessHours": {"timezone": "UTC", "weekly": week}}})
    clock.move_to("2026-03-03T10:00:00+00:00")
    headers, _ = await start(visitor)
    assert not (await history(visitor, headers))["facts"]["isAway"]
    clock.move_to("2026-03-03T17:00:01+00:00")
    assert (await history(visitor, headers))["facts"]["isAway"]
    refused(await visitor.post(f"{BASE}/start", json=opening()), 409, "away")
    set_form({"chat": {"followHours": False}})
    assert not (await history(visitor, headers))["facts"]["isAway"]


async def test_a_switched_off_chat_is_not_there(visitor, set_form):
    set_form({"chat": {"enabled": False}})
    refused(await visitor.post(f"{BASE}/start", json=opening()), 404, "not_found")


async def test_name_and_address_are_asked_for_as_in_the_form(visitor, set_form):
    set_form(requireEmail=True)
    error = refused(
        await visitor.post(f"{BASE}/start", json=opening(name=None, email=None)),
        422,
        "validation_error",
    )
    assert set(error["fields"]) == {"name", "email"}
    set_form(requireEmail=False)
    await start(visitor, name=None, email=None)
    set_form(allowAnonymous=False)
    refused(await visitor.post(f"{BASE}/start", json=opening()), 401, "unauthenticated")


async def test_a_closed_chat_takes_nothing_more_but_knows_what_it_took(visitor, ada):
    headers, chat_id = await start(visitor)
    message = line("In time")
    await visitor.post(f"{BASE}/messages", json=message, headers=headers)
    unit_of_work.as_actor(ada, chats.update, chat_id, UpdateChat(is_closed=True))
    late = await visitor.post(f"{BASE}/messages", json=line("Late"), headers=headers)
    refused(late, 409, "chat_closed")
    again = await visitor.post(f"{BASE}/messages", json=message, headers=headers)
    assert again.status_code == 201


async def test_the_customer_learns_the_tickets_number_and_nothing_else_of_it(visitor, grace):
    headers, chat_id = await start(visitor)
    ticket = unit_of_work.as_actor(
        grace, to_ticket.create_ticket, chat_id, TicketFromChat(subject="For staff only")
    )
    page = await history(visitor, headers)
    assert [one["ticketNumber"] for one in page["facts"]["tickets"]] == [ticket.ticket_number]
    assert "For staff only" not in str(page)


async def test_the_history_comes_by_pages(visitor, grace):
    headers, chat_id = await start(visitor)
    for number in range(60):
        said = AddMessage(role="AGENT", content=f"Line {number}")
        unit_of_work.as_actor(grace, messages.add_message, chat_id, said)
    newest = await history(visitor, headers)
    older = await history(visitor, headers, before=newest["messages"][0]["id"])
    assert (len(newest["messages"]), newest["hasOlder"]) == (50, True)
    assert (len(older["messages"]), older["hasOlder"]) == (11, False)
    assert older["messages"][0]["content"] == "I can't login"


async def test_a_read_mark_is_set_by_the_visitor(visitor, grace):
    headers, chat_id = await start(visitor)
    answer = await visitor.post(
        f"{BASE}/signs", json={"organizationId": "acme", "read": True}, headers=headers
    )
    assert answer.status_code == 204
    assert unit_of_work.as_actor(grace, chats.get, chat_id).customer_read_at is not None


async def test_an_erased_conversation_is_over(visitor):
    headers, chat_id = await start(visitor)
    with db.system_session() as session:
        session.delete(session.get(Chat, chat_id))
        session.commit()
    answer = await visitor.get(f"{BASE}/messages?organizationId=acme", headers=headers)
    refused(answer, 401, "visit_over")
