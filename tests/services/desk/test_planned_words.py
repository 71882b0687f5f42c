"""What a rule would have done reads like a sentence, without names of the code."""

import pytest

from ticketdesk.services.desk.planned_words import planned_words
from ticketdesk.services.rules.preview import Planned

STATUSES = {"OPEN": "On the bench", "RESOLVED": "Solved"}


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("priority", "MEDIUM", "HIGH", "Priority: Medium → High"),
        ("status", "OPEN", "RESOLVED", "Status: On the bench → Solved"),
        ("assignedTo", None, "the next of Billing", "Assignee: nobody → the next of Billing"),
        ("tags", [], ["print", "ink"], "Tags: none → print, ink"),
        ("category", None, "Billing", "Category: none → Billing"),
        ("customFields.orderNumber", None, "A1", "Order number: none → A1"),
        ("customFields.gift", False, True, "gift: not ticked → ticked"),
        ("reply", None, "Out of stock", "Answers with “Out of stock”"),
        ("note", None, "<p>Look at <b>this</b></p>", "Adds the note “Look at this”"),
        ("webhook", None, "https://hook.example", "Tells https://hook.example"),
        ("mail", None, "assignee, boss@acme.example", "Mails the assignee, boss@acme.example"),
    ],
)
def test_a_planned_change_is_a_sentence(field, before, after, words) -> None:
    change = Planned(field=field, before=before, after=after)
    assert planned_words(change, STATUSES, {"orderNumber": "Order number"}) == words


def test_a_long_note_is_cut() -> None:
    change = Planned(field="note", after="<p>" + "word " * 100 + "</p>")
    words = planned_words(change, {}, {})
    assert words.endswith("…”")
    assert len(words) < 110
