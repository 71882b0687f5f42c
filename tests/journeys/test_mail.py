"""Mail in a real browser: the conversation in a ticket, the log, templates, receiving, a survey."""

import re
import subprocess
import sys
import time

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_for_everybody import problems
from tests.journeys.test_settings import go, press
from tests.support.cast import PASSWORD
from tests.support.desk import eventually

pytestmark = pytest.mark.xdist_group("journeys")

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


@pytest.fixture
def post(running) -> Post:
    return Post(running.url)


@pytest.fixture
def thread(post: Post) -> int:
    """A ticket with Jane's HTML answer, a held stranger and a vacation notice."""
    number = post.deliver("The amount is twice what it was.")["ticket"]["ticketNumber"]
    known = post.thread(number)
    post.deliver(
        '<p>Our logo: <img src="https://pixel.example/a.png" alt="Logo"></p>'
        '<div class="gmail_quote"><blockquote class="gmail_quote"><p>We have received it.</p>'
        "</blockquote></div>",
        "text/html",
        In_Reply_To=known,
    )
    post.deliver("Me too.", From="Eve Moneypenny <eve@else.example>", In_Reply_To=known)
    post.deliver("Away.", In_Reply_To=known, Auto_Submitted="auto-replied")
    return number


def opened(page: Page, running, number: int) -> Page:
    page.goto(f"{running.url}/app/tickets/{number}")
    page.locator(".item.held").wait_for()
    return page


def test_mail_reads_as_a_conversation(running, signed_in, thread):
    grace = opened(signed_in("grace"), running, thread)
    message = grace.locator(".item.customer", has_text="Our logo")
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


def test_remote_images_wait_until_they_are_asked_for_and_come_from_the_desk(
    running, signed_in, thread
):
    grace = signed_in("grace")
    asked: list[str] = []
    grace.on("request", lambda request: asked.append(request.url))
    image = re.compile(r"/api/messages/resp_[^/]+/images/[0-9a-f]{32}$")
    grace.route(image, lambda route: route.fulfill(body=PNG, content_type="image/png"))
    message = opened(grace, running, thread).locator(".item.customer", has_text="Our logo")
    expect(message).to_contain_text("One image from elsewhere is blocked")
    assert not [url for url in asked if image.search(url)]
    message.get_by_role("button", name="Show images").click()
    expect(message.locator("img")).to_have_js_property("naturalWidth", 1)
    assert not [url for url in asked if "pixel.example" in url]


def test_a_held_message_is_accepted_where_it_waits_and_others_see_it_live(
    running, signed_in, thread
):
    grace = opened(signed_in("grace"), running, thread)
    linus = opened(signed_in("linus"), running, thread)
    held = grace.locator(".item.held")
    expect(held).to_contain_text("Me too.")
    held.get_by_text("Why here?").click()
    expect(held).to_contain_text("is not part of ticket")
    held.get_by_role("button", name="Accept").click()
    for page in (grace, linus):
        expect(page.locator(".item.held")).to_have_count(0)
        expect(page.locator(".item.customer", has_text="Me too.")).to_have_count(1)


def test_an_answer_shows_how_it_fares_for_each_recipient_without_a_reload(
    running, signed_in, post, thread
):
    grace = opened(signed_in("grace"), running, thread)
    post.client.post(
        f"/api/tickets/{thread}/responses",
        json={"content": "We look into it.", "cc": ["omar@customer.example"]},
    )
    answer = grace.locator(".item.agent", has_text="We look into it.")
    # The worker may be quicker than the page: what stands there first is either of the two.
    expect(answer.locator("summary .mail-state")).to_have_text(re.compile("Queued|Sent"))
    expect(answer.locator("summary .mail-state")).to_have_text("Sent", timeout=60_000)
    answer.locator("summary").click()
    expect(answer.locator(".mail-recipients")).to_contain_text("omar@customer.example")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_thread_of_mail_has_no_barrier(running, signed_in, thread, theme, width):
    page = signed_in("grace", color_scheme=theme, viewport={"width": width, "height": 900})
    opened(page, running, thread)
    for summary in page.locator(".mail-fold > summary").all():
        summary.click()
    page.get_by_role("button", name="Show quoted text").click()
    page.get_by_role("button", name="Hide quoted text").wait_for()
    assert problems(page) == []


