"""The small search language: what it means, and what it refuses with a hint."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOON
from ticketdesk.errors import Invalid
from ticketdesk.services.search_words import phrase_query, prefix_query
from ticketdesk.services.tickets.search_language import Term, bounds, parse


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("status:open", [Term("status", ("OPEN",))]),
        ("status:open,new", [Term("status", ("OPEN", "NEW"))]),
        ("status:in-progress", [Term("status", ("IN_PROGRESS",))]),
        ("STATUS:OPEN", [Term("status", ("OPEN",))]),
        ("-tag:Spam", [Term("tag", ("spam",), negated=True)]),
        ("priority:>=high", [Term("priority", ("HIGH", "URGENT", "CRITICAL"))]),
        ("priority:<medium", [Term("priority", ("LOW",))]),
        ("assignee:me,none", [Term("assignee", ("me", "none"))]),
        ('category:"Technical stuff"', [Term("category", ("Technical stuff",))]),
        ("from:@Example.com", [Term("from", ("@example.com",))]),
        ("created:<7d", [Term("created", ("<7d",))]),
        ("is:unread has:attachment", [Term("is", ("unread",)), Term("has", ("attachment",))]),
    ],
)
def test_filters_are_key_and_value(text: str, terms: list[Term]) -> None:
    assert parse(text).terms == terms


def test_groups_stand_for_several_statuses() -> None:
    (waiting,) = parse("status:waiting").terms

    assert waiting.values == ("WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY")


def test_everything_else_is_words_to_find() -> None:
    search = parse('lamp "does not light" -bulb https://example.com/x')

    assert search.words == ["lamp", "https://example.com/x"]
    assert search.phrases == ["does not light"]
    assert search.without == ["bulb"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("colour:red", "status, priority"),
        ("status:lost", "in_progress"),
        ("priority:huge", "critical"),
        ("is:late", "unread"),
        ("created:yesterday", "<7d"),
        ("tag:,", "Write a value behind tag:."),
        ("lamp Status:", "Write a value behind status:."),
        ("priority:>=", "Write a value behind priority:>=."),
        ("created:>=2026-02-30", "There is no day 2026-02-30."),
    ],
)
def test_a_mistake_is_told_with_what_is_possible(text: str, hint: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text)
    assert refused.value.code == "search_error"
    assert hint in refused.value.fields["q"]


@pytest.mark.parametrize(
    "word", ["colour:red", "-status:lost", 'priority:"very huge"', "is:late", "created:2026-13-01"]
)
def test_a_mistake_is_named_at_its_word(word: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(f'lamp tag:vip {word} "does not light"')
    assert refused.value.details["word"] == word


@pytest.mark.parametrize(
    ("period", "after", "before"),
    [
        ("<7d", NOON - timedelta(days=7), None),
        (">2w", None, NOON - timedelta(days=14)),
        ("1h", NOON - timedelta(hours=1), None),
        ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        (">=2026-01-31", datetime(2026, 1, 31, tzinfo=UTC), None),
        (">2026-01-31", datetime(2026, 2, 1, tzinfo=UTC), None),
        ("<2026-01-31", None, datetime(2026, 1, 31, tzinfo=UTC)),
        ("<=2026-01-31", None, datetime(2026, 2, 1, tzinfo=UTC)),
    ],
)
def test_periods_have_two_ends(clock, period: str, after, before) -> None:
    assert bounds(period) == (after, before)


@pytest.mark.parametrize("text", ["a' OR 'b", "x & !y", "<->", "a:*", "\\", "'"])
def test_nothing_typed_is_an_operator(session, text: str) -> None:
    from sqlalchemy import func, select

    for query in (prefix_query(text), phrase_query(text)):
        session.execute(select(func.to_tsquery("simple", query)))
