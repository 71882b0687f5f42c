"""One question of the public form: the page draws it and both sides check it by the same table."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from ticketdesk.models.field_words import FieldWords
from ticketdesk.models.ticket_settings import CustomField, EmbedSettings

Step = Literal["contact", "issue", "attachments"]
FieldType = Literal[
    "text", "email", "tel", "number", "date", "textarea", "select", "multiselect", "checkbox"
]

CUSTOM = "customFields."
LONGEST_DESCRIPTION = 20_000
_LONGEST_TEXT = 2000


class FormField(BaseModel):
    """A question as the page and the API's form-config show it.

    `name` is the key in the API's body, for custom fields with `customFields.` in front. An empty
    `label` means that the page's language has a word for it under `name`. `option_labels` words
    choices for the reader; answers are the choices themselves. `show_when` asks the field only
    while each named field's answer is one of the listed ones.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    name: str
    step: Step
    type: FieldType = "text"
    label: str = ""
    required: bool = False
    max_length: int | None = None
    options: list[str] | None = None
    option_labels: dict[str, str] = Field(default_factory=dict)
    help: str = ""
    autocomplete: str = ""
    show_when: dict[str, list[str]] = Field(default_factory=dict)


def fields_of(embed: EmbedSettings, language: str = "") -> list[FormField]:
    """Return the questions of an organization's public form, in their order.

    Args:
        language: whose words categories and custom fields take, where they have any.
    """
    return [*_contact(embed), *_issue(embed, language)]


def category_in(embed: EmbedSettings, category: str | None, language: str) -> str:
    """Return what a ticket's category is called in a language; as it is kept, where nobody said."""
    if not category:
        return ""
    return embed.category_translations.get(language, {}).get(category, category)


def _contact(embed: EmbedSettings) -> list[FormField]:
    fields = [
        FormField(
            name="requesterName",
            step="contact",
            required=embed.require_email,
            max_length=200,
            autocomplete="name",
        ),
        FormField(
            name="requesterEmail",
            step="contact",
            type="email",
            required=embed.require_email,
            max_length=254,
            autocomplete="email",
        ),
    ]
    if embed.require_phone:
        phone = FormField(
            name="requesterPhone",
            step="contact",
            type="tel",
            required=True,
            max_length=32,
            autocomplete="tel",
        )
        fields.append(phone)
    return fields


def _issue(embed: EmbedSettings, language: str) -> list[FormField]:
    fields = []
    if embed.categories:
        category = FormField(
            name="category",
            step="issue",
            type="select",
            options=embed.categories,
            option_labels=embed.category_translations.get(language, {}),
        )
        fields.append(category)
    fields.append(FormField(name="subject", step="issue", required=True, max_length=200))
    fields += [_asked(field, language) for field in embed.custom_fields if field.public]
    description = FormField(
        name="description",
        step="issue",
        type="textarea",
        required=True,
        max_length=LONGEST_DESCRIPTION,
    )
    return [*fields, description]


_BUILT_IN = {"category", "requesterEmail", "requesterName", "subject"}


def _asked(field: CustomField, language: str) -> FormField:
    words = field.translations.get(language, FieldWords())
    conditions = {
        name if name in _BUILT_IN else CUSTOM + name: values
        for name, values in field.show_when.items()
    }
    kind: FieldType = "multiselect" if field.kind == "multi_select" else field.kind
    return FormField(
        name=CUSTOM + field.key,
        step="issue",
        type=kind,
        label=words.label or field.label,
        required=field.required,
        max_length=_LONGEST_TEXT if field.kind == "text" else None,
        options=field.options or None,
        option_labels={one: said for one, said in words.options.items() if said},
        help=words.help or field.help,
        show_when=conditions,
    )
