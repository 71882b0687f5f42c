"""Texts that try to run, in canned responses, macros, templates and signatures."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.services.mail.test_compose import IDENTITY, RESPONSE, letter
from tests.services.tickets.threads import ticket
from tests.support.hostile_texts import VECTORS
from ticketdesk.models import CannedResponse
from ticketdesk.services import ticket_settings
from ticketdesk.services.desk import compose_offers, detail, settings_library, ticket_templates
from ticketdesk.services.library import macros
from ticketdesk.services.library.macros import MacroInput

_RUNS = frozenset(
    {
        "applet", "audio", "base", "body", "button", "details", "embed", "form", "frame", "iframe",
        "input", "link", "marquee", "math", "meta", "noscript", "object", "script", "select",
        "style", "svg", "template", "textarea", "video",
    }
)  # fmt: skip
_ADDRESSES = frozenset({"action", "formaction", "href", "src", "srcdoc", "xlink:href"})


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in _RUNS:
            self.running.append(tag)
        for name, value in attrs:
            begins = "".join((value or "").split()).lower()
            runs = name in _ADDRESSES and begins.startswith(("javascript:", "vbscript:", "data:"))
            if name.startswith("on") or name == "style" or runs:
                self.running.append(f"{tag} {name}={value}")


def seen(html: str) -> _Seen:
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return parser


@pytest.mark.parametrize("text", VECTORS)
def test_a_canned_response_that_got_in_unchecked_still_comes_out_harmless(session, grace, text):
    one = ticket(session, grace, requesterName=f"{text} Mallory"[:200])
    kept = CannedResponse(
        id="canned_hostile",
        organization_id=grace.organization_id,
        title=text,
        shortcut="hostile",
        content=f'{text}<a href="https://desk.example/{{{{requester.name}}}}">go</a>',
    )
    session.add(kept)
    session.flush()
    assert seen(compose_offers.filled(session, grace, kept.id, one.id)["html"]).running == []


@pytest.mark.parametrize("text", VECTORS)
def test_an_example_and_a_template_are_harmless(session, ada, grace, text):
    plain = text.replace("{{", "{ {")
    assert seen(settings_library.example(session, grace, plain)).running == []
    kept = {"title": "Hostile", "subject": text[:300], "description": text}
    ticket_settings.change(session, ada, {"ticketTemplates": [kept]})
    started = ticket_templates.start(session, grace, "Hostile")
    assert seen(started.get("description", "")).running == []


@pytest.mark.parametrize("text", VECTORS)
def test_what_a_macro_writes_is_harmless(session, grace, text):
    one = ticket(session, grace)
    plain = text.replace("{{", "{ {")
    command = MacroInput.parse({"title": text[:200], "change": {"reply": f"{plain} Hello."}})
    macros.run(session, grace, macros.create(session, grace, command).id, one.id)
    items = detail.open_ticket(session, grace, one.id, messages=5, seen=False).items
    assert seen("".join(item.get("html", "") for item in items)).running == []


@pytest.mark.parametrize("text", VECTORS)
def test_a_signature_is_words_in_a_mail_and_nothing_else(text):
    def tags(signature: str) -> list[str]:
        signed = replace(RESPONSE, author_signature=signature)
        return [tag for tag in seen(letter().response(IDENTITY, signed).html).tags if tag != "br"]

    assert tags(text) == tags("Grace")
