"""/app/settings/fields: what is asked beside subject and description."""

import reflex as rx

from ticketdesk.components.primitives.settings_fields import fields_editor
from ticketdesk.components.primitives.settings_preview import preview
from ticketdesk.components.settings_frame import card, settings_page
from ticketdesk.pages.settings.parts import form, languages
from ticketdesk.state.settings.custom_fields import CustomFieldsState


def page() -> rx.Component:
    """The screen."""
    return settings_page(
        "Fields",
        "Questions of your own, in the public form and on every ticket.",
        rx.el.div(
            rx.el.div(_editor()),
            rx.el.div(
                card(
                    "Preview",
                    preview(
                        address=CustomFieldsState.address, label="The form as customers see it"
                    ),
                    lead="The real form, as you change it. Nothing is sent from here.",
                ),
                class_name="preview",
            ),
            class_name="settings-beside",
        ),
        phase=CustomFieldsState.phase,
        again=CustomFieldsState.load,
    )


def _editor() -> rx.Component:
    return card(
        "Your fields",
        form(
            fields_editor(
                name="customFields",
                initial=CustomFieldsState.fields,
                problems=CustomFieldsState.problems,
                tries=CustomFieldsState.tries,
                categories=CustomFieldsState.categories,
                languages=languages(),
            ),
            label="Fields",
            button="Save fields",
            state=CustomFieldsState,
            submit=CustomFieldsState.save,
            save=CustomFieldsState.show_draft,
        ),
        lead="What tickets already hold stays when a field is removed.",
    )
