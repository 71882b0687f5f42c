"""Files from a drop into the composer to a colleague's screen, with real bytes all the way."""

import base64
import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.axe import problems
from tests.journeys.looks import FADED_IN
from tests.journeys.test_when_the_server_forgets import is_kept
from tests.journeys.test_working_a_ticket import write
from tests.support import samples
from tests.support.desk import Desk, eventually

_DROP = """([files]) => {
  const carried = new DataTransfer();
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type }));
  }
  for (const kind of ["dragenter", "dragover", "drop"])
    document.querySelector("main, body").dispatchEvent(
      new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }),
    );
}"""
_PASTE = """([name, type, content]) => {
  const carried = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  carried.items.add(new File([bytes], name, { type }));
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: carried }),
  );
}"""


def file(name: str, kind: str, content: bytes) -> list[str]:
    return [name, kind, base64.b64encode(content).decode()]


def drop(page: Page, *files: list[str]) -> None:
    page.get_by_role("button", name="Attach files").wait_for()
    page.evaluate(_DROP, [list(files)])


def on_a_ticket(running: Desk, page: Page, subject: str) -> int:
    """Open a ticket that nobody has seen; return its number."""
    body = {
        "requesterName": "Jane Smith",
        "requesterEmail": "jane@customer.example",
        "subject": subject,
        "description": "See below.",
    }
    origin = {"Origin": running.url}
    made = page.context.request.post(f"{running.url}/api/tickets", data=body, headers=origin)
    number = made.json()["ticket"]["ticketNumber"]
    page.goto(f"{running.url}/app/tickets/{number}")
    return number


def slow_down(page: Page, bytes_per_second: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_per_second,
        },
    )


def test_files_dropped_on_a_ticket_reach_a_colleague_with_pictures(running, browser_of):
    grace, linus = browser_of("grace"), browser_of("linus")
    number = on_a_ticket(running, grace, "The label printer prints sideways")
    linus.goto(f"{running.url}/app/tickets/{number}")
    expect(linus.get_by_role("textbox", name="Reply")).to_be_visible()

    drop(
        grace,
        file("label.png", "image/png", samples.picture(size=(900, 600))),
        file("printer.log", "text/plain", b"12:00 paper jam\n" * 20),
    )
    waiting = grace.get_by_role("list", name="Files to send")
    expect(waiting.get_by_role("listitem")).to_have_count(2)
    expect(waiting.get_by_role("progressbar")).to_have_count(0)
    grace.get_by_role("textbox", name="Reply").focus()
    grace.evaluate(_PASTE, file("image.png", "image/png", samples.picture(colour=(9, 90, 9))))
    expect(waiting.get_by_text(re.compile(r"^Pasted .*\.png$"))).to_be_visible()
    expect(waiting.get_by_role("progressbar")).to_have_count(0)

    write(grace, "Reply", "This is how it looks.")
    expect(waiting).to_have_count(0)
    # The colleague's page shows the pictures by itself once they are drawn.
    expect(linus.get_by_text("This is how it looks.")).to_be_visible()
    tile = linus.get_by_role("button", name="Look at label.png")
    expect(tile.locator("img")).to_be_visible()
    assert tile.locator("img").evaluate("(image) => image.decode().then(() => image.naturalWidth)")

    tile.click()
    box = linus.get_by_role("dialog", name="label.png")
    expect(box.get_by_text("1 of 2")).to_be_visible()
    box.evaluate(FADED_IN)
    for theme in ("light", "dark"):
        linus.emulate_media(color_scheme=theme)
        assert problems(linus, ".lightbox") == []
    linus.keyboard.press("ArrowRight")
    expect(linus.get_by_role("dialog", name=re.compile("Pasted"))).to_be_visible()
    linus.keyboard.press("Escape")
    expect(linus.get_by_role("dialog", name=re.compile("Pasted"))).to_have_count(0)
    expect(tile).to_be_focused()

    with linus.expect_download() as one:
        linus.get_by_role("list", name="Files", exact=True).get_by_role("link").click()
    assert one.value.suggested_filename == "printer.log"
    assert Path(one.value.path()).read_bytes() == b"12:00 paper jam\n" * 20
    with linus.expect_download() as everything:
        linus.get_by_role("link", name=re.compile("Download all")).click()
    assert everything.value.suggested_filename == f"ticket-{number}-files.zip"
    with zipfile.ZipFile(io.BytesIO(Path(everything.value.path()).read_bytes())) as archive:
        assert len(archive.namelist()) == 3
        assert archive.testzip() is None


