"""Any bytes at all end as a verdict: in time, in bounds, never as a crash."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpus.all_cases import CASES
from tests.corpus.desk import CorpusDesk
from ticketdesk.services.mail.inbound.pipeline import judge
from ticketdesk.services.mail.inbound.verdict import Result, Verdict

_NAMES = st.sampled_from(
    [
        "From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version",
        "Return-Path", "Auto-Submitted", "Precedence", "X-Failed-Recipients", "Received",
        "Authentication-Results", "Content-ID",
    ]
)  # fmt: skip
_TYPES = st.sampled_from(
    [
        b"text/plain", b"text/html; charset=utf-8", b"text/plain; charset=\xff", b"multipart/mixed",
        b"multipart/mixed; boundary=b",
        b"multipart/report; report-type=delivery-status; boundary=b",
        b"message/rfc822", b"message/delivery-status", b"application/ms-tnef", b"text/calendar",
        b"application/pdf; name*0*=utf-8''%FF; name*2=x", b"/", b"=?utf-8?B?/w==?=",
    ]
)  # fmt: skip
_VALUES = st.one_of(
    st.binary(max_size=80),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [b"base64", b"quoted-printable", b"<>", b"=?utf-8?B?", b"jane@customer.example"]
    ),
    _TYPES,
)
_LINES = st.tuples(_NAMES.map(str.encode), _VALUES).map(b": ".join)
_PIECES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [b"--b", b"--b--", b"", b"begin 644 x", b"On x wrote:", b"> y", b"<div", b"</"]
    ),
    _LINES,
)
_MESSAGES = st.tuples(st.lists(_LINES, max_size=12), st.lists(_PIECES, max_size=12)).map(
    lambda both: b"\n".join(both[0]) + b"\n\n" + b"\n".join(both[1])
)
_SMALL = [case.raw for case in CASES if len(case.raw) < 5_000]


def sound(verdict: Verdict) -> None:
    assert verdict.result in set(Result)
    assert verdict.why
    assert verdict.body is None or "\0" not in verdict.body.text + verdict.body.html
    for text in (*verdict.why, verdict.subject, verdict.body.text if verdict.body else ""):
        text.encode("utf-8")


@given(st.binary(max_size=2_000))
@settings(max_examples=300, deadline=2_000)
def test_any_bytes(raw: bytes) -> None:
    sound(judge(raw, CorpusDesk()))


@given(_MESSAGES)
@settings(max_examples=500, deadline=2_000, suppress_health_check=[HealthCheck.too_slow])
def test_anything_that_looks_like_a_message(raw: bytes) -> None:
    sound(judge(raw, CorpusDesk()))


@given(
    st.sampled_from(_SMALL),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12)), max_size=6),
)
@settings(max_examples=500, deadline=2_000)
def test_a_corpus_message_with_damage(raw: bytes, damage: list[tuple[float, bytes]]) -> None:
    for where, what in damage:
        at = int(where * len(raw))
        raw = raw[:at] + what + raw[at + len(what) // 2 :]
    sound(judge(raw, CorpusDesk()))


@pytest.mark.parametrize(
    "shape", ["base64", "text", "html", "short lines", "one line", "boundaries"]
)
def test_thirty_megabytes_take_two_seconds_and_200_mb_at_most(shape: str) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "tests.services.mail.inbound.heavy", shape],
        cwd=Path(__file__).parents[4],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    result, seconds, megabytes = child.stdout.split()
    assert result in {"created", "failed"}
    assert float(seconds) < 2.0
    assert int(megabytes) < 200
