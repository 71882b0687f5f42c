"""Hearing of what concerns one, wherever one is in the app."""

import re

import psycopg
from playwright.sync_api import expect

from tests.journeys.axe import problems
from tests.journeys.test_working_a_ticket import create, pick


def test_an_assignment_rings_at_once_and_is_read_with_the_ticket(signed_in, running):
    with psycopg.connect(running.addresses()[0]) as owner:
        owner.execute("UPDATE notifications SET read_at = now() WHERE read_at IS NULL")
    ada, linus = signed_in("ada"), signed_in("linus")
    bell = linus.get_by_role("button", name=re.compile("^Notifications"))
    create(ada, subject := "The bell of the warehouse")
    pick(ada, "Assignee", "Linus Pauling")
    expect(linus).to_have_title(re.compile(r"^\(1\) "))
    bell.click()
    notice = linus.get_by_role("link", name=re.compile("assigned it to you")).first
    expect(notice).to_contain_text(subject)
    assert problems(linus) == []
    notice.click()
    linus.get_by_role("heading", level=1, name=subject).wait_for()
    expect(linus).not_to_have_title(re.compile(r"^\("))
    expect(linus.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