def test_an_upload_shows_its_real_progress_and_can_be_cancelled(running, browser_of):
    page = browser_of("grace")
    on_a_ticket(running, page, "A slow line")
    slow_down(page, 400_000)
    drop(page, file("large.log", "text/plain", b"12:00 all is well\n" * 200_000))
    bar = page.get_by_role("progressbar", name="Upload of large.log")
    expect(bar).to_be_visible()
    grows = "([bar, before]) => before < bar.value && bar.value < 100 && bar.value"
    first = page.wait_for_function(grows, arg=[bar.element_handle(), 0]).json_value()
    page.wait_for_function(grows, arg=[bar.element_handle(), first])
    page.get_by_role("textbox", name="Reply").fill("It is on its way.")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Cancel large.log").click()
    expect(page.get_by_role("list", name="Files to send")).to_have_count(0)
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()


def test_a_file_that_failed_is_told_and_can_be_tried_again(running, browser_of, complaints):
    page = browser_of("grace")
    on_a_ticket(running, page, "A broken line")
    page.route("**/api/attachments", lambda route: route.abort())
    drop(page, file("notes.txt", "text/plain", b"hello"))
    expect(page.get_by_text("The connection broke off. Try again.", exact=True)).to_be_visible()
    page.unroute("**/api/attachments")
    page.get_by_role("button", name="Try notes.txt again").click()
    expect(page.get_by_text("5 bytes")).to_be_visible()
    expect(page.get_by_role("button", name="Remove notes.txt")).to_be_visible()

    drop(page, file("fake.png", "image/png", samples.HTML))
    refused = "The file is named .png, but its content is a web page."
    expect(page.get_by_text(refused, exact=True)).to_be_visible()
    page.get_by_role("button", name="Remove fake.png").click()
    page.get_by_role("button", name="Remove notes.txt").click()
    expect(page.get_by_role("list", name="Files to send")).to_have_count(0)
    # The browser itself writes both failures down.
    assert all("Failed to load resource" in one for one in complaints)
    complaints.clear()


def test_files_survive_a_reload_with_the_draft(running, browser_of):
    page = browser_of("grace")
    on_a_ticket(running, page, "Reloaded in the middle")
    drop(page, file("kept.txt", "text/plain", b"kept"))
    expect(page.get_by_role("button", name="Remove kept.txt")).to_be_visible()
    page.get_by_role("textbox", name="Reply").fill("See the file.")
    eventually(lambda: is_kept(running, "See the file."), "the draft is kept")
    page.reload()
    expect(page.get_by_role("button", name="Remove kept.txt")).to_be_visible()
    expect(page.get_by_role("textbox", name="Reply")).to_have_text("See the file.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("link", name=re.compile("kept.txt")).first).to_be_visible()


def test_a_new_ticket_takes_files_along(signed_in):
    page = signed_in("grace")
    page.get_by_role("link", name="New ticket").click()
    page.get_by_label("Requester name").fill("Jane Smith")
    page.get_by_label("Requester email").fill("jane@customer.example")
    page.get_by_label("Subject").fill("With a picture from the start")
    page.get_by_label("Description").fill("See below.")
    drop(page, file("start.png", "image/png", samples.picture(size=(300, 200))))
    expect(page.get_by_role("button", name="Remove start.png")).to_be_visible()
    page.get_by_role("button", name="Create ticket").click()
    page.wait_for_url(re.compile(r"/app/tickets/\d+$"))
    expect(page.get_by_role("button", name="Look at start.png")).to_be_visible()
