"""What the send guard says before a reply leaves."""

import pytest

from tests.services.tickets.threads import ticket, write
from ticketdesk.models.enums import ContentFormat
from ticketdesk.services.tickets.send_guard import check, greeted_name, shares_passage


def doubts(session, actor, reference, content, *, has_files=False):
    found = check(session, actor, reference, content, ContentFormat.HTML, has_files=has_files)
    return [doubt.kind for doubt in found]


def test_it_notices_a_promised_attachment_without_a_file(session, grace):
    one = ticket(session, grace)
    text = "<p>Hi Jane, I attached the invoice.</p>"
    assert doubts(session, grace, one.id, text) == ["attachment"]
    assert doubts(session, grace, one.id, text, has_files=True) == []


def test_it_notices_a_greeting_with_another_name(session, grace):
    one = ticket(session, grace)
    assert doubts(session, grace, one.id, "<p>Hello Omar, all done.</p>") == ["greeting"]
    assert doubts(session, grace, one.id, "<p>Hello Ms Smith, all done.</p>") == []


def test_it_notices_words_from_an_internal_note_of_this_ticket(session, grace):
    one = ticket(session, grace)
    write(
        session,
        grace,
        one.id,
        "Customer is on the old plan and sales promised a refund, do not mention it.",
        isInternal=True,
    )
    leak = "<p>You are on the old plan and sales promised a refund, so here it is.</p>"
    assert doubts(session, grace, one.id, leak) == ["note"]
    assert doubts(session, grace, one.id, "<p>You are on the old plan.</p>") == []


def test_it_notices_a_variable_without_a_value(session, grace):
    one = ticket(session, grace)
    assert doubts(session, grace, one.id, "<p>Hi {{requester.first_name}}</p>") == ["variable"]


def test_each_variable_that_still_stands_is_told_once_with_its_value(session, grace):
    one = ticket(session, grace)
    text = "<p>{{agent.name}} and {{ticket.nummer}}, {{agent.name}}, {{ ticket.number }}</p>"
    found = check(session, grace, one.id, text, ContentFormat.HTML, has_files=False)
    assert [(doubt.words, doubt.right) for doubt in found] == [
        ("{{agent.name}}", grace.name),
        ("{{ticket.nummer}}", ""),
        ("{{ ticket.number }}", str(one.ticket_number)),
    ]
    assert [doubt.message.partition("}} ")[2] for doubt in found] == [
        "is not filled in.",
        "does not exist.",
        "is not filled in.",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi Bob,\nthanks", "Bob"),
        ("Hallo Zoë!", "Zoë"),
        ("Dear all,", None),
        ("Guten Tag Herr Maier", None),
        ("Dear Bob Miller,\nthanks", "Bob"),
        ("Hi Bob", "Bob"),
        ("The printer says hello Bob", None),
        ("Hello from Grace", None),
        ("Hi, thanks for writing", None),
        ("Hello World!", None),
        ("Hello Printers need paper, so", None),
    ],
)
def test_the_greeted_name_is_read_from_the_first_words_only(text, name):
    assert greeted_name(text) == name


def test_a_few_common_words_are_no_passage():
    assert not shares_passage("thank you for the message", "thank you")
    assert shares_passage("please refund him today ok", "refund him today")
