"""clamd's protocol, against a peer that speaks it to the letter."""

import pytest

from tests.support import samples
from tests.support.clamd_peer import clamd_peer
from ticketdesk.adapters.scanner.clamd import Clamd
from ticketdesk.adapters.scanner.scanner import ScannerUnavailable, Verdict


@pytest.fixture(params=["tcp", "unix"])
def peer(request, tmp_path):
    path = tmp_path / "clamd.sock" if request.param == "unix" else None
    with clamd_peer(path) as running:
        yield running


def test_a_clean_file_is_clean(peer):
    assert Clamd(peer.address).scan([b"hello ", b"world"]) == Verdict()
    assert peer.scanned == [b"hello world"]
    assert peer.commands == ["INSTREAM"]


def test_eicar_is_found_by_name(peer):
    verdict = Clamd(peer.address).scan([samples.EICAR[:20], samples.EICAR[20:]])
    assert verdict == Verdict(threat="Win.Test.EICAR_HDB-1")
    assert not verdict.is_clean


def test_large_pieces_are_sent_in_chunks_and_arrive_whole(peer):
    content = bytes(range(256)) * 4096
    Clamd(peer.address).scan([content])
    assert peer.scanned == [content]


def test_a_file_beyond_the_scanner_s_limit_is_not_called_clean(peer):
    peer.stream_max_length = 1000
    verdict = Clamd(peer.address).scan([b"x" * 500] * 40)
    assert not verdict.is_clean
    assert "StreamMaxLength" in (verdict.unscannable or "")


def test_an_answer_that_is_no_verdict_is_none(peer):
    peer.answer = "stream: Can't allocate memory ERROR"
    with pytest.raises(ScannerUnavailable, match="Can't allocate memory"):
        Clamd(peer.address).scan([b"x"])


def test_ping_tells_whether_it_is_there(peer):
    Clamd(peer.address).check()
    assert peer.commands == ["PING"]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:/nowhere/clamd.sock"])
def test_a_scanner_that_is_away_gives_no_verdict(address):
    with pytest.raises(ScannerUnavailable):
        Clamd(address).scan([b"x"])
    with pytest.raises(ScannerUnavailable):
        Clamd(address).check()
