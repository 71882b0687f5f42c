"""A new build is there as a whole, and the one a desk was started with stays."""

import pytest

from ticketdesk.web import published


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(published, "FOLDER", tmp_path / "published")
    monkeypatch.setattr(published, "_CURRENT", tmp_path / "published" / "current")


def build(tmp_path, words: str):
    fresh = tmp_path / "build" / "client"
    fresh.mkdir(parents=True)
    (fresh / "index.html").write_text(words)
    return published.publish(fresh, f"digest-of-{words}-and-more")


def test_before_the_first_build_there_is_none():
    assert published.inputs() == ""
    with pytest.raises(FileNotFoundError):
        published.current()


def test_the_newest_build_is_current_and_the_one_before_stays_whole(tmp_path):
    first = build(tmp_path, "one")
    second = build(tmp_path, "two")
    assert published.current() == second
    assert published.inputs() == "digest-of-two-and-more"
    assert (first / "index.html").read_text() == "one"


def test_only_a_few_old_builds_stay(tmp_path):
    for number in range(9):
        build(tmp_path, str(number))
    kept = [path for path in published.FOLDER.iterdir() if path.is_dir()]
    assert len(kept) == 5
    assert published.current() in kept
