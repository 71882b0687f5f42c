"""/app/settings/categories: what tickets are about."""

import reflex as rx

from ticketdesk.components.primitives.settings_fields import categories_editor
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import form, languages
from ticketdesk.state.settings.categories import CategoriesState


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Categories",
        "What tickets are about. Customers choose one in the form, rules and filters ask for it.",
        card(
            "Your categories",
            form(
                categories_editor(
                    initial=CategoriesState.categories,
                    translations=CategoriesState.translations,
                    languages=languages(),
                    problems=CategoriesState.problems,
                ),
                label="Categories",
                button="Save categories",
                state=CategoriesState,
                submit=CategoriesState.save,
                save=CategoriesState.check,
            ),
            lead="Offered in this order. Tickets keep the category they have.",
        ),
        phase=CategoriesState.phase,
        again=CategoriesState.load,
    )
