"""The organization's own fields beside a ticket: shown, changed one at a time, taken back."""

import pytest

from tests.services.tickets.threads import row, ticket
from ticketdesk.errors import Invalid, Malformed
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import detail, own_fields, undo

FIELDS = (
    {"key": "product", "label": "Product", "kind": "select", "options": ["Hub", "Scan"]},
    {"key": "serial", "label": "Serial number", "showWhen": {"product": ["Hub"]}},
    {"key": "pieces", "label": "Pieces", "kind": "number"},
    {"key": "bought", "label": "Bought", "kind": "date"},
    {"key": "parts", "label": "Parts", "kind": "multi_select", "options": ["Lid", "Foot"]},
    {"key": "gift", "label": "A gift", "kind": "checkbox"},
    {"key": "room", "label": "Room", "required": True, "public": False},
)


@pytest.fixture
def asking(session, ada):
    """An organization that asks one question of every kind."""
    ticket_settings.change(session, ada, {"embedConfig": {"customFields": list(FIELDS)}})


def fields(session, actor, one):
    facts = detail.open_ticket(session, actor, one.id, messages=1, seen=False).facts
    return {field["name"]: field for field in facts["fields"]}


@pytest.mark.parametrize(
    ("key", "given", "stored"),
    [
        ("product", "Scan", "Scan"),
        ("pieces", " 3.5 ", "3.5"),
        ("bought", "2026-11-02", "2026-11-02"),
        ("parts", ["Lid", "Foot"], ["Lid", "Foot"]),
        ("gift", True, True),
        ("room", "B 12", "B 12"),
    ],
)
def test_a_field_of_every_kind_is_answered_and_taken_back(
    session, grace, asking, key, given, stored
):
    one = ticket(session, grace)
    done = own_fields.change(session, grace, one.id, f"field.{key}", given)
    assert row(session, one.id).custom_fields == {key: stored}
    assert fields(session, grace, one)[f"field.{key}"]["value"] == stored
    undo.take_back(session, grace, "field", [one.id, f"field.{key}", done.before])
    assert row(session, one.id).custom_fields == {}


@pytest.mark.parametrize(
    ("key", "given", "words"),
    [
        ("product", "Lamp", "Choose one of the list."),
        ("pieces", "many", "Write a number, such as 12 or 3.5."),
        ("bought", "2026-02-30", "Choose a day."),
        ("parts", ["Lid", "Wheel"], "Choose one of the list."),
        ("room", "  ", "Fill this in."),
        ("serial", "x" * 2001, "This is too long."),
    ],
)
def test_what_is_wrong_is_said_of_its_field_and_changes_nothing(
    session, grace, asking, key, given, words
):
    one = ticket(session, grace, customFields={"room": "B 12"})
    with pytest.raises(Invalid) as refused:
        own_fields.change(session, grace, one.id, f"field.{key}", given)
    assert refused.value.fields == {f"field.{key}": words}
    assert row(session, one.id).custom_fields == {"room": "B 12"}


@pytest.mark.parametrize("given", [None, 7, {"a": 1}, ["Hub"]])
def test_an_answer_of_a_kind_that_no_form_sends_is_no_answer(session, grace, asking, given):
    one = ticket(session, grace, customFields={"product": "Hub"})
    own_fields.change(session, grace, one.id, "field.product", given)
    assert row(session, one.id).custom_fields == {}


@pytest.mark.parametrize("name", ["field.", "product", "field.owner", "customFields.product", ""])
def test_a_field_that_is_not_there_is_refused(session, grace, asking, name):
    one = ticket(session, grace)
    with pytest.raises(Malformed):
        own_fields.change(session, grace, one.id, name, "x")


def test_a_field_shows_while_it_is_asked_for_or_answered(session, grace, asking):
    one = ticket(session, grace)
    assert "field.serial" not in fields(session, grace, one)
    own_fields.change(session, grace, one.id, "field.product", "Hub")
    own_fields.change(session, grace, one.id, "field.serial", "H-7")
    own_fields.change(session, grace, one.id, "field.product", "Scan")
    assert fields(session, grace, one)["field.serial"]["value"] == "H-7"
    own_fields.change(session, grace, one.id, "field.serial", "")
    assert "field.serial" not in fields(session, grace, one)


def test_answers_of_another_kind_and_of_former_fields_are_still_read(session, grace, asking):
    answers = {"pieces": 3, "gift": "yes", "parts": "Lid", "former": ["a", "b"]}
    shown = fields(session, grace, ticket(session, grace, customFields=answers))
    assert [shown[f"field.{key}"]["value"] for key in ("pieces", "gift", "parts")] == [
        "3",
        True,
        ["Lid"],
    ]
    assert (shown["former"]["kind"], shown["former"]["value"]) == ("gone", "a, b")


def test_an_answer_comes_back_although_the_field_is_required_or_gone_by_now(
    session, ada, grace, asking
):
    one = ticket(session, grace)
    done = own_fields.change(session, grace, one.id, "field.room", "B 12")
    said = undo.take_back(session, grace, "field", [one.id, "field.room", done.before])
    assert said == f"{one.ticket_number} has no answer for Room"
    other = ticket(session, grace, customFields={"product": "Hub"})
    done = own_fields.change(session, grace, other.id, "field.product", "Scan")
    ticket_settings.change(session, ada, {"embedConfig": {"customFields": []}})
    undo.take_back(session, grace, "field", [other.id, "field.product", done.before])
    assert row(session, other.id).custom_fields == {"product": "Hub"}


def test_the_history_calls_a_field_by_its_name(session, grace, asking):
    one = ticket(session, grace)
    own_fields.change(session, grace, one.id, "field.pieces", "3")
    items = detail.open_ticket(session, grace, one.id, messages=1, seen=False).items
    assert items[-1]["lines"][-1]["what"] == "changed Pieces"
