"""What the first visit costs, and what nobody else can open."""

from playwright.sync_api import Page

LIMIT = 320 * 1024
"""Bytes over the wire, answers with their headers; what is promised is 350 KB."""


def bytes_received(page: Page) -> dict[str, int]:
    """Record what every answer weighs on the wire, headers and bodies."""
    session = page.context.new_cdp_session(page)
    names: dict[str, str] = {}
    weights: dict[str, int] = {}
    session.on(
        "Network.responseReceived", lambda e: names.update({e["requestId"]: e["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: weights.update({names.get(e["requestId"], "?"): e["encodedDataLength"]}),
    )
    session.send("Network.enable")
    return weights


def test_the_first_visit_of_the_list_is_light(browser_of, running):
    page = browser_of("grace")
    weights = bytes_received(page)
    page.goto(f"{running.url}/app/tickets")
    page.locator("[data-row]").first.wait_for()
    page.wait_for_load_state("networkidle")
    heaviest = sorted(weights.items(), key=lambda item: -item[1])[:5]
    assert sum(weights.values()) <= LIMIT, heaviest


def test_nothing_is_loaded_from_another_host(signed_in, running):
    page = signed_in("grace")
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{running.url}/app/dashboard")
    page.get_by_role("heading", name="Workload").wait_for()
    assert hosts == {running.url.split("/")[2]}


def test_a_foreign_page_gets_no_websocket(open_page, running, complaints):
    page = open_page()
    page.route(
        "http://evil.test/",
        lambda route: route.fulfill(body="<p>evil</p>", content_type="text/html"),
    )
    page.goto("http://evil.test/")
    outcome = page.evaluate(
        """(url) => new Promise((resolve) => {
            const socket = new WebSocket(url);
            socket.onopen = () => resolve("open");
            socket.onerror = () => resolve("refused");
        })""",
        running.url.replace("http", "ws") + "/_event/?EIO=4&transport=websocket",
    )
    assert outcome == "refused"
    complaints.clear()
