"""What agents and customers do in chats, in the words of the screens."""

import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

AtDesk = Callable[..., Page]

_PASTE = """(element, [kind, name, type, text]) => {
    const files = new DataTransfer();
    files.items.add(new File([text], name, { type }));
    const how = { bubbles: true, cancelable: true };
    const event = kind === "paste"
        ? new ClipboardEvent(kind, { ...how, clipboardData: files })
        : new DragEvent(kind, { ...how, dataTransfer: files });
    element.dispatchEvent(event);
}"""


def at_desk(browser_of: AtDesk, url: str) -> AtDesk:
    """Return what opens a screen in the browser of somebody who is signed in."""

    def opened(name: str, address: str, **options: Any) -> Page:
        page = browser_of(name, base_url=url, **options)
        page.goto(address)
        return page

    return opened


def introduce(page: Page) -> None:
    """Fill in who writes, where a conversation begins."""
    page.get_by_label("Name").fill("Nora Quist")
    page.get_by_label("Email").fill(f"nora-{uuid.uuid4().hex[:8]}@quist.example")


def say(page: Page, words: str) -> None:
    """Write something and send it, on either side."""
    box = page.get_by_role("textbox", name="Message")
    box.fill(words)
    box.press("Enter")


def said(page: Page, words: str) -> Locator:
    """Find something that was said on the customer's side and has reached the server."""
    return page.locator("#messages").get_by_text(words, exact=True)


def heard(page: Page, words: str) -> Locator:
    """Find something that was said on the agent's side."""
    return page.get_by_role("region", name="Conversation").get_by_text(words, exact=True)


def begun(page: Page, words: str = "The hub is dark") -> str:
    """Begin a conversation as a customer and return what it is called at the desk."""
    title = f"{words} {uuid.uuid4().hex[:6]}"
    introduce(page)
    say(page, title)
    expect(said(page, title)).to_be_visible()
    return title


def bring(place: Locator, kind: str, name: str, text: str) -> None:
    """Paste ("paste") or drop ("drop") a text file, as a browser tells a page of it."""
    place.evaluate(_PASTE, [kind, name, "text/plain", text])


def call(page: Page, method: str, path: str, data: dict[str, Any], status: int) -> dict[str, Any]:
    """Call the API as the one whose page it is, from the desk's own origin."""
    url = page.evaluate("location.origin")
    answer = page.request.fetch(url + path, method=method, data=data, headers={"Origin": url})
    assert answer.status == status, answer.text()
    return dict(answer.json())


def fed(page: Page, title: str, *texts: str, **values: str) -> str:
    """Feed a chat in through the API, as another chat system would, and return its address."""
    body = {"title": title, "customerName": "Jane Smith", "customerEmail": "jane@customer.example"}
    chat = call(page, "POST", "/api/chats", body | values, 201)["chat"]["id"]
    for text in texts:
        feed(page, chat, text)
    return f"/app/chats/{chat}"


def feed(page: Page, chat: str, text: str, role: str = "USER") -> None:
    """Feed one more message in; `chat` is its identifier or its address."""
    path = f"/api/chats/{chat.rsplit('/', 1)[-1]}/messages"
    call(page, "POST", path, {"role": role, "content": text}, 201)