def test_what_failed_and_what_waits_is_in_the_log(running, signed_in, post, thread):
    post.client.post(
        "/api/tickets/webhook/email",
        content=b"Subject: nobody wrote this\r\n\r\nx",
        headers={"Content-Type": "message/rfc822"},
    )
    ada = go(signed_in("ada"), running, "mail-log")
    row = ada.locator("li.settings-row", has_text="nobody wrote this").first
    expect(row).to_contain_text("It names no sender.")
    row.get_by_role("button", name="Try again").click()
    expect(ada.get_by_text("It is tried again")).to_be_visible()
    ada.get_by_role("combobox", name="Show").click()
    ada.get_by_role("option", name="Held").click()
    waiting = ada.locator("li.settings-row", has_text="eve@else.example").first
    waiting.get_by_role("button", name="Discard").click()
    expect(ada.get_by_text("Settled")).to_be_visible()
    ada.get_by_role("combobox", name="Direction").click()
    ada.get_by_role("option", name="Sent").click()
    ada.get_by_role("combobox", name="Show").click()
    ada.get_by_role("option", name="Sent and delivered").click()
    expect(ada.locator("li.settings-row", has_text=post.sender).first).to_be_visible()


def test_a_template_is_written_beside_its_preview_refused_when_broken_and_reset(running, signed_in):
    ada = go(signed_in("ada"), running, "mail-templates")
    ada.get_by_role("combobox", name="Readers of").click()
    ada.get_by_role("option", name="German").click()
    seen = ada.frame_locator("iframe")
    expect(seen.locator("html")).to_have_attribute("lang", "de")
    source = ada.get_by_label("HTML", exact=True)
    source.fill("<p>Hallo {{ ticket.number }}</p>")
    expect(seen.get_by_text("Hallo 1001")).to_be_visible()
    press(ada, "Show it dark")
    expect(ada.get_by_role("button", name="Show it light")).to_be_visible()
    expect(seen.get_by_text("Hallo 1001")).to_be_visible()

    source.fill("<p>\n{{ ticket.number </p>")
    press(ada, "Save template")
    expect(ada.locator("#html-problem")).to_contain_text("Line 2")
    expect(source).to_be_focused()
    source.fill("<p>Servus {{ ticket.number }}</p>")
    press(ada, "Save template")
    expect(ada.get_by_text("Template saved")).to_be_visible()
    press(ada, "Reset to default")
    expect(ada.get_by_role("button", name="Reset to default")).to_have_count(0)
    expect(ada.get_by_label("HTML", exact=True)).to_have_value(re.compile("created.lead"))


def test_receiving_is_set_up_and_checked_and_a_key_signs(running, signed_in):
    ada = go(signed_in("ada"), running, "email")
    ada.get_by_role("combobox", name="Mail comes by").click()
    ada.get_by_role("option", name="Mailgun").click()
    address = ada.get_by_label("Address for incoming mail")
    expect(address).to_contain_text("provider=mailgun&organizationId=acme")
    press(ada, "Check inbound")
    expect(ada.get_by_text("A worker signs in")).to_be_visible()

    ada.get_by_role("combobox", name="Mail comes by").click()
    ada.get_by_role("option", name="A mailbox (IMAP)").click()
    form = ada.get_by_role("form", name="Mailbox")
    form.get_by_label("Server").fill("127.0.0.1")
    form.get_by_label("User").fill("desk")
    form.get_by_label("Password").fill("s3cret")
    press(ada, "Save mailbox")
    expect(form).to_contain_text("TICKETDESK_MAIL_NETWORKS")

    ada.get_by_role("combobox", name="Carried by").click()
    ada.get_by_role("option", name="SMTP").click()
    ada.get_by_label("Domain", exact=True).fill("acme.example")
    press(ada, "Make a key")
    expect(ada.get_by_label("Name of the record")).to_have_text("desk._domainkey.acme.example")
    expect(ada.get_by_label("Value of the record")).to_contain_text("v=DKIM1; k=rsa; p=")
    press(ada, "Stop signing")
    expect(ada.get_by_role("button", name="Make a key")).to_be_visible()


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_requester_says_how_satisfied_they_are(running, open_page, signed_in, post, theme):
    address = asked(running, post)
    page = open_page(color_scheme=theme, viewport={"width": 390, "height": 800})
    page.goto(f"{address}?answer=good")
    assert problems(page) == []
    expect(page.get_by_label("Satisfied", exact=True)).to_be_checked()
    page.get_by_label("What should we know?").fill("Very kind.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you for your answer")).to_be_visible()
    ada = signed_in("ada")
    ada.goto(f"{running.url}/app/dashboard")
    satisfied = ada.locator(".figure", has_text="Satisfied")
    expect(satisfied).to_contain_text(re.compile(r"\d+ %"))
    page.get_by_role("link", name="No more of these questions").click()
    page.get_by_role("button", name="Ask me no more").click()
    expect(page.get_by_role("heading", name="We will not ask you again")).to_be_visible()
    assert problems(page) == []
