"""What custom fields and categories are called in other languages."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from ticketdesk.models.wire import Command

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{tag!r} is no language; write one such as de")
    return tag


Language = Annotated[str, AfterValidator(_language)]
Said = Annotated[str, Field(max_length=200)]


class FieldWords(Command):
    """A field's words in one language; what is left empty stays as it is.

    `options` gives a choice's words by the choice itself, which is what tickets keep.
    """

    label: str = Field(default="", max_length=200)
    help: str = Field(default="", max_length=500)
    options: dict[str, Said] = Field(default_factory=dict, max_length=200)


Translations = dict[Language, FieldWords]
CategoryWords = dict[Language, dict[str, Said]]
"""By language and category; tickets keep the category itself."""
