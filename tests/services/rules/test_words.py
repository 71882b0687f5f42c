"""Keyword matches: whole words, case-folded, in any script."""

import pytest

from ticketdesk.services.rules.words import Keywords, Words


@pytest.mark.parametrize(
    ("text", "keyword", "found"),
    [
        ("I want a REFUND, please", "refund", True),
        ("I was refunded", "refund", False),
        ("Prefund", "refund", False),
        ("my (refund)!", "Refund", True),
        ("the password\nreset", "password reset", True),
        ("reset the password", "password reset", False),
        ("Straße", "STRASSE", True),
        ("ﬁle", "file", True),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς", True),
        ("請退款給我", "退款", True),
        ("払い戻しをお願いします", "払い戻し", True),
        ("jane@customer.example", "customer.example", True),
        ("anything", "", False),
        ("anything", "!!!", False),
        ("error 500", "500", True),
        ("error 5000", "500", False),
    ],
)
def test_a_keyword_is_found_whole(text: str, keyword: str, found: bool) -> None:
    assert Words.of(text).has_any(Keywords.of([keyword])) is found
