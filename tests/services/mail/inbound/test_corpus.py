"""Every message of the corpus ends as it must, in time."""

import time

import pytest

from tests.corpus.all_cases import CASES
from tests.corpus.case import Case
from tests.corpus.desk import CorpusDesk
from ticketdesk.services.mail.inbound.pipeline import judge

WITHIN_SECONDS = 2.0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_message_ends_as_it_must(case: Case) -> None:
    started = time.process_time()
    verdict = judge(case.raw, CorpusDesk())
    assert time.process_time() - started < WITHIN_SECONDS
    assert verdict.result == case.result, verdict.why
    assert verdict.why
    body = verdict.body
    text, html = (body.text, body.html) if body else ("", "")
    if case.text is not None:
        assert text == case.text
    for part in case.has:
        assert part in text
    for part in case.lacks:
        assert part not in text
        assert part not in html
    for part in case.html:
        assert part in html
    for name, actual in {
        "subject": verdict.subject,
        "number": verdict.ticket_number,
        "linked_to": verdict.linked_to,
        "agent": verdict.is_agent,
        "answers": verdict.may_answer,
        "author": verdict.author.email if verdict.author else None,
        "files": tuple(f.filename for f in verdict.files),
    }.items():
        expected = getattr(case, name)
        if expected is not None:
            assert actual == expected, name
    if case.why:
        assert case.why in " ".join(verdict.why)
    assert "<script" not in html
    assert "javascript:" not in html
    assert "\0" not in text + html


def test_the_corpus_is_as_large_as_promised_and_says_each_thing_once() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)
