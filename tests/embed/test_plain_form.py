"""The form without scripts, and how its page may be kept."""

import re

from sqlmodel import select

from ticketdesk import db
from ticketdesk.models import Ticket, TicketAttachment

URL = "/embed/tickets"
FIELDS = {
    "organizationId": "acme",
    "requesterName": "Jane",
    "requesterEmail": "jane@customer.example",
    "category": "Billing",
    "subject": "Twice on my bill",
    "description": "The June invoice has it twice.",
}
NO_FILE = {"file": ("", b"", "application/octet-stream")}


async def test_a_plain_post_leads_to_the_confirmation(visitor, cast) -> None:
    sent = await visitor.post(URL, data=FIELDS, files={"file": ("bill.txt", b"99.00")})
    page = await visitor.get(sent.headers["Location"])

    assert sent.status_code == 303
    assert "Ticket #1001" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert re.search(r'id="ask" hidden', page.text)
    with db.tenant_session(cast.acme) as session:
        (ticket,) = session.exec(select(Ticket)).all()
        (file,) = session.exec(select(TicketAttachment)).all()
    assert (ticket.subject, ticket.category) == ("Twice on my bill", "Billing")
    assert file.ticket_id == ticket.id


async def test_what_is_wrong_is_said_and_what_was_written_is_kept(visitor) -> None:
    page = await visitor.post(URL, data=FIELDS | {"requesterEmail": "jane"}, files=NO_FILE)

    assert page.status_code == 422
    assert "Write an address such as name@example.com." in page.text
    assert 'value="Twice on my bill"' in page.text
    assert "The June invoice has it twice." in page.text


async def test_the_same_post_twice_is_one_ticket(visitor, cast) -> None:
    first = await visitor.post(URL, data=FIELDS, files=NO_FILE)
    second = await visitor.post(URL, data=FIELDS, files=NO_FILE)

    assert first.headers["Location"] == second.headers["Location"]
    with db.tenant_session(cast.acme) as session:
        assert len(session.exec(select(Ticket)).all()) == 1


async def test_a_form_that_always_asks_for_a_proof_says_that_it_needs_scripts(
    visitor, set_form
) -> None:
    set_form(captcha="always")
    shown = await visitor.get(f"{URL}?organizationId=acme")
    sent = await visitor.post(URL, data=FIELDS, files=NO_FILE)

    assert "<noscript>" in shown.text
    assert sent.status_code == 403
    assert "only runs with JavaScript" in sent.text


async def test_a_foreign_page_cannot_post_into_a_form_with_a_list_of_sites(
    visitor, set_form
) -> None:
    set_form(allowedSites=["https://shop.example"])
    sent = await visitor.post(
        URL, data=FIELDS, files=NO_FILE, headers={"Origin": "https://evil.example"}
    )

    assert sent.status_code == 403


async def test_the_page_is_whole_sets_no_cookie_and_asks_no_other_host(visitor) -> None:
    page = await visitor.get(f"{URL}?organizationId=acme", headers={"Accept-Language": "fr"})

    assert '<html lang="fr" dir="ltr"' in page.text
    assert "Comment pouvons-nous vous aider" in page.text
    assert "Set-Cookie" not in page.headers
    assert "connect-src 'self';" in page.headers["Content-Security-Policy"]
    hosts = set(re.findall(r"https?://[^/\"'\s<&]+", page.text))
    assert hosts <= {"http://www.w3.org", "http://localhost:8000"}


async def test_an_unchanged_page_costs_nothing(visitor) -> None:
    first = await visitor.get(f"{URL}?organizationId=acme")
    again = await visitor.get(
        f"{URL}?organizationId=acme", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert again.status_code == 304


async def test_arabic_runs_from_right_to_left(visitor) -> None:
    page = await visitor.get(f"{URL}?organizationId=acme&locale=ar")

    assert '<html lang="ar" dir="rtl"' in page.text


async def test_a_brand_colour_from_the_address_is_a_colour_or_nothing(visitor) -> None:
    good = await visitor.get(f"{URL}?organizationId=acme&color=%23ff6600")
    bad = await visitor.get(f"{URL}?organizationId=acme&color=red%7D%3C/style%3E%3Cscript%3E")

    assert "--brand:#ff6600" in good.text
    assert "</style><script>" not in bad.text


async def test_an_unknown_organizations_form_is_not_there(visitor) -> None:
    pages = [await visitor.get(f"{URL}?organizationId={name}") for name in ("umbrella", "", "%00")]

    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


async def test_hashed_files_are_kept_for_ever_and_the_loader_for_a_while(visitor) -> None:
    page = await visitor.get(f"{URL}?organizationId=acme")
    script = re.search(r'src="(/embed/static/[^"]+)"', page.text).group(1)
    static = await visitor.get(script, headers={"Accept-Encoding": "br"})
    loader = await visitor.get("/eclipse-ticket-widget.js", headers={"Accept-Encoding": "gzip"})
    again = await visitor.get(
        "/eclipse-ticket-widget.js",
        headers={"Accept-Encoding": "gzip", "If-None-Match": loader.headers["ETag"]},
    )

    assert "immutable" in static.headers["Cache-Control"]
    assert static.headers["Content-Encoding"] == "br"
    assert "max-age=300" in loader.headers["Cache-Control"]
    assert again.status_code == 304


async def test_the_static_folder_has_no_way_out(visitor) -> None:
    for name in ("..%2fmanifest.json", "%2e%2e/manifest.json", "nothing.js", "%00", "a" * 5000):
        assert (await visitor.get(f"/embed/static/{name}")).status_code == 404
