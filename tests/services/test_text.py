"""What every text passes at the border."""

import pytest

from ticketdesk.errors import Invalid
from ticketdesk.services.text import clean_body, clean_line


@pytest.mark.parametrize(
    "unseen", ["", "  \t", "\u200b\u202e", "\u00ad\u2060", "\u3164", "\u2800\u2800", "\u2028"]
)
@pytest.mark.parametrize(
    "clean", [lambda v: clean_line(v, "subject", 200), lambda v: clean_body(v, "subject")]
)
def test_what_nobody_can_see_is_not_filled_in(clean, unseen: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean(unseen)
    assert refused.value.fields == {"subject": "Fill this in."}


@pytest.mark.parametrize("seen", ["a\u200bb", "👩‍💻", "न", "\u0301e", "!"])
def test_marks_beside_something_seen_stay(seen: str) -> None:
    assert clean_line(seen, "subject", 200)
