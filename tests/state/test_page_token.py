"""A page belongs to the browser's token and the session together."""

from ticketdesk.state.page_token import page_token


def test_a_token_names_another_page_for_every_session():
    names = {page_token("page", session) for session in ("a", "b", None)}
    assert len(names) == 3


def test_a_page_and_a_session_cannot_be_cut_elsewhere():
    assert page_token("b", "a") != page_token("a\nb", "")
    assert page_token("page", "tds_1") != page_token("1page", "tds_")


def test_it_shows_neither_the_token_nor_the_session():
    name = page_token("page-token", "tds_session")
    assert len(name) == 64
    assert "page-token" not in name
    assert "tds_session" not in name
