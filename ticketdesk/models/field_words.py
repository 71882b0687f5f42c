"""What a custom field is called in another language."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from ticketdesk.models.wire import Command

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{tag!r} is no language; write one such as de")
    return tag


class FieldWords(Command):
    """A field's words in one language; what is left empty stays as it is.

    `options` gives a choice's words by the choice itself, which is what tickets keep.
    """

    label: str = Field(default="", max_length=200)
    help: str = Field(default="", max_length=500)
    options: dict[str, Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict, max_length=200
    )


Translations = dict[Annotated[str, AfterValidator(_language)], FieldWords]
