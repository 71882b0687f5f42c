"""Every form of settings that keeps something is judged while one types."""

from collections.abc import Iterator

import pytest
import reflex as rx

from ticketdesk.pages.settings.routes import PAGES
from ticketdesk.ticketdesk import app

# These ask for a proof, or for an answer, and keep nothing that was typed.
ASKS = {
    "Calculator",
    "Deactivation",
    "Erase a person",
    "First code",
    "Look up a person",
    "Test mail",
    "Turn the second factor off",
}

assert app


def forms(page: rx.Component) -> Iterator[rx.Component]:
    if type(page).__name__ == "DraftForm":
        yield page
    for child in page.children:
        yield from forms(child)


@pytest.mark.parametrize("path", list(PAGES))
def test_a_form_of_settings_is_judged_while_one_types(path: str) -> None:
    page, _ = PAGES[path]
    deaf = [str(form.label) for form in forms(page()) if "on_save" not in form.event_triggers]
    assert {label.strip('"') for label in deaf} <= ASKS
