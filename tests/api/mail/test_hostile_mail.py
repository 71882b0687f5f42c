"""HTML of strangers in the app and over REST: nothing runs, nothing loads, nobody else sees it."""

import pytest

from tests.api.callers import Caller
from tests.jobs.test_drain import Mails, drain_all, new_ticket
from tests.support.mail import mails, outbox_folder
from ticketdesk import unit_of_work
from ticketdesk.actor import Actor
from ticketdesk.adapters import remote_image
from ticketdesk.jobs.intake import take_in
from ticketdesk.services.desk import detail

__all__ = ["mails", "outbox_folder"]

HOSTILE = """\
<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg>
<a href="javascript:alert(1)">a</a><a href="JaVaScRiPt&#58;alert(1)">b</a>
<a href="data:text/html,<script>alert(1)</script>">c</a><iframe src="//e.example"></iframe>
<form action="//e.example"><input name=password></form><base href="//e.example">
<style>@import "//e.example/s.css"; body{background:url(//e.example/b.png)}</style>
<p style="background:url(//e.example/p.png)" onclick="alert(1)" class="button primary">words</p>
<img src="https://pixel.example/1.gif" width="1" height="1">
<img srcset="https://e.example/2.png 2x">
<video poster="https://e.example/v.png"></video><object data="//e.example/o"></object>
<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>
<img data-remote="/api/auth/logout"><img src="/api/auth/logout">
<link rel=stylesheet href=//e.example>
<div class="gmail_quote"><blockquote class="gmail_quote"><img src="//e.example/q.png">quoted
<script>alert(2)</script></blockquote></div>"""
FORBIDDEN = (
    "<script", "onerror", "onload", "onclick", "javascript:", "<iframe", "<form", "<input",
    "<base", "<style", "style=", "<svg", "<video", "<object", "<link", "<math", "class=",
    "e.example", "pixel.example", "srcset", 'data-remote="/api/auth', "data:text",
)  # fmt: skip


@pytest.fixture
def seen(mails: Mails, grace: Actor, agent: Caller) -> dict:
    """The hostile answer as a message of ticket 1001, as the API lists it."""
    new_ticket(grace)
    drain_all()
    raw = (
        "From: Jane <jane@customer.example>\nTo: support@acme.example\nSubject: Re: x\n"
        f"Message-ID: <h@customer.example>\nIn-Reply-To: {mails()[0]['Message-ID']}\n"
        f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{HOSTILE}"
    )
    take_in(grace.organization_id, raw.encode(), "webhook")
    (message,) = agent.get("/api/tickets/1001/mail").json()["messages"]
    return message


def test_nothing_of_it_acts_in_the_timeline_or_unfolded(
    seen: dict, grace: Actor, agent: Caller
) -> None:
    opened = unit_of_work.as_actor(grace, detail.open_ticket, "1001", messages=30, seen=False)
    shown = next(i["html"] for i in opened.items if i.get("id") == seen["responseId"])
    whole = agent.get(f"/api/mail/{seen['id']}/whole").json()
    assert "words" in shown
    assert "quoted" in whole["html"]
    for html in (shown, whole["html"]):
        for part in FORBIDDEN:
            assert part not in html.lower(), part


def test_only_what_stands_in_the_message_is_fetched_and_only_for_its_own_agents(
    seen: dict,
    agent: Caller,
    customer: Caller,
    stranger: Caller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fetched: list[str] = []

    def fetch(url: str) -> remote_image.RemoteImage:
        fetched.append(url)
        return remote_image.RemoteImage("image/png", b"\x89PNG\r\n\x1a\n")

    monkeypatch.setattr(remote_image, "fetch", fetch)
    html = agent.get(f"/api/mail/{seen['id']}/whole").json()["html"]
    path = html.split('data-remote="')[1].split('"')[0]
    assert customer.get(path).status_code == 403
    assert stranger.get(path).status_code == 404
    assert agent.get(path[:-1] + ("0" if path[-1] != "0" else "1")).status_code == 404
    assert fetched == []
    answer = agent.get(path)
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert fetched == ["https://e.example/q.png"]


def test_an_image_that_is_none_is_missing(
    seen: dict, agent: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(url: str) -> remote_image.RemoteImage:
        raise remote_image.ImageRefused("This is no image that can be shown.")

    monkeypatch.setattr(remote_image, "fetch", fetch)
    html = agent.get(f"/api/mail/{seen['id']}/whole").json()["html"]
    refused = agent.get(html.split('data-remote="')[1].split('"')[0])
    assert refused.status_code == 404
    assert "no image" in refused.json()["error"]["message"]


def test_the_page_of_a_template_runs_nothing_and_is_for_admins(
    admin: Caller, agent: Caller
) -> None:
    path = "/api/organization/mail-templates/created/page?language=de&dark=true"
    shown = admin.get(path)
    assert shown.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "prefers-color-scheme" not in shown.text
    assert agent.get(path).status_code == 403
    assert admin.get(path.replace("created", "nothing")).status_code == 404
    assert admin.get(path.replace("=de", "=xx")).status_code == 422
