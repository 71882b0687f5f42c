"""Mail in a real browser: the conversation in a ticket, the log, a survey."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.looks import flaws
from tests.journeys.test_settings import go
from tests.support.cast import PASSWORD
from tests.support.desk import Desk, eventually

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


class Post:
    """Delivers mail to the running desk and looks at what left."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(base_url=url, timeout=60)
        given = {"email": "ada@acme.example", "password": PASSWORD}
        token = self.client.post("/api/auth/login", json=given).json()["token"]
        self.client.headers["Authorization"] = f"Bearer {token}"
        # An address gets five automatic mails an hour: each test writes from one of its own.
        self.sender = f"jane{time.monotonic_ns()}@customer.example"

    def deliver(self, body: str, kind: str = "text/plain", **headers: str) -> dict:
        fields = {
            "From": f"Jane Doe <{self.sender}>",
            "To": "support@acme.example",
            "Subject": "The invoice is wrong",
            "Message-ID": f"<{time.monotonic_ns()}@customer.example>",
            "MIME-Version": "1.0",
            "Content-Type": f"{kind}; charset=utf-8",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        answer = self.client.post(
            "/api/tickets/webhook/email",
            content=f"{head}\r\n{body}".encode(),
            headers={"Content-Type": "message/rfc822"},
        )
        return answer.json()

    def thread(self, number: int) -> str:
        """The Message-ID of the ticket's confirmation, once it is written."""
        return eventually(lambda: self._sent(number), "the confirmation leaves")

    def _sent(self, number: int) -> str:
        found = self.client.get(f"/api/tickets/{number}/mail").json()["deliveries"]
        return found[0]["messageId"] if found and found[0]["state"] == "SENT" else ""


@pytest.fixture(scope="module")
def post(running) -> Post:
    post = Post(running.url)
    # Nobody takes anything back here, and nobody waits for what could be.
    post.client.patch("/api/organization/settings", json={"emailConfig": {"undoSeconds": 1}})
    return post


@dataclass(frozen=True)
class Thread:
    """A ticket of Jane's that began by mail; `known` is the Message-ID of its confirmation."""

    number: int
    known: str


@pytest.fixture(scope="module")
def thread(post: Post) -> Thread:
    """With Jane's HTML answer and a vacation notice."""
    number = post.deliver("The amount is twice what it was.")["ticket"]["ticketNumber"]
    known = post.thread(number)
    post.deliver(
        '<p>Our logo: <img src="https://pixel.example/a.png" alt="Logo"></p>'
        '<div class="gmail_quote"><blockquote class="gmail_quote"><p>We have received it.</p>'
        "</blockquote></div>",
        "text/html",
        In_Reply_To=known,
    )
    post.deliver("Away.", In_Reply_To=known, Auto_Submitted="auto-replied")
    return Thread(number, known)


def held(post: Post, thread: Thread, words: str) -> str:
    """Let a stranger write into the thread; their name."""
    name = f"Eve {time.monotonic_ns()}"
    sender = f"{name} <eve@else.example>"
    assert post.deliver(words, From=sender, In_Reply_To=thread.known)["result"] == "held"
    return name


@contextmanager
def held_up(running: Desk) -> Iterator[None]:
    """Let the desk's worker stand still, so that what waits for it is seen waiting."""
    pids = [pid for name, pid in running.children().items() if name.startswith("worker")]
    assert pids
    tree = [psutil.Process(pid) for pid in pids]
    tree += [child for process in tree for child in process.children(recursive=True)]
    for process in tree:
        process.suspend()
    try:
        yield
    finally:
        for process in tree:
            process.resume()


def opened(page: Page, running, thread: Thread) -> Page:
    page.goto(f"{running.url}/app/tickets/{thread.number}")
    page.locator(".item.customer", has_text="Our logo").wait_for()
    return page


def test_mail_reads_as_a_conversation_and_loads_nothing_from_elsewhere(
    running, signed_in, post, thread
):
    held(post, thread, "May I see it, too?")
    grace = signed_in("grace")
    asked: list[str] = []
    grace.on("request", lambda request: asked.append(request.url))
    image = re.compile(r"/api/messages/resp_[^/]+/images/[0-9a-f]{32}$")
    grace.route(image, lambda route: route.fulfill(body=PNG, content_type="image/png"))
    message = opened(grace, running, thread).locator(".item.customer", has_text="Our logo")
    expect(message).not_to_contain_text("We have received it.")
    message.get_by_role("button", name="Show quoted text").click()
    expect(message).to_contain_text("We have received it.")
    message.get_by_role("button", name="Hide quoted text").click()
    expect(message).not_to_contain_text("We have received it.")

    message.get_by_text("Why here?").click()
    expect(message).to_contain_text("In-Reply-To")
    with grace.expect_download() as download:
        message.get_by_role("link", name="Original message").click()
    assert download.value.suggested_filename.endswith(".eml")

    expect(message).to_contain_text("One image from elsewhere is blocked")
    assert not [url for url in asked if image.search(url)]
    message.get_by_role("button", name="Show images").click()
    expect(message.locator("img")).to_have_js_property("naturalWidth", 1)
    assert not [url for url in asked if "pixel.example" in url]

    grace.locator(".mail-fold").evaluate_all("folds => folds.forEach(fold => (fold.open = true))")
    assert flaws(grace) == []


def test_a_held_message_is_accepted_where_it_waits_and_others_see_it_live(
    running, browser_of, post, thread
):
    grace = opened(browser_of("grace"), running, thread)
    linus = opened(browser_of("linus"), running, thread)
    name = held(post, thread, "Me too.")
    waiting = grace.locator(".item.held", has_text=name)
    expect(waiting).to_contain_text("Me too.")
    waiting.get_by_text("Why here?").click()
    expect(waiting).to_contain_text("is not part of ticket")
    waiting.get_by_role("button", name="Accept").click()
    for page in (grace, linus):
        expect(page.locator(".item.held", has_text=name)).to_have_count(0)
        expect(page.locator(".item.customer", has_text="Me too.")).to_have_count(1)


def test_an_answer_shows_how_it_fares_for_each_recipient_without_a_reload(
    running, browser_of, post, thread
):
    grace = opened(browser_of("grace"), running, thread)
    with held_up(running):
        post.client.post(
            f"/api/tickets/{thread.number}/responses",
            json={"content": "We look into it.", "cc": ["omar@customer.example"]},
        )
        answer = grace.locator(".item.agent", has_text="We look into it.")
        expect(answer.locator("summary .mail-state")).to_have_text("Queued")
    expect(answer.locator("summary .mail-state")).to_have_text("Sent")
    answer.locator("summary").click()
    expect(answer.locator(".mail-recipients")).to_contain_text("omar@customer.example")


def test_what_failed_and_what_waits_is_in_the_log(running, browser_of, post):
    post.client.post(
        "/api/tickets/webhook/email",
        content=b"Subject: nobody wrote this\r\n\r\nx",
        headers={"Content-Type": "message/rfc822"},
    )
    begun = post.deliver("The parcel is lost.", From="Omar <omar@customer.example>")
    number = begun["ticket"]["ticketNumber"]
    lost = Thread(number, post.thread(number))
    ada = go(browser_of("ada"), running, "mail-log")
    row = ada.locator("li.settings-row", has_text="nobody wrote this").first
    expect(row).to_contain_text("It names no sender.")
    with ada.expect_download():
        row.get_by_role("link", name="Original of nobody wrote this").click()
    assert flaws(ada) == []
    row.get_by_role("button", name="Try again").click()
    expect(ada.get_by_text("It is tried again")).to_be_visible()

    ada.get_by_role("combobox", name="Show").click()
    ada.get_by_role("option", name="Held").click()
    held(post, lost, "Mine, too.")
    waiting = ada.locator("li.settings-row", has_text=f"#{number}")
    expect(waiting).to_contain_text("eve@else.example")
    waiting.get_by_role("button", name="Discard").click()
    expect(ada.get_by_text("Discarded")).to_be_visible()
    ada.get_by_role("combobox", name="Direction").click()
    ada.get_by_role("option", name="Sent").click()
    ada.get_by_role("combobox", name="Show").click()
    ada.get_by_role("option", name="Sent and delivered").click()
    sent = ada.locator("li.settings-row", has_text=f"#{number}")
    expect(sent).to_contain_text("omar@customer.example")


def asked(running, post: Post) -> str:
    """Resolve a ticket in a desk that asks at once; the address in the survey's mail."""
    answers = {"emailConfig": {"answers": {"surveyAfterHours": 0}}}
    post.client.patch("/api/organization/settings", json=answers)
    number = post.deliver("Quick question.")["ticket"]["ticketNumber"]
    post.client.patch(f"/api/tickets/{number}/status", json={"status": "RESOLVED"})
    database, redis = running.addresses()
    there = {"DATABASE_URL": database, "REDIS_URL": redis, "TICKETDESK_EMBEDDED": "1"}
    subprocess.run(
        [sys.executable, "-c", "from ticketdesk.jobs import surveys; surveys.ask()"],
        env={**running.environment(), **there},
        check=True,
        timeout=120,
    )

    def address() -> str:
        for path in running.mails_about(number):
            found = re.search(
                r"List-Unsubscribe: <(\S+)/stop>", path.read_text().replace("\n ", "")
            )
            if found:
                return found[1]
        return ""

    return eventually(address, "the survey's mail")


def test_a_requester_says_how_satisfied_they_are(running, open_page, browser_of, post):
    address = asked(running, post)
    page = open_page(viewport={"width": 390, "height": 800})
    page.goto(f"{address}?answer=good")
    expect(page.get_by_label("Satisfied", exact=True)).to_be_checked()
    assert barriers(page) == []
    page.get_by_label("What should we know?").fill("Very kind.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you for your answer")).to_be_visible()
    ada = browser_of("ada")
    ada.goto(f"{running.url}/app/dashboard")
    satisfied = ada.locator(".figure", has_text="Satisfied")
    expect(satisfied).to_contain_text(re.compile(r"\d+ %"))
    page.get_by_role("link", name="No more of these questions").click()
    page.get_by_role("button", name="Ask me no more").click()
    expect(page.get_by_role("heading", name="We will not ask you again")).to_be_visible()
    assert barriers(page) == []


def barriers(page: Page) -> list[str]:
    """What is in somebody's way on a public page, by day and by night."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += problems(page)
    return found
