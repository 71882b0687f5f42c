"""/app/settings/fields: what is asked beside subject and description."""

import reflex as rx

from ticketdesk.components.primitives.settings_fields import fields_editor
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import form
from ticketdesk.state.settings.custom_fields import CustomFieldsState


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Fields",
        "Questions of your own, in the public form and on every ticket.",
        card(
            "Your fields",
            form(
                fields_editor(
                    name="customFields",
                    initial=CustomFieldsState.fields,
                    problems=CustomFieldsState.problems,
                    tries=CustomFieldsState.tries,
                    categories=CustomFieldsState.categories,
                ),
                label="Fields",
                button="Save fields",
                state=CustomFieldsState,
                submit=CustomFieldsState.save,
            ),
            lead="What tickets already hold stays when a field is removed.",
        ),
        phase=CustomFieldsState.phase,
        again=CustomFieldsState.load,
    )
